#include "engines/credentials/factors.h"
#include "gen/credentials_queries.h"

int factors_of(struct req *q, struct dbr *r, int64_t account, struct factors *f, struct err *e)
{
    struct second_factors_row row;
    if (second_factors(r, q->arena, &(struct second_factors_in){ .account = account }, &row, e) != 1)
        return -1;
    *f = (struct factors){ .app = row.apps > 0, .passkeys = row.passkeys, .codes = row.codes };
    return 0;
}

int factors_shown(struct req *q, struct res *s, const struct factors *f, const char *here)
{
    struct proof_wanted wanted = { .assurance = 2 };
    if (!factors_any(f) || q->actor->assurance >= 2)
        return 0;
    res_redirect(s, sign_in_url(q, str_of(here), &wanted));
    return 1;
}
