/* message.c: what VNeID is told, as CloudEvents 1.0 in JSON, and how it answers a batch of them. */
#include "models/m05_vneid_services/vneid.h"

#include "base/json.h"

#include <jansson.h>
#include <string.h>

enum { MESSAGE_MAX = 4096, ANSWER_TEXT_MAX = 120 };

struct str vneid_kind_name(enum vneid_kind k)
{
    static const struct str names[SAY_KINDS_] = { STR_INIT("status"), STR_INIT("result"), STR_INIT("notice"),
                                                  STR_INIT("payment"), STR_INIT("whole") };
    return names[k];
}

static void put_data(struct json_out *j, struct arena *a, const struct vneid_message *m)
{
    json_out_object(j, "data");
    json_out_str(j, "case", m->number);
    json_out_str(j, "mode", m->mode);
    if (m->kind == SAY_PAYMENT)
        json_out_int(j, "paid", m->paid.dong);
    if (m->pid.v[0])
        json_out_str(j, "person", str_dup(a, pid_str(&m->pid)));
    json_out_str(j, "result", m->result.n ? m->result : STR_NONE);
    json_out_int(j, "sequence", m->sequence);
    json_out_str(j, "state", m->theirs);
    json_out_str(j, "words", m->words);
    json_out_end(j);
}

struct str vneid_message_json(struct arena *a, const struct vneid_message *m)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, MESSAGE_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    put_data(&j, a, m);
    json_out_str(&j, "id", m->key);
    json_out_str(&j, "source", m->source);
    json_out_str(&j, "specversion", STR("1.0"));
    json_out_str(&j, "subject", m->number);
    json_out_str(&j, "time", instant_iso(a, m->at));
    json_out_str(&j, "type", str_fmt(a, "vn.bon.case.%.*s", STR_ARG(vneid_kind_name(m->kind))));
    json_out_end(&j);
    return buf_str(&b);
}

/* ---- the answer ---- */

static const struct {
    const char *word;
    enum vneid_answer answer;
} answers[] = {
    { "taken", ANSWER_TAKEN },
    { "known", ANSWER_TAKEN }, /* it had it already: our first question's answer was lost */
    { "gap", ANSWER_GAP },     /* something of this case is missing before it */
    { "refused", ANSWER_REFUSED },
};

static enum vneid_answer answer_called(const char *word)
{
    for (size_t i = 0; word && i < sizeof answers / sizeof *answers; i++)
        if (strcmp(answers[i].word, word) == 0)
            return answers[i].answer;
    return ANSWER_NONE;
}

static int read_one(struct arena *a, const json_t *item, const struct str *keys, size_t n, struct vneid_answered *out,
                    struct err *e)
{
    struct str id = json_str_at(item, "id");
    enum vneid_answer answer = answer_called(json_string_value(json_object_get(item, "outcome")));
    struct str text = json_str_at(item, answer == ANSWER_REFUSED ? "reason" : "no");
    size_t i = 0;
    while (i < n && !str_eq(keys[i], id))
        i++;
    if (answer == ANSWER_NONE || i == n)
        return ERR(e, ERR_INPUT, "an answer about nothing that was asked, or of no known word");
    if (out[i].answer != ANSWER_NONE && out[i].answer != answer)
        return ERR(e, ERR_INPUT, "two answers that disagree");
    out[i] = (struct vneid_answered) { answer, str_dup(a, str_head(str_or_empty(text), ANSWER_TEXT_MAX)) };
    return 0;
}

int vneid_answer_read(struct arena *a, struct str json, const struct str *keys, size_t n, struct vneid_answered *out,
                      struct err *e)
{
    json_t *j;
    const json_t *item;
    size_t i;
    struct vneid_answered *read = arena_new_array(a, struct vneid_answered, n);
    if (json_read(a, json, &j, e))
        return -1;
    const json_t *results = json_object_get(j, "results");
    int result = json_is_array(results) && json_array_size(results) <= n ? 0 : ERR(e, ERR_INPUT, "no list of results");
    json_array_foreach(results, i, item) result = result || read_one(a, item, keys, n, read, e) ? -1 : 0;
    if (result == 0 && n)
        memcpy(out, read, n * sizeof *read);
    return result;
}
