/* pages.c: the night of the whole province for those who lead it. */
#include "engines/indicators/pages.h"
#include "gen/indicators_pages.h"

#include <string.h>

enum { SERIES_DAYS = 30, WEEK = 7, TOP = 5 };

/* ---- what was asked ---- */

struct str geography_text(enum geography g)
{
    return g == GEO_2023 ? STR("2023") : STR("2025");
}

int question_read(struct req *q, struct question *out, struct err *e)
{
    struct str measure = req_query(q, "measure"), geo = req_query(q, "geo"), day = req_query(q, "day");
    *out = (struct question){ .measure = GUESTS_TONIGHT, .geography = GEO_2025, .today = indicator_day_of(q->now) };
    out->day = out->today;
    if (measure.n > 0 && !measure_named(measure, &out->measure))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có chỉ số này."), "measure");
    if (str_eq(geo, STR("2023")))
        out->geography = GEO_2023;
    else if (geo.n > 0 && !str_eq(geo, STR("2025")))
        return ERR_SAY(e, ERR_INPUT, MSGS("Địa giới là 2023 hoặc 2025."), "geo");
    if (day.n > 0 && (!day_typed(day, &out->day) || out->day.n > out->today.n))
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày chưa đúng hoặc ở tương lai. Ví dụ 2026-11-23."), "day");
    return 0;
}

static struct str leader_href(struct arena *a, const struct question *asked, enum geography g, struct day d)
{
    if (d.n == asked->today.n)
        return str_fmt(a, "/leader?geo=%.*s", STR_ARG(geography_text(g)));
    return str_fmt(a, "/leader?geo=%.*s&day=%.*s", STR_ARG(geography_text(g)), STR_ARG(day_iso(a, d)));
}

/* ---- parts of the view ---- */

static void fill_tabs(struct req *q, struct leader_view *v)
{
    static const struct {
        enum geography g;
        struct str label;
    } all[] = { { GEO_2025, MSG("Xã, phường hiện nay") }, { GEO_2023, MSG("Xã trước 1/7/2025") } };
    v->tabs.label = MSGS("Địa giới");
    for (size_t i = 0; i < 2; i++)
        *vec_push(q->arena, &v->tabs.tabs) =
            (struct tab_view){ .label = all[i].label, .href = leader_href(q->arena, &v->asked, all[i].g, v->asked.day),
                               .current = v->asked.geography == all[i].g, .counted = true,
                               .count = (int64_t)v->guests->areas[all[i].g].n };
}

static void fill_series(struct req *q, const struct indicator_table *days, size_t n, struct leader_view *v)
{
    v->series.title = MSGS("Khách lưu trú 30 đêm qua");
    v->series.unit = MSGS("Số khách");
    for (size_t i = 0; i < n; i++)
        if (days[i].known)
            *vec_push(q->arena, &v->series.points) =
                (struct series_point){ .label = str_head(day_vi(q->arena, days[i].day), 5), .value = days[i].total.n,
                                       .hidden = days[i].total.hidden };
}

/* The communes with most guests among those that are shown. */
static void fill_top(struct req *q, const struct indicator_areas *areas, struct top_list *top)
{
    top->v = arena_new_array(q->arena, struct top_row, TOP + 1);
    for (size_t i = 0; i < areas->n; i++) {
        struct top_row row = { areas->v[i].name, areas->v[i].cell.n };
        if (areas->v[i].cell.hidden || row.n == 0)
            continue;
        size_t at = top->n;
        for (; at > 0 && top->v[at - 1].n < row.n; at--)
            top->v[at] = top->v[at - 1];
        top->v[at] = row;
        if (top->n < TOP)
            top->n++;
    }
    top->most = top->n > 0 ? top->v[0].n : 0;
}

static struct published_sum add_published(const struct indicator_table *days, size_t n)
{
    struct published_sum sum = { 0, 0, 0 };
    for (size_t i = 0; i < n; i++) {
        sum.days += days[i].known;
        sum.hidden += days[i].total.hidden;
        sum.n += days[i].total.n;
    }
    return sum;
}

/* ---- loading ---- */

struct loading {
    struct req *q;
    struct dbr *r;
    struct leader_view *v;
};

static int load(struct loading *l, enum indicator m, int days, const struct indicator_table **out, struct err *e)
{
    struct indicator_table *tables;
    struct day last = l->v->asked.day, first = { last.n - days + 1 };
    if (indicator_tables(l->q->app, l->r, l->q->arena, m, first, last, &tables, e) != 0)
        return -1;
    *out = tables;
    return 0;
}

static int load_guests(struct loading *l, struct err *e)
{
    const struct indicator_table *days;
    struct leader_view *v = l->v;
    if (load(l, GUESTS_TONIGHT, SERIES_DAYS, &days, e) != 0)
        return -1;
    v->guests = &days[SERIES_DAYS - 1];
    v->before = &days[SERIES_DAYS - 2];
    fill_series(l->q, days, SERIES_DAYS, v);
    fill_tabs(l->q, v);
    fill_top(l->q, &v->guests->areas[v->asked.geography], &v->top);
    v->map_json = indicator_map_json(l->q, &v->guests->areas[v->asked.geography], MSGS("{n} khách"));
    return 0;
}

static int load_declared(struct loading *l, struct err *e)
{
    const struct indicator_table *declared, *late, *facilities, *open;
    if (load(l, GUESTS_DECLARED, WEEK, &declared, e) != 0 || load(l, GUESTS_LATE, WEEK, &late, e) != 0 ||
        load(l, FACILITIES_DECLARED, 1, &facilities, e) != 0 || load(l, FACILITIES_OPEN, 1, &open, e) != 0)
        return -1;
    l->v->late = add_published(late, WEEK);
    for (size_t i = 0; i < WEEK; i++)
        if (!declared[i].total.hidden && !late[i].total.hidden) {
            l->v->declared_known += declared[i].total.n;
            l->v->late_known += late[i].total.n;
        }
    l->v->facilities = facilities->total;
    l->v->open = open->total;
    return 0;
}

static void fill_links(struct req *q, struct leader_view *v)
{
    struct arena *a = q->arena;
    const struct question *asked = &v->asked;
    struct str geo = geography_text(asked->geography);
    v->tonight = asked->day.n == asked->today.n;
    v->outline_href = str_fmt(a, "/leader/communes-%.*s.geojson", STR_ARG(geo));
    v->csv_href = str_fmt(a, "/leader/indicators.csv?measure=stays.guests_tonight&geo=%.*s&day=%.*s", STR_ARG(geo),
                          STR_ARG(day_iso(a, asked->day)));
    v->live_href = v->tonight ? STR("/leader/live") : STR_NONE;
    v->day_before_href = leader_href(a, asked, asked->geography, (struct day){ asked->day.n - 1 });
    if (!v->tonight)
        v->day_after_href = leader_href(a, asked, asked->geography, (struct day){ asked->day.n + 1 });
}

int leader_get(struct req *q, struct res *s, struct err *e)
{
    struct leader_view v;
    memset(&v, 0, sizeof(v));
    struct loading l = { .q = q, .r = req_read(q, e), .v = &v };
    if (!l.r || question_read(q, &v.asked, e) != 0 || load_guests(&l, e) != 0 || load_declared(&l, e) != 0)
        return -1;
    fill_links(q, &v);
    v.threshold = indicators_threshold(q->app);
    struct html h = res_html(q, s);
    leader(&h, &v);
    return 0;
}

int leader_live(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_live(s, STR("indicators"));
}
