/* timeline.c: the whole plan on one scale of months. */
#include "engines/plan/timeline.h"

#include "engines/plan/inside.h"
#include "gen/plan_pages.h"

#include <string.h>

static struct timeline_row *row_of(struct timeline_group *g, int64_t model)
{
    for (size_t i = 0; i < g->rows.n; i++)
        if (g->rows.v[i].line->number == model)
            return &g->rows.v[i];
    return NULL;
}

static void add_row(struct html *h, struct timeline_view *v, struct timeline_group *g, const struct plan_line *l)
{
    const struct plan_said *due = &l->said[PLAN_DEADLINE];
    struct lane *lane = vec_push(h->arena, &g->lanes.rows);
    *vec_push(h->arena, &g->rows) = (struct timeline_row) { .line = l };
    *lane = (struct lane) { .number = html_num(h, l->number),
                            .name = line_name(h, l),
                            .href = model_href(h, l),
                            .state = plan_status_label(l->status) };
    timeline_mark_due(h->arena, lane, due);
    v->disputed += due->disputed;
    v->decided += due->decided;
}

static void add_step(struct html *h, struct timeline_group *g, const struct timeline_step *step)
{
    struct timeline_row *row = row_of(g, step->model);
    if (!row)
        return;
    row->steps++;
    row->steps_done += step->done;
    timeline_mark_step(h->arena, &g->lanes.rows.v[row - g->rows.v], step);
}

/* From the plan's day to the deadline; a row that has none runs to the end of the scale. */
static void draw_bars(struct timeline_group *g, struct day since)
{
    for (size_t i = 0; i < g->rows.n; i++) {
        const struct plan_said *due = &g->rows.v[i].line->said[PLAN_DEADLINE];
        g->lanes.rows.v[i].from = since;
        g->lanes.rows.v[i].until = due->has_day ? due->day : g->lanes.last;
    }
}

static int read_steps(struct html *h, struct dbr *r, struct timeline_group *g, struct err *e)
{
    struct plan_milestones_rows steps;
    if (plan_milestones(r, h->arena, &(struct plan_milestones_in) { .group_code = g->code }, &steps, e) != 0)
        return -1;
    for (size_t i = 0; i < steps.n; i++) {
        const struct plan_milestones_row *s = &steps.v[i];
        add_step(h, g,
                 &(struct timeline_step) {
                     .model = s->model, .due = s->due, .done = s->has_done_on, .done_on = s->done_on, .title = s->title });
    }
    return 0;
}

static int fill_group(struct html *h, struct dbr *r, struct timeline_view *v, const struct board_group *from,
                      struct day since, struct day today, struct err *e)
{
    struct timeline_group *g = vec_push(h->arena, &v->groups);
    *g = (struct timeline_group) { .code = from->code, .name = from->name, .lanes = { .title = from->name } };
    for (size_t i = 0; i < from->n; i++)
        add_row(h, v, g, from->lines[i]);
    if (read_steps(h, r, g, e) != 0)
        return -1;
    timeline_scale(&g->lanes, since, today);
    draw_bars(g, since);
    return 0;
}

int timeline_get(struct req *q, struct res *s, struct err *e)
{
    struct timeline_view v;
    struct plan_overview all;
    struct day today = instant_day(q->now), since = plan_state(q->app)->day;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof v);
    if (!r || plan_overview_read(q->app, r, q->arena, plan_month_of(today), today, false, &all, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    struct board_groups groups = board_grouped(q->arena, &all, NULL, NULL);
    for (size_t i = 0; i < groups.n; i++)
        if (fill_group(&h, r, &v, &groups.v[i], since, today, e) != 0)
            return -1;
    plan_timeline(&h, &v);
    return 0;
}
