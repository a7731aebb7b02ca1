/* scope.c: which communes somebody works in. */
#include "engines/people/people.h"

static int name_unit(struct dbr *r, struct arena *a, const struct unit *u, struct scope_unit *out, struct err *e)
{
    struct unit now = { .name = STR_NONE };
    size_t n = 0;
    if (unit_successor(r, a, u->id, &now, &n, e) != 0)
        return -1;
    *out = (struct scope_unit) { .id = u->id, .code = u->code, .name = u->name, .now = n > 0 ? now.name : STR_NONE };
    return 0;
}

int scope_units_read(struct req *q, const char *permission, struct scope_units *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct unit *units;
    size_t n;
    if (!r || units_list(r, q->arena, GEO_2023, 3, &units, &n, e) != 0)
        return -1;
    struct scope_units found = { arena_new_array(q->arena, struct scope_unit, n), 0 };
    for (size_t i = 0; i < n; i++)
        if (req_may(q, permission, &units[i].code, 0) && name_unit(r, q->arena, &units[i], &found.v[found.n++], e) != 0)
            return -1;
    *out = found;
    return 0;
}

struct str scope_unit_label(struct arena *a, const struct scope_unit *u)
{
    if (u->now.n == 0 || str_eq(u->now, u->name))
        return u->name;
    return str_fmt(a, "%.*s → %.*s", STR_ARG(u->name), STR_ARG(u->now));
}
