/* assign.c: the plan's part in a succession: assignments of the old agency end on that day and those of the new one begin. */
#include "engines/plan/inside.h"

static void put_rows(struct arena *a, const struct plan_assignments_of_agency_rows *rows, struct buf *out)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct plan_assignments_of_agency_row *r = &rows->v[i];
        buf_fmt(out, "%lld %lld %.*s %.*s %.*s %.*s %.*s\n", (long long)r->id, (long long)r->model, STR_ARG(r->agency),
                STR_ARG(r->part), STR_ARG(day_iso(a, r->since)), STR_ARG(day_iso(a, r->until)), STR_ARG(r->source));
    }
}

static int state(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *e)
{
    const struct str agencies[] = { act->from, act->to };
    for (size_t i = 0; i < 2; i++) {
        struct plan_assignments_of_agency_rows rows;
        if (plan_assignments_of_agency(r, a, &(struct plan_assignments_of_agency_in) { .agency = agencies[i] }, &rows, e))
            return -1;
        put_rows(a, &rows, out);
    }
    return 0;
}

static int hand_over(struct succession_run *run, const struct plan_assignments_open_row *old, struct err *e)
{
    int64_t id;
    struct plan_assignment_until_in end = { .until = run->act->on, .id = old->id };
    struct plan_assignment_insert_in begin = { .model = old->model,
                                               .agency = run->act->to,
                                               .part = old->part,
                                               .since = run->act->on,
                                               .until = old->until,
                                               .source = str_fmt(run->a, "succession/%lld", (long long)run->act->id) };
    if (plan_assignment_until(run->tx, &end, NULL, e) || plan_assignment_insert(run->tx, &begin, &id, e))
        return -1;
    return run->moved(run, str_fmt(run->a, "model/%lld", (long long)old->model),
                      str_fmt(run->a, "%lld %.*s", (long long)old->id, STR_ARG(day_iso(run->a, old->until))),
                      str_fmt(run->a, "%lld", (long long)id), e);
}

static int move(struct succession_run *run, struct err *e)
{
    struct plan_assignments_open_rows rows;
    struct plan_assignments_open_in in = { .agency = run->act->from, .day = run->act->on };
    if (plan_assignments_open(tx_reader(run->tx), run->a, &in, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct str object = str_fmt(run->a, "model/%lld", (long long)rows.v[i].model);
        if (succession_covers(run->act, object) && hand_over(run, &rows.v[i], e))
            return -1;
    }
    return 0;
}

static int undo(struct succession_run *run, const struct succession_row *row, struct err *e)
{
    struct plan_assignment_until_in back;
    struct plan_assignment_delete_in gone;
    struct str rest = row->was, id;
    if (!str_cut(&rest, ' ', &id) || !str_to_i64(id, &back.id) || !day_parse_iso(rest, &back.until) ||
        !str_to_i64(row->became, &gone.id))
        return ERR(e, ERR_INTERNAL, "row of %.*s", STR_ARG(row->object));
    return plan_assignment_delete(run->tx, &gone, NULL, e) || plan_assignment_until(run->tx, &back, NULL, e) ? -1 : 0;
}

const struct succession_part plan_succession = {
    .what = MSG("Phân công trong kế hoạch"), .state = state, .move = move, .undo = undo
};
