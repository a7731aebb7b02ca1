/* agency_page.c: one agency: what it owes this month, its models, its tasks, who takes over from it. */
#include "engines/plan/pages.h"

#include "gen/plan_pages.h"

#include <string.h>

enum { REPORTS_SHOWN = 36 };

static bool is_among(const struct plan_agencies *list, struct str code)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].code, code))
            return true;
    return false;
}

static int load_models(struct req *q, struct dbr *r, struct agency_view *v, struct err *e)
{
    struct plan_overview *o = arena_new(q->arena, struct plan_overview);
    if (plan_overview_read(q->app, r, q->arena, v->month, v->today, false, o, e))
        return -1;
    v->leads.v = arena_new_array(q->arena, const struct plan_line *, o->n_lines);
    v->helps.v = arena_new_array(q->arena, const struct plan_line *, o->n_lines);
    for (size_t i = 0; i < o->n_lines; i++) {
        if (is_among(&o->lines[i].leads, v->agency.code))
            v->leads.v[v->leads.n++] = &o->lines[i];
        else if (is_among(&o->lines[i].partners, v->agency.code))
            v->helps.v[v->helps.n++] = &o->lines[i];
    }
    return 0;
}

static int load_due(struct req *q, struct dbr *r, struct agency_view *v, struct err *e)
{
    struct plan_dues dues;
    if (plan_dues_read(q->app, r, q->arena, v->month, v->today, &dues, e))
        return -1;
    for (size_t i = 0; i < dues.n; i++)
        if (str_eq(dues.v[i].agency.code, v->agency.code)) {
            v->due = dues.v[i];
            v->owes = true;
        }
    return 0;
}

static size_t count_open(const struct plan_tasks_of_agency_rows *tasks)
{
    size_t n = 0;
    while (n < tasks->n && tasks->v[n].state < TASK_DONE)
        n++;
    return n;
}

static int load_lists(struct req *q, struct dbr *r, struct agency_view *v, struct err *e)
{
    struct str code = v->agency.code;
    struct plan_reports_of_agency_in reports = { .agency = code, .most = REPORTS_SHOWN };
    return plan_reports_of_agency(r, q->arena, &reports, &v->reports, e) ||
                   plan_tasks_of_agency(r, q->arena, &(struct plan_tasks_of_agency_in) { .agency = code }, &v->tasks, e) ||
                   plan_reminders_of(r, q->arena, &(struct plan_reminders_of_in) { .agency = code }, &v->reminders, e) ||
                   plan_feeds_of(r, q->arena, &(struct plan_feeds_of_in) { .agency = code }, &v->feeds, e) ||
                   agency_successors_expected(r, q->arena, code, &v->expected, e) ||
                   agency_successions(r, q->arena, code, &v->successions, e)
               ? -1
               : 0;
}

int agency_view_load(struct req *q, struct str code, struct agency_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    memset(v, 0, sizeof(*v));
    int got = r ? agency_by_code(r, q->arena, code, &v->agency, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "agency %.*s", STR_ARG(code));
    v->today = instant_day(q->now);
    v->month = plan_month_of(v->today);
    v->due_day = plan_month_day(v->month, plan_clock_on(q->app, v->today).before_day);
    v->may_succeed = req_may(q, AGENCIES_REORGANISE, NULL, 0) != NULL;
    v->own = req_may_agency(q, PLAN_REPORT_MAY, code) != NULL;
    v->key = req_form_key(q);
    if (load_models(q, r, v, e) || load_due(q, r, v, e) || load_lists(q, r, v, e))
        return -1;
    v->n_open = count_open(&v->tasks);
    return 0;
}

int agency_get(struct req *q, struct res *s, struct err *e)
{
    struct agency_view v;
    if (agency_view_load(q, req_param(q, "agency"), &v, e))
        return -1;
    struct html h = res_html(q, s);
    agency_page(&h, &v);
    return 0;
}

int to_plan_agency(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/plan/agencies/%.*s", STR_ARG(req_param(q, "agency"))));
}

int mine_get(struct req *q, struct res *s, struct err *e)
{
    struct str code = own_agency(q, PLAN_REPORT_MAY);
    if (!code.n)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Tài khoản này chưa gắn với cơ quan nào. Xin liên hệ người quản trị."),
                       "no agency");
    return res_redirect(s, str_fmt(q->arena, "/plan/agencies/%.*s", STR_ARG(code)));
}
