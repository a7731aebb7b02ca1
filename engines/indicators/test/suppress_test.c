/* suppress_test.c: what is hidden, and what an attacker can make of the rest. The attackers here share no code with the engine: one
 * solves the equations in fractions, one tries every table of whole numbers that fits what is published.
 */
#include "base/rng.h"
#include "engines/indicators/indicators.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* "3h 0 12" from cells: numbers, h for hidden. */
static const char *shown(const struct cell *cells, size_t n)
{
    struct buf b;
    buf_init(&b, &arena, 4096);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%lld%s", i ? " " : "", (long long)cells[i].n, cells[i].hidden ? "h" : "");
    return str_cstr(&arena, buf_str(&b));
}

static void suppress(const char *want, const int64_t *n, const int *group, size_t count)
{
    struct cell cells[32] = { { 0, false } };
    for (size_t i = 0; i < count; i++)
        cells[i].n = n[i];
    cells_suppress(&arena, cells, group, count, 5);
    assert_string_equal(shown(cells, count), want);
}

static void test_cells_suppress__a_group_without_small_cells_is_shown_whole(void **state)
{
    (void)state;
    suppress("5 12 0 30", (const int64_t[]){ 5, 12, 0, 30 }, (const int[]){ 1, 1, 1, 1 }, 4);
}

static void test_cells_suppress__a_zero_stays_a_zero(void **state)
{
    (void)state;
    suppress("0 0 0", (const int64_t[]){ 0, 0, 0 }, (const int[]){ 1, 1, 1 }, 3);
}

static void test_cells_suppress__a_lone_small_cell_takes_the_next_smallest_along(void **state)
{
    (void)state;
    suppress("3h 12 0 7h 30", (const int64_t[]){ 3, 12, 0, 7, 30 }, (const int[]){ 1, 1, 1, 1, 1 }, 5);
}

static void test_cells_suppress__groups_do_not_help_each_other(void **state)
{
    (void)state;
    suppress("3h 9h 50 8 20", (const int64_t[]){ 3, 9, 50, 8, 20 }, (const int[]){ 7, 7, 7, 2, 2 }, 5);
}

static void test_cells_suppress__two_ones_are_not_hidden_by_each_other(void **state)
{
    (void)state; /* their sum is 2 and none of them is 0: both would be known */
    suppress("1h 1h 40h 90", (const int64_t[]){ 1, 1, 40, 90 }, (const int[]){ 1, 1, 1, 1 }, 4);
}

static void test_cells_suppress__a_small_total_is_told_to_the_caller(void **state)
{
    (void)state;
    struct cell cells[3] = { { 3, false }, { 0, false }, { 0, false } };
    assert_false(cells_suppress(&arena, cells, (const int[]){ 1, 1, 1 }, 3, 5));
    assert_true(cells[0].hidden);
    cells[0] = (struct cell){ 30, false };
    assert_true(cells_suppress(&arena, cells, (const int[]){ 1, 1, 1 }, 3, 5));
}

static void test_cells_suppress_table__two_by_two_with_one_small_cell_hides_all_four(void **state)
{
    (void)state; /* models.md section 2 */
    for (int small = 0; small < 4; small++) {
        struct cell cells[4] = { { 20, false }, { 31, false }, { 17, false }, { 45, false } };
        cells[small].n = 3;
        assert_true(cells_suppress_table(&arena, cells, (const int[]){ 0, 0, 1, 1 }, (const int[]){ 0, 1, 0, 1 }, 4, 5));
        for (int i = 0; i < 4; i++)
            assert_true(cells[i].hidden);
    }
}

static void test_cells_suppress_table__a_small_cell_in_three_by_three_hides_a_rectangle(void **state)
{
    (void)state;
    static const int64_t n[9] = { 2, 60, 70, 80, 20, 30, 90, 25, 40 };
    struct cell cells[9] = { { 0, false } };
    for (size_t i = 0; i < 9; i++)
        cells[i].n = n[i];
    assert_true(cells_suppress_table(&arena, cells, (const int[]){ 0, 0, 0, 1, 1, 1, 2, 2, 2 },
                                     (const int[]){ 0, 1, 2, 0, 1, 2, 0, 1, 2 }, 9, 5));
    assert_string_equal(shown(cells, 9), "2h 60h 70 80h 20h 30 90 25 40");
}

