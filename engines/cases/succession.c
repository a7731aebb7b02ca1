/* succession.c: an agency's open cases go along with its duties. Nobody's clock changes: the law counts days, not offices. */
#include "engines/cases/inside.h"

static int cases_of(struct dbr *r, struct arena *a, struct str agency, struct case_of_agency_rows *rows, struct err *e)
{
    return case_of_agency(r, a, &(struct case_of_agency_in) { .agency = agency }, rows, e);
}

static int state(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *e)
{
    const struct str agencies[] = { act->from, act->to };
    for (size_t i = 0; i < 2; i++) {
        struct case_of_agency_rows rows;
        if (cases_of(r, a, agencies[i], &rows, e))
            return -1;
        for (size_t k = 0; k < rows.n; k++)
            buf_fmt(out, "case %lld %.*s %.*s %lld\n", (long long)rows.v[k].id, STR_ARG(rows.v[k].agency),
                    STR_ARG(rows.v[k].function), (long long)rows.v[k].revision);
    }
    return 0;
}

static int move_one(struct succession_run *run, const struct case_of_agency_row *row, struct err *e)
{
    struct case_agency_set_in set = { .agency = run->act->to, .id = row->id };
    return case_agency_set(run->tx, &set, NULL, e) ||
                   run->moved(run, str_fmt(run->a, "case/%lld", (long long)row->id), run->act->from, run->act->to, e)
               ? -1
               : 0;
}

static int move(struct succession_run *run, struct err *e)
{
    struct case_of_agency_rows rows;
    if (cases_of(tx_reader(run->tx), run->a, run->act->from, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (succession_covers(run->act, str_fmt(run->a, "function/%.*s", STR_ARG(rows.v[i].function))) &&
            move_one(run, &rows.v[i], e))
            return -1;
    return 0;
}

static int undo(struct succession_run *run, const struct succession_row *row, struct err *e)
{
    struct case_agency_set_in set = { .agency = row->was };
    if (!str_starts(row->object, STR("case/")) || !str_to_i64(str_from(row->object, 5), &set.id))
        return ERR(e, ERR_INTERNAL, "%.*s is no case", STR_ARG(row->object));
    return case_agency_set(run->tx, &set, NULL, e);
}

const struct succession_part cases_succession = {
    .what = MSG("Hồ sơ đang giải quyết"), .state = state, .move = move, .undo = undo
};
