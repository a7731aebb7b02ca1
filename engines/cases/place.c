/* place.c: what the unit is called in which a case lies, on a day: rows keep the communes of 2023, people read those of the day. */
#include "engines/cases/inside.h"

#include "engines/people/people.h"

/* The successor's name when the code is of before the province ended. */
static int name_since(const struct cases_state *s, struct dbr *r, struct arena *a, const struct unit_code *unit,
                      struct str *out, struct err *e)
{
    struct unit old, now;
    size_t n = 0;
    struct day ended;
    if (!day_parse_iso(str_or_empty(pack_value(&s->conf, "province.ended")), &ended))
        return 0;
    int got = unit_by_code(r, a, *unit, (struct day) { ended.n - 1 }, &old, e);
    if (got != 1)
        return got;
    *out = old.name;
    got = unit_successor(r, a, old.id, &now, &n, e);
    if (got == 1)
        *out = now.name;
    return got < 0 ? -1 : 0;
}

int case_place_name(const struct cases_state *s, struct dbr *r, struct arena *a, const struct unit_code *unit, struct day on,
                    struct str *out, struct err *e)
{
    struct unit u;
    *out = s->province_name;
    if (unit_code_eq(unit, &s->province))
        return 0;
    int got = unit_by_code(r, a, *unit, on, &u, e);
    if (got == 1)
        *out = u.name;
    return got < 0 ? -1 : got == 1 ? 0 : name_since(s, r, a, unit, out, e);
}

struct str case_date_place(const struct cases_state *s, struct str place)
{
    static const struct str kinds[] = { STR_INIT("Xã "), STR_INIT("Phường "), STR_INIT("Thị trấn ") };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(place, kinds[i]))
            return str_from(place, kinds[i].n);
    return s->capital;
}
