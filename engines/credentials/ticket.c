/* ticket.c: payload "." last second "." MAC, all in characters that cookies and addresses may have. */
#include "engines/credentials/ticket.h"

#include "platform/crypto/crypto.h"
#include "platform/http/module.h"

static void put_framed(struct buf *b, struct str s)
{
    buf_fmt(b, "%zu ", s.n); /* with its length, so that no two lists run together */
    buf_put(b, s);
}

static struct str mac_of(const struct req *q, const char *purpose, struct str holder, struct str payload, int64_t until_s)
{
    struct buf b;
    buf_init(&b, q->arena, 16 * 1024);
    buf_lit(&b, "ticket ");
    put_framed(&b, str_of(purpose));
    put_framed(&b, holder);
    put_framed(&b, payload);
    buf_fmt(&b, "%lld", (long long)until_s);
    struct hash32 mac = hmac_sha256(q->app->secret, buf_str(&b));
    return str_base64url(q->arena, mac.b, sizeof(mac.b));
}

struct str ticket_make(const struct req *q, const char *purpose, struct str holder, struct str payload, int64_t seconds)
{
    int64_t until_s = q->now.us / US_PER_SECOND + seconds;
    struct str mac = mac_of(q, purpose, holder, payload, until_s);
    return str_fmt(q->arena, "%.*s.%lld.%.*s", STR_ARG(str_base64url(q->arena, payload.p, payload.n)), (long long)until_s, STR_ARG(mac));
}

bool ticket_read(const struct req *q, const char *purpose, struct str holder, struct str ticket, struct str *payload)
{
    struct str rest = ticket, packed, until, text;
    int64_t until_s;
    if (ticket.n == 0 || ticket.n > 4096 || !str_cut(&rest, '.', &packed) || !rest.p || !str_cut(&rest, '.', &until) || !rest.p)
        return false;
    if (!str_unbase64url(q->arena, packed, &text) || !str_to_i64(until, &until_s) || until_s <= q->now.us / US_PER_SECOND)
        return false;
    if (!str_eq_secret(rest, mac_of(q, purpose, holder, text, until_s)))
        return false;
    *payload = text;
    return true;
}
