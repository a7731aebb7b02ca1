/* change.c: somebody who is signed in changes the password. The old one is asked for, also when the session is fresh: a browser left
 * open must not be enough. */
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/new_password.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#include "platform/crypto/crypto.h"

struct change {
    struct guess guess;
    struct str encoded; /* empty: the old one was wrong */
};

static const struct field password_fields[] = {
    { .name = "old", .type = FIELD_SECRET, .required = true, .max = 200, .label = MSG("Mật khẩu đang dùng") },
    NEW_PASSWORD_FIELDS,
    { .name = NULL },
};
const struct form password_form = { .name = "password", .fields = password_fields, .max_body = 8 * 1024 };

int password_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    password_page(&h, req_form_key(q));
    return 0;
}

int password_prepare(struct req *q, struct err *e)
{
    struct change *w = arena_new(q->arena, struct change);
    struct password_of_account_row row;
    struct dbr *r = req_read(q, e);
    int64_t wait_s;
    w->guess = guess_of(q, q->actor->account, str_fmt(q->arena, "change/%.*s", STR_ARG(q->actor->login)));
    q->work = w;
    int found = r ? password_of_account(r, q->arena, &(struct password_of_account_in){ .account = q->actor->account }, &row, e) : -1;
    if (found < 0 || guess_wait_s(q, r, &w->guess, &wait_s, e) != 0)
        return -1;
    if (found == 0 || !row.password.p)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tài khoản này chưa có mật khẩu. Xin nhờ quầy hỗ trợ tạo liên kết đặt mật khẩu."),
                       "no password");
    if (wait_s > 0)
        return ERR_SAY(e, ERR_RATE, MSGS("Sai mật khẩu nhiều lần. Xin chờ ít phút rồi thử lại."), "guesses at the old password");
    struct password_owner owner = { row.login, row.pid };
    if (new_password_prepare(q, &owner, &w->encoded, e) != 0)
        return -1;
    if (!password_matches(req_form(q, "old"), row.password))
        w->encoded = STR_NONE;
    return 0;
}

int password_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct change *w = q->work;
    bool right = w->encoded.p != NULL;
    struct audit_record rec = audit_of(q, right ? STR("accounts.password_set") : STR("credentials.old_password_wrong"));
    struct account_password_set_in set = { .password = w->encoded, .id = q->actor->account };
    if (!right)
        return guess_wrong(tx, &w->guess, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
    if (account_password_set(tx, &set, NULL, e) != 0 || guess_right(tx, &w->guess, e) != 0 ||
        sessions_end(tx, q->actor->account, q->actor->session, e) != 0)
        return -1;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int password_reply(struct req *q, struct res *s, struct err *e)
{
    const struct change *w = q->work;
    if (w->encoded.p)
        return res_redirect(s, STR("/security?done=password"));
    s->status = 422;
    req_refuse_field(q, NULL, "old", MSGS("Mật khẩu đang dùng chưa đúng."));
    return password_get(q, s, e);
}
