/* month_page.c: the standing office's list of a month: who reported, who is late; closing it. */
#include "engines/plan/pages.h"

#include "gen/plan_pages.h"

#include <string.h>

int months_get(struct req *q, struct res *s, struct err *e)
{
    struct months_view v = { .current = plan_month_of(instant_day(q->now)) };
    struct plan_clock clock = plan_clock_on(q->app, instant_day(q->now));
    struct dbr *r = req_read(q, e);
    v.draft_day = clock.draft_day;
    v.before_day = clock.before_day;
    if (!r || plan_months(r, q->arena, &v.months, e))
        return -1;
    struct html h = res_html(q, s);
    months_page(&h, &v);
    return 0;
}

static void count_states(struct month_view *v)
{
    for (size_t i = 0; i < v->dues.n; i++) {
        enum plan_report_state state = v->dues.v[i].state;
        v->signed_count += state == REPORT_SIGNED || state == REPORT_LATE;
        v->late += state == REPORT_LATE;
        v->missing += state == REPORT_MISSING;
        v->drafts += state == REPORT_DRAFT;
    }
}

/* Who keeps the month waiting stands first; within a state the order of the list stays. */
static void late_first(struct plan_dues *dues)
{
    static const int order[] = { [REPORT_MISSING] = 0, [REPORT_DRAFT] = 1, [REPORT_NONE] = 2, [REPORT_LATE] = 3, [REPORT_SIGNED] = 4 };
    for (size_t i = 1; i < dues->n; i++) {
        struct plan_due d = dues->v[i];
        size_t at = i;
        for (; at > 0 && order[dues->v[at - 1].state] > order[d.state]; at--)
            dues->v[at] = dues->v[at - 1];
        dues->v[at] = d;
    }
}

int month_get(struct req *q, struct res *s, struct err *e)
{
    struct month_view v;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!plan_month_parse(req_param(q, "month"), &v.month))
        return ERR(e, ERR_NOT_FOUND, "no month");
    v.today = instant_day(q->now);
    v.due = plan_month_day(v.month, plan_clock_on(q->app, plan_month_day(v.month, 1)).before_day);
    if (!r || plan_dues_read(q->app, r, q->arena, v.month, v.today, &v.dues, e))
        return -1;
    count_states(&v);
    late_first(&v.dues);
    v.may_close = req_may(q, PLAN_OFFICE_MAY, NULL, 0) && v.dues.open && !v.dues.closed && v.today.n >= v.due.n;
    v.own = own_agency(q, PLAN_REPORT_MAY);
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    month_page(&h, &v);
    return 0;
}

int month_close_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t month;
    struct audit_record by = audit_of(q, STR("plan.month_closed"));
    if (!plan_month_parse(req_param(q, "month"), &month))
        return ERR(e, ERR_NOT_FOUND, "no month");
    return month_close(q->app, tx, q->arena, month, &by, e);
}

int month_close_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/plan/months/%.*s", STR_ARG(req_param(q, "month"))));
}
