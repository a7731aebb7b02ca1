/* offline_look.c: applications brought back from a cut-off office that a person must look at: opened at the counter with all
 * that was written, so that nothing is typed again, or set aside with the reason kept.
 */
#include "engines/counter/offline.h"

#include "gen/counter_pages.h"

#include <jansson.h>

static const struct field look_fields[] = {
    { .name = "client", .type = FIELD_HIDDEN, .required = true, .max = 64 },
    { .name = "seq", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000000 },
    { .name = "go", .type = FIELD_HIDDEN, .max = 20 },
    { .name = NULL },
};
const struct form offline_look_form = { .name = "counter_look", .fields = look_fields };

int counter_looks_get(struct req *q, struct res *s, struct err *e)
{
    struct offline_looks_view v = { .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || counter_offline_looks(r, q->arena, &(struct counter_offline_looks_in) { .unit = *counter_intake_unit(q) }, &v.looks, e))
        return -1;
    struct html h = res_html(q, s);
    counter_looks(&h, &v);
    return 0;
}

struct looking {
    struct counter_offline_look_row row;
    struct counter_intake_insert_in intake;
    struct counter_intake_serve_in serve;
    bool opens;
    int64_t id;
};

/* What fits today's form goes into it; a member that no form asks any more stays in the kept body. */
static int fill_answers(struct req *q, struct dbr *r, const json_t *o, struct looking *w, struct err *e)
{
    const struct service_def *def;
    struct service_answers answers;
    struct err misfit = { 0 };
    struct str given = json_text(q->arena, json_object_get(o, "answers"), JSON_COMPACT | JSON_SORT_KEYS);
    struct str json = str_fmt(q->arena, "{\"answers\":%.*s,\"sources\":{}}", STR_ARG(given.n ? given : STR("{}")));
    int got = services_in_force(q->app, r, w->row.service, instant_day(q->now), &def, e);
    if (got != 1)
        return got;
    services_answers_init(&answers, q->arena, def, instant_day(q->now));
    if (services_answers_read(&answers, json, &misfit))
        services_answers_init(&answers, q->arena, def, instant_day(q->now));
    w->serve.service = def->code;
    w->serve.version_id = def->id;
    return services_answers_json(&answers, &w->serve.answers, e);
}

static int fill_intake(struct req *q, struct dbr *r, struct looking *w, struct err *e)
{
    struct err wrong = { 0 };
    json_t *o;
    if (json_read(q->arena, w->row.body, &o, e))
        return -1;
    w->intake = (struct counter_intake_insert_in) { .account = q->actor->account,
                                                    .unit = w->row.unit,
                                                    .name = w->row.name,
                                                    .level = EVIDENCE_L0,
                                                    .source = SOURCE_TYPED };
    if (pid_parse(str_or_empty(json_str_at(o, "pid")), instant_day(q->now), &w->intake.pid, &wrong))
        w->intake.pid = (struct pid) { { 0 } };
    if (!birth_parse(str_or_empty(json_str_at(o, "born")), &w->intake.born))
        w->intake.born = (struct birth) { 0, 0, 0 };
    return fill_answers(q, r, o, w, e);
}

int counter_look_prepare(struct req *q, struct err *e)
{
    struct looking *w = q->work = arena_new(q->arena, struct looking);
    struct counter_offline_look_in in = { .client = req_form(q, "client"), .seq = req_form_int(q, "seq") };
    struct dbr *r = req_read(q, e);
    int got = r ? counter_offline_look(r, q->arena, &in, &w->row, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, CASE_MAY_RECEIVE, &w->row.unit, 0))
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã có người xem xét."), "no look");
    w->opens = str_eq(req_form(q, "go"), STR("open"));
    return w->opens ? fill_intake(q, r, w, e) : 0;
}

static int open_again(struct tx *tx, struct looking *w, struct err *e)
{
    w->intake.made_at = tx_now(tx);
    w->intake.expires_at = (struct instant) { tx_now(tx).us + INTAKE_HOURS * US_PER_HOUR };
    if (counter_intake_insert(tx, &w->intake, &w->id, e))
        return -1;
    w->serve.id = w->id;
    w->serve.seen = 1;
    return w->serve.service.n ? counter_intake_serve(tx, &w->serve, NULL, e) : 0;
}

int counter_look_write(struct req *q, struct tx *tx, struct err *e)
{
    struct looking *w = q->work;
    int64_t changed;
    struct audit_record rec = audit_of(q, STR("counter.offline_looked_at"));
    struct counter_offline_settle_in in = { .client = w->row.client,
                                            .seq = w->row.seq,
                                            .settled_at = tx_now(tx),
                                            .settled_by = q->actor->name,
                                            .settled = w->opens ? STR("opened") : STR("aside") };
    if (counter_offline_settle(tx, &in, &changed, e) || (w->opens && open_again(tx, w, e)))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã có người xem xét."), "settled");
    req_outcome(q, w->opens ? str_fmt(q->arena, "/counter/intake/%lld%s", (long long)w->id, w->serve.service.n ? "/form" : "")
                            : STR("/counter/offline/looks"));
    rec.unit = w->row.unit;
    rec.object = str_fmt(q->arena, "offline/%.*s/%lld", STR_ARG(w->row.client), (long long)w->row.seq);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int counter_look_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, q->outcome);
}
