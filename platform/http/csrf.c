/* csrf.c: a form is taken only from our own page. The token in it is an HMAC of the cookie that the browser also sends, so
 * nothing is stored; beside it the browser's own word on where the request began (Origin, Sec-Fetch-Site) must not
 * contradict. A bearer token cannot be sent by a foreign page's form, so it needs neither.
 */
#include "platform/http/inside.h"

#include "base/rng.h"
#include "platform/crypto/crypto.h"

/* A form belongs to the capacity that it was opened in: one that was filled in for a company is not taken for its owner, or for another
 * company, because a hat was changed in another window meanwhile. */
static struct str token_text(const struct req *q, struct str session)
{
    int64_t hat = q->actor->hat_chosen;
    if (hat == 0)
        return str_fmt(q->arena, "csrf %.*s", STR_ARG(session));
    return str_fmt(q->arena, "csrf %.*s hat/%lld", STR_ARG(session), (long long)hat);
}

struct str csrf_token(struct req *q, struct str session)
{
    struct str text = token_text(q, session);
    struct hash32 mac = hmac_sha256(q->app->secret, text);
    return str_base64url(q->arena, mac.b, sizeof(mac.b));
}

/* The session's cookie, or the one given to people who have not signed in. */
static struct str binding(const struct req *q)
{
    struct str session = req_cookie(q, SESSION_COOKIE);
    return session.n > 0 ? session : req_cookie(q, PRE_COOKIE);
}

struct str csrf_make(struct html *h)
{
    const struct page_frame *f = page_of(h);
    struct str bound = binding(f->q);
    if (bound.n == 0) {
        uint8_t bytes[24];
        random_bytes(bytes, sizeof(bytes));
        bound = str_base64url(h->arena, bytes, sizeof(bytes));
        res_cookie(f->q, f->s, PRE_COOKIE, bound, 24 * 3600);
    }
    return csrf_token(f->q, bound);
}

/* "https://host:port" against the site's own address, or against the Host that the browser asked. */
static bool is_own_origin(const struct req *q, struct str origin)
{
    struct str base = str_of(q->app->settings.base_url);
    if (base.n > 0 && base.p[base.n - 1] == '/')
        base.n--;
    if (base.n > 0 && str_eq_nocase(origin, base))
        return true;
    ptrdiff_t slashes = str_find(origin, STR("://"));
    struct str host = req_header(q, "host");
    return slashes > 0 && host.n > 0 && str_eq_nocase(str_from(origin, (size_t)slashes + 3), host);
}

/* 1 our own page, 0 the browser does not say, -1 elsewhere. */
static int told_origin(const struct req *q)
{
    struct str site = req_header(q, "sec-fetch-site"), origin = req_header(q, "origin");
    if (site.p && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
        return -1;
    if (origin.p)
        return is_own_origin(q, origin) ? 1 : -1;
    return str_eq(site, STR("same-origin")) ? 1 : 0;
}

int csrf_check(struct passage *p, struct err *e)
{
    struct req *q = p->q;
    if (str_eq_nocase(str_head(req_header(q, "authorization"), 7), STR("Bearer ")))
        return 0;
    int told = told_origin(q);
    if (told < 0)
        return ERR(e, ERR_CSRF, "the browser says that another site sent this");
    p->trusted_origin = told > 0;
    if (q->route->json)
        return 0; /* application/json from a foreign page needs a permission (CORS) that is never given */
    struct str bound = binding(q);
    if (bound.n == 0 || p->csrf.n == 0)
        return ERR(e, ERR_CSRF, "no %s", bound.n == 0 ? "cookie" : "token");
    if (!str_eq_secret(csrf_token(q, bound), p->csrf))
        return ERR(e, ERR_CSRF, "the token belongs to another session, or to another hat");
    return 0;
}
