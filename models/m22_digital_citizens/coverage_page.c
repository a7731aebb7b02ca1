/* coverage_page.c: who is left, by commune, on a day: map, table, the year behind, and the same as CSV. Small numbers are hidden by the
 * indicators engine, in both geographies together.
 */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include "base/csv.h"

#include <string.h>

enum { YEAR_BACK = 366 };

/* ---- what was asked: ?asset= &geo= &day= ---- */

static int read_question(struct req *q, struct coverage_view *v, struct err *e)
{
    struct str asset = req_query(q, "asset"), geo = req_query(q, "geo"), day = req_query(q, "day");
    enum asset a;
    v->today = v->day = instant_day(q->now);
    v->asset = ASSET_ALL;
    v->geography = str_eq(geo, STR("2023")) ? GEO_2023 : GEO_2025;
    if (asset.n > 0 && !str_eq(asset, STR("all"))) {
        if (!asset_named(asset, &a))
            return ERR_SAY(e, ERR_INPUT, MSGS("Không có điều kiện này."), "asset");
        v->asset = (int)a;
    }
    if (day.n > 0 && (!day_typed(day, &v->day) || v->day.n > v->today.n))
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày chưa đúng hoặc ở tương lai. Ví dụ 2026-11-23."), "day");
    return 0;
}

static const char *asset_name(int asset)
{
    return asset == ASSET_ALL ? "all" : asset_texts[asset].name;
}

static struct str href(struct arena *a, const struct coverage_view *v, const char *path, int asset, enum geography g)
{
    return str_fmt(a, "%s?asset=%s&geo=%s&day=%.*s", path, asset_name(asset), g == GEO_2023 ? "2023" : "2025",
                   STR_ARG(day_iso(a, v->day)));
}

/* ---- the numbers ---- */

struct counts {
    struct indicator_share_count *v;
    size_t n;
};

