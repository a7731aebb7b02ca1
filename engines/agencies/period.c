/* period.c: the agencies' own part in a succession: the one that gave everything away ends on that day. */
#include "engines/agencies/inside.h"

static int state(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *e)
{
    const struct str codes[] = { act->from, act->to };
    for (size_t i = 0; i < 2; i++) {
        struct agency g;
        int got = agency_by_code(r, a, codes[i], &g, e);
        if (got < 0)
            return -1;
        if (got == 1)
            buf_fmt(out, "%.*s %d %d\n", STR_ARG(g.code), g.since.n, g.until.n);
    }
    return 0;
}

static int move(struct succession_run *run, struct err *e)
{
    struct agency g;
    struct agency_until_set_in in = { .until = run->act->on, .code = run->act->from };
    if (run->act->covers.n)
        return 0; /* only some duties go: the agency stays */
    if (agency_by_code(tx_reader(run->tx), run->a, run->act->from, &g, e) < 0 || agency_until_set(run->tx, &in, NULL, e))
        return -1;
    return run->moved(run, str_fmt(run->a, "agency/%.*s", STR_ARG(g.code)), day_iso(run->a, g.until),
                      day_iso(run->a, run->act->on), e);
}

static int undo(struct succession_run *run, const struct succession_row *row, struct err *e)
{
    struct agency_until_set_in in = { .code = run->act->from };
    if (!day_parse_iso(row->was, &in.until))
        return ERR(e, ERR_INTERNAL, "%.*s had no day", STR_ARG(row->object));
    return agency_until_set(run->tx, &in, NULL, e);
}

static int name(const struct app *app, struct dbr *r, struct arena *a, struct str object, struct str *out, struct err *e)
{
    struct agency g;
    (void)app;
    int got = agency_by_code(r, a, str_from(object, sizeof("agency/") - 1), &g, e);
    if (got == 1)
        *out = g.name;
    return got;
}

const struct succession_part agencies_own_part = {
    .what = MSG("Thời gian hoạt động của cơ quan"), .state = state, .move = move, .undo = undo, .name = name
};
