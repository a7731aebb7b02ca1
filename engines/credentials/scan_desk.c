/* scan_desk.c: the desk shows a code and a number, waits, and is signed in once by the browser that asked.
 *
 * The cookie is the asking browser's secret; the text in the QR code is derived from it, so that the store needs neither. Whoever
 * photographs the screen has the code and not the cookie.
 *
 * What comes of it is level 1 whatever the telephone had: a code can be shown to somebody by a page that only pretends to be a
 * desk, and a number beside it too. Whoever needs more shows it here.
 */
#include "engines/credentials/scan.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#include "base/rng.h"
#include "platform/crypto/crypto.h"

#define SCAN_COOKIE "bon_scan"

struct scan_start {
    struct str browser;
};

struct scan_finish {
    int64_t account;
    struct str token;
};

static const struct field scan_fields[] = {
    { .name = "next", .type = FIELD_HIDDEN, .max = 4000, .label = MSG("Trang tiếp theo") },
    { .name = NULL },
};
const struct form scan_ask_form = { .name = "scan", .fields = scan_fields, .max_body = 16 * 1024 };

struct str scan_topic(struct arena *a, int64_t id)
{
    return str_fmt(a, "scan/%lld", (long long)id);
}

static struct str code_of(const struct req *q, struct str browser)
{
    struct hash32 mac = hmac_sha256(q->app->secret, str_fmt(q->arena, "scan %.*s", STR_ARG(browser)));
    return str_base64url(q->arena, mac.b, sizeof(mac.b));
}

/* ---- asking ---- */
int scan_start_write(struct req *q, struct tx *tx, struct err *e)
{
    struct scan_start *w = arena_new(q->arena, struct scan_start);
    struct guess g = { .source = q->remote, .at = STR("scan") };
    struct failures_since_row asked;
    struct failures_since_in since = { .source = g.source, .login = g.at, .since = { tx_now(tx).us - 15 * US_PER_MINUTE } };
    uint32_t chance;
    int64_t id;
    if (failures_since(tx_reader(tx), q->arena, &since, &asked, e) != 1)
        return -1;
    if (asked.n >= SCANS_MOST)
        return ERR_SAY(e, ERR_RATE, MSGS("Từ nơi này đã xin mã nhiều lần. Xin chờ ít phút, hoặc đăng nhập cách khác."), "scans");
    random_bytes(&chance, sizeof(chance));
    w->browser = token_new(q->arena);
    q->work = w;
    struct str agent = str_head(req_header(q, "user-agent"), 200);
    struct scan_insert_in in = { .token = sha256(code_of(q, w->browser)), .browser = sha256(w->browser), .number = 100 + chance % 900,
                                 .remote = q->remote, .agent = str_or_empty(agent), .made_at = tx_now(tx),
                                 .expires_at = { tx_now(tx).us + SCAN_S * US_PER_SECOND } };
    tx_unaudited(tx, "a code was asked for; what is done with it is recorded");
    return guess_wrong(tx, &g, e) != 0 ? -1 : scan_insert(tx, &in, &id, e);
}

int scan_start_reply(struct req *q, struct res *s, struct err *e)
{
    const struct scan_start *w = q->work;
    struct str next = req_form(q, "next");
    struct buf b;
    (void)e;
    buf_init(&b, q->arena, 16 * 1024);
    struct html h = { .out = &b, .arena = q->arena };
    buf_lit(&b, "/sign-in/scan?next=");
    html_query(&h, is_own_path(next) ? next : STR("/home"));
    res_cookie(q, s, SCAN_COOKIE, w->browser, SCAN_S);
    return res_redirect(s, buf_str(&b));
}

/* ---- waiting ---- */
/* 1 found, 0 this browser has asked for nothing. */
static int find(struct req *q, struct dbr *r, struct scan_by_browser_row *row, struct err *e)
{
    struct str browser = req_cookie(q, SCAN_COOKIE);
    if (browser.n == 0)
        return 0;
    return scan_by_browser(r, q->arena, &(struct scan_by_browser_in){ .browser = sha256(browser) }, row, e);
}

static enum scan_state state_of(const struct scan_by_browser_row *row, struct instant now)
{
    if (row->has_used_at || row->expires_at.us <= now.us)
        return SCAN_OVER;
    return !row->has_answered_at ? SCAN_WAITING : row->accepted ? SCAN_ACCEPTED : SCAN_REFUSED;
}

int scan_get(struct req *q, struct res *s, struct err *e)
{
    struct scan_by_browser_row row;
    struct scan_view v = { .state = SCAN_OVER, .next = req_query(q, "next") };
    struct dbr *r = req_read(q, e);
    int found = r ? find(q, r, &row, e) : -1;
    if (found < 0)
        return -1;
    if (found == 1) {
        v.state = state_of(&row, q->now);
        v.number = row.number;
        v.who = row.name;
        v.link = str_fmt(q->arena, "%s/scan/%.*s", q->app->settings.base_url, STR_ARG(code_of(q, req_cookie(q, SCAN_COOKIE))));
    }
    struct html h = res_html(q, s);
    scan_page(&h, &v);
    return 0;
}

int scan_live(struct req *q, struct res *s, struct err *e)
{
    struct scan_by_browser_row row;
    struct dbr *r = req_read(q, e);
    int found = r ? find(q, r, &row, e) : -1;
    if (found < 0)
        return -1;
    return found == 0 ? ERR(e, ERR_NOT_FOUND, "this browser has asked for nothing") : res_live(s, scan_topic(q->arena, row.id));
}

/* ---- signed in ---- */
int scan_finish_write(struct req *q, struct tx *tx, struct err *e)
{
    struct scan_finish *w = arena_new(q->arena, struct scan_finish);
    struct scan_by_browser_row row;
    int64_t changed = 0;
    int found = find(q, tx_reader(tx), &row, e);
    q->work = w;
    if (found < 0 || (found == 1 && scan_use(tx, &(struct scan_use_in){ .now = tx_now(tx), .id = row.id }, &changed, e) != 0))
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Lần xác nhận này đã dùng hoặc đã quá hai phút. Xin mở mã mới."), "scan not open");
    w->account = row.account;
    struct proof shown = { .account = row.account, .methods = STR("mca"), .assurance = 1, .at = row.answered_at };
    return session_open(q, tx, &shown, &w->token, e);
}

int scan_finish_reply(struct req *q, struct res *s, struct err *e)
{
    const struct scan_finish *w = q->work;
    (void)e;
    res_cookie(q, s, SCAN_COOKIE, STR(""), 0);
    return way_in_done(q, s, w->account, w->token);
}