/* ---- a system with subtotals, as two geographies have them ---- */

/* Old communes 0-4; new ones 5 = 0+1, 6 = 2+3, 7 = 4; province 8. */
static const struct cell_sum geographies[] = {
    { 5, (const size_t[]){ 0, 1 }, 2 }, { 6, (const size_t[]){ 2, 3 }, 2 }, { 7, (const size_t[]){ 4 }, 1 },
    { 8, (const size_t[]){ 5, 6, 7 }, 3 },
};

static void protect(const char *want, const int64_t *leaves)
{
    struct cell c[9] = { { 0, false } };
    for (size_t i = 0; i < 5; i++)
        c[i].n = leaves[i];
    c[5].n = c[0].n + c[1].n;
    c[6].n = c[2].n + c[3].n;
    c[7].n = c[4].n;
    c[8].n = c[5].n + c[6].n + c[7].n;
    cells_protect(&arena, c, 9, geographies, 4, 5);
    assert_string_equal(shown(c, 9), want);
}

static void test_cells_protect__the_map_of_one_geography_does_not_tell_what_the_other_hides(void **state)
{
    (void)state; /* 53 in the new commune less 50 in its other part would be the 3 */
    protect("3h 50h 20 30 40 53 50 40 143", (const int64_t[]){ 3, 50, 20, 30, 40 });
}

static void test_cells_protect__a_commune_that_kept_its_land_is_hidden_in_both(void **state)
{
    (void)state; /* the partner that hides it in the sum of 2025 needs a partner in the sum of 2023 */
    protect("10h 20 30 12 3h 30h 42 3h 75", (const int64_t[]){ 10, 20, 30, 12, 3 });
}

static void test_cells_protect__a_subtotal_that_gives_its_parts_away_is_hidden_too(void **state)
{
    (void)state; /* 1 + 1: whoever sees the 2 knows both */
    protect("1h 1h 20 30 40h 2h 50 40h 92", (const int64_t[]){ 1, 1, 20, 30, 40 });
}

/* ---- an attacker with equations ---- */

struct table {
    struct cell cells[128];
    size_t n;
    struct cell_sum sums[40];
    size_t n_sums;
};

/* Gauss with fractions in floating point, on what is published only; small integers, so 1e-6 tells 0 from others. */
static void derive(const struct table *t, bool *known, double *value)
{
    static double m[40][129];
    size_t row = 0;
    memset(m, 0, sizeof(m));
    for (size_t s = 0; s < t->n_sums; s++) {
        for (size_t i = 0; i <= t->sums[s].n; i++) {
            size_t at = i < t->sums[s].n ? t->sums[s].parts[i] : t->sums[s].total;
            double sign = i < t->sums[s].n ? 1 : -1;
            if (t->cells[at].hidden)
                m[s][at] += sign;
            else
                m[s][t->n] -= sign * (double)t->cells[at].n;
        }
    }
    for (size_t col = 0; col < t->n && row < t->n_sums; col++) {
        size_t best = row;
        for (size_t r = row; r < t->n_sums; r++)
            if (fabs(m[r][col]) > fabs(m[best][col]))
                best = r;
        if (fabs(m[best][col]) < 1e-6)
            continue;
        for (size_t k = 0; k <= t->n; k++) {
            double keep = m[row][k];
            m[row][k] = m[best][k];
            m[best][k] = keep;
        }
        for (size_t r = 0; r < t->n_sums; r++) {
            double f = m[r][col] / m[row][col];
            for (size_t k = 0; r != row && k <= t->n; k++)
                m[r][k] -= f * m[row][k];
        }
        row++;
    }
    for (size_t r = 0; r < row; r++) {
        size_t unknowns = 0, at = 0;
        for (size_t k = 0; k < t->n; k++)
            if (fabs(m[r][k]) > 1e-6) {
                unknowns++;
                at = k;
            }
        if (unknowns == 1) {
            known[at] = true;
            value[at] = m[r][t->n] / m[r][at];
        }
    }
}

static void assert_nothing_derived(const struct table *t)
{
    bool known[128] = { false };
    double value[128];
    derive(t, known, value);
    for (size_t i = 0; i < t->n; i++)
        if (known[i] && t->cells[i].hidden)
            fail_msg("cell %zu of %s is %g", i, shown(t->cells, t->n), value[i]);
}

