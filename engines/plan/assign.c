/* assign.c: the plan's part in a succession: assignments of the old agency end on that day and those of the new one begin; what is
 * still to be done goes along. What is done stays with whoever did it.
 */
#include "engines/plan/inside.h"

static int put_assignments(struct dbr *r, struct arena *a, struct str agency, struct buf *out, struct err *e)
{
    struct plan_assignments_of_agency_rows rows;
    if (plan_assignments_of_agency(r, a, &(struct plan_assignments_of_agency_in) { .agency = agency }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct plan_assignments_of_agency_row *w = &rows.v[i];
        buf_fmt(out, "%lld %lld %.*s %.*s %d %d %.*s\n", (long long)w->id, (long long)w->model, STR_ARG(w->agency),
                STR_ARG(w->part), w->since.n, w->until.n, STR_ARG(w->source));
    }
    return 0;
}

static int put_tasks(struct dbr *r, struct arena *a, struct str agency, struct buf *out, struct err *e)
{
    struct plan_tasks_open_of_rows rows;
    if (plan_tasks_open_of(r, a, &(struct plan_tasks_open_of_in) { .agency = agency }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(out, "task %lld %.*s %lld\n", (long long)rows.v[i].id, STR_ARG(rows.v[i].agency), (long long)rows.v[i].edit);
    return 0;
}

static int state(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *e)
{
    const struct str agencies[] = { act->from, act->to };
    for (size_t i = 0; i < 2; i++)
        if (put_assignments(r, a, agencies[i], out, e) || put_tasks(r, a, agencies[i], out, e))
            return -1;
    return 0;
}

/* ---- moving ---- */

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

static bool is_covered(const struct succession_run *run, int64_t model)
{
    return succession_covers(run->act, str_fmt(run->a, "model/%lld", (long long)model));
}

static int move_assignments(struct succession_run *run, struct err *e)
{
    struct plan_assignments_open_rows rows;
    struct plan_assignments_open_in in = { .agency = run->act->from, .day = run->act->on };
    if (plan_assignments_open(tx_reader(run->tx), run->a, &in, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (is_covered(run, rows.v[i].model) && hand_over(run, &rows.v[i], e))
            return -1;
    return 0;
}

static int move_tasks(struct succession_run *run, struct err *e)
{
    struct plan_tasks_open_of_rows rows;
    struct plan_tasks_open_of_in in = { .agency = run->act->from };
    if (plan_tasks_open_of(tx_reader(run->tx), run->a, &in, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct plan_task_agency_set_in set = { .agency = run->act->to, .id = rows.v[i].id };
        struct str object = str_fmt(run->a, "task/%lld", (long long)rows.v[i].id);
        if (is_covered(run, rows.v[i].model) &&
            (plan_task_agency_set(run->tx, &set, NULL, e) || run->moved(run, object, run->act->from, run->act->to, e)))
            return -1;
    }
    return 0;
}

static int move(struct succession_run *run, struct err *e)
{
    return move_assignments(run, e) || move_tasks(run, e) ? -1 : 0;
}

/* ---- taking back ---- */

static int undo_task(struct succession_run *run, const struct succession_row *row, struct err *e)
{
    struct plan_task_agency_set_in back = { .agency = row->was };
    if (!str_to_i64(str_from(row->object, sizeof("task/") - 1), &back.id))
        return ERR(e, ERR_INTERNAL, "row of %.*s", STR_ARG(row->object));
    return plan_task_agency_set(run->tx, &back, NULL, e);
}

static int undo(struct succession_run *run, const struct succession_row *row, struct err *e)
{
    struct plan_assignment_until_in back;
    struct plan_assignment_delete_in gone;
    struct str rest = row->was, id;
    if (str_starts(row->object, STR("task/")))
        return undo_task(run, row, e);
    if (!str_cut(&rest, ' ', &id) || !str_to_i64(id, &back.id) || !day_parse_iso(rest, &back.until) ||
        !str_to_i64(row->became, &gone.id))
        return ERR(e, ERR_INTERNAL, "row of %.*s", STR_ARG(row->object));
    return plan_assignment_delete(run->tx, &gone, NULL, e) || plan_assignment_until(run->tx, &back, NULL, e) ? -1 : 0;
}

static int name_task(struct dbr *r, struct arena *a, int64_t id, struct str *out, struct err *e)
{
    struct plan_task_by_id_row row;
    int got = plan_task_by_id(r, a, &(struct plan_task_by_id_in) { .id = id }, &row, e);
    if (got == 1)
        *out = row.title;
    return got;
}

static int name_model(struct dbr *r, struct arena *a, int64_t number, struct str *out, struct err *e)
{
    struct plan_model_row_row row;
    int got = plan_model_row(r, a, &(struct plan_model_row_in) { .number = number }, &row, e);
    if (got == 1)
        *out = str_fmt(a, "%lld. %.*s", (long long)number, STR_ARG(row.name));
    return got;
}

static int name(const struct app *app, struct dbr *r, struct arena *a, struct str object, struct str *out, struct err *e)
{
    struct str rest = object, kind;
    int64_t id;
    (void)app;
    if (!str_cut(&rest, '/', &kind) || !str_to_i64(rest, &id))
        return 0;
    return str_eq(kind, STR("task")) ? name_task(r, a, id, out, e) : name_model(r, a, id, out, e);
}

const struct succession_part plan_succession = {
    .what = MSG("Phân công trong kế hoạch"), .state = state, .move = move, .undo = undo, .name = name
};
