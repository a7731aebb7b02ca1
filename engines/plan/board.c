/* board.c: the board of the province: what a leader reads in ten seconds, and the rows behind it. */
#include "engines/plan/board.h"

#include "gen/plan_pages.h"
#include "gen/plan_queries.h"

#include <string.h>

/* ---- what was asked: ?month= &agency= &district= &status= ---- */

/* A filter that is not set keeps every row. */
struct board_asked {
    int64_t month; /* 0: today, with the newest reports */
    struct day on;
    struct str agency, district; /* codes */
    bool by_status;
    enum plan_status status;
    struct plan_models_of_agency_rows of_agency, of_district;
};

static const struct str all_of = STR_INIT("all"); /* the choice that filters nothing */

static struct str asked_code(struct req *q, const char *name)
{
    struct str code = req_query(q, name);
    return str_eq(code, all_of) ? STR_NONE : code;
}

static int read_month(struct req *q, struct board_asked *asked, struct err *e)
{
    struct str month = req_query(q, "month");
    struct day today = instant_day(q->now);
    asked->on = today;
    if (month.n == 0)
        return 0;
    if (!plan_month_parse(month, &asked->month) || asked->month > plan_month_of(today))
        return ERR_SAY(e, ERR_INPUT, MSGS("Tháng chưa đúng hoặc chưa đến. Ví dụ 2023-09."), "month");
    asked->on = plan_measured_day(q->app, asked->month);
    if (asked->on.n > today.n)
        asked->on = today;
    return 0;
}

static int read_models(struct dbr *r, struct req *q, struct str agency, struct day on,
                       struct plan_models_of_agency_rows *out, struct err *e)
{
    if (agency.n == 0)
        return 0;
    return plan_models_of_agency(r, q->arena, &(struct plan_models_of_agency_in) { .agency = agency, .today = on }, out, e);
}

static int read_asked(struct req *q, struct dbr *r, struct board_asked *asked, struct err *e)
{
    struct str status = asked_code(q, "status");
    *asked = (struct board_asked) { .agency = asked_code(q, "agency"), .district = asked_code(q, "district") };
    asked->by_status = status.n > 0;
    if (asked->by_status && !status_named(status, &asked->status))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có tình trạng này. Xin chọn lại trong danh sách."), "status");
    if (read_month(q, asked, e) != 0 || read_models(r, q, asked->agency, asked->on, &asked->of_agency, e) != 0)
        return -1;
    return read_models(r, q, asked->district, asked->on, &asked->of_district, e);
}

static bool lists(const struct plan_models_of_agency_rows *list, int64_t model)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].number == model)
            return true;
    return false;
}

static bool keeps(const void *ctx, const struct plan_line *l)
{
    const struct board_asked *asked = ctx;
    if (asked->agency.n > 0 && !lists(&asked->of_agency, l->number))
        return false;
    if (asked->district.n > 0 && !lists(&asked->of_district, l->number))
        return false;
    return !asked->by_status || asked->status == l->status;
}

/* ---- the filter's form ---- */

static struct field_view choice(struct html *h, const char *name, struct str label, struct str all, struct str chosen)
{
    struct field_view f = {
        .type = FIELD_CHOICE, .as_select = true, .required = true, .name = str_of(name), .label = label
    };
    f.id = field_anchor(h, f.name);
    f.value = chosen.n > 0 ? chosen : all_of;
    field_option(h, &f, all_of, all);
    return f;
}

static bool is_local(const struct agency *g)
{
    return str_starts(g->kind, STR("district")) || str_starts(g->kind, STR("commune"));
}

static int fill_choices(struct html *h, struct dbr *r, const struct board_asked *asked, struct board_view *v, struct err *e)
{
    struct agency_list agencies;
    if (agencies_on(r, h->arena, asked->on, &agencies, e) != 0)
        return -1;
    v->agency = choice(h, "agency", MSGS("Cơ quan"), MSGS("Mọi cơ quan"), asked->agency);
    v->district = choice(h, "district", MSGS("Địa phương"), MSGS("Cả tỉnh"), asked->district);
    v->status = choice(h, "status", MSGS("Tình trạng"), MSGS("Mọi tình trạng"),
                       asked->by_status ? str_of(status_name(asked->status)) : STR_NONE);
    for (size_t i = 0; i < agencies.n; i++)
        field_option(h, is_local(&agencies.v[i]) ? &v->district : &v->agency, agencies.v[i].code, agencies.v[i].name);
    for (size_t i = 0; i < PLAN_STATUSES_; i++)
        field_option(h, &v->status, str_of(status_name(status_in_order(i))), plan_status_label(status_in_order(i)));
    return 0;
}