static void assert_primary(const struct table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (t->cells[i].n == 0)
            assert_false(t->cells[i].hidden);
        if (t->cells[i].n > 0 && t->cells[i].n < 5)
            assert_true(t->cells[i].hidden);
    }
}

static int64_t random_count(struct rng *r)
{
    switch (rng_below(r, 4)) {
    case 0:
        return 0;
    case 1:
        return rng_below(r, 5);
    case 2:
        return rng_below(r, 12);
    default:
        return rng_below(r, 400);
    }
}

static size_t *parts_new(size_t n)
{
    return arena_new_array(&arena, size_t, n);
}

/* 71 communes in 28 new ones in a province, or smaller. */
static void random_tree(struct rng *r, size_t old, size_t new, struct table *t)
{
    size_t *children = parts_new(new);
    memset(t, 0, sizeof(*t));
    t->n = old + new + 1;
    t->n_sums = new + 1;
    for (size_t k = 0; k < new; k++) {
        t->sums[k] = (struct cell_sum){ old + k, parts_new(old), 0 };
        children[k] = old + k;
    }
    t->sums[new] = (struct cell_sum){ old + new, children, new };
    for (size_t i = 0; i < old; i++) {
        size_t k = i < new ? i : rng_below(r, (uint32_t)new);
        t->cells[i].n = random_count(r);
        ((size_t *)(uintptr_t)t->sums[k].parts)[t->sums[k].n++] = i;
        t->cells[old + k].n += t->cells[i].n;
        t->cells[old + new].n += t->cells[i].n;
    }
}

static void test_cells_protect__no_hidden_cell_of_a_province_can_be_computed(void **state)
{
    (void)state;
    struct rng r;
    struct table t;
    rng_seed(&r, 511);
    for (int round = 0; round < 200; round++) {
        random_tree(&r, round % 2 ? 71 : 12, round % 2 ? 28 : 5, &t);
        cells_protect(&arena, t.cells, t.n, t.sums, t.n_sums, 5);
        assert_primary(&t);
        assert_nothing_derived(&t);
        arena_clear(&arena);
    }
}

/* Rows × columns with their totals published: cells first, then row totals, column totals. */
static void random_grid(struct rng *r, size_t rows, size_t columns, int64_t (*count)(struct rng *), struct table *t, int *row, int *column)
{
    memset(t, 0, sizeof(*t));
    size_t n = rows * columns;
    t->n = n + rows + columns;
    t->n_sums = rows + columns;
    for (size_t s = 0; s < t->n_sums; s++)
        t->sums[s] = (struct cell_sum){ n + s, parts_new(n), 0 };
    for (size_t i = 0; i < n; i++) {
        size_t at[2] = { i / columns, rows + i % columns };
        row[i] = (int)(i / columns);
        column[i] = (int)(i % columns);
        t->cells[i].n = count(r);
        for (int k = 0; k < 2; k++) {
            ((size_t *)(uintptr_t)t->sums[at[k]].parts)[t->sums[at[k]].n++] = i;
            t->cells[n + at[k]].n += t->cells[i].n;
        }
    }
}

static void test_cells_suppress_table__no_hidden_cell_can_be_computed_from_rows_and_columns(void **state)
{
    (void)state;
    struct rng r;
    struct table t;
    int row[128], column[128], published = 0;
    rng_seed(&r, 7);
    for (int round = 0; round < 400; round++) {
        size_t rows = 2 + rng_below(&r, 7), columns = 2 + rng_below(&r, 7);
        random_grid(&r, rows, columns, random_count, &t, row, column);
        bool safe = cells_suppress_table(&arena, t.cells, row, column, rows * columns, 5);
        for (size_t i = 0; i < rows * columns; i++)
            if (t.cells[i].n > 0 && t.cells[i].n < 5)
                assert_true(t.cells[i].hidden);
        if (safe)
            assert_nothing_derived(&t);
        published += safe;
        arena_clear(&arena);
    }
    assert_true(published > 100); /* most random tables are not refused altogether */
}

/* ---- an attacker with time: every table of whole numbers that fits ---- */

struct search {
    const struct table *t;
    size_t free_at[16], n_free;
    int64_t guess[128];
    int64_t low[128], high[128];
    int64_t fits;
};

