/* who.c: for which agency somebody acts. */
#include "engines/plan/pages.h"

struct str own_agency(const struct req *q, const char *permission)
{
    for (size_t i = 0; i < q->actor->n_grants; i++) {
        struct str agency = q->actor->grants[i].agency;
        if (agency.n && req_may_agency(q, permission, agency))
            return agency;
    }
    return STR_NONE;
}

int refuse_other_agency(const struct req *q, const char *permission, struct str agency, struct err *e)
{
    if (req_may_agency(q, permission, agency))
        return 0;
    return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Việc này của cơ quan khác. Mỗi cơ quan chỉ ghi phần của mình."), "%.*s",
                   STR_ARG(agency));
}
