/* model_page.c: everything about one row of the plan: what was promised, what is measured, what is claimed, what has to be done. */
#include "engines/plan/pages.h"

#include "gen/plan_pages.h"

#include <string.h>

enum { SERIES_MONTHS = 12 };

static int load_words(struct req *q, struct dbr *r, int64_t number, struct model_view *v, struct err *e)
{
    struct plan_model_row_row row;
    int got = plan_model_row(r, q->arena, &(struct plan_model_row_in) { .number = number }, &row, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "model %lld", (long long)number);
    v->group_name = row.group_name;
    v->assignments = row.assignments;
    v->tools = row.tools;
    return 0;
}

/* The number that stands against the claim, as it was at the reports' days of the last twelve months. Days without a number leave a
 * gap in the line. */
static int load_series(struct req *q, struct dbr *r, const struct plan_number *n, struct model_view *v, struct err *e)
{
    struct plan_measured_series_rows rows;
    int64_t first = plan_month_next(v->month, 1 - SERIES_MONTHS);
    if (!n || !n->measure)
        return 0;
    struct plan_measured_series_in in = { .measure = str_of(n->measure->name),
                                          .from = plan_measured_day(q->app, first),
                                          .to = plan_measured_day(q->app, v->month) };
    if (plan_measured_series(r, q->arena, &in, &rows, e))
        return -1;
    v->series.title = n->what;
    v->series.unit = n->denominator > 0 ? STR("%") : n->unit;
    bool any = false;
    for (int i = 0; i < SERIES_MONTHS; i++) {
        int64_t month = plan_month_next(first, i);
        struct series_point *p = vec_push(q->arena, &v->series.points);
        *p = (struct series_point) { .label = plan_month_vi(q->arena, month), .hidden = true };
        for (size_t k = 0; k < rows.n; k++) {
            const struct plan_measured_series_row *m = &rows.v[k];
            if (!m->counted || m->day.n != plan_measured_day(q->app, month).n)
                continue;
            p->value = m->denominator > 0 ? m->numerator * 100 / m->denominator : m->numerator;
            p->hidden = false;
            any = true;
        }
    }
    if (!any)
        v->series.points.n = 0;
    return 0;
}

static int load(struct req *q, struct dbr *r, int64_t number, struct model_view *v, struct err *e)
{
    struct plan_overview o;
    struct plan_months months;
    v->today = instant_day(q->now);
    if (load_words(q, r, number, v, e) || plan_months_read(r, q->arena, &months, e))
        return -1;
    v->month = months.n ? months.v[0] : plan_month_of(v->today);
    if (plan_overview_read(q->app, r, q->arena, v->month, v->today, false, &o, e) ||
        plan_conflicts_read(r, q->arena, number, &v->conflicts, e) ||
        plan_assignments_of(r, q->arena, &(struct plan_assignments_of_in) { .model = number }, &v->history, e) ||
        plan_tasks_of_model(r, q->arena, &(struct plan_tasks_of_model_in) { .model = number }, &v->tasks, e))
        return -1;
    const struct plan_line *line = plan_line_of(&o, number);
    ASSERT(line != NULL);
    v->line = *line;
    return load_series(q, r, plan_line_number(line), v, e);
}

int model_get(struct req *q, struct res *s, struct err *e)
{
    int64_t number;
    struct model_view v;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!r)
        return -1;
    if (!req_param_id(q, "number", &number))
        return ERR(e, ERR_NOT_FOUND, "model number");
    if (load(q, r, number, &v, e))
        return -1;
    v.may_task = req_may(q, PLAN_TASK_MAY, NULL, 0) != NULL;
    struct html h = res_html(q, s);
    model_page(&h, &v);
    return 0;
}
