/* pack_units.c: the units of both geographies out of the pack's lists. */
#include "base/vec.h"
#include "engines/people/pack.h"

static bool number_i32(struct str s, int32_t *out)
{
    int64_t v;
    if (!str_to_i64(s, &v) || v < INT32_MIN || v > INT32_MAX)
        return false;
    *out = (int32_t)v;
    return true;
}

typedef VEC(struct pack_unit) units_vec;

/* One list: the columns it must have and the period in which its units are in force. */
static int read_list(struct arena *a, const char *dir, const char *file, struct day since, struct day until,
                     units_vec *units, struct err *e)
{
    static const char *const names[] = { "level", "code", "name", "short_name", "parent_code" };
    struct pack_list l;
    if (pack_list_open(a, dir, file, names, 5, &l, e))
        return -1;
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct pack_unit u = { .id = (int64_t)units->n + 1, .since = since, .until = until, .parent = PACK_NO_UNIT };
        int64_t level;
        struct str parent = pack_cell(&l, 4);
        if (!str_to_i64(pack_cell(&l, 0), &level) || level < 1 || level > 3 || !unit_code_parse(pack_cell(&l, 1), &u.code) ||
            (parent.n && !unit_code_parse(parent, &u.parent_code)))
            return pack_refuse(&l, e, "level or code");
        u.level = (int)level;
        u.name = pack_cell(&l, 2);
        u.short_name = pack_cell(&l, 3);
        *vec_push(a, units) = u;
    }
    return got;
}

/* Centres stand in files of their own: exact ones of 2025, approximate ones of the communes of 2023. */
static int read_centres(struct arena *a, const char *dir, const char *file, bool of_2025, struct pack_units *u,
                        struct err *e)
{
    static const char *const names[] = { "code", "lat_e6", "lon_e6" };
    struct pack_list l;
    if (pack_list_open(a, dir, file, names, 3, &l, e))
        return -1;
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        size_t i = pack_unit_find(u, pack_cell(&l, 0), of_2025);
        if (i == PACK_NO_UNIT || !number_i32(pack_cell(&l, 1), &u->v[i].lat_e6) ||
            !number_i32(pack_cell(&l, 2), &u->v[i].lon_e6))
            return pack_refuse(&l, e, "code or centre");
        u->v[i].has_centre = true;
    }
    return got;
}

static int read_successors(struct arena *a, const char *dir, struct pack_units *u, struct err *e)
{
    static const char *const names[] = { "old_code", "new_code", "extent" };
    struct pack_list l;
    if (pack_list_open(a, dir, "unit-successors.csv", names, 3, &l, e))
        return -1;
    VEC(struct pack_successor) list = { 0 };
    int got;
    while ((got = pack_list_next(&l, e)) == 1) {
        struct pack_successor s = { .unit = pack_unit_find(u, pack_cell(&l, 0), false),
                                    .successor = pack_unit_find(u, pack_cell(&l, 1), true),
                                    .extent = pack_cell(&l, 2) };
        if (s.unit == PACK_NO_UNIT || s.successor == PACK_NO_UNIT)
            return pack_refuse(&l, e, "unknown code");
        *vec_push(a, &list) = s;
    }
    u->successors = list.v;
    u->n_successors = list.n;
    return got;
}

/* Parents come before their children in the lists, so their paths are ready. */
static int link_parents(struct arena *a, const char *dir, struct pack_units *u, struct err *e)
{
    for (size_t i = 0; i < u->n; i++) {
        struct pack_unit *unit = &u->v[i];
        unit->path = unit->short_name;
        if (!unit->parent_code.v[0])
            continue;
        unit->parent = pack_unit_find(u, unit_code_str(&unit->parent_code), i >= u->n_old);
        if (unit->parent == PACK_NO_UNIT || unit->parent >= i)
            return ERR(e, ERR_INPUT, "%s: unit %s stands before its parent %s", dir, unit->code.v, unit->parent_code.v);
        unit->path = str_fmt(a, "%.*s, %.*s", STR_ARG(unit->short_name), STR_ARG(u->v[unit->parent].path));
    }
    return 0;
}

int pack_units_read(struct arena *a, const char *pack_dir, const struct pack_conf *conf, struct pack_units *out,
                    struct err *e)
{
    struct day founded, changed, open;
    if (!day_parse_iso(pack_value(conf, "province.founded"), &founded) ||
        !day_parse_iso(pack_value(conf, "province.ended"), &changed))
        return ERR(e, ERR_INPUT, "%s/pack.conf: province.founded or province.ended is no day", pack_dir);
    day_from_ymd(9999, 12, 31, &open);

    units_vec units = { 0 };
    if (read_list(a, pack_dir, "units-2023.csv", founded, changed, &units, e))
        return -1;
    size_t n_old = units.n;
    if (read_list(a, pack_dir, "units-2025.csv", changed, open, &units, e))
        return -1;
    struct pack_units u = { .v = units.v, .n = units.n, .n_old = n_old };
    if (link_parents(a, pack_dir, &u, e) || read_centres(a, pack_dir, "communes-2023.csv", false, &u, e) ||
        read_centres(a, pack_dir, "units-2025.csv", true, &u, e) || read_successors(a, pack_dir, &u, e))
        return -1;
    *out = u;
    return 0;
}

size_t pack_unit_find(const struct pack_units *u, struct str code, bool of_2025)
{
    for (size_t i = of_2025 ? u->n_old : 0; i < (of_2025 ? u->n : u->n_old); i++)
        if (str_eq(unit_code_str(&u->v[i].code), code))
            return i;
    return PACK_NO_UNIT;
}

/* ---- what lies in what ---- */

static size_t add_once(size_t *at, size_t n, size_t place)
{
    for (size_t i = 0; i < n; i++)
        if (at[i] == place)
            return n;
    at[n] = place;
    return n + 1;
}

static size_t add_chain(const struct pack_units *u, size_t i, size_t *at, size_t n)
{
    for (; i != PACK_NO_UNIT; i = u->v[i].parent)
        n = add_once(at, n, i);
    return n;
}

static bool in_chain(const struct pack_units *u, size_t i, size_t territory)
{
    for (; i != PACK_NO_UNIT; i = u->v[i].parent)
        if (i == territory)
            return true;
    return false;
}

/* The one unit this one went into; PACK_NO_UNIT when there is none or it was split. */
static size_t only_successor(const struct pack_units *u, size_t i)
{
    size_t found = PACK_NO_UNIT;
    for (size_t s = 0; s < u->n_successors; s++) {
        if (u->successors[s].unit != i)
            continue;
        if (found != PACK_NO_UNIT)
            return PACK_NO_UNIT;
        found = u->successors[s].successor;
    }
    return found;
}

/* Did every part of the new unit lie in the old territory? */
static bool all_parts_in(const struct pack_units *u, size_t new_unit, size_t territory)
{
    size_t parts = 0;
    for (size_t s = 0; s < u->n_successors; s++) {
        if (u->successors[s].successor != new_unit)
            continue;
        parts++;
        if (!in_chain(u, u->successors[s].unit, territory))
            return false;
    }
    return parts > 0;
}

size_t pack_unit_reach(const struct pack_units *u, size_t i, size_t *at)
{
    size_t n = add_chain(u, i, at, 0);
    if (i < u->n_old) {
        for (size_t up = i; up != PACK_NO_UNIT; up = u->v[up].parent)
            n = add_chain(u, only_successor(u, up), at, n);
        return n;
    }
    for (size_t old = 0; old < u->n_old; old++)
        if (all_parts_in(u, i, old))
            n = add_once(at, n, old);
    return n;
}
