/* left.c: why people are left, and which reasons the teams have closed. Thanks go by closed reasons, which only evidence closes, not
 * by how many doors somebody says to have knocked at.
 */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include <stdlib.h>
#include <string.h>

enum { THANKS_MOST = 100 };

/* ---- who has a reason, and whether evidence has closed it since ---- */

struct hamlet_reason {
    int64_t hamlet;
    struct str hamlet_name, reason;
    struct unit_code unit;
    int64_t open, closed;
};
struct reason_rows {
    struct hamlet_reason *v;
    size_t n;
};

/* A slice of the people with a reason at a time: a province has more of them than a request has memory. */
enum { SLICE = 20000 };
struct reasoning {
    struct req *q;
    struct day on;
    struct person_assets *people; /* of the slice, by number; place: of the reason in left_reasons */
    size_t n, at;
    VEC(struct hamlet_reason) found;
};

static int64_t place_of_reason(struct str name)
{
    for (int64_t i = 0; left_reasons[i].name; i++)
        if (str_eq(name, str_of(left_reasons[i].name)))
            return i;
    return -1;
}

/* From the end: neighbours have neighbouring numbers. */
static struct hamlet_reason *line_of(struct reasoning *x, const struct resident_at *p, struct str reason)
{
    for (size_t i = x->found.n; i-- > 0;)
        if (x->found.v[i].hamlet == p->hamlet && str_eq(x->found.v[i].reason, reason))
            return &x->found.v[i];
    struct hamlet_reason *line = vec_push(x->q->arena, &x->found);
    *line = (struct hamlet_reason) {
        .hamlet = p->hamlet, .hamlet_name = str_dup(x->q->arena, p->hamlet_name), .reason = reason, .unit = p->unit
    };
    return line;
}

/* Both come in order of people's numbers. */
static int take_home(void *ctx, const struct resident_at *p)
{
    struct reasoning *x = ctx;
    while (x->at < x->n && x->people[x->at].person < p->person)
        x->at++;
    if (x->at == x->n || x->people[x->at].person != p->person)
        return 0;
    const struct person_assets *who = &x->people[x->at];
    int64_t needs = assets_needed(asset_ages_of(x->q->app), p->born, x->on);
    if (needs == 0)
        return 0;
    struct hamlet_reason *line = line_of(x, p, str_of(left_reasons[who->place].name));
    if ((needs & who->held) == needs)
        line->closed++;
    else
        line->open++;
    return 0;
}

static int by_place(const void *x, const void *y)
{
    const struct hamlet_reason *a = x, *b = y;
    int order = str_cmp(unit_code_str(&a->unit), unit_code_str(&b->unit));
    if (order == 0 && a->hamlet != b->hamlet)
        order = a->hamlet < b->hamlet ? -1 : 1;
    return order != 0 ? order : str_cmp(a->reason, b->reason);
}

static void take_slice(struct reasoning *x, struct arena *a, const struct digital_reasons_rows *rows)
{
    x->people = arena_new_array(a, struct person_assets, rows->n);
    x->n = x->at = 0;
    for (size_t i = 0; i < rows->n; i++) {
        int64_t place = place_of_reason(rows->v[i].reason);
        if (place >= 0)
            x->people[x->n++] = (struct person_assets) { .person = rows->v[i].person, .place = place };
    }
}

/* *after: the last number of the slice; *more: there may be another. */
static int read_slice(struct reasoning *x, struct dbr *r, struct arena *a, int64_t *after, bool *more, struct err *e)
{
    struct digital_reasons_rows rows;
    if (digital_reasons(r, a, &(struct digital_reasons_in) { .after = *after, .most = SLICE }, &rows, e) != 0)
        return -1;
    *more = rows.n == SLICE;
    if (rows.n == 0)
        return 0;
    *after = rows.v[rows.n - 1].person;
    take_slice(x, a, &rows);
    return assets_held(r, a, x->on, x->people, x->n, e) != 0 ||
                   homes_each(r, a, people_ids(a, x->people, x->n), x->on, take_home, x, e) != 0
               ? -1
               : 0;
}

/* By commune, hamlet, reason. */
static int load_reasons(struct req *q, struct reason_rows *rows, struct err *e)
{
    struct reasoning x = { .q = q, .on = instant_day(q->now) };
    struct arena *a = arena_child(q->arena);
    struct dbr *r = req_read(q, e);
    int64_t after = 0;
    bool more = r != NULL;
    while (more) {
        if (read_slice(&x, r, a, &after, &more, e) != 0)
            return -1;
        arena_clear(a);
    }
    *rows = (struct reason_rows) { x.found.v, x.found.n };
    if (rows->n > 1)
        qsort(rows->v, rows->n, sizeof(*rows->v), by_place);
    return r ? 0 : -1;
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

int remaining_get(struct req *q, struct res *s, struct err *e)
{
    struct left_view v;
    struct reason_rows rows;
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

static struct str closed_words(struct req *q, const struct reason_rows *rows, size_t from, size_t to)
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

static struct str place_of(struct req *q, const struct scope_units *units, const struct hamlet_reason *row)
{
    for (size_t i = 0; i < units->n; i++)
        if (unit_code_eq(&units->v[i].code, &row->unit))
            return str_fmt(q->arena, "%.*s, %.*s", STR_ARG(row->hamlet_name), STR_ARG(units->v[i].name));
    return row->hamlet_name;
}

int thanks_get(struct req *q, struct res *s, struct err *e)
{
    struct thanks_view v;
    struct reason_rows rows;
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
