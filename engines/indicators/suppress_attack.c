/* suppress_attack.c: what somebody learns who has all shown cells, knows which sums hold, and knows that a hidden cell is not 0.
 * Two attacks: solving the linear equations, and narrowing each hidden cell between what the sums leave for it.
 */
#include "engines/indicators/suppress.h"

#include <string.h>

/* ---- the equations ---- */

/* Elimination runs in the field of integers modulo this prime: exact, without fractions. The equations of a tree or of rows and
 * columns are totally unimodular (every minor is 0 or ±1), so no minor vanishes here that does not vanish in the integers. */
#define PRIME UINT64_C(2147483647)

static uint64_t inverse(uint64_t x)
{
    uint64_t result = 1;
    for (uint64_t power = PRIME - 2; power > 0; power >>= 1) { /* Fermat */
        if (power & 1)
            result = result * x % PRIME;
        x = x * x % PRIME;
    }
    return result;
}

static size_t number_unknowns(struct cells *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].hidden)
            t->column[i] = n++;
    return n;
}

static void put_equations(struct cells *t, size_t n)
{
    memset(t->rows, 0, t->n_sums * n * sizeof(*t->rows));
    for (size_t s = 0; s < t->n_sums; s++) {
        uint64_t *row = t->rows + s * n;
        for (size_t i = 0; i < t->sums[s].n; i++)
            if (t->v[t->sums[s].parts[i]].hidden)
                row[t->column[t->sums[s].parts[i]]] += 1;
        if (t->v[t->sums[s].total].hidden)
            row[t->column[t->sums[s].total]] += PRIME - 1;
    }
}

static void subtract(uint64_t *row, const uint64_t *from, uint64_t times, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (from[k])
            row[k] = (row[k] + (PRIME - times) * from[k]) % PRIME;
}

/* Brings the equations to reduced echelon form; returns how many are left. */
static size_t reduce(uint64_t *rows, size_t n_rows, size_t n)
{
    size_t done = 0;
    for (size_t column = 0; column < n && done < n_rows; column++) {
        size_t pivot = done;
        while (pivot < n_rows && rows[pivot * n + column] == 0)
            pivot++;
        if (pivot == n_rows)
            continue;
        for (size_t k = 0; pivot != done && k < n; k++) {
            uint64_t keep = rows[pivot * n + k];
            rows[pivot * n + k] = rows[done * n + k];
            rows[done * n + k] = keep;
        }
        uint64_t scale = inverse(rows[done * n + column]);
        for (size_t k = 0; k < n; k++)
            rows[done * n + k] = rows[done * n + k] * scale % PRIME;
        for (size_t r = 0; r < n_rows; r++)
            if (r != done && rows[r * n + column])
                subtract(rows + r * n, rows + done * n, rows[r * n + column], n);
        done++;
    }
    return done;
}

/* An equation with a single unknown left tells it. */
static void solve(struct cells *t)
{
    size_t n = number_unknowns(t);
    memset(t->known, 0, t->n * sizeof(*t->known));
    if (n == 0)
        return;
    put_equations(t, n);
    size_t left = reduce(t->rows, t->n_sums, n);
    for (size_t r = 0; r < left; r++) {
        size_t unknowns = 0, last = 0;
        for (size_t k = 0; k < n; k++)
            if (t->rows[r * n + k]) {
                unknowns++;
                last = k;
            }
        for (size_t i = 0; unknowns == 1 && i < t->n; i++)
            t->known[i] |= t->v[i].hidden && t->column[i] == last;
    }
}

/* ---- the bounds ---- */

enum { ROUNDS_MAX = 200 }; /* bounds of a tree stand still after as many rounds as it is deep */
#define NO_BOUND (INT64_C(1) << 46) /* 65536 of them added up still fit */

static bool tighten(struct cells *t, size_t i, int64_t low, int64_t high)
{
    bool moved = false;
    if (low > t->low[i]) {
        t->low[i] = low;
        moved = true;
    }
    if (high < t->high[i]) {
        t->high[i] = high;
        moved = true;
    }
    return moved;
}

static bool narrow_sum(struct cells *t, const struct cell_sum *s)
{
    int64_t low = 0, high = 0;
    bool moved = false;
    for (size_t i = 0; i < s->n; i++) {
        low += t->low[s->parts[i]];
        high += t->high[s->parts[i]];
    }
    if (t->v[s->total].hidden)
        moved = tighten(t, s->total, low, high);
    for (size_t i = 0; i < s->n; i++) {
        size_t p = s->parts[i];
        if (t->v[p].hidden) /* what the total leaves when all others are as small, or as large, as they can be */
            moved |= tighten(t, p, t->low[s->total] - (high - t->high[p]), t->high[s->total] - (low - t->low[p]));
    }
    return moved;
}

static void narrow(struct cells *t)
{
    bool moved = true;
    for (size_t i = 0; i < t->n; i++) {
        t->low[i] = t->v[i].hidden ? 1 : t->v[i].n;
        t->high[i] = t->v[i].hidden ? NO_BOUND : t->v[i].n;
    }
    for (int round = 0; moved && round < ROUNDS_MAX; round++) {
        moved = false;
        for (size_t s = 0; s < t->n_sums; s++)
            moved |= narrow_sum(t, &t->sums[s]);
    }
}

void cells_attack(struct cells *t)
{
    narrow(t);
    solve(t);
}
