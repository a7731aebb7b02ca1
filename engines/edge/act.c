/* act.c: acts that came out of a spool: who still has to look at them, and what became of each. */
#include "engines/edge/inside.h"

static const struct str states[EDGE_OUTCOMES_] = { STR_INIT("filed"), STR_INIT("desk"), STR_INIT("refused") };

int edge_acts_todo(struct dbr *r, struct arena *a, struct edge_acts *out, struct err *e)
{
    struct edge_acts_waiting_rows rows;
    if (edge_acts_waiting(r, a, &rows, e))
        return -1;
    *out = (struct edge_acts) { arena_new_array(a, struct edge_act, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct edge_act) { .id = rows.v[i].id,
                                        .device = rows.v[i].device,
                                        .sequence = rows.v[i].sequence,
                                        .number = rows.v[i].number,
                                        .device_name = rows.v[i].name,
                                        .sealed = rows.v[i].sealed,
                                        .made_at = rows.v[i].made_at,
                                        .unit = rows.v[i].unit };
    return 0;
}

int edge_acts_for_desk(struct dbr *r, struct arena *a, const struct unit_code *unit, struct edge_acts *out, struct err *e)
{
    struct edge_acts_at_desk_rows rows;
    if (edge_acts_at_desk(r, a, &(struct edge_acts_at_desk_in) { .unit = *unit }, &rows, e))
        return -1;
    *out = (struct edge_acts) { arena_new_array(a, struct edge_act, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct edge_act) { .id = rows.v[i].id,
                                        .number = rows.v[i].number,
                                        .device_name = rows.v[i].name,
                                        .why = str_or_empty(rows.v[i].why),
                                        .made_at = rows.v[i].made_at,
                                        .came_at = rows.v[i].came_at,
                                        .unit = *unit };
    return 0;
}

int edge_act_by_id(struct dbr *r, struct arena *a, int64_t id, struct edge_act *out, struct err *e)
{
    struct edge_act_row_row row;
    int got = edge_act_row(r, a, &(struct edge_act_row_in) { .id = id }, &row, e);
    if (got != 1 || !row.sealed.p)
        return got < 0 ? -1 : 0;
    *out = (struct edge_act) { .id = row.id,
                               .device = row.device,
                               .sequence = row.sequence,
                               .number = row.number,
                               .device_name = row.name,
                               .why = str_or_empty(row.why),
                               .sealed = row.sealed,
                               .made_at = row.made_at,
                               .came_at = row.came_at,
                               .unit = row.unit };
    return 1;
}

int edge_act_settle(struct tx *tx, int64_t act, enum edge_outcome outcome, struct str case_number, struct str why,
                    struct err *e)
{
    int64_t changed;
    struct edge_act_settle_row_in in = { .id = act,
                                     .state = states[outcome],
                                     .case_number = case_number,
                                     .why = why,
                                     .now = tx_now(tx),
                                     .forget = outcome != EDGE_AT_DESK };
    if (edge_act_settle_row(tx, &in, &changed, e))
        return -1;
    return changed == 1 ? 0 : ERR_SAY(e, ERR_CONFLICT, MSGS("Phiếu này đã có người nhận xử lý."), "act %lld", (long long)act);
}

int edge_act_fate_of(struct dbr *r, struct arena *a, struct str number, struct edge_act_fate *out, struct err *e)
{
    struct edge_act_by_number_row row;
    int got = edge_act_by_number(r, a, &(struct edge_act_by_number_in) { .number = number }, &row, e);
    if (got == 1)
        *out = (struct edge_act_fate) { row.state, str_or_empty(row.case_number), str_or_empty(row.why) };
    return got;
}

int edge_call_person(struct tx *tx, struct arena *a, const struct edge_device *d, struct err *e)
{
    struct edge_call_open_one_row row;
    int64_t id;
    int got = edge_call_open_one(tx_reader(tx), a, &(struct edge_call_open_one_in) { .device = d->id }, &row, e);
    if (got != 0)
        return got < 0 ? -1 : 0;
    return edge_call_insert(tx, &(struct edge_call_insert_in) { .device = d->id, .now = tx_now(tx) }, &id, e);
}