static bool fits(const struct search *s)
{
    for (size_t k = 0; k < s->t->n_sums; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < s->t->sums[k].n; i++)
            sum += s->guess[s->t->sums[k].parts[i]];
        if (sum != s->guess[s->t->sums[k].total])
            return false;
    }
    return true;
}

static bool too_much(const struct search *s, size_t upto)
{
    for (size_t k = 0; k < s->t->n_sums; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < s->t->sums[k].n; i++) {
            size_t p = s->t->sums[k].parts[i];
            bool open = false;
            for (size_t f = upto; f < s->n_free; f++)
                open |= s->free_at[f] == p;
            sum += open ? 1 : s->guess[p];
        }
        if (sum > s->guess[s->t->sums[k].total])
            return true;
    }
    return false;
}

static void try_all(struct search *s, size_t at)
{
    if (at == s->n_free) {
        if (!fits(s))
            return;
        s->fits++;
        for (size_t i = 0; i < s->n_free; i++) {
            size_t c = s->free_at[i];
            if (s->guess[c] < s->low[c])
                s->low[c] = s->guess[c];
            if (s->guess[c] > s->high[c])
                s->high[c] = s->guess[c];
        }
        return;
    }
    for (int64_t v = 1;; v++) {
        s->guess[s->free_at[at]] = v;
        if (too_much(s, at + 1))
            return;
        try_all(s, at + 1);
    }
}

static int64_t tiny_count(struct rng *r)
{
    return rng_below(r, 3) == 0 ? 0 : rng_below(r, 9);
}

static void test_cells_suppress_table__trying_all_tables_never_shows_a_cell_to_be_small(void **state)
{
    (void)state;
    struct rng r;
    struct table t;
    int row[128], column[128], searched = 0;
    rng_seed(&r, 42);
    for (int round = 0; round < 3000 && searched < 150; round++) {
        size_t rows = 2 + rng_below(&r, 2), columns = 2 + rng_below(&r, 2);
        random_grid(&r, rows, columns, tiny_count, &t, row, column);
        bool safe = cells_suppress_table(&arena, t.cells, row, column, rows * columns, 5);
        struct search s = { .t = &t };
        for (size_t i = 0; i < t.n; i++) {
            s.guess[i] = t.cells[i].n;
            s.low[i] = INT64_MAX;
            if (i < rows * columns && t.cells[i].hidden)
                s.free_at[s.n_free++] = i;
        }
        if (!safe || s.n_free == 0)
            continue;
        searched++;
        try_all(&s, 0);
        assert_true(s.fits >= 2);
        for (size_t i = 0; i < s.n_free; i++) {
            size_t c = s.free_at[i];
            if (s.low[c] == s.high[c] || s.high[c] < 5)
                fail_msg("cell %zu of %s lies in %lld to %lld", c, shown(t.cells, t.n), (long long)s.low[c], (long long)s.high[c]);
        }
        arena_clear(&arena);
    }
    assert_true(searched >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_suppress__a_group_without_small_cells_is_shown_whole),
        cmocka_unit_test(test_cells_suppress__a_zero_stays_a_zero),
        cmocka_unit_test(test_cells_suppress__a_lone_small_cell_takes_the_next_smallest_along),
        cmocka_unit_test(test_cells_suppress__groups_do_not_help_each_other),
        cmocka_unit_test(test_cells_suppress__two_ones_are_not_hidden_by_each_other),
        cmocka_unit_test(test_cells_suppress__a_small_total_is_told_to_the_caller),
        cmocka_unit_test(test_cells_suppress_table__two_by_two_with_one_small_cell_hides_all_four),
        cmocka_unit_test(test_cells_suppress_table__a_small_cell_in_three_by_three_hides_a_rectangle),
        cmocka_unit_test(test_cells_protect__the_map_of_one_geography_does_not_tell_what_the_other_hides),
        cmocka_unit_test(test_cells_protect__a_commune_that_kept_its_land_is_hidden_in_both),
        cmocka_unit_test(test_cells_protect__a_subtotal_that_gives_its_parts_away_is_hidden_too),
        cmocka_unit_test(test_cells_protect__no_hidden_cell_of_a_province_can_be_computed),
        cmocka_unit_test(test_cells_suppress_table__no_hidden_cell_can_be_computed_from_rows_and_columns),
        cmocka_unit_test(test_cells_suppress_table__trying_all_tables_never_shows_a_cell_to_be_small),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
