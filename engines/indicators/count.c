/* count.c: from stays to numbers by commune and day. */
#include "engines/indicators/indicators_internal.h"

void counts_init(struct counts *c, struct arena *a, const struct places *p, struct day first, struct day last)
{
    ASSERT(last.n >= first.n);
    *c = (struct counts){ .places = p, .first = first, .days = (size_t)(last.n - first.n) + 1 };
    c->n = arena_new_array(a, int64_t, MEASURES_ * c->days * p->n[GEO_2023]);
}

int64_t *count_at(const struct counts *c, enum indicator m, size_t day, size_t place)
{
    return &c->n[((size_t)m * c->days + day) * c->places->n[GEO_2023] + place];
}

static void add(struct counts *c, enum indicator m, size_t day, const struct unit_code *unit, int64_t n)
{
    size_t place = place_of(c->places, GEO_2023, unit);
    if (place == NO_PLACE)
        c->strangers++;
    else
        *count_at(c, m, day, place) += n;
}

/* ---- nights ---- */

void count_nights(struct counts *c, const struct unit_code *unit, struct instant arrives, struct day leaves, const struct instant *left)
{
    int32_t first = indicator_day_of(arrives).n, last = leaves.n - 1;
    int32_t most = c->first.n + (int32_t)c->days - 1;
    if (left && instant_day(*left).n - 1 < last)
        last = instant_day(*left).n - 1;
    if (first < c->first.n)
        first = c->first.n;
    if (last > most)
        last = most;
    for (int32_t night = first; night <= last; night++)
        add(c, GUESTS_TONIGHT, (size_t)(night - c->first.n), unit, 1);
}

static int each_stay(void *ctx, const struct nights_of_guests_row *row)
{
    count_nights(ctx, &row->unit, row->arrives_at, row->leaves_on, row->has_left_at ? &row->left_at : NULL);
    return 0;
}

static int read_nights(struct counts *c, struct dbr *r, struct arena *a, struct err *e)
{
    struct day after = { c->first.n + (int32_t)c->days };
    struct nights_of_guests_in in = { .first = c->first, .until = indicator_day_begins(after) };
    return nights_of_guests(r, a, &in, each_stay, c, e);
}

/* ---- declarations ---- */

static int read_declared(struct counts *c, size_t day, struct dbr *r, struct arena *a, struct err *e)
{
    struct declared_by_unit_rows rows;
    struct day d = { c->first.n + (int32_t)day };
    struct declared_by_unit_in in = { .since = indicator_day_begins(d), .until = indicator_day_begins((struct day){ d.n + 1 }) };
    if (declared_by_unit(r, a, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        add(c, GUESTS_DECLARED, day, &rows.v[i].unit, rows.v[i].guests);
        add(c, GUESTS_LATE, day, &rows.v[i].unit, rows.v[i].late);
        add(c, FACILITIES_DECLARED, day, &rows.v[i].unit, rows.v[i].facilities);
    }
    return 0;
}

/* Which places were open on an earlier day is not kept anywhere: every day that is counted now gets today's. */
static int read_open(struct counts *c, struct dbr *r, struct arena *a, struct err *e)
{
    struct facilities_open_by_unit_rows rows;
    if (facilities_open_by_unit(r, a, &rows, e) != 0)
        return -1;
    for (size_t day = 0; day < c->days; day++)
        for (size_t i = 0; i < rows.n; i++)
            add(c, FACILITIES_OPEN, day, &rows.v[i].unit, rows.v[i].n);
    return 0;
}

int counts_read(struct counts *c, struct dbr *r, struct arena *a, struct err *e)
{
    if (read_nights(c, r, a, e) != 0 || read_open(c, r, a, e) != 0)
        return -1;
    for (size_t day = 0; day < c->days; day++)
        if (read_declared(c, day, r, a, e) != 0)
            return -1;
    return 0;
}
