/* second.c: after the right password of an account that has a second factor: a code of the app, a code on paper, or a passkey.
 * Between the two steps the browser holds a ticket of five minutes, and no session.
 */
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/factors.h"
#include "engines/credentials/throttle.h"
#include "engines/credentials/ticket.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#define STEP_COOKIE "bon_step"
enum { STEP_S = 300, FAILURES_ALL_MAX = 30 };

struct second {
    int64_t account;
    struct guess guess;
    int64_t wait_s;
    bool paper; /* a code on paper, else one of the app */
    int64_t step;
    struct hash32 hash;
    enum code_result result;
    struct str token;
};

static const struct field second_fields[] = {
    { .name = "code", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Mã xác nhận"),
      .help = MSG("Sáu số trong ứng dụng, hoặc một mã dự phòng trên giấy") },
    { .name = "next", .type = FIELD_HIDDEN, .max = 4000, .label = MSG("Trang tiếp theo") },
    { .name = NULL },
};
const struct form second_form = { .name = "second", .fields = second_fields, .max_body = 16 * 1024 };

/* ---- the ticket ---- */
void second_begin(struct req *q, struct res *s, int64_t account, struct str next)
{
    struct str step = ticket_make(q, "step", STR(""), str_fmt(q->arena, "%lld", (long long)account), STEP_S);
    struct buf b;
    buf_init(&b, q->arena, 16 * 1024);
    struct html h = { .out = &b, .arena = q->arena };
    buf_lit(&b, "/sign-in/code?next=");
    html_query(&h, is_own_path(next) ? next : STR("/home"));
    res_cookie(q, s, STEP_COOKIE, step, STEP_S);
    res_redirect(s, buf_str(&b));
}

int64_t second_account(const struct req *q)
{
    struct str payload;
    int64_t account;
    bool good = ticket_read(q, "step", STR(""), req_cookie(q, STEP_COOKIE), &payload) && str_to_i64(payload, &account);
    return good ? account : 0;
}

int second_done(struct req *q, struct res *s, int64_t account, struct str token)
{
    res_cookie(q, s, STEP_COOKIE, STR(""), 0);
    return way_in_done(q, s, account, token);
}

/* ---- the page ---- */
static int second_show(struct req *q, struct res *s, struct str error, struct err *e)
{
    struct second_view v = { .error = error, .next = q->method == METHOD_POST ? req_form(q, "next") : req_query(q, "next") };
    int64_t account = second_account(q);
    struct dbr *r = req_read(q, e);
    if (!r || factors_of(q, r, account, &v.has, e) != 0)
        return -1;
    if (v.has.passkeys > 0)
        passkey_offer_use(q, s, &v.offer);
    struct html h = res_html(q, s);
    second_page(&h, &v);
    return 0;
}

int second_get(struct req *q, struct res *s, struct err *e)
{
    if (second_account(q) == 0)
        return res_redirect(s, STR("/sign-in"));
    return second_show(q, s, STR_NONE, e);
}

int second_again(struct req *q, struct res *s, struct err *e)
{
    return second_get(q, s, e);
}

/* ---- the code ---- */
/* Six digits could be searched from many addresses at once by somebody who has the password: past thirty wrong ones a browser that
 * the owner has never used waits. */
static int wait_for_all(struct req *q, struct dbr *r, struct second *w, struct err *e)
{
    struct failures_at_row all;
    struct failures_at_in in = { .login = w->guess.at, .since = { q->now.us - 15 * US_PER_MINUTE } };
    if (failures_at(r, q->arena, &in, &all, e) != 1)
        return -1;
    if (all.n >= FAILURES_ALL_MAX && str_eq(w->guess.source, q->remote) && w->wait_s < 60)
        w->wait_s = 60;
    return 0;
}

int second_prepare(struct req *q, struct err *e)
{
    struct second *w = arena_new(q->arena, struct second);
    struct str typed = str_trim(req_form(q, "code")), plain;
    struct dbr *r = req_read(q, e);
    q->work = w;
    w->account = second_account(q);
    if (w->account == 0)
        return ERR_SAY(e, ERR_SIGN_IN, MSGS("Đã quá năm phút từ lúc gõ mật khẩu. Xin đăng nhập lại từ đầu."), "no step ticket");
    w->guess = guess_of(q, w->account, str_fmt(q->arena, "code/%lld", (long long)w->account));
    if (!r || guess_wait_s(q, r, &w->guess, &w->wait_s, e) != 0 || wait_for_all(q, r, w, e) != 0)
        return -1;
    if (w->wait_s > 0)
        return 0;
    if (!paper_code_typed(q->arena, typed, &plain))
        return app_code_check(q, r, w->account, typed, &w->step, &w->result, e);
    w->paper = true;
    w->result = CODE_RIGHT; /* the store decides */
    return paper_code_hash(q, w->account, plain, &w->hash, e);
}

static int use_paper(struct tx *tx, struct second *w, struct err *e)
{
    int64_t changed;
    struct paper_code_use_in in = { .now = tx_now(tx), .hash = w->hash, .account = w->account };
    if (paper_code_use(tx, &in, &changed, e) != 0)
        return -1;
    w->result = changed == 1 ? CODE_RIGHT : CODE_WRONG;
    return 0;
}

static int record(struct req *q, struct tx *tx, const struct second *w, const char *action, struct err *e)
{
    struct account_of_step_row who;
    struct audit_record rec = audit_of(q, str_of(action));
    if (account_of_step(tx_reader(tx), q->arena, &(struct account_of_step_in){ .id = w->account }, &who, e) != 1)
        return -1;
    rec.account = who.id;
    rec.account_name = who.name;
    rec.object = str_fmt(q->arena, "login/%.*s", STR_ARG(who.login));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int second_write(struct req *q, struct tx *tx, struct err *e)
{
    struct second *w = q->work;
    struct proof shown = { .account = w->account, .methods = STR("pwd otp mfa"), .assurance = 2 };
    if (w->wait_s > 0) {
        tx_unaudited(tx, "a try that came too early was not checked");
        return 0;
    }
    if (w->result == CODE_RIGHT && (w->paper ? use_paper(tx, w, e) : app_code_use(tx, w->account, w->step, &w->result, e)) != 0)
        return -1;
    if (w->result == CODE_WRONG)
        return guess_wrong(tx, &w->guess, e) != 0 ? -1 : record(q, tx, w, "credentials.code_refused", e);
    if (w->paper && record(q, tx, w, "credentials.paper_code_used", e) != 0)
        return -1;
    return guess_right(tx, &w->guess, e) != 0 ? -1 : session_open(q, tx, &shown, &w->token, e);
}

int second_reply(struct req *q, struct res *s, struct err *e)
{
    const struct second *w = q->work;
    if (w->wait_s > 0) {
        s->status = 429;
        return second_show(q, s, wait_sentence(q, w->wait_s), e);
    }
    if (w->result == CODE_WRONG) {
        s->status = 401;
        return second_show(q, s, tr(q->lang, MSGS("Mã chưa đúng, đã hết hạn hoặc đã dùng một lần. Xin chờ mã tiếp theo rồi thử lại.")), e);
    }
    return second_done(q, s, w->account, w->token);
}
