/* police_scope.c: which communes an officer sees. Facilities keep their commune of 2023; a grant may name that commune, its
 * successor of 2025, a district or the province.
 */
#include "engines/stays/police.h"

bool police_may(const struct req *q, const struct unit_code *unit)
{
    return req_may(q, STAY_POLICE_MAY, unit, 0) != NULL;
}

int police_units(struct req *q, struct scope_units *out, struct err *e)
{
    return scope_units_read(q, STAY_POLICE_MAY, out, e);
}
