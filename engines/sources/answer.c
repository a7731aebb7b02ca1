/* answer.c: what a source says, read as what it is: bytes from elsewhere. It must speak of the one who was asked about, by number, name and
 * birth; of what was not asked for nothing is kept.
 */
#include "engines/sources/inside.h"

#include "base/json.h"
#include "base/text.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

enum { CLOCKS_APART_S = 300 };

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return true;
    return false;
}

static int check_person(struct arena *a, const json_t *about, const struct source_question *q, struct err *e)
{
    struct birth born;
    struct str pid = json_str_at(about, "pid"), name = json_str_at(about, "name"), birth = json_str_at(about, "born");
    if (!pid.p || !name.p || !birth.p || name.n > SOURCE_VALUE_MAX || !birth_parse(birth, &born))
        return ERR(e, ERR_SOURCE, "it does not say about whom");
    if (!str_eq(pid, pid_str(&q->pid)) || !birth_eq(born, q->born) || !str_eq(text_fold(a, name), text_fold(a, q->name)))
        return ERR(e, ERR_CONFLICT, "%.*s speaks of another person", STR_ARG(q->system));
    return 0;
}

static int check_values(const json_t *values, struct err *e)
{
    const char *key;
    json_t *value;
    if (!json_is_object(values) || json_object_size(values) > SOURCE_MEMBERS_MAX)
        return ERR(e, ERR_SOURCE, "values is no object of at most %d members", SOURCE_MEMBERS_MAX);
    json_object_foreach((json_t *)(uintptr_t)values, key, value)
    {
        struct str text = json_str(value);
        if (!json_is_string(value) || text.n > SOURCE_VALUE_MAX || has_control(text))
            return ERR(e, ERR_SOURCE, "values.%.60s is no line of text", key);
    }
    return 0;
}

static bool is_mode(struct str s)
{
    return str_eq(s, STR("MÔ PHỎNG")) || str_eq(s, STR("THỬ")) || str_eq(s, STR("THẬT"));
}

static int check_head(const json_t *j, const struct source_question *q, struct instant now, struct instant *as_of,
                      struct err *e)
{
    if (!str_eq(json_str_at(j, "system"), q->system))
        return ERR(e, ERR_SOURCE, "it is another system's answer");
    if (!is_mode(json_str_at(j, "mode")))
        return ERR(e, ERR_SOURCE, "mode is none of the three");
    if (!instant_parse(str_or_empty(json_str_at(j, "as_of")), as_of))
        return ERR(e, ERR_SOURCE, "as_of is no moment");
    if (as_of->us > now.us + CLOCKS_APART_S * US_PER_SECOND)
        return ERR(e, ERR_SOURCE, "as_of lies in the future");
    return 0;
}

struct str source_snapshot(struct arena *a, const struct source_question *q, const struct str *values, struct instant as_of,
                           struct str mode)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 2 * SOURCE_ANSWER_MAX + SOURCE_MEMBERS_MAX * 6 * SOURCE_VALUE_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_object(&j, "about");
    json_out_str(&j, "born", birth_iso(a, q->born));
    json_out_str(&j, "name", q->name);
    json_out_str(&j, "pid", str_or_empty(pid_str(&q->pid)));
    json_out_end(&j);
    json_out_str(&j, "as_of", instant_iso(a, as_of));
    json_out_str(&j, "mode", mode);
    json_out_str(&j, "paper", q->paper);
    json_out_str(&j, "system", q->system);
    json_out_object(&j, "values");
    for (size_t i = 0; i < q->n; i++)
        json_out_str(&j, str_cstr(a, q->members[i]), values[i]);
    json_out_end(&j);
    json_out_end(&j);
    return buf_str(&b);
}

static int read_json(struct arena *a, const json_t *j, const struct source_question *q, struct instant now,
                     struct source_answer *out, struct err *e)
{
    struct instant as_of;
    struct str values[SOURCE_MEMBERS_MAX];
    const json_t *said = json_object_get(j, "values");
    if (!json_is_object(j))
        return ERR(e, ERR_SOURCE, "it is no object");
    if (check_head(j, q, now, &as_of, e) || check_person(a, json_object_get(j, "about"), q, e) || check_values(said, e))
        return -1;
    for (size_t i = 0; i < q->n; i++)
        values[i] = json_str_at(said, str_cstr(a, q->members[i]));
    struct str mode = str_dup(a, json_str_at(j, "mode"));
    *out = (struct source_answer) { .body = source_snapshot(a, q, values, as_of, mode), .mode = mode, .as_of = as_of };
    return 0;
}

int source_answer_read(struct arena *a, struct str bytes, const struct source_question *q, struct instant now,
                       struct source_answer *out, struct err *e)
{
    json_t *j;
    struct err why = { 0 };
    if (bytes.n > SOURCE_ANSWER_MAX)
        return ERR(e, ERR_SOURCE, "%zu bytes", bytes.n);
    if (json_read(a, bytes, &j, &why))
        return ERR(e, ERR_SOURCE, "no JSON: %.120s", why.detail);
    return read_json(a, j, q, now, out, e);
}

/* Days as people write them. */
static struct str shown(struct arena *a, struct str value)
{
    struct day d;
    return day_parse_iso(value, &d) ? day_vi(a, d) : str_dup(a, value);
}

struct source_values source_values_of(struct arena *a, struct str body)
{
    struct source_values out = { NULL, 0 };
    const char *key;
    json_t *value, *j;
    if (!body.n || json_read(a, body, &j, NULL))
        return out;
    json_t *values = json_object_get(j, "values");
    out.v = arena_new_array(a, struct source_value, json_object_size(values));
    json_object_foreach(values, key, value)
    {
        struct str text = json_str(value);
        if (json_is_string(value) && text.n)
            out.v[out.n++] = (struct source_value) { str_dup(a, str_of(key)), shown(a, text) };
    }
    return out;
}
