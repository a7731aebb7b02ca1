/* share.c: how many of those concerned have something, published by commune. Those who have it, those who lack it and all of them
 * are three layers of one system: whoever sees two of a commune's three numbers knows the third, so they are hidden together.
 */
#include "engines/indicators/indicators_internal.h"

enum layer { WITH, WITHOUT, ALL, LAYERS };

struct share_system {
    struct geography_sums layer[LAYERS];
    struct cell *cells;    /* layer after layer */
    struct cell_sum *sums; /* of each layer, then with + without = all for every cell */
    size_t n_layer, n_sums;
};

static void share_system_init(struct share_system *s, struct arena *a, const struct places *p)
{
    size_t at = 0;
    s->n_layer = p->n[GEO_2023] + p->n[GEO_2025] + 1;
    s->cells = arena_new_array(a, struct cell, LAYERS * s->n_layer);
    s->sums = arena_new_array(a, struct cell_sum, LAYERS * (p->n[GEO_2025] + 1) + s->n_layer);
    for (int l = 0; l < LAYERS; l++) {
        geography_sums_init(&s->layer[l], a, p, (size_t)l * s->n_layer);
        for (size_t k = 0; k <= p->n[GEO_2025]; k++)
            s->sums[at++] = s->layer[l].sums[k];
    }
    for (size_t i = 0; i < s->n_layer; i++) {
        size_t *parts = arena_new_array(a, size_t, 2);
        parts[0] = WITH * s->n_layer + i;
        parts[1] = WITHOUT * s->n_layer + i;
        s->sums[at++] = (struct cell_sum){ .total = ALL * s->n_layer + i, .parts = parts, .n = 2 };
    }
    s->n_sums = at;
}

static void take_counts(struct share_system *s, const struct places *p, const struct indicator_share_count *counts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t place = place_of(p, GEO_2023, &counts[i].unit);
        if (place == NO_PLACE)
            continue;
        ASSERT(counts[i].with >= 0 && counts[i].with <= counts[i].all);
        s->cells[WITH * s->n_layer + place].n += counts[i].with;
        s->cells[WITHOUT * s->n_layer + place].n += counts[i].all - counts[i].with;
        s->cells[ALL * s->n_layer + place].n += counts[i].all;
    }
    for (int l = 0; l < LAYERS; l++)
        sums_add_up(&s->layer[l], s->cells);
}

int indicator_share_publish(struct app *app, struct arena *a, const struct indicator_share_count *counts, size_t n,
                            struct indicator_share *out, struct err *e)
{
    const struct indicators_state *state = indicators_state(app);
    struct share_system s;
    if (!state)
        return ERR(e, ERR_INTERNAL, "no pack, no communes");
    struct arena *scratch = arena_child(a);
    share_system_init(&s, scratch, &state->places);
    take_counts(&s, &state->places, counts, n);
    cells_protect(scratch, s.cells, LAYERS * s.n_layer, s.sums, s.n_sums, state->threshold);
    cells_blank_hidden(s.cells, LAYERS * s.n_layer);
    struct indicator_layer *layers[LAYERS] = { [WITH] = &out->with, [WITHOUT] = &out->without, [ALL] = &out->all };
    for (int l = 0; l < LAYERS; l++) {
        const struct cell *cells = s.cells + (size_t)l * s.n_layer;
        layers[l]->areas[GEO_2023] = areas_of(a, &state->places, GEO_2023, cells);
        layers[l]->areas[GEO_2025] = areas_of(a, &state->places, GEO_2025, cells + s.layer[l].n_old);
        layers[l]->total = cells[s.n_layer - 1];
    }
    arena_release(scratch);
    return 0;
}
