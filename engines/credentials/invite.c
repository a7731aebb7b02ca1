/* invite.c: a one-time link sets a password. The link is the right: it is long, short-lived, and used once. */
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/new_password.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#include "platform/crypto/crypto.h"

struct invite_work {
    struct hash32 token;
    int64_t account;
    struct str encoded;
};

static const struct field invite_fields[] = {
    NEW_PASSWORD_FIELDS,
    { .name = NULL },
};
const struct form invite_form = { .name = "invite", .fields = invite_fields, .max_body = 8 * 1024 };

/* 1 usable, 0 unknown, used or too old. */
static int invite_find(struct req *q, struct invite_by_token_row *row, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct invite_by_token_in in = { .token = sha256(req_param(q, "token")) };
    int found = r ? invite_by_token(r, q->arena, &in, row, e) : -1;
    return found != 1 ? found : !row->has_used_at && row->expires_at.us > q->now.us;
}

int invite_get(struct req *q, struct res *s, struct err *e)
{
    struct invite_by_token_row row;
    struct invite_view v = { .token = req_param(q, "token"), .key = req_form_key(q) };
    int usable = invite_find(q, &row, e);
    if (usable < 0)
        return -1;
    if (usable) {
        v.usable = true;
        v.login = row.login;
        v.name = row.name;
    } else {
        s->status = 404;
    }
    struct html h = res_html(q, s);
    invite(&h, &v);
    return 0;
}

int invite_prepare(struct req *q, struct err *e)
{
    struct invite_by_token_row row;
    struct invite_work *w = arena_new(q->arena, struct invite_work);
    int usable = invite_find(q, &row, e);
    if (usable < 0)
        return -1;
    if (!usable)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Liên kết này đã dùng hoặc đã hết hạn. Xin người quản trị gửi liên kết mới."), "invite");
    struct password_owner owner = { row.login, row.pid };
    w->token = sha256(req_param(q, "token"));
    w->account = row.account;
    q->work = w;
    return new_password_prepare(q, &owner, &w->encoded, e);
}

int invite_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct invite_work *w = q->work;
    int64_t changed;
    struct invite_use_in use = { .now = tx_now(tx), .token = w->token };
    struct account_password_set_in set = { .password = w->encoded, .id = w->account };
    if (invite_use(tx, &use, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Liên kết này vừa được dùng ở nơi khác."), "invite used meanwhile");
    if (account_password_set(tx, &set, NULL, e) != 0 || sessions_end(tx, w->account, 0, e) != 0)
        return -1;
    struct audit_record rec = audit_of(q, STR("accounts.password_set"));
    rec.account = w->account;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int invite_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/sign-in"));
}
