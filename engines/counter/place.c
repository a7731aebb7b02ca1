/* place.c: where somebody works: each role of the hat that is on, as a desk with its queue, and the colleagues who sit at the same
 * one.
 */
#include "engines/counter/inside.h"

#include "base/text.h"

struct desk_rule {
    const char *role;
    enum case_owner owner;
    const char *agency; /* NULL: that of the grant */
    struct str name;    /* MSG */
};
/* The one-stop desk takes in for everyone who decides; the others have what their own authority decides. */
static const struct desk_rule rules[] = {
    { "one_stop_clerk", OWNER_ONE_STOP, CASE_ANY_AGENCY, MSG("Bộ phận một cửa") },
    { "commune_specialist", OWNER_SPECIALIST, "", MSG("Thụ lý") },
    { "commune_approver", OWNER_APPROVER, "", MSG("Ký duyệt") },
    { "commune_police", OWNER_SPECIALIST, CASE_COMMUNE_POLICE, MSG("Công an xã thụ lý") },
    { "commune_police", OWNER_APPROVER, CASE_COMMUNE_POLICE, MSG("Công an xã ký duyệt") },
    { "agency_specialist", OWNER_SPECIALIST, NULL, MSG("Thụ lý") },
    { "agency_approver", OWNER_APPROVER, NULL, MSG("Ký duyệt") },
};
enum { RULES = sizeof rules / sizeof rules[0] };

void counter_desks_of(const struct req *q, struct counter_desks *out)
{
    *out = (struct counter_desks) { .n = 0 };
    for (size_t g = 0; g < q->actor->n_grants; g++)
        for (size_t i = 0; i < RULES && out->n < COUNTER_DESKS; i++) {
            const struct grant *grant = &q->actor->grants[g];
            if (!str_eq(grant->role, str_of(rules[i].role)))
                continue;
            out->v[out->n++] = (struct counter_desk) { .owner = rules[i].owner,
                                                       .unit = grant->territory,
                                                       .agency = rules[i].agency ? str_of(rules[i].agency) : grant->agency,
                                                       .role = grant->role,
                                                       .name = rules[i].name };
        }
}

int counter_desk_asked(struct req *q, struct counter_desks *all, const struct counter_desk **out, struct err *e)
{
    int64_t place = 0;
    struct str asked = req_query(q, "desk").n ? req_query(q, "desk") : req_form(q, "desk");
    counter_desks_of(q, all);
    if (all->n == 0)
        return ERR_SAY(e, ERR_FORBIDDEN,
                       MSGS("Tư cách đang chọn không làm việc ở bộ phận nào. Xin chọn tư cách cán bộ rồi mở lại trang này."),
                       "no desk");
    if (asked.n && (!str_to_i64(asked, &place) || place < 0 || (size_t)place >= all->n))
        return ERR(e, ERR_NOT_FOUND, "desk %.*s", STR_ARG(str_head(asked, 20)));
    *out = &all->v[place];
    return 0;
}

const struct unit_code *counter_intake_unit(struct req *q)
{
    const struct grant *g = req_may(q, CASE_MAY_RECEIVE, NULL, 0);
    ASSERT(g != NULL); /* the route asks for it */
    return &g->territory;
}

int counter_colleagues(struct req *q, const struct counter_desk *desk, struct role_holders *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    bool agency = desk->agency.n && str_starts(desk->role, STR("agency_"));
    return r ? accounts_working(r, q->arena, desk->role, &desk->unit, agency ? desk->agency : STR(""), instant_day(q->now), out, e)
             : -1;
}

/* The desk at which this case waits, when it is one of this actor's. */
const struct counter_desk *counter_desk_of(const struct counter_desks *all, const struct case_view *c)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct counter_desk *d = &all->v[i];
        bool any = str_eq(d->agency, STR(CASE_ANY_AGENCY));
        if (d->owner == c->owner && (any || str_eq(str_or_empty(d->agency), str_or_empty(c->agency))))
            return d;
    }
    return NULL;
}

/* Cases of before 1/7/2025, and rights that were given then, name communes of then. */
struct str counter_unit_name(struct req *q, const struct unit_code *unit)
{
    struct unit u;
    struct err no_name = { 0 };
    struct dbr *r = req_read(q, &no_name);
    struct day days[2] = { instant_day(q->now), { 0 } };
    day_from_ymd(2025, 6, 30, &days[1]);
    for (size_t i = 0; r && i < 2; i++)
        if (unit_by_code(r, q->arena, *unit, days[i], &u, &no_name) == 1)
            return u.name;
    return str_dup(q->arena, unit_code_str(unit));
}

struct str counter_case_path(struct arena *a, const struct case_number *n, const char *rest)
{
    return str_fmt(a, "/counter/cases/%.*s%s", STR_ARG(case_number_str(a, n)), rest);
}

int counter_case_find(struct req *q, struct case_view *c, struct err *e)
{
    struct case_number number;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int got = case_number_parse(q->arena, req_param(q, "number"), &number) ? case_by_number(q->app, r, q->arena, &number, c, e)
                                                                           : 0;
    if (got < 0)
        return -1;
    if (got == 0 || !case_may_read(q, c))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có hồ sơ này ở nơi bạn làm việc. Xin xem lại số hồ sơ."), "case");
    return 0;
}
