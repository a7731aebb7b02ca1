/* table.c: numbers as they may be shown. Everything that leaves this engine comes out of indicator_tables: page, map, chart, JSON and
 * CSV. Communes of 2023, communes of 2025 and the province are one system of sums and are hidden together.
 */
#include "engines/indicators/indicators_internal.h"

static void publish(const struct geography_sums *s, struct arena *a, struct arena *scratch, int64_t threshold, struct cell *cells,
                    struct indicator_table *t)
{
    sums_add_up(s, cells);
    cells_protect(scratch, cells, s->n, s->sums, s->n_new + 1, threshold);
    cells_blank_hidden(cells, s->n);
    t->areas[GEO_2023] = areas_of(a, s->places, GEO_2023, cells);
    t->areas[GEO_2025] = areas_of(a, s->places, GEO_2025, cells + s->n_old);
    t->total = cells[s->n - 1];
    arena_clear(scratch);
}

/* ---- reading ---- */

static void take_values(const struct places *p, const struct values_of_days_rows *rows, size_t *at, struct day day, struct cell *cells)
{
    for (; *at < rows->n && rows->v[*at].day.n <= day.n; (*at)++) {
        size_t place = place_of(p, GEO_2023, &rows->v[*at].unit);
        if (place != NO_PLACE && rows->v[*at].day.n == day.n)
            cells[place].n = rows->v[*at].n;
    }
}

static int read_days(struct dbr *r, struct arena *a, struct indicator_table *tables, size_t n, struct err *e)
{
    struct days_known_rows known;
    struct days_known_in in = { .first = tables[0].day, .last = tables[n - 1].day };
    if (days_known(r, a, &in, &known, e) != 0)
        return -1;
    for (size_t i = 0; i < known.n; i++) {
        struct indicator_table *t = &tables[known.v[i].day.n - tables[0].day.n];
        t->known = true;
        t->closed = known.v[i].closed;
        t->computed_at = known.v[i].computed_at;
    }
    return 0;
}

int indicator_tables(struct app *app, struct dbr *r, struct arena *a, enum indicator m, struct day first, struct day last,
                     struct indicator_table **out, struct err *e)
{
    enum { DAYS_MOST = 400 };
    const struct indicators_state *state = indicators_state(app);
    struct values_of_days_rows rows;
    struct values_of_days_in in = { .measure = measure_texts[m].name, .first = first, .last = last };
    struct geography_sums s;
    if (!state)
        return ERR(e, ERR_INTERNAL, "no pack, no communes");
    if (last.n < first.n || last.n - first.n >= DAYS_MOST)
        return ERR(e, ERR_INPUT, "from 1 to %d days", DAYS_MOST);
    size_t n = (size_t)(last.n - first.n) + 1, at = 0;
    struct indicator_table *tables = arena_new_array(a, struct indicator_table, n);
    for (size_t i = 0; i < n; i++)
        tables[i] = (struct indicator_table){ .measure = m, .day = { first.n + (int32_t)i } };
    if (read_days(r, a, tables, n, e) != 0 || values_of_days(r, a, &in, &rows, e) != 0)
        return -1;
    struct arena *scratch = arena_child(a);
    geography_sums_init(&s, a, &state->places, 0);
    for (size_t i = 0; i < n; i++) {
        struct cell *cells = arena_new_array(scratch, struct cell, s.n);
        take_values(s.places, &rows, &at, tables[i].day, cells);
        publish(&s, a, scratch, state->threshold, cells, &tables[i]);
    }
    *out = tables;
    return 0;
}
