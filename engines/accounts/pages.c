/* pages.c: the province's door, where to go next, and one's own sessions. */
#include "engines/accounts/accounts_pages.h"
#include "gen/accounts_pages.h"

#include <string.h>

int front_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (q->actor->account != 0)
        return res_redirect(s, STR("/home"));
    struct html h = res_html(q, s);
    front(&h);
    return 0;
}

/* The role of the hat decides where a person begins. Who has none is told so. */
int home_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (actor_must_choose_hat(q->actor))
        return res_redirect(s, hat_url(q, STR("/home")));
    for (size_t i = 0; i < q->actor->n_grants; i++) {
        const struct role *role = role_by_name(q->app, q->actor->grants[i].role);
        if (role && role->home)
            return res_redirect(s, str_of(role->home));
    }
    if (q->actor->n_waiting > 0)
        return res_redirect(s, sign_in_url(q, STR("/home"), &(struct proof_wanted){ .passkey = true }));
    struct html h = res_html(q, s);
    no_role(&h);
    return 0;
}

int sessions_get(struct req *q, struct res *s, struct err *e)
{
    struct sessions_view v = { .current = q->actor->session, .app = q->app, .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    struct sessions_of_account_in in = { .account = q->actor->account, .now = q->now };
    if (!r || sessions_of_account(r, q->arena, &in, &v.sessions, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    sessions(&h, &v);
    return 0;
}

int session_end_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "session id");
    struct session_end_in in = { .now = tx_now(tx), .id = id, .account = q->actor->account };
    if (session_end(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "session %lld is not this account's or has ended", (long long)id);
    struct audit_record rec = audit_of(q, STR("accounts.session_ended"));
    rec.object = str_fmt(q->arena, "session/%lld", (long long)id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int session_end_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/sessions"));
}
