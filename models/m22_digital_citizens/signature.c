/* signature.c: requests travel to the authorities' gateway and come back as a certificate or a refusal. The gateway may be slow, fail, say
 * things twice or in a wrong order: a request only moves forward, and what cannot be read is asked again.
 */
#include "models/m22_digital_citizens/signature.h"

#include "base/json.h"
#include "base/text.h"
#include "engines/audit/audit.h"
#include "gen/digital_citizens_queries.h"
#include "platform/ask/ask.h"

#include <jansson.h>

enum { QUESTION_MAX = 4096, WHY_MOST = 200, REFERENCE_MOST = 60 };

/* ---- an answer ---- */

static bool is_hexadecimal(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'F') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n >= 8 && s.n <= 40;
}

static bool is_reference(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '-'))
            return false;
    return s.n > 0 && s.n <= REFERENCE_MOST;
}

static bool read_certificate(const json_t *o, struct signature_answer *out)
{
    out->serial = str_or_empty(json_str_at(o, "serial"));
    return is_hexadecimal(out->serial) && day_parse_iso(str_or_empty(json_str_at(o, "issued_on")), &out->issued_on) &&
           day_parse_iso(str_or_empty(json_str_at(o, "expires_on")), &out->expires_on) &&
           out->issued_on.n < out->expires_on.n;
}

/* An authority's words are shown to one person and kept: a code in them is left out like in anybody's. */
static bool read_refusal(struct arena *a, const json_t *o, struct signature_answer *out)
{
    struct err why = { .code = ERR_NONE };
    struct str say;
    if (text_clean(a, str_or_empty(json_str_at(o, "why")), TEXT_ONE_LINE, WHY_MOST, &out->why, &why) != 0)
        return false;
    if (secret_in(a, out->why, &say))
        out->why = STR("");
    return true;
}

static bool read_object(struct arena *a, const json_t *o, struct str id, struct signature_answer *out)
{
    struct str state = str_or_empty(json_str_at(o, "state"));
    out->reference = str_or_empty(json_str_at(o, "reference"));
    if (!str_eq(json_str_at(o, "id"), id) || !is_reference(out->reference))
        return false;
    out->state = SIGNATURE_SENT;
    if (str_eq(state, STR("received")))
        return true;
    out->state = SIGNATURE_ISSUED;
    if (str_eq(state, STR("issued")))
        return read_certificate(o, out);
    out->state = SIGNATURE_REFUSED;
    return str_eq(state, STR("refused")) && read_refusal(a, o, out);
}

bool signature_answer_read(struct arena *a, struct str body, struct str id, struct signature_answer *out)
{
    json_t *o;
    struct signature_answer x = { .state = SIGNATURE_SENT };
    if (json_read(a, body, &o, NULL) || !json_is_object(o) || !read_object(a, o, id, &x))
        return false;
    *out = x;
    return true;
}

int64_t signature_next_s(int64_t tries)
{
    int64_t s = SIGNATURE_ASK_S;
    for (int64_t i = 0; i < tries && s < SIGNATURE_ASK_MOST_S; i++)
        s *= 2;
    return s < SIGNATURE_ASK_MOST_S ? s : SIGNATURE_ASK_MOST_S;
}

/* ---- one request: ask, then write down what was answered ---- */

struct turn {
    struct job_run *j;
    struct digital_signatures_due_row row;
    struct resident person;
    struct person entry;
    struct str id; /* as the gateway knows it */
    bool answered;
    struct signature_answer answer;
};

static struct str question_json(const struct turn *t)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, t->j->arena, QUESTION_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "authority", t->row.provider);
    json_out_str(&j, "id", t->id);
    json_out_str(&j, "name", t->entry.name);
    json_out_str(&j, "number", pid_str(&t->entry.pid));
    json_out_end(&j);
    return buf_str(&b);
}

static void ask(struct turn *t)
{
    const char *base = t->j->app->settings.ca_url;
    struct ask question = { .url = str_fmt(t->j->arena, "%s/v1/requests", base) };
    struct ask_answer answer;
    struct err why = { .code = ERR_NONE };
    if (t->row.state == SIGNATURE_WAITS)
        question.body = question_json(t);
    else
        question.url = str_fmt(t->j->arena, "%s/v1/requests/%.*s", base, STR_ARG(t->id));
    t->answered = ask_over_http(t->j->arena, &question, &answer, &why) == 0 && answer.status >= 200 && answer.status < 300 &&
                  signature_answer_read(t->j->arena, answer.body, t->id, &t->answer);
}

static struct audit_record record_of(const struct turn *t, struct str action)
{
    return (struct audit_record) { .action = action,
                                   .account_name = STR("digital_citizens.signatures"),
                                   .subject = t->row.person,
                                   .purpose = MSGS("Xin cấp chữ ký số cá nhân"),
                                   .unit = t->person.unit,
                                   .object = str_fmt(t->j->arena, "signature/%lld", (long long)t->row.id),
                                   .mode = str_of(t->j->app->settings.mode) };
}

