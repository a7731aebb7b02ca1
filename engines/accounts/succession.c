/* succession.c: roles that are held in an agency follow its duties to the agency that takes over. The old grant ends on the day, a new
 * one begins there, so that the log of who might do what on which day stays true; a grant that has not begun yet just changes hands.
 */
#include "engines/accounts/accounts_internal.h"

/* What was done to a grant, as the report keeps it: "held until 9999-12-31" became "ended 2025-03-01, grant/57 in so-khcn". */
#define WAS_HELD    "held until "
#define WAS_WAITING "waits in "

static int grants_of(struct dbr *r, struct arena *a, struct str agency, struct grants_of_agency_rows *out, struct err *e)
{
    return grants_of_agency(r, a, &(struct grants_of_agency_in){ .agency = agency }, out, e);
}

static void put_grant(struct arena *a, struct buf *out, const struct grants_of_agency_row *g)
{
    buf_fmt(out, "%lld %lld %.*s %.*s %lld %.*s %.*s %.*s\n", (long long)g->id, (long long)g->account, STR_ARG(g->role),
            STR_ARG(unit_code_str(&g->territory)), (long long)(g->has_facility ? g->facility : 0), STR_ARG(g->agency),
            STR_ARG(day_iso(a, g->from_day)), STR_ARG(day_iso(a, g->until_day)));
}

static int state(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *e)
{
    const struct str agencies[] = { act->from, act->to };
    for (size_t i = 0; i < 2; i++) {
        struct grants_of_agency_rows rows;
        if (grants_of(r, a, agencies[i], &rows, e) != 0)
            return -1;
        for (size_t k = 0; k < rows.n; k++)
            put_grant(a, out, &rows.v[k]);
    }
    return 0;
}

/* An act that names what it covers names legal functions: "function/land.register". */
static bool moves(const struct succession_run *run, const struct grants_of_agency_row *g)
{
    const struct role *role = role_by_name(run->app, g->role);
    struct str function = str_of(role ? role->function : "");
    return g->until_day.n > run->act->on.n &&
           succession_covers(run->act, str_fmt(run->a, "function/%.*s", STR_ARG(function)));
}

static int hand_over(struct succession_run *run, const struct grants_of_agency_row *g, int64_t *id, struct err *e)
{
    struct grant_end_in end = { .until_day = run->act->on, .id = g->id, .account = g->account };
    struct grant_insert_in in = { .account = g->account, .role = g->role, .territory = g->territory, .has_facility = g->has_facility,
                                  .facility = g->facility, .agency = run->act->to, .from_day = run->act->on,
                                  .until_day = g->until_day, .has_given_by = g->has_given_by, .given_by = g->given_by,
                                  .given_at = tx_now(run->tx) };
    return grant_end(run->tx, &end, NULL, e) != 0 ? -1 : grant_insert(run->tx, &in, id, e);
}

static int move_one(struct succession_run *run, const struct grants_of_agency_row *g, struct err *e)
{
    struct str object = str_fmt(run->a, "grant/%lld", (long long)g->id), on = day_iso(run->a, run->act->on);
    int64_t id;
    if (g->from_day.n >= run->act->on.n) {
        struct grant_agency_set_in in = { .agency = run->act->to, .id = g->id };
        return grant_agency_set(run->tx, &in, NULL, e) != 0
                   ? -1
                   : run->moved(run, object, str_fmt(run->a, WAS_WAITING "%.*s", STR_ARG(g->agency)),
                                str_fmt(run->a, WAS_WAITING "%.*s", STR_ARG(run->act->to)), e);
    }
    if (hand_over(run, g, &id, e) != 0)
        return -1;
    return run->moved(run, object, str_fmt(run->a, WAS_HELD "%.*s", STR_ARG(day_iso(run->a, g->until_day))),
                      str_fmt(run->a, "ended %.*s, grant/%lld in %.*s", STR_ARG(on), (long long)id, STR_ARG(run->act->to)), e);
}

static int move(struct succession_run *run, struct err *e)
{
    struct grants_of_agency_rows rows;
    if (grants_of(tx_reader(run->tx), run->a, run->act->from, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (moves(run, &rows.v[i]) && move_one(run, &rows.v[i], e) != 0)
            return -1;
    return 0;
}

/* ---- back ---- */

static bool number_after(struct str text, const char *before, int64_t *out)
{
    ptrdiff_t at = str_find(text, str_of(before));
    struct str rest = at < 0 ? STR("") : str_from(text, (size_t)at + str_of(before).n), digits;
    return str_cut(&rest, ' ', &digits) && str_to_i64(digits, out);
}

static int take_back(struct succession_run *run, const struct succession_row *row, int64_t id, struct err *e)
{
    int64_t successor;
    struct grant_until_set_in until = { .id = id };
    if (!day_parse_iso(str_from(row->was, sizeof(WAS_HELD) - 1), &until.until_day) || !number_after(row->became, "grant/", &successor))
        return ERR(e, ERR_INTERNAL, "%.*s: report of a succession", STR_ARG(row->object));
    return session_hat_forget(run->tx, &(struct session_hat_forget_in){ .id = successor }, NULL, e) != 0 ||
                   grant_delete(run->tx, &(struct grant_delete_in){ .id = successor }, NULL, e) != 0 ||
                   grant_until_set(run->tx, &until, NULL, e) != 0
               ? -1
               : 0;
}

static int undo(struct succession_run *run, const struct succession_row *row, struct err *e)
{
    int64_t id;
    if (!number_after(row->object, "grant/", &id))
        return ERR(e, ERR_INTERNAL, "%.*s is no grant", STR_ARG(row->object));
    if (str_starts(row->was, STR(WAS_HELD)))
        return take_back(run, row, id, e);
    struct grant_agency_set_in in = { .agency = str_from(row->was, sizeof(WAS_WAITING) - 1), .id = id };
    return grant_agency_set(run->tx, &in, NULL, e);
}

/* "Trần Văn B: Cán bộ báo cáo của cơ quan" */
static int name(const struct app *app, struct dbr *r, struct arena *a, struct str object, struct str *out, struct err *e)
{
    struct grant_holder_row row;
    int64_t id;
    if (!number_after(object, "grant/", &id))
        return 0;
    int got = grant_holder(r, a, &(struct grant_holder_in){ .id = id }, &row, e);
    const struct role *role = got == 1 ? role_by_name(app, row.role) : NULL;
    if (got == 1)
        *out = str_fmt(a, "%.*s: %.*s", STR_ARG(row.name), STR_ARG(role ? role->title : row.role));
    return got;
}

const struct succession_part grants_part = {
    .what = MSG("Vai trò giữ tại cơ quan"), .state = state, .move = move, .undo = undo, .name = name
};
