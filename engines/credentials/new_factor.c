#include "engines/credentials/new_factor.h"

#include "gen/credentials_pages.h"

int new_factor_begin(struct req *q, struct new_factor *n, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r || factors_of(q, r, q->actor->account, &n->before, e) != 0)
        return -1;
    if (factors_any(&n->before) && q->actor->assurance < 2)
        return ERR(e, ERR_STEP_UP, "the account has a second factor, this session has not shown it");
    return 0;
}

int new_factor_codes(struct req *q, struct new_factor *n, struct err *e)
{
    if (n->before.codes > 0)
        return 0;
    n->codes = arena_new(q->arena, struct paper_codes);
    return paper_codes_make(q, q->actor->account, n->codes, e);
}

int factor_record(struct req *q, struct tx *tx, const char *action, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int new_factor_keep(struct req *q, struct tx *tx, struct new_factor *n, const struct proof *shown, const char *action, struct err *e)
{
    if (n->codes && paper_codes_keep(tx, q->actor->account, n->codes, e) != 0)
        return -1;
    if (shown && session_open(q, tx, shown, &n->token, e) != 0)
        return -1;
    return factor_record(q, tx, action, e);
}

int new_factor_reply(struct req *q, struct res *s, const struct new_factor *n, const char *done)
{
    if (n->token.p)
        session_cookie(q, s, n->token);
    if (!n->codes)
        return res_redirect(s, str_fmt(q->arena, "/security?done=%s", done));
    struct html h = res_html(q, s);
    codes_page(&h, n->codes);
    return 0;
}
