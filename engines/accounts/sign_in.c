/* sign_in.c: the way in with a password, and the way out. Argon2id takes tens of milliseconds, so the route is marked slow:
 * its prepare runs in the slow pool with a bounded queue, and a storm of sign-ins leaves the other pages alone.
 */
#include "engines/accounts/accounts_internal.h"
#include "engines/accounts/accounts_pages.h"

#include "platform/crypto/crypto.h"

#include <string.h>

/* A hash nobody has the password of: unknown logins cost the same time as wrong passwords. */
static const char no_such_account[] =
    "$argon2id$v=19$m=19456,t=2,p=1$Ym9uLW5vLXN1Y2gtYWNjbw$mWbHqf0GQ2rAFDmKyyDpg2lUZ3rZq4c5Oe2gV5C1xZk";

struct sign_in {
    struct str login;
    int64_t account;        /* 0: no such account, or a wrong password */
    struct str token;
    int64_t wait_s;         /* > 0: too many wrong tries, nothing was checked */
};

static const struct field sign_in_fields[] = {
    { .name = "login", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Tên đăng nhập") },
    { .name = "password", .type = FIELD_SECRET, .required = true, .max = 200, .label = MSG("Mật khẩu") },
    { .name = "next", .type = FIELD_HIDDEN, .max = 4000, .label = MSG("Trang tiếp theo") },
    { .name = NULL },
};
const struct form sign_in_form = { .name = "sign_in", .fields = sign_in_fields, .max_body = 16 * 1024 };

static int find_wait(struct req *q, struct dbr *r, struct sign_in *w, struct err *e)
{
    struct failures_since_row own;
    struct failures_of_source_row all;
    struct instant since = { q->now.us - 15 * US_PER_MINUTE };
    struct failures_since_in in = { .source = q->remote, .login = w->login, .since = since };
    struct failures_of_source_in in_all = { .source = q->remote, .since = since };
    if (failures_since(r, q->arena, &in, &own, e) < 0 || failures_of_source(r, q->arena, &in_all, &all, e) < 0)
        return -1;
    int64_t wait = own.has_last ? sign_in_wait_us(own.n, own.last, q->now) : 0;
    if (all.n >= FAILURES_SOURCE_MAX && wait < US_PER_MINUTE)
        wait = US_PER_MINUTE;
    w->wait_s = (wait + US_PER_SECOND - 1) / US_PER_SECOND;
    return 0;
}

int sign_in_prepare(struct req *q, struct err *e)
{
    struct sign_in *w = arena_new(q->arena, struct sign_in);
    struct account_by_login_row row;
    struct dbr *r = req_read(q, e);
    q->work = w;
    w->login = req_form(q, "login");
    if (!r || find_wait(q, r, w, e) != 0)
        return -1;
    if (w->wait_s > 0)
        return 0;
    int found = account_by_login(r, q->arena, &(struct account_by_login_in){ .login = w->login }, &row, e);
    if (found < 0)
        return -1;
    bool usable = found == 1 && row.active && row.password.p;
    bool right = password_matches(req_form(q, "password"), usable ? row.password : str_of(no_such_account));
    if (!usable || !right)
        return 0;
    w->account = row.id;
    return 0;
}

static int record_refusal(struct req *q, struct tx *tx, const struct sign_in *w, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("accounts.sign_in_refused"));
    rec.object = str_fmt(q->arena, "login/%.*s", STR_ARG(str_head(w->login, 40)));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int sign_in_write(struct req *q, struct tx *tx, struct err *e)
{
    struct sign_in *w = q->work;
    if (w->wait_s > 0) {
        tx_unaudited(tx, "a try that came too early was not checked");
        return 0;
    }
    if (w->account == 0) {
        struct failure_insert_in in = { .source = q->remote, .login = w->login, .at = tx_now(tx) };
        return failure_insert(tx, &in, NULL, e) != 0 ? -1 : record_refusal(q, tx, w, e);
    }
    struct failures_clear_in forgiven = { .source = q->remote, .login = w->login };
    struct proof shown = { .account = w->account, .methods = STR("pwd"), .assurance = 1 };
    return failures_clear(tx, &forgiven, NULL, e) != 0 ? -1 : session_open(q, tx, &shown, &w->token, e);
}

int sign_in_reply(struct req *q, struct res *s, struct err *e)
{
    const struct sign_in *w = q->work;
    if (w->wait_s > 0) {
        struct tr_arg wait = { "n", str_fmt(q->arena, "%lld", (long long)w->wait_s) };
        s->status = 429;
        return sign_in_page(q, s, tr_fill(q->arena, q->lang, MSGS("Sai mật khẩu nhiều lần. Xin chờ {n} giây rồi thử lại."), &wait, 1), e);
    }
    if (w->account == 0) {
        s->status = 401;
        return sign_in_page(q, s, tr(q->lang, MSGS("Tên đăng nhập hoặc mật khẩu chưa đúng.")), e);
    }
    struct str next = req_form(q, "next");
    session_cookie(q, s, w->token);
    return res_redirect(s, is_own_path(next) ? next : STR("/home"));
}

int sign_out_write(struct req *q, struct tx *tx, struct err *e)
{
    struct session_end_in in = { .now = tx_now(tx), .id = q->actor->session, .account = q->actor->account };
    struct audit_record rec = audit_of(q, STR("accounts.signed_out"));
    return session_end(tx, &in, NULL, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}

int sign_out_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    res_cookie(q, s, SESSION_COOKIE, STR(""), 0);
    return res_redirect(s, STR("/"));
}

int sign_out_everywhere_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("accounts.signed_out_everywhere"));
    return sessions_end(tx, q->actor->account, 0, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}
