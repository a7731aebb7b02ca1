/* public.c: the plan for people who have no account. */
#include "engines/plan/public.h"

#include "engines/plan/inside.h"
#include "gen/plan_pages.h"

#include <string.h>

enum { MONTHS_SHOWN = 24 };

/* ---- reading ---- */

static int read_closed(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct plan_overview *out,
                       struct err *e)
{
    return plan_overview_read(app, r, a, month, plan_measured_day(app, month), false, out, e);
}

int public_months_read(const struct app *app, struct dbr *r, struct arena *a, size_t most, struct public_months *out,
                       struct err *e)
{
    struct plan_months_closed_rows closed;
    if (plan_months_closed(r, a, &(struct plan_months_closed_in) { .most = (int64_t)most }, &closed, e) != 0)
        return -1;
    *out = (struct public_months) { arena_new_array(a, struct plan_overview, closed.n + 1), closed.n };
    for (size_t i = 0; i < closed.n; i++)
        if (read_closed(app, r, a, closed.v[closed.n - 1 - i].month, &out->v[i], e) != 0)
            return -1;
    return 0;
}

/* The last closed month, or, before there is one, the plan as it is written. */
static int read_last(struct req *q, struct dbr *r, bool *published, struct plan_overview *out, struct err *e)
{
    struct public_months last;
    struct day today = instant_day(q->now);
    if (public_months_read(q->app, r, q->arena, 1, &last, e) != 0)
        return -1;
    *published = last.n > 0;
    if (last.n == 0)
        return plan_overview_read(q->app, r, q->arena, plan_month_of(today), today, false, out, e);
    *out = last.v[0];
    return 0;
}

static struct public_plan plan_of(const struct app *app)
{
    const struct plan_state *state = plan_state(app);
    return (struct public_plan) { state->province, state->number, state->day };
}

/* ---- the list ---- */

int public_get(struct req *q, struct res *s, struct err *e)
{
    struct public_view v;
    struct plan_overview all;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof v);
    if (!r || read_last(q, r, &v.published, &all, e) != 0)
        return -1;
    v.plan = plan_of(q->app);
    v.all = &all;
    v.sum = board_add(&all);
    v.shares = status_shares(q->arena, &v.sum, MSGS("Mô hình theo tình trạng"));
    v.groups = board_grouped(q->arena, &all, NULL, NULL);
    struct html h = res_html(q, s);
    plan_public(&h, &v);
    return 0;
}

/* ---- one row ---- */

static struct str group_name(struct html *h, const struct plan_overview *o, const struct plan_line *l)
{
    for (size_t i = 0; i < o->n_groups; i++)
        if (str_eq(o->groups[i].code, l->group)) {
            struct str name = public_plain(h->arena, o->groups[i].name);
            struct tr_arg args[] = { { "n", html_num(h, l->number) }, { "code", l->group }, { "name", name } };
            return tr_fill(h->arena, h->lang, MSGS("Mô hình {n}, nhóm {code}. {name}"), args, 3);
        }
    return STR_NONE;
}

static void add_month(struct html *h, struct public_model_view *v, const struct plan_overview *o, const struct plan_line *l)
{
    *vec_push(h->arena, &v->months) = (struct public_month) { o->month, l };
    if (line_counted(l))
        *vec_push(h->arena, &v->series.points) =
            (struct series_point) { .label = plan_month_vi(h->arena, o->month), .value = line_percent(l) };
}

static void fill_model(struct html *h, struct public_model_view *v, const struct public_months *months, int64_t number)
{
    v->series = (struct series) { .title = MSGS("Đo được so với mục tiêu, theo tháng"), .unit = MSGS("% mục tiêu") };
    for (size_t i = 0; i < months->n; i++) {
        const struct plan_line *l = plan_line_of(&months->v[i], number);
        if (l)
            add_month(h, v, &months->v[i], l);
    }
}

int public_model_get(struct req *q, struct res *s, struct err *e)
{
    struct public_model_view v;
    struct public_months months;
    struct plan_overview last;
    int64_t number;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof v);
    if (!r || public_months_read(q->app, r, q->arena, MONTHS_SHOWN, &months, e) != 0 ||
        read_last(q, r, &v.published, &last, e) != 0)
        return -1;
    v.line = req_param_id(q, "number", &number) ? plan_line_of(&last, number) : NULL;
    if (!v.line)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Kế hoạch không có mô hình này. Xin chọn trong danh sách ở trang công khai."),
                       "number");
    struct html h = res_html(q, s);
    v.plan = plan_of(q->app);
    v.month = last.month;
    v.group = group_name(&h, &last, v.line);
    fill_model(&h, &v, &months, number);
    plan_public_model(&h, &v);
    return 0;
}
