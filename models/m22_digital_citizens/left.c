/* left.c: why people are left, and which reasons the teams have closed. Thanks go by closed reasons, which only evidence closes, not
 * by how many doors somebody says to have knocked at.
 */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <stdlib.h>
#include <string.h>

enum { THANKS_MOST = 100 };

static int load_reasons(struct req *q, struct digital_reasons_rows *rows, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct day today = instant_day(q->now);
    struct asset_births b = asset_births_on(asset_ages_of(q->app), q->arena, today);
    struct digital_reasons_in in = { .on = today,
                                     .born_1 = b.v[ASSET_EID],
                                     .born_2 = b.v[ASSET_PAYMENT],
                                     .born_4 = b.v[ASSET_ADDRESS],
                                     .born_8 = b.v[ASSET_SIGNATURE] };
    return r ? digital_reasons(r, q->arena, &in, rows, e) : -1;
}

/* ---- why ---- */

/* Open and closed of each reason, with both columns' totals and each reason's own: one system of cells. */
static void hide_small(struct req *q, struct left_view *v)
{
    size_t n = v->lines.n;
    struct cell *cells = arena_new_array(q->arena, struct cell, 2 * n + 2);
    size_t *parts = arena_new_array(q->arena, size_t, 2 * n + 1);
    struct cell_sum sums[2];
    for (size_t c = 0; c < 2; c++) {
        size_t total = 2 * n + c;
        sums[c] = (struct cell_sum) { .total = total, .parts = &parts[c * n], .n = n };
        for (size_t i = 0; i < n; i++) {
            parts[c * n + i] = c * n + i;
            cells[c * n + i] = c == 0 ? v->lines.v[i].open : v->lines.v[i].closed;
            cells[total].n += cells[c * n + i].n;
        }
    }
    cells_protect(q->arena, cells, 2 * n + 2, sums, 2, v->threshold);
    for (size_t i = 0; i < n; i++) {
        v->lines.v[i].open = cells[i];
        v->lines.v[i].closed = cells[n + i];
    }
    v->open = cells[2 * n];
    v->closed = cells[2 * n + 1];
}

int left_get(struct req *q, struct res *s, struct err *e)
{
    struct left_view v;
    struct digital_reasons_rows rows;
    memset(&v, 0, sizeof(v));
    if (load_reasons(q, &rows, e) != 0)
        return -1;
    v.threshold = indicators_threshold(q->app);
    for (const struct left_reason *reason = left_reasons; reason->name; reason++) {
        struct reason_line *line = vec_push(q->arena, &v.lines);
        line->reason = reason;
        for (size_t i = 0; i < rows.n; i++)
            if (str_eq(rows.v[i].reason, str_of(reason->name)) && req_may(q, DIGITAL_COVERAGE, &rows.v[i].unit, 0)) {
                line->open.n += rows.v[i].open;
                line->closed.n += rows.v[i].closed;
            }
    }
    hide_small(q, &v);
    struct html h = res_html(q, s);
    digital_left_page(&h, &v);
    return 0;
}

/* ---- thanks ---- */

static struct str closed_words(struct req *q, const struct digital_reasons_rows *rows, size_t from, size_t to)
{
    struct buf b;
    buf_init(&b, q->arena, 2048);
    for (size_t i = from; i < to; i++) {
        if (rows->v[i].closed == 0)
            continue;
        if (b.n > 0)
            buf_lit(&b, " · ");
        buf_fmt(&b, "%lld ", (long long)rows->v[i].closed);
        buf_put(&b, tr(q->lang, reason_title(rows->v[i].reason)));
    }
    return buf_str(&b);
}

static int by_closed(const void *x, const void *y)
{
    const struct thanks_line *a = x, *b = y;
    return a->closed < b->closed ? 1 : a->closed > b->closed ? -1 : str_cmp(a->place, b->place);
}

static struct str place_of(struct req *q, const struct scope_units *units, const struct digital_reasons_row *row)
{
    for (size_t i = 0; i < units->n; i++)
        if (unit_code_eq(&units->v[i].code, &row->unit))
            return str_fmt(q->arena, "%.*s, %.*s", STR_ARG(row->hamlet_name), STR_ARG(units->v[i].name));
    return row->hamlet_name;
}

int thanks_get(struct req *q, struct res *s, struct err *e)
{
    struct thanks_view v;
    struct digital_reasons_rows rows;
    struct scope_units units;
    memset(&v, 0, sizeof(v));
    if (load_reasons(q, &rows, e) != 0 || scope_units_read(q, DIGITAL_THANKS, &units, e) != 0)
        return -1;
    for (size_t i = 0, next; i < rows.n; i = next) {
        int64_t closed = 0;
        for (next = i; next < rows.n && rows.v[next].hamlet == rows.v[i].hamlet; next++)
            closed += rows.v[next].closed;
        if (closed > 0 && req_may(q, DIGITAL_THANKS, &rows.v[i].unit, 0))
            *vec_push(q->arena, &v.lines) = (struct thanks_line) { .place = place_of(q, &units, &rows.v[i]),
                                                                   .closed = closed,
                                                                   .how = closed_words(q, &rows, i, next) };
    }
    if (v.lines.n > 1)
        qsort(v.lines.v, v.lines.n, sizeof(*v.lines.v), by_closed);
    if (v.lines.n > THANKS_MOST)
        v.lines.n = THANKS_MOST;
    struct html h = res_html(q, s);
    digital_thanks_page(&h, &v);
    return 0;
}
