/* flow.c: setting out, and knowing the one who comes back. */
#include "engines/broker/flow.h"

#include "platform/crypto/crypto.h"

#include <string.h>

enum { COOKIE_PARTS = 6, URL_MAX = 4096 };

static struct str derived(struct req *q, const char *what, struct str name)
{
    struct hash32 mac = hmac_sha256(q->app->secret, str_fmt(q->arena, "broker %s %.*s", what, STR_ARG(name)));
    return str_base64url(q->arena, mac.b, sizeof(mac.b));
}

struct str flow_state(struct req *q, const struct flow *f)
{
    return derived(q, "state", f->name);
}

struct str flow_nonce(struct req *q, const struct flow *f)
{
    return derived(q, "nonce", f->name);
}

struct str flow_verifier(struct req *q, const struct flow *f)
{
    return derived(q, "verifier", f->name);
}

struct hash32 flow_spent(const struct flow *f)
{
    return sha256(f->name);
}

/* What a cookie's value may hold as it is (RFC 6265 section 4.1.1); a path with its query is made of such. */
static bool fits_in_cookie(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' || c == '\\')
            return false;
    }
    return s.n <= FLOW_NEXT_MAX;
}

void flow_begin(struct req *q, const struct upstream *u, enum flow_aim aim, struct str next, struct flow *out)
{
    *out = (struct flow) { .name = token_new(q->arena),
                           .upstream = u->name,
                           .aim = aim,
                           .account = aim == FLOW_LINK ? q->actor->account : 0,
                           .started = q->now,
                           .next = is_own_path(next) && fits_in_cookie(next) ? next : STR("/home") };
}

static struct str unsigned_text(struct req *q, const struct flow *f)
{
    return str_fmt(q->arena, "%.*s.%.*s.%d.%lld.%lld", STR_ARG(f->name), STR_ARG(f->upstream), (int)f->aim,
                   (long long)f->account, (long long)f->started.us);
}

static struct str mac_of(struct req *q, struct str text, struct str next)
{
    return derived(q, "flow", str_fmt(q->arena, "%.*s.%.*s", STR_ARG(text), STR_ARG(next)));
}

struct str flow_cookie(struct req *q, const struct flow *f)
{
    struct str text = unsigned_text(q, f);
    return str_fmt(q->arena, "%.*s.%.*s.%.*s", STR_ARG(text), STR_ARG(mac_of(q, text, f->next)), STR_ARG(f->next));
}

/* name.upstream.aim.account.started.mac.next */
static bool parse(struct req *q, struct str cookie, struct flow *f)
{
    struct str part[COOKIE_PARTS], rest = cookie;
    int64_t aim;
    for (int i = 0; i < COOKIE_PARTS; i++)
        if (!str_cut(&rest, '.', &part[i]))
            return false;
    if (!str_to_i64(part[2], &aim) || aim < FLOW_SIGN_IN || aim > FLOW_LINK || !str_to_i64(part[3], &f->account) ||
        !str_to_i64(part[4], &f->started.us))
        return false;
    f->name = part[0];
    f->upstream = part[1];
    f->aim = (enum flow_aim)aim;
    f->next = rest;
    return str_eq_secret(part[5], mac_of(q, unsigned_text(q, f), f->next));
}

int flow_read(struct req *q, struct str upstream, struct str state, struct flow *out, struct err *e)
{
    struct flow f = { 0 };
    struct str cookie = req_cookie(q, FLOW_COOKIE);
    if (!cookie.p || !parse(q, cookie, &f) || !str_eq(f.upstream, upstream) ||
        !str_eq_secret(flow_state(q, &f), str_or_empty(state)))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Lần đăng nhập này không bắt đầu từ trình duyệt này, hoặc đã xong rồi. Xin bắt đầu lại."),
                       "state: %s", cookie.p ? "does not belong to the cookie" : "no cookie");
    if (q->now.us - f.started.us > FLOW_MINUTES * US_PER_MINUTE || f.started.us > q->now.us)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Lần đăng nhập này đã mở quá 15 phút. Xin bắt đầu lại."), "flow of %lld",
                       (long long)f.started.us);
    *out = f;
    return 0;
}

struct str flow_back_uri(struct req *q, const struct upstream *u)
{
    return str_fmt(q->arena, "%s/sign-in/with/%.*s/back", q->app->settings.base_url, STR_ARG(u->name));
}

struct str flow_authorize_url(struct req *q, const struct upstream *u, const struct provider *p, const struct flow *f,
                              bool fresh)
{
    struct buf params, url;
    struct hash32 challenge = sha256(flow_verifier(q, f));
    buf_init(&params, q->arena, URL_MAX);
    urlencode_param(&params, "response_type", STR("code"));
    urlencode_param(&params, "client_id", u->client_id);
    urlencode_param(&params, "redirect_uri", flow_back_uri(q, u));
    /* A refresh token is asked for only where something is done with it (recheck.h). */
    urlencode_param(&params, "scope", u->recheck ? str_fmt(q->arena, "%.*s offline_access", STR_ARG(u->scopes)) : u->scopes);
    urlencode_param(&params, "state", flow_state(q, f));
    urlencode_param(&params, "nonce", flow_nonce(q, f));
    urlencode_param(&params, "code_challenge", str_base64url(q->arena, challenge.b, sizeof(challenge.b)));
    urlencode_param(&params, "code_challenge_method", STR("S256"));
    urlencode_param(&params, "ui_locales", q->lang == LANG_EN ? STR("en vi") : STR("vi"));
    if (u->ask_acr.n > 0)
        urlencode_param(&params, "acr_values", u->ask_acr);
    if (fresh)
        urlencode_param(&params, "prompt", STR("login"));
    buf_init(&url, q->arena, 2 * URL_MAX);
    buf_put(&url, p->authorize);
    buf_put_char(&url, str_find_char(p->authorize, '?') < 0 ? '?' : '&');
    buf_put(&url, buf_str(&params));
    return buf_str(&url);
}