/* The certificate is evidence until it expires. */
static int add_evidence(struct tx *tx, const struct turn *t, struct err *e)
{
    const struct signature_provider *p = signature_provider_named(t->j->app, t->row.provider);
    struct str name = p ? p->name : t->row.provider;
    struct day today = instant_day(tx_now(tx));
    struct evidence_new in = { .person = t->row.person,
                               .asset = ASSET_SIGNATURE,
                               .source = STR("certificate"),
                               .reference = str_fmt(t->j->arena, "%.*s, sê-ri %.*s", STR_ARG(name), STR_ARG(t->answer.serial)),
                               /* Another clock may be a day ahead. */
                               .seen_on = t->answer.issued_on.n > today.n ? today : t->answer.issued_on,
                               .until = t->answer.expires_on,
                               .by_name = name };
    struct audit_record rec = record_of(t, STR("digital.evidence_recorded"));
    struct err why = { .code = ERR_NONE };
    if (evidence_check(tx_reader(tx), t->j->arena, asset_ages_of(t->j->app), &in, today, &why) == 0)
        return asset_evidence_add(tx, t->j->arena, &in, &rec, e);
    if (why.code == ERR_FORM) /* dead, moved, or known already: the request is told, the count is not raised */
        return 0;
    *e = why;
    return -1;
}

static int write_issued(struct tx *tx, const struct turn *t, struct err *e)
{
    int64_t changed;
    struct audit_record rec = record_of(t, STR("digital.signature_issued"));
    struct digital_signature_issued_in in = { .id = t->row.id,
                                              .serial = t->answer.serial,
                                              .issued_on = t->answer.issued_on,
                                              .expires_on = t->answer.expires_on,
                                              .changed_at = tx_now(tx) };
    if (digital_signature_issued(tx, &in, &changed, e) != 0 || (changed == 1 && add_evidence(tx, t, e) != 0))
        return -1;
    return audit_write(tx, t->j->arena, &rec, NULL, e);
}

static int write_refused(struct tx *tx, const struct turn *t, struct err *e)
{
    struct audit_record rec = record_of(t, STR("digital.signature_refused"));
    struct digital_signature_refused_in in = { .id = t->row.id, .why = t->answer.why, .changed_at = tx_now(tx) };
    return digital_signature_refused(tx, &in, NULL, e) != 0 ? -1 : audit_write(tx, t->j->arena, &rec, NULL, e);
}

static int write_sent(struct tx *tx, const struct turn *t, struct err *e)
{
    struct audit_record rec = record_of(t, STR("digital.signature_sent"));
    struct digital_signature_sent_in in = { .id = t->row.id,
                                            .reference = t->answer.reference,
                                            .next_at = { tx_now(tx).us + SIGNATURE_ASK_S * US_PER_SECOND },
                                            .changed_at = tx_now(tx) };
    return digital_signature_sent(tx, &in, NULL, e) != 0 ? -1 : audit_write(tx, t->j->arena, &rec, NULL, e);
}

static int write_wait(struct tx *tx, const struct turn *t, struct err *e)
{
    int64_t tries = t->row.tries + 1;
    struct digital_signature_wait_in in = { .id = t->row.id,
                                            .tries = tries,
                                            .next_at = { tx_now(tx).us + signature_next_s(tries) * US_PER_SECOND } };
    tx_unaudited(tx, "nothing was learnt: it is asked again later");
    return digital_signature_wait(tx, &in, NULL, e);
}

static int turn_write(struct tx *tx, void *arg, struct err *e)
{
    const struct turn *t = arg;
    if (!t->answered || (t->answer.state == SIGNATURE_SENT && t->row.state == SIGNATURE_SENT))
        return write_wait(tx, t, e);
    if (t->answer.state == SIGNATURE_ISSUED)
        return write_issued(tx, t, e);
    return t->answer.state == SIGNATURE_REFUSED ? write_refused(tx, t, e) : write_sent(tx, t, e);
}

static int read_due(struct job_run *j, struct digital_signatures_due_rows *rows, struct err *e)
{
    struct dbr *r;
    if (db_read_in(j->app->db, j->arena, &r, e) != 0)
        return -1;
    int result = digital_signatures_due(r, j->arena, &(struct digital_signatures_due_in) { .now = j->now }, rows, e);
    db_read_end(r);
    return result;
}

static int read_person(struct turn *t, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(t->j->app->db, &r, e) != 0)
        return -1;
    bool found = resident_by_id(r, t->j->arena, t->row.person, instant_day(t->j->now), &t->person, e) == 1 &&
                 person_by_id(r, t->j->arena, t->row.person, &t->entry, e) == 1;
    db_read_end(r);
    return found ? 0 : ERR(e, ERR_NOT_FOUND, "person %lld", (long long)t->row.person);
}

int signature_job(struct job_run *j, struct err *e)
{
    struct digital_signatures_due_rows rows;
    const char *base = j->app->settings.ca_url;
    if (!base || !*base)
        return 0;
    if (read_due(j, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct turn t = { .j = j, .row = rows.v[i], .id = str_fmt(j->arena, "22-%lld", (long long)rows.v[i].id) };
        if (read_person(&t, e) != 0)
            return -1;
        ask(&t);
        if (db_write_in(j->app->db, j->arena, turn_write, &t, e) != 0)
            return -1;
    }
    return 0;
}