static int kept_counts(struct req *q, struct dbr *r, struct coverage_view *v, struct counts *out, struct err *e)
{
    struct digital_coverage_of_day_rows rows;
    struct digital_coverage_of_day_in in = { .on_day = v->day,
                                             .kind = v->asset == ASSET_ALL ? 0 : asset_bit((enum asset)v->asset) };
    if (digital_coverage_of_day(r, q->arena, &in, &rows, e) != 0)
        return -1;
    *out = (struct counts) { arena_new_array(q->arena, struct indicator_share_count, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] =
            (struct indicator_share_count) { .unit = rows.v[i].unit, .with = rows.v[i].holders, .all = rows.v[i].people };
    return 0;
}

static int fresh_counts(struct req *q, struct dbr *r, struct coverage_view *v, struct counts *out, struct err *e)
{
    struct coverage c;
    if (coverage_count(r, q->arena, asset_ages_of(q->app), v->day, &c, e) != 0)
        return -1;
    *out = (struct counts) { arena_new_array(q->arena, struct indicator_share_count, c.n), c.n };
    for (size_t i = 0; i < c.n; i++)
        out->v[i] = (struct indicator_share_count) { .unit = c.v[i].unit,
                                                     .with = c.v[i].holders[v->asset],
                                                     .all = c.v[i].people[v->asset] };
    return 0;
}

static int load_share(struct req *q, struct coverage_view *v, struct err *e)
{
    struct digital_coverage_day_row kept;
    struct counts counts;
    struct dbr *r = req_read(q, e);
    int got = r ? digital_coverage_day(r, q->arena, &(struct digital_coverage_day_in) { .on_day = v->day }, &kept, e) : -1;
    if (got < 0)
        return -1;
    v->kept = got == 1;
    v->counted_at = v->kept ? kept.counted_at : q->now;
    if ((v->kept ? kept_counts : fresh_counts)(q, r, v, &counts, e) != 0)
        return -1;
    v->threshold = indicators_threshold(q->app);
    return indicator_share_publish(q->app, q->arena, counts.v, counts.n, &v->share, e);
}

/* Sums of the province on the days that were counted. A small number of people is hidden here as everywhere. */
static int load_series(struct req *q, struct coverage_view *v, struct err *e)
{
    struct digital_coverage_sums_rows rows;
    struct digital_coverage_sums_in in = { .kind = v->asset == ASSET_ALL ? 0 : asset_bit((enum asset)v->asset),
                                           .first = { v->day.n - YEAR_BACK },
                                           .last = v->day };
    struct dbr *r = req_read(q, e);
    if (!r || digital_coverage_sums(r, q->arena, &in, &rows, e) != 0)
        return -1;
    v->series.title = MSGS("Số người đã có, theo thời gian");
    v->series.unit = MSGS("người");
    for (size_t i = 0; i < rows.n; i++) {
        int64_t with = rows.v[i].holders, without = rows.v[i].people - with, least = v->threshold;
        bool hidden = (with > 0 && with < least) || (without > 0 && without < least);
        int year, month, day;
        day_to_ymd(rows.v[i].on_day, &year, &month, &day);
        if (day != 1 && i + 1 < rows.n)
            continue;
        *vec_push(q->arena, &v->series.points) = (struct series_point) {
            .label = str_head(day_vi(q->arena, rows.v[i].on_day), 5), .value = hidden ? 0 : with, .hidden = hidden
        };
    }
    return 0;
}

/* ---- the page ---- */

static void fill_tabs(struct req *q, struct coverage_view *v)
{
    static const struct {
        enum geography g;
        struct str label;
    } all[] = { { GEO_2025, MSG("Xã, phường hiện nay") }, { GEO_2023, MSG("Xã trước 1/7/2025") } };
    v->assets.label = MSGS("Điều kiện");
    for (int i = 0; i <= ASSET_ALL; i++) {
        int asset = i == 0 ? ASSET_ALL : i - 1;
        *vec_push(q->arena, &v->assets.tabs) =
            (struct tab_view) { .label = asset_or_all_title(asset),
                                .current = v->asset == asset,
                                .href = href(q->arena, v, "/digital-citizens/coverage", asset, v->geography) };
    }
    v->geographies.label = MSGS("Địa giới");
    for (size_t i = 0; i < 2; i++)
        *vec_push(q->arena, &v->geographies.tabs) =
            (struct tab_view) { .label = all[i].label,
                                .current = v->geography == all[i].g,
                                .href = href(q->arena, v, "/digital-citizens/coverage", v->asset, all[i].g) };
}

int coverage_get(struct req *q, struct res *s, struct err *e)
{
    struct coverage_view v;
    memset(&v, 0, sizeof(v));
    if (read_question(q, &v, e) != 0 || load_share(q, &v, e) != 0 || load_series(q, &v, e) != 0)
        return -1;
    fill_tabs(q, &v);
    v.map_json = indicator_map_json(q, &v.share.without.areas[v.geography], MSGS("{n} người còn thiếu"));
    v.outline_href = str_fmt(q->arena, "/digital-citizens/communes-%s.geojson", v.geography == GEO_2023 ? "2023" : "2025");
    v.csv_href = href(q->arena, &v, "/digital-citizens/coverage.csv", v.asset, v.geography);
    struct html h = res_html(q, s);
    digital_coverage_page(&h, &v);
    return 0;
}

/* ---- CSV ---- */

static void put_cell(struct req *q, struct buf *b, struct cell c, char end)
{
    csv_put(b, c.hidden ? tr(q->lang, MSGS("ẩn")) : str_fmt(q->arena, "%lld", (long long)c.n), end);
}

static void put_row(struct req *q, struct buf *b, struct str code, struct str name, struct cell all, struct cell with,
                    struct cell without)
{
    csv_put(b, code, ',');
    csv_put(b, name, ',');
    put_cell(q, b, all, ',');
    put_cell(q, b, with, ',');
    put_cell(q, b, without, '\n');
}

int coverage_csv(struct req *q, struct res *s, struct err *e)
{
    struct coverage_view v;
    memset(&v, 0, sizeof(v));
    if (read_question(q, &v, e) != 0 || load_share(q, &v, e) != 0)
        return -1;
    struct str file = str_fmt(q->arena, "cong-dan-so-%s-%.*s.csv", asset_name(v.asset), STR_ARG(day_iso(q->arena, v.day)));
    if (res_download(q, s, "text/csv; charset=utf-8", file) != 0)
        return -1;
    static const struct str heads[] = { MSG("Mã"), MSG("Xã, phường"), MSG("Số người cần có"), MSG("Đã có"),
                                        MSG("Còn thiếu") };
    buf_lit(&s->body, CSV_MARK);
    for (size_t i = 0; i < 5; i++)
        csv_put(&s->body, tr(q->lang, heads[i]), i < 4 ? ',' : '\n');
    const struct indicator_share *x = &v.share;
    const struct indicator_areas *all = &x->all.areas[v.geography];
    for (size_t i = 0; i < all->n; i++)
        put_row(q, &s->body, unit_code_str(&all->v[i].code), all->v[i].name, all->v[i].cell,
                x->with.areas[v.geography].v[i].cell, x->without.areas[v.geography].v[i].cell);
    put_row(q, &s->body, STR(""), tr(q->lang, MSGS("Toàn tỉnh")), x->all.total, x->with.total, x->without.total);
    return 0;
}
