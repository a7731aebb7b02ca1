/* sums.c: communes of 2023, communes of 2025 and the province as one system of published sums: the cells of both geographies stand
 * behind each other, so that they are hidden together.
 */
#include "engines/indicators/indicators_internal.h"

void geography_sums_init(struct geography_sums *s, struct arena *a, const struct places *p, size_t shift)
{
    size_t old = p->n[GEO_2023], new = p->n[GEO_2025];
    size_t *filled = arena_new_array(a, size_t, new), *communes = arena_new_array(a, size_t, new);
    *s = (struct geography_sums){ .places = p, .n_old = old, .n_new = new, .n = old + new + 1,
                                  .sums = arena_new_array(a, struct cell_sum, new + 1) };
    for (size_t i = 0; i < old; i++)
        s->sums[p->v[GEO_2023][i].successor].n++;
    for (size_t k = 0; k < new; k++) {
        size_t *parts = arena_new_array(a, size_t, s->sums[k].n);
        for (size_t i = 0; i < old; i++)
            if (p->v[GEO_2023][i].successor == k)
                parts[filled[k]++] = shift + i;
        s->sums[k].parts = parts;
        s->sums[k].total = shift + old + k;
        communes[k] = shift + old + k;
    }
    s->sums[new] = (struct cell_sum){ .total = shift + old + new, .parts = communes, .n = new };
}

void sums_add_up(const struct geography_sums *s, struct cell *cells)
{
    for (size_t k = 0; k <= s->n_new; k++) { /* the province's sum stands last */
        struct cell *total = &cells[s->sums[k].total];
        total->n = 0;
        for (size_t i = 0; i < s->sums[k].n; i++)
            total->n += cells[s->sums[k].parts[i]].n;
    }
}

void cells_blank_hidden(struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].hidden)
            cells[i].n = 0;
}

struct indicator_areas areas_of(struct arena *a, const struct places *p, enum geography g, const struct cell *cells)
{
    struct indicator_areas out = { arena_new_array(a, struct indicator_area, p->n[g]), p->n[g] };
    for (size_t i = 0; i < out.n; i++)
        out.v[i] = (struct indicator_area){ .code = p->v[g][i].code, .name = p->v[g][i].name, .cell = cells[i] };
    return out;
}
