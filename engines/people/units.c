/* units.c: administrative units by day. A geography is a day: the last one before the change of 1/7/2025, or that day. */
#include "engines/people/people.h"
#include "gen/people_queries.h"

static struct day day_of(enum geography g)
{
    struct day d = { 0 };
    if (g == GEO_2023)
        day_from_ymd(2025, 6, 30, &d);
    else
        day_from_ymd(2025, 7, 1, &d);
    return d;
}

static struct unit unit_of(const struct unit_row *row)
{
    return (struct unit) { .id = row->id,
                           .code = row->code,
                           .level = (int)row->level,
                           .name = row->name,
                           .parent = row->parent_code,
                           .from = row->since,
                           .until = row->until };
}

int units_list(struct dbr *r, struct arena *a, enum geography g, int level, struct unit **out, size_t *n, struct err *e)
{
    struct unit_rows rows;
    if (units_on_day(r, a, &(struct units_on_day_in) { .level = level, .on = day_of(g) }, &rows, e))
        return -1;
    struct unit *units = arena_new_array(a, struct unit, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        units[i] = unit_of(&rows.v[i]);
    *out = units;
    *n = rows.n;
    return 0;
}

int unit_by_code(struct dbr *r, struct arena *a, struct unit_code code, struct day on, struct unit *out, struct err *e)
{
    struct unit_row row;
    int got = unit_on_day(r, a, &(struct unit_on_day_in) { .code = code, .on = on }, &row, e);
    if (got == 1)
        *out = unit_of(&row);
    return got;
}

int unit_successor(struct dbr *r, struct arena *a, int64_t unit_id, struct unit *out, size_t *n, struct err *e)
{
    struct unit_rows rows;
    if (unit_successors(r, a, &(struct unit_successors_in) { .unit = unit_id }, &rows, e))
        return -1;
    if (rows.n)
        *out = unit_of(&rows.v[0]);
    *n = rows.n;
    return 0;
}

int unit_in_force(struct dbr *r, struct arena *a, struct unit_code held, struct day on, struct unit_code *out, struct err *e)
{
    struct unit u;
    struct day before;
    size_t n;
    day_from_ymd(2025, 6, 30, &before);
    int got = unit_by_code(r, a, held, before, &u, e);
    *out = held;
    if (got != 1 || u.until.n > on.n)
        return got < 0 ? -1 : 0;
    if (unit_successor(r, a, u.id, &u, &n, e))
        return -1;
    if (n > 0)
        *out = u.code;
    return 0;
}

int unit_within(struct dbr *r, struct unit_code unit, struct unit_code territory, struct day on, bool *yes, struct err *e)
{
    if (unit_code_eq(&unit, &territory)) {
        *yes = true;
        return 0;
    }
    struct arena a;
    arena_init(&a, 64 * 1024);
    struct unit_reaches_row row = { 0 };
    int got = unit_reaches(r, &a, &(struct unit_reaches_in) { .unit = unit, .on = on, .territory = territory }, &row, e);
    arena_release(&a);
    if (got < 0)
        return -1;
    *yes = row.n > 0;
    return 0;
}
