/* sign_in.c: the way in with a password. Argon2id takes tens of milliseconds, so the route is marked slow: its prepare runs in the
 * slow pool with a bounded queue, and a storm of sign-ins leaves the other pages alone.
 */
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#include "platform/crypto/crypto.h"

/* A hash nobody has the password of: unknown logins cost the same time as wrong passwords. */
static const char no_such_account[] =
    "$argon2id$v=19$m=19456,t=2,p=1$Ym9uLW5vLXN1Y2gtYWNjbw$mWbHqf0GQ2rAFDmKyyDpg2lUZ3rZq4c5Oe2gV5C1xZk";

struct sign_in {
    struct str login;
    struct guess guess;
    int64_t account; /* 0: no such account, or a wrong password */
    bool second;     /* the password is right, and not enough */
    struct str token;
    int64_t wait_s; /* > 0: too many wrong tries, nothing was checked */
};

static const struct field sign_in_fields[] = {
    { .name = "login", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Tên đăng nhập") },
    { .name = "password", .type = FIELD_SECRET, .required = true, .max = 200, .label = MSG("Mật khẩu") },
    { .name = "next", .type = FIELD_HIDDEN, .max = 4000, .label = MSG("Trang tiếp theo") },
    { .name = NULL },
};
const struct form sign_in_form = { .name = "sign_in", .fields = sign_in_fields, .max_body = 16 * 1024 };

int sign_in_prepare(struct req *q, struct err *e)
{
    struct sign_in *w = arena_new(q->arena, struct sign_in);
    struct account_by_login_row row = { 0 };
    struct dbr *r = req_read(q, e);
    q->work = w;
    w->login = req_form(q, "login");
    int found = r ? account_by_login(r, q->arena, &(struct account_by_login_in){ .login = w->login }, &row, e) : -1;
    if (found < 0)
        return -1;
    w->guess = guess_of(q, found ? row.id : 0, w->login);
    if (guess_wait_s(q, r, &w->guess, &w->wait_s, e) != 0)
        return -1;
    if (w->wait_s > 0)
        return 0;
    bool usable = found == 1 && row.active && row.password.p;
    bool right = password_matches(req_form(q, "password"), usable ? row.password : str_of(no_such_account));
    struct factors has;
    if (!usable || !right)
        return 0;
    if (factors_of(q, r, row.id, &has, e) != 0)
        return -1;
    w->account = row.id;
    w->second = factors_any(&has);
    return 0;
}

static int record(struct req *q, struct tx *tx, const struct sign_in *w, const char *action, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
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
    if (w->account == 0)
        return guess_wrong(tx, &w->guess, e) != 0 ? -1 : record(q, tx, w, "accounts.sign_in_refused", e);
    struct proof shown = { .account = w->account, .methods = STR("pwd"), .assurance = 1 };
    if (guess_right(tx, &w->guess, e) != 0)
        return -1;
    return w->second ? record(q, tx, w, "credentials.password_right", e) : session_open(q, tx, &shown, &w->token, e);
}

int sign_in_reply(struct req *q, struct res *s, struct err *e)
{
    const struct sign_in *w = q->work;
    if (w->wait_s > 0) {
        s->status = 429;
        return sign_in_page(q, s, wait_sentence(q, w->wait_s), e);
    }
    if (w->account == 0) {
        s->status = 401;
        return sign_in_page(q, s, tr(q->lang, MSGS("Tên đăng nhập hoặc mật khẩu chưa đúng.")), e);
    }
    if (w->second) {
        second_begin(q, s, w->account, req_form(q, "next"));
        return 0;
    }
    return way_in_done(q, s, w->account, w->token);
}

/* ---- what the ways in share ---- */
struct str wait_sentence(struct req *q, int64_t seconds)
{
    struct tr_arg wait = { "n", str_fmt(q->arena, "%lld", (long long)seconds) };
    return tr_fill(q->arena, q->lang, MSGS("Sai nhiều lần liền. Xin chờ {n} giây rồi thử lại."), &wait, 1);
}

int way_in_done(struct req *q, struct res *s, int64_t account, struct str token)
{
    struct str next = req_form(q, "next");
    session_cookie(q, s, token);
    device_remember(q, s, account);
    return res_redirect(s, is_own_path(next) ? next : STR("/home"));
}

/* ---- the page ---- */
static int load_ways_in(struct req *q, struct sign_in_view *v, struct err *e)
{
    struct way_in *all = arena_new_array(q->arena, struct way_in, WAYS_IN_MAX);
    size_t n = 0;
    for (const struct module *const *m = q->app->modules; *m; m++)
        if ((*m)->ways_in && (*m)->ways_in(q, all, &n, e) != 0)
            return -1;
    v->ways.v = all;
    v->ways.n = n;
    return 0;
}

int sign_in_page(struct req *q, struct res *s, struct str error, struct err *e)
{
    struct sign_in_view v = { .error = error, .login = req_query(q, "login"), .next = req_form(q, "next"),
                              .confirms = q->actor->account != 0 && req_query(q, "next").n > 0 };
    if (!v.next.p)
        v.next = req_query(q, "next");
    v.demo_next = str_starts(v.next, STR("/oauth2/")) ? v.next : STR("");
    v.passkey = v.confirms && proof_wanted_of(q).passkey;
    passkey_offer_use(q, s, &v.offer);
    if (load_ways_in(q, &v, e) != 0)
        return -1;
    if (q->app->settings.demo) {
        struct dbr *r = req_read(q, e);
        if (!r || accounts_demo_list(r, q->arena, &v.demo.v, &v.demo.n, e) != 0)
            return -1;
    }
    struct html h = res_html(q, s);
    sign_in(&h, &v);
    return 0;
}

/* Whoever has shown already what the page at next wants goes there at once. */
static bool nothing_more_wanted(const struct req *q)
{
    struct proof_wanted wanted = proof_wanted_of(q);
    bool some = wanted.assurance > 0 || wanted.since.us > 0 || wanted.passkey;
    return some && q->actor->account != 0 && proof_suffices(q->actor, &wanted);
}

int sign_in_get(struct req *q, struct res *s, struct err *e)
{
    struct str next = req_query(q, "next");
    if (nothing_more_wanted(q))
        return res_redirect(s, is_own_path(next) ? next : STR("/home"));
    return sign_in_page(q, s, STR_NONE, e);
}

int sign_in_again(struct req *q, struct res *s, struct err *e)
{
    return sign_in_page(q, s, STR_NONE, e);
}
