/* act.c: acts that came out of a spool: who still has to look at them, and what became of each. */
#include "engines/edge/inside.h"

static const struct str states[EDGE_OUTCOMES_] = { STR_INIT("filed"), STR_INIT("desk"), STR_INIT("refused") };

int edge_acts_todo(struct dbr *r, struct arena *a, struct edge_acts *out, struct err *e)
{
    struct edge_act_rows rows;
    if (edge_acts_waiting(r, a, &rows, e))
        return -1;
    *out = (struct edge_acts) { rows.v, rows.n };
    return 0;
}

int edge_acts_for_desk(struct dbr *r, struct arena *a, const struct unit_code *unit, struct edge_acts *out, struct err *e)
{
    struct edge_act_rows rows;
    if (edge_acts_at_desk(r, a, &(struct edge_acts_at_desk_in) { .unit = *unit }, &rows, e))
        return -1;
    *out = (struct edge_acts) { rows.v, rows.n };
    return 0;
}

int edge_act_by_id(struct dbr *r, struct arena *a, int64_t id, struct edge_act *out, struct err *e)
{
    return edge_act_row(r, a, &(struct edge_act_row_in) { .id = id }, out, e);
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
    return edge_act_by_number(r, a, &(struct edge_act_by_number_in) { .number = number }, out, e);
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
