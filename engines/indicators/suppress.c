/* suppress.c: hides small cells, and as many others as it takes that no attack (suppress_attack.c) gives one away. */
#include "engines/indicators/suppress.h"

#define NONE SIZE_MAX

static bool may_hide(const struct cells *t, size_t i)
{
    return i < t->n_open && !t->v[i].hidden && t->v[i].n > 0;
}

static size_t smaller(const struct cells *t, size_t best, size_t i)
{
    return may_hide(t, i) && (best == NONE || t->v[i].n < t->v[best].n) ? i : best;
}

/* The smallest shown cell of a sum; its total only where no part is as small. */
static size_t smallest_in(const struct cells *t, const struct cell_sum *s, size_t best)
{
    for (size_t i = 0; i < s->n; i++)
        best = smaller(t, best, s->parts[i]);
    return smaller(t, best, s->total);
}

static bool holds(const struct cell_sum *s, size_t cell)
{
    bool found = s->total == cell;
    for (size_t i = 0; i < s->n; i++)
        found |= s->parts[i] == cell;
    return found;
}

static size_t hidden_in(const struct cells *t, const struct cell_sum *s)
{
    size_t n = t->v[s->total].hidden;
    for (size_t i = 0; i < s->n; i++)
        n += t->v[s->parts[i]].hidden;
    return n;
}

/* What to hide so that `cell` is safer: a neighbour in one of its sums; when all of those are hidden, in any sum with a secret. */
static size_t helper_of(const struct cells *t, size_t cell)
{
    size_t best = NONE;
    for (size_t s = 0; s < t->n_sums; s++)
        if (holds(&t->sums[s], cell))
            best = smallest_in(t, &t->sums[s], best);
    for (size_t s = 0; best == NONE && s < t->n_sums; s++)
        if (hidden_in(t, &t->sums[s]) > 0)
            best = smallest_in(t, &t->sums[s], best);
    return best;
}

static void hide_small(struct cells *t)
{
    for (size_t i = 0; i < t->n_open; i++)
        t->v[i].hidden = t->v[i].n > 0 && t->v[i].n < t->threshold;
    for (size_t i = t->n_open; i < t->n; i++)
        t->v[i].hidden = false;
}

/* A secret alone in its sum is given away at once. Most of the work is done here, before the dearer attacks. */
static void hide_partners(struct cells *t)
{
    bool moved = true;
    while (moved) {
        moved = false;
        for (size_t s = 0; s < t->n_sums; s++) {
            size_t partner = hidden_in(t, &t->sums[s]) == 1 ? smallest_in(t, &t->sums[s], NONE) : NONE;
            if (partner == NONE)
                continue;
            t->v[partner].hidden = true;
            moved = true;
        }
    }
}

static size_t first_given_away(const struct cells *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (cell_given_away(t, i))
            return i;
    return NONE;
}

/* True: nothing that is hidden can be worked out. */
static bool protect(struct cells *t)
{
    t->low = arena_new_array(t->arena, int64_t, t->n);
    t->high = arena_new_array(t->arena, int64_t, t->n);
    t->known = arena_new_array(t->arena, bool, t->n);
    t->column = arena_new_array(t->arena, size_t, t->n);
    t->rows = arena_array(t->arena, t->n_sums * t->n, sizeof(*t->rows));
    hide_small(t);
    for (;;) {
        hide_partners(t);
        cells_attack(t);
        size_t open = first_given_away(t);
        if (open == NONE)
            return true;
        size_t helper = helper_of(t, open);
        if (helper == NONE)
            return false;
        t->v[helper].hidden = true;
    }
}

void cells_protect(struct arena *a, struct cell *cells, size_t n, const struct cell_sum *sums, size_t n_sums, int64_t threshold)
{
    struct cells t = { .arena = a, .v = cells, .n = n, .n_open = n, .sums = sums, .n_sums = n_sums, .threshold = threshold };
    protect(&t);
}

/* ---- tables whose totals are published in any case ---- */

struct grouping {
    struct cell_sum *sums;
    size_t n;
};

static size_t members(const int *group, size_t n, int which)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += group[i] == which;
    return found;
}

/* One sum for each value in `group`; totals get the places from `at` on. */
static struct grouping group_cells(struct arena *a, const int *group, size_t n, size_t at)
{
    struct grouping g = { arena_new_array(a, struct cell_sum, n), 0 };
    bool *taken = arena_new_array(a, bool, n);
    for (size_t i = 0; i < n; i++) {
        if (taken[i])
            continue;
        size_t *parts = arena_new_array(a, size_t, members(group, n, group[i])), n_parts = 0;
        for (size_t k = i; k < n; k++)
            if (group[k] == group[i]) {
                taken[k] = true;
                parts[n_parts++] = k;
            }
        g.sums[g.n] = (struct cell_sum){ .total = at + g.n, .parts = parts, .n = n_parts };
        g.n++;
    }
    return g;
}

static void add_totals(struct cell *cells, const struct grouping *g)
{
    for (size_t s = 0; s < g->n; s++)
        for (size_t i = 0; i < g->sums[s].n; i++)
            cells[g->sums[s].total].n += cells[g->sums[s].parts[i]].n;
}

static bool suppress_groups(struct arena *a, struct cell *cells, const int *const *groups, size_t n_groups, size_t n, int64_t threshold)
{
    struct cell *all = arena_new_array(a, struct cell, n + n_groups * n);
    struct cell_sum *sums = arena_new_array(a, struct cell_sum, n_groups * n);
    struct cells t = { .arena = a, .v = all, .n = n, .n_open = n, .sums = sums, .threshold = threshold };
    for (size_t i = 0; i < n; i++)
        all[i].n = cells[i].n;
    for (size_t k = 0; k < n_groups; k++) {
        struct grouping g = group_cells(a, groups[k], n, t.n);
        add_totals(all, &g);
        for (size_t s = 0; s < g.n; s++)
            sums[t.n_sums++] = g.sums[s];
        t.n += g.n;
    }
    bool safe = protect(&t);
    for (size_t i = n; i < t.n; i++)
        safe &= all[i].n == 0 || all[i].n >= threshold;
    for (size_t i = 0; i < n; i++)
        cells[i].hidden = all[i].hidden;
    return safe;
}

bool cells_suppress(struct arena *a, struct cell *cells, const int *group, size_t n, int64_t threshold)
{
    return suppress_groups(a, cells, (const int *const[]){ group }, 1, n, threshold);
}

bool cells_suppress_table(struct arena *a, struct cell *cells, const int *row, const int *column, size_t n, int64_t threshold)
{
    return suppress_groups(a, cells, (const int *const[]){ row, column }, 2, n, threshold);
}
