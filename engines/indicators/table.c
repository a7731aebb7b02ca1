/* table.c: numbers as they may be shown. Everything that leaves this engine comes out of indicator_tables: page, map, chart, JSON and
 * CSV. Communes of 2023, communes of 2025 and the province are one system of sums and are hidden together.
 */
#include "engines/indicators/indicators_internal.h"

/* ---- the sums ---- */

/* Cells: communes of 2023, then those of 2025, then the province. */
struct system {
    const struct places *p;
    size_t n_old, n_new, n;
    struct cell_sum *sums; /* one for each commune of 2025, then the province's */
};

static void system_init(struct system *s, struct arena *a, const struct places *p)
{
    size_t old = p->n[GEO_2023], new = p->n[GEO_2025];
    size_t *filled = arena_new_array(a, size_t, new), *communes = arena_new_array(a, size_t, new);
    *s = (struct system){ .p = p, .n_old = old, .n_new = new, .n = old + new + 1, .sums = arena_new_array(a, struct cell_sum, new + 1) };
    for (size_t i = 0; i < old; i++)
        s->sums[p->v[GEO_2023][i].successor].n++;
    for (size_t k = 0; k < new; k++) {
        size_t *parts = arena_new_array(a, size_t, s->sums[k].n);
        for (size_t i = 0; i < old; i++)
            if (p->v[GEO_2023][i].successor == k)
                parts[filled[k]++] = i;
        s->sums[k].parts = parts;
        s->sums[k].total = old + k;
        communes[k] = old + k;
    }
    s->sums[new] = (struct cell_sum){ .total = old + new, .parts = communes, .n = new };
}

static void add_up(const struct system *s, struct cell *cells)
{
    for (size_t k = 0; k <= s->n_new; k++) { /* the province's sum stands last */
        struct cell *total = &cells[s->sums[k].total];
        total->n = 0;
        for (size_t i = 0; i < s->sums[k].n; i++)
            total->n += cells[s->sums[k].parts[i]].n;
    }
}

static struct indicator_areas areas_of(struct arena *a, const struct places *p, enum geography g, const struct cell *cells)
{
    struct indicator_areas out = { arena_new_array(a, struct indicator_area, p->n[g]), p->n[g] };
    for (size_t i = 0; i < out.n; i++)
        out.v[i] = (struct indicator_area){ .code = p->v[g][i].code, .name = p->v[g][i].name, .cell = cells[i] };
    return out;
}

static void publish(const struct system *s, struct arena *a, struct arena *scratch, int64_t threshold, struct cell *cells,
                    struct indicator_table *t)
{
    add_up(s, cells);
    cells_protect(scratch, cells, s->n, s->sums, s->n_new + 1, threshold);
    for (size_t i = 0; i < s->n; i++)
        if (cells[i].hidden)
            cells[i].n = 0;
    t->areas[GEO_2023] = areas_of(a, s->p, GEO_2023, cells);
    t->areas[GEO_2025] = areas_of(a, s->p, GEO_2025, cells + s->n_old);
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
    struct system s;
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
    system_init(&s, a, &state->places);
    for (size_t i = 0; i < n; i++) {
        struct cell *cells = arena_new_array(scratch, struct cell, s.n);
        take_values(s.p, &rows, &at, tables[i].day, cells);
        publish(&s, a, scratch, state->threshold, cells, &tables[i]);
    }
    *out = tables;
    return 0;
}