/* ---- months, words ---- */

static int fill_months(struct req *q, struct dbr *r, const struct board_asked *asked, struct board_view *v, struct err *e)
{
    struct plan_month_strip_rows strip;
    if (plan_month_strip(r, q->arena, &strip, e) != 0)
        return -1;
    for (size_t i = strip.n; i-- > 0;) { /* newest first in the store, oldest first on the page */
        const struct plan_month_strip_row *m = &strip.v[i];
        struct board_month *out = vec_push(q->arena, &v->months);
        *out = (struct board_month) { .month = m->month, .closed = m->closed, .signed_ = m->signed_, .due = m->due };
        out->current = m->month == asked->month;
        out->href = str_fmt(q->arena, "/plan?month=%.*s", STR_ARG(plan_month_iso(q->arena, m->month)));
    }
    return 0;
}

/* Today's board has the agencies' word from the newest month in which anybody has signed. */
static int64_t newest_signed(const struct board_view *v, struct day today)
{
    for (size_t i = v->months.n; i-- > 0;)
        if (v->months.v[i].signed_ > 0)
            return v->months.v[i].month;
    return plan_month_of(today);
}

static struct str as_of(struct html *h, const struct board_asked *asked, int64_t reports)
{
    struct tr_arg args[] = { { "day", html_day(h, asked->on) }, { "month", plan_month_vi(h->arena, reports) } };
    if (asked->month == 0)
        return tr_fill(h->arena, h->lang, MSGS("Hôm nay {day}; cơ quan báo theo báo cáo tháng {month}"), args, 2);
    return tr_fill(h->arena, h->lang, MSGS("Tháng {month}, số đo đến hết ngày {day}"), args, 2);
}

/* ---- what is shown ---- */

static void fill_rows(struct arena *a, const struct board_asked *asked, struct board_view *v)
{
    v->sum = board_add(v->all);
    v->shares = status_shares(a, &v->sum, MSGS("Mô hình theo tình trạng"));
    v->plan = board_grouped(a, v->all, NULL, NULL);
    v->shown = board_grouped(a, v->all, keeps, asked);
    for (size_t i = 0; i < v->shown.n; i++)
        v->n_shown += (int64_t)v->shown.v[i].n;
    v->filtered = asked->agency.n > 0 || asked->district.n > 0 || asked->by_status;
}

static int load(struct req *q, struct dbr *r, struct board_asked *asked, struct board_view *v, struct err *e)
{
    struct plan_overview *all = arena_new(q->arena, struct plan_overview);
    memset(v, 0, sizeof *v);
    if (read_asked(q, r, asked, e) != 0 || fill_months(q, r, asked, v, e) != 0)
        return -1;
    int64_t month = asked->month != 0 ? asked->month : newest_signed(v, asked->on);
    if (plan_overview_read(q->app, r, q->arena, month, asked->on, false, all, e) != 0)
        return -1;
    v->all = all;
    v->month = asked->month != 0 ? plan_month_iso(q->arena, asked->month) : STR_NONE;
    v->query = q->query_raw;
    fill_rows(q->arena, asked, v);
    return 0;
}

/* ---- the page, and the same as files ---- */

int board_get(struct req *q, struct res *s, struct err *e)
{
    struct board_asked asked;
    struct board_view v;
    struct dbr *r = req_read(q, e);
    if (!r || load(q, r, &asked, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    v.as_of = as_of(&h, &asked, v.all->month);
    if (fill_choices(&h, r, &asked, &v, e) != 0)
        return -1;
    plan_board(&h, &v);
    return 0;
}

int board_file(struct req *q, struct res *s, struct err *e)
{
    struct board_asked asked;
    struct board_view v;
    struct dbr *r = req_read(q, e);
    return !r || load(q, r, &asked, &v, e) != 0 ? -1 : board_book(q, s, &v, e);
}
