/* sign_out.c: sessions end: this one, or all of an account. */
#include "engines/accounts/accounts_pages.h"

int session_close(struct req *q, struct tx *tx, struct err *e)
{
    struct session_end_in in = { .now = tx_now(tx), .id = q->actor->session, .account = q->actor->account };
    return session_end(tx, &in, NULL, e);
}

int sign_out_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("accounts.signed_out"));
    return session_close(q, tx, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}

int sign_out_reply(struct req *q, struct res *s, struct err *e)
{
    struct str next = STR("/");
    for (const struct module *const *m = q->app->modules; *m; m++)
        if ((*m)->signed_out && (*m)->signed_out(q, &next, e) != 0)
            return -1;
    res_cookie(q, s, SESSION_COOKIE, STR(""), 0);
    return res_redirect(s, next);
}

int sign_out_everywhere_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("accounts.signed_out_everywhere"));
    return sessions_end(tx, q->actor->account, 0, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}
