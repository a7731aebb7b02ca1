/* police_scope.c: which communes an officer sees. Facilities keep their commune of 2023; a grant may name that commune, its
 * successor of 2025, a district or the province.
 */
#include "engines/stays/police.h"

bool police_may(const struct req *q, const struct unit_code *unit)
{
    return req_may(q, STAY_POLICE_MAY, unit, 0) != NULL;
}

static int name_unit(struct dbr *r, struct arena *a, const struct unit *u, struct police_unit *out, struct err *e)
{
    struct unit now = { .name = STR_NONE };
    size_t n = 0;
    if (unit_successor(r, a, u->id, &now, &n, e) != 0)
        return -1;
    *out = (struct police_unit) { .code = u->code, .name = u->name, .now = n > 0 ? now.name : STR_NONE };
    return 0;
}

int police_units(struct req *q, struct police_units *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct unit *units;
    size_t n;
    if (!r || units_list(r, q->arena, GEO_2023, 3, &units, &n, e) != 0)
        return -1;
    struct police_units found = { arena_new_array(q->arena, struct police_unit, n), 0 };
    for (size_t i = 0; i < n; i++)
        if (police_may(q, &units[i].code) && name_unit(r, q->arena, &units[i], &found.v[found.n++], e) != 0)
            return -1;
    *out = found;
    return 0;
}

struct str police_unit_label(struct arena *a, const struct police_unit *u)
{
    if (u->now.n == 0 || str_eq(u->now, u->name))
        return u->name;
    return str_fmt(a, "%.*s → %.*s", STR_ARG(u->name), STR_ARG(u->now));
}
