/* view.c: one case as it stands, and what led there. */
#include "engines/cases/inside.h"

static struct instant instant_or_none(bool has, struct instant t)
{
    return has ? t : (struct instant) { 0 };
}

struct case_view case_view_of(const struct cases_state *s, struct arena *a, const struct case_record_by_id_row *row)
{
    struct case_view c = { .id = row->id,
                           .revision = row->revision,
                           .number = { row->organ, row->day, row->n },
                           .service = { .code = row->service,
                                        .name = row->service_name,
                                        .flow = row->flow,
                                        .function = row->own_function,
                                        .version_id = row->version_id,
                                        .version = (int)row->version },
                           .flow = case_flow_find(s, row->flow, row->flow_version),
                           .owner = (enum case_owner)row->owner,
                           .open = row->open,
                           .unit = row->unit,
                           .function = row->function,
                           .agency = row->agency,
                           .officer = row->has_officer ? row->officer : 0,
                           .officer_name = row->officer_name,
                           .channel = (enum case_channel)row->channel,
                           .level = (int)row->level,
                           .party = (enum case_party)row->party,
                           .person = row->has_person ? row->person : 0,
                           .account = row->has_account ? row->account : 0,
                           .helper = row->has_helper ? row->helper : 0,
                           .pid = row->pid,
                           .filer_pid = row->filer_pid,
                           .name = row->name,
                           .organisation = row->organisation,
                           .phone = row->phone,
                           .email = row->email,
                           .filer_name = row->filer_name,
                           .acts_as = (enum case_acting)row->acts_as,
                           .made_at = row->made_at,
                           .has_promise = row->has_promised_on,
                           .promised = row->promised_on,
                           .on_time = row->has_on_time && row->on_time,
                           .clock = (enum clock_state)row->clock,
                           .stop = (enum clock_stop)row->stop,
                           .fee = row->fee,
                           .paid = row->paid,
                           .payment = (enum case_payment)row->payment,
                           .delivery = (enum case_delivery)row->delivery,
                           .address = row->address,
                           .mode = row->mode,
                           .papers_needed = row->papers_needed,
                           .papers_here = row->papers_here };
    c.received_at = instant_or_none(row->has_received_at, row->received_at);
    c.due = instant_or_none(row->has_due_at, row->due_at);
    c.share_due = instant_or_none(row->has_share_due_at, row->share_due_at);
    c.ended_at = instant_or_none(row->has_ended_at, row->ended_at);
    c.result_at = instant_or_none(row->has_result_at, row->result_at);
    c.number_text = case_number_str(a, &c.number);
    c.state = c.flow ? case_state_named(c.flow, row->state) : NULL;
    return c;
}

int case_by_id(const struct app *app, struct dbr *r, struct arena *a, int64_t id, struct case_view *out, struct err *e)
{
    struct case_record_by_id_row row;
    int got = case_record_by_id(r, a, &(struct case_record_by_id_in) { .id = id }, &row, e);
    if (got != 1)
        return got;
    struct case_view c = case_view_of(cases_state(app), a, &row);
    if (!c.state)
        return ERR(e, ERR_INTERNAL, "case %lld follows flow %.*s version %lld, which is not there", (long long)id,
                   STR_ARG(row.flow), (long long)row.flow_version);
    *out = c;
    return 1;
}

int case_by_number(const struct app *app, struct dbr *r, struct arena *a, const struct case_number *n, struct case_view *out,
                   struct err *e)
{
    struct case_id_by_number_row row;
    struct case_id_by_number_in in = { .organ = n->organ, .day = n->day, .n = n->n };
    int got = case_id_by_number(r, a, &in, &row, e);
    return got == 1 ? case_by_id(app, r, a, row.id, out, e) : got;
}

int case_answers_of(struct dbr *r, struct arena *a, int64_t id, struct str *json, struct err *e)
{
    struct case_answers_row_row row;
    int got = case_answers_row(r, a, &(struct case_answers_row_in) { .case_id = id }, &row, e);
    if (got == 1)
        *json = row.body;
    return got;
}

/* With the code, and only with it. The hash of what was typed is made whether there is such a case or not. */
int case_follow(const struct app *app, struct dbr *r, struct arena *a, const struct case_number *n, struct str code,
                struct case_view *out, struct err *e)
{
    static const struct hash32 none;
    struct case_record_by_id_row row = { .secret = none };
    struct case_id_by_number_row id = { 0 };
    struct case_id_by_number_in in = { .organ = n->organ, .day = n->day, .n = n->n };
    struct hash32 typed = case_code_hash(cases_state(app), a, n, case_code_plain(a, code));
    int got = case_id_by_number(r, a, &in, &id, e);
    if (got == 1)
        got = case_record_by_id(r, a, &(struct case_record_by_id_in) { .id = id.id }, &row, e);
    if (got < 0)
        return -1;
    bool same = str_eq_secret((struct str) { (const char *)typed.b, sizeof typed.b },
                              (struct str) { (const char *)row.secret.b, sizeof row.secret.b });
    return same && got == 1 ? case_by_id(app, r, a, id.id, out, e) : 0;
}

/* ---- steps ---- */

static struct case_step step_of(const struct case_flow *f, const struct case_step_rows_row *row)
{
    const struct case_flow_move *m = case_move_named(f, row->move);
    const struct case_flow_state *to = case_state_named(f, row->to_state);
    return (struct case_step) { .id = row->id,
                                .at = row->at,
                                .move = row->move,
                                .label = m ? m->label : STR("Nộp hồ sơ"), /* the one step that is no move of the flow */
                                .from_state = row->from_state,
                                .to_state = row->to_state,
                                .to_label = to ? to->label : row->to_state,
                                .name = row->name,
                                .role = row->role,
                                .agency = row->agency,
                                .reason = row->reason,
                                .account = row->account,
                                .audit = row->audit };
}

int case_steps_of(const struct app *app, struct dbr *r, struct arena *a, const struct case_view *c, int64_t after,
                  struct case_steps *out, struct err *e)
{
    struct case_step_rows_rows rows;
    (void)app;
    if (case_step_rows(r, a, &(struct case_step_rows_in) { .case_id = c->id, .after = after }, &rows, e))
        return -1;
    *out = (struct case_steps) { arena_new_array(a, struct case_step, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = step_of(c->flow, &rows.v[i]);
    return 0;
}

int case_totals_on(struct dbr *r, struct arena *a, struct day on, struct case_totals *out, struct err *e)
{
    struct case_totals_row_in in = {
        .online = CASE_ONLINE, .asked = PAPER_SUPPLEMENT, .until = day_at((struct day) { on.n + 1 }, 0, 0)
    };
    return case_totals_row(r, a, &in, out, e) < 0 ? -1 : 0;
}
