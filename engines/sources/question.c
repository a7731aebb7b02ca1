/* question.c: what a source is asked: about whom, for which paper, and for which members only. */
#include "engines/sources/inside.h"

#include "base/json.h"
#include "base/text.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <stdlib.h>

enum { QUESTION_BYTES = 8 << 10 };

static int by_bytes(const void *x, const void *y)
{
    const struct str *a = x, *b = y;
    return str_cmp(*a, *b);
}

static void sort_members(struct source_question *q)
{
    size_t n = 0;
    if (q->n > 1)
        qsort(q->members, q->n, sizeof *q->members, by_bytes);
    for (size_t i = 0; i < q->n; i++)
        if (n == 0 || !str_eq(q->members[n - 1], q->members[i]))
            q->members[n++] = q->members[i];
    q->n = n;
}

void source_question_of(const struct service_def *def, const struct service_paper *p, const struct person *about,
                        struct source_question *out)
{
    *out = (struct source_question) { .system = source_system_of(p),
                                      .service = def->code,
                                      .paper = p->id,
                                      .pid = about->pid,
                                      .name = about->name,
                                      .born = about->born };
    for (size_t i = 0; i < p->n_fields && out->n < SOURCE_MEMBERS_MAX; i++)
        out->members[out->n++] = p->fields[i].member;
    sort_members(out);
}

struct str source_question_json(struct arena *a, const struct source_question *q)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, QUESTION_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_object(&j, "about");
    json_out_str(&j, "born", birth_iso(a, q->born));
    json_out_str(&j, "name", q->name);
    json_out_str(&j, "pid", str_or_empty(pid_str(&q->pid)));
    json_out_end(&j);
    json_out_array(&j, "members");
    for (size_t i = 0; i < q->n; i++)
        json_out_item_str(&j, q->members[i]);
    json_out_end(&j);
    json_out_str(&j, "paper", q->paper);
    json_out_str(&j, "service", q->service);
    json_out_str(&j, "system", q->system);
    json_out_end(&j);
    return buf_str(&b);
}

static bool read_json(const json_t *j, struct source_question *out)
{
    const json_t *about = json_object_get(j, "about"), *members = json_object_get(j, "members");
    struct day last;
    *out = (struct source_question) { .system = str_or_empty(json_str_at(j, "system")),
                                      .service = str_or_empty(json_str_at(j, "service")),
                                      .paper = str_or_empty(json_str_at(j, "paper")),
                                      .name = str_or_empty(json_str_at(about, "name")) };
    day_from_ymd(9999, 12, 31, &last);
    if (!birth_parse(str_or_empty(json_str_at(about, "born")), &out->born) ||
        pid_parse(str_or_empty(json_str_at(about, "pid")), last, &out->pid, NULL) || !json_is_array(members) ||
        json_array_size(members) > SOURCE_MEMBERS_MAX)
        return false;
    for (size_t i = 0; i < json_array_size(members); i++) {
        const json_t *m = json_array_get(members, i);
        if (!json_is_string(m) || json_string_length(m) == 0 || json_string_length(m) > 60)
            return false;
        out->members[out->n++] = json_str(m);
    }
    sort_members(out);
    return out->system.n > 0;
}

bool source_question_read(struct arena *a, struct str json, struct source_question *out)
{
    json_t *j;
    return json_read(a, json, &j, NULL) == 0 && read_json(j, out);
}

struct str source_question_members(struct arena *a, const struct source_question *q)
{
    struct buf b;
    buf_init(&b, a, QUESTION_BYTES);
    for (size_t i = 0; i < q->n; i++)
        buf_fmt(&b, "%s%.*s", i ? "," : "", STR_ARG(q->members[i]));
    return q->n ? buf_str(&b) : STR("");
}

struct hash32 source_question_about(struct arena *a, const struct source_question *q)
{
    return sha256(str_fmt(a, "%.*s|%.*s|%.*s", STR_ARG(pid_str(&q->pid)), STR_ARG(text_fold(a, q->name)),
                          STR_ARG(birth_iso(a, q->born))));
}
