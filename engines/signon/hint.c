#include "engines/signon/hint.h"

#include "engines/signon/ring.h"

#include <jansson.h>

#define FOR_EVER_S (INT64_C(10) * 365 * 24 * 3600)

int hint_read(struct req *q, struct str token, struct hint *out, struct err *e)
{
    const struct ring_key *ring;
    struct jose_keys *keys;
    struct jwt t;
    struct err why = { 0 };
    size_t n;
    if (ring_known(q, &ring, &n, e) || jose_keys_read(q->arena, ring_jwks(q->arena, ring, n, q->now), &keys, e))
        return -1;
    if (jwt_read(q->arena, token, JOSE_ALL, keys, &t, &why))
        return oauth_refuse(e, "invalid_request", "id_token_hint: %.120s", why.detail);
    const struct jwt_expect x = { .issuer = str_of(q->app->settings.base_url),
                                  .type = STR("JWT"),
                                  .now = q->now,
                                  .skew_s = FOR_EVER_S,
                                  .needs_sub = true };
    if (jwt_check(&t, &x, &why))
        return oauth_refuse(e, "invalid_request", "id_token_hint: %.120s", why.detail);
    *out = (struct hint) { json_str_at(t.claims, "aud"), json_str_at(t.claims, "sub"), json_str_at(t.claims, "sid") };
    return 0;
}

int hint_is_for_another(struct req *q, const struct auth_request *r, bool *other, struct err *e)
{
    struct hint h;
    *other = false;
    if (!r->id_token_hint.p)
        return 0;
    if (hint_read(q, r->id_token_hint, &h, e))
        return -1;
    if (!str_eq(h.client, r->client->id))
        return oauth_refuse(e, "invalid_request", "id_token_hint is another client's");
    *other = q->actor->account != 0 && !str_eq(h.subject, subject_of(q, r->client, q->actor->account));
    return 0;
}
