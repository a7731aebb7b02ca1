/* suppress.h: a table of cells under suppression, shared by the two files suppress*.c. */
#ifndef BON_ENGINES_INDICATORS_SUPPRESS_H
#define BON_ENGINES_INDICATORS_SUPPRESS_H

#include "engines/indicators/indicators.h"

struct cells {
    struct arena *arena;
    struct cell *v;
    size_t n, n_open; /* cells from n_open on are published whatever happens: they are never hidden */
    const struct cell_sum *sums;
    size_t n_sums;
    int64_t threshold;
    /* What a reader of the shown cells can work out; cells_attack fills it. */
    int64_t *low, *high; /* of each cell */
    bool *known;         /* hidden, and yet it follows from the shown cells */
    /* Scratch of cells_attack. */
    size_t *column; /* place of a hidden cell among the unknowns */
    uint64_t *rows;
};

void cells_attack(struct cells *t);

static inline bool cell_given_away(const struct cells *t, size_t i)
{
    return t->v[i].hidden && (t->known[i] || t->high[i] < t->threshold || t->low[i] == t->high[i]);
}

#endif
