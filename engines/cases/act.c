/* act.c: who acts, and what an act leaves behind: the record of the log, and the event for whoever follows. */
#include "engines/cases/inside.h"

struct case_by case_by_request(struct req *q)
{
    return (struct case_by) { .app = q->app, .arena = q->arena, .q = q, .record = audit_of(q, STR("")) };
}

struct case_by case_by_system(const struct app *app, struct arena *a, struct str name)
{
    return (struct case_by) { .app = app,
                              .arena = a,
                              .record = { .account_name = name, .role = STR(""), .mode = str_of(app->settings.mode) } };
}

int case_record_act(struct tx *tx, const struct case_by *by, const struct case_view *c, const char *action,
                    struct str detail, int64_t *seq, struct err *e)
{
    struct audit_record rec = by->record;
    struct str number = case_number_str(by->arena, &c->number);
    rec.action = str_of(action);
    rec.unit = c->unit;
    rec.object = str_fmt(by->arena, "case/%.*s", STR_ARG(number));
    rec.detail = detail;
    if (c->person) {
        rec.subject = c->person;
        rec.purpose = c->service.name;
    }
    return audit_write(tx, by->arena, &rec, seq, e);
}

int case_seen(struct tx *tx, const struct case_by *by, const struct case_view *c, struct err *e)
{
    return case_record_act(tx, by, c, "cases.seen", STR_NONE, NULL, e);
}

int case_tell(struct tx *tx, int64_t seq, int64_t id, const char *kind, const struct case_flow_state *state, struct str move,
              struct err *e)
{
    struct case_event_insert_in in = { .audit = seq,
                                       .case_id = id,
                                       .at = tx_now(tx),
                                       .kind = str_of(kind),
                                       .state = state->id,
                                       .move = str_or_empty(move),
                                       .national = state->national };
    return case_event_insert(tx, &in, NULL, e);
}

struct hash32 case_facts_hash(struct arena *a, struct str service, struct str facts)
{
    return sha256(str_fmt(a, "%.*s|%.*s", STR_ARG(service), STR_ARG(facts)));
}

/* Somebody was quicker: the sentence says who and what, so that nobody has to search. */
int case_was_changed(const struct cases_state *s, struct dbr *r, struct arena *a, const struct case_view *now, struct err *e)
{
    struct case_step_rows_rows rows;
    (void)s;
    if (case_step_rows(r, a, &(struct case_step_rows_in) { .case_id = now->id, .after = 0 }, &rows, e))
        return -1;
    if (rows.n == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ vừa có thay đổi. Xin xem lại rồi làm tiếp."), "revision %lld",
                       (long long)now->revision);
    const struct case_step_rows_row *last = &rows.v[rows.n - 1];
    const struct case_flow_move *m = case_move_named(now->flow, last->move);
    struct str label = m ? m->label : last->move;
    return ERR_SAY(e, ERR_CONFLICT,
                   str_fmt(a, "Hồ sơ vừa có thay đổi: %.*s, %.*s lúc %.*s. Xin xem lại rồi làm tiếp.", STR_ARG(label),
                           STR_ARG(last->name), STR_ARG(instant_vi(a, last->at))),
                   "revision %lld", (long long)now->revision);
}
