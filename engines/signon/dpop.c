#include "engines/signon/dpop.h"

#include "engines/signon/uri.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

enum { JTI_MAX = 256 };

static int refuse(struct err *e, const char *why)
{
    return oauth_refuse(e, "invalid_dpop_proof", "DPoP proof: %.150s", why);
}

static int one_header(const struct req *q, struct str *proof, struct err *e)
{
    size_t n = 0;
    for (size_t i = 0; i < q->n_headers; i++)
        if (str_eq(q->headers[i].name, STR("dpop"))) {
            *proof = q->headers[i].value;
            n++;
        }
    return n > 1 ? refuse(e, "more than one header") : 0;
}

/* The key is the proof's own: what counts is that it is the same one every time. */
static int verify(struct req *q, struct str proof, struct jwt *t, const struct jose_key **key, struct err *e)
{
    struct err why = { 0 };
    struct jose_keys *keys;
    if (jws_open(q->arena, proof, JOSE_FAPI, &t->jws, &why))
        return refuse(e, why.detail);
    if (!t->jws.jwk.p || jose_keys_read(q->arena, t->jws.jwk, &keys, &why))
        return refuse(e, t->jws.jwk.p ? why.detail : "no key in the header");
    *key = jose_keys_at(keys, 0);
    if (jws_verify(&t->jws, *key, &why) || jwt_claims(q->arena, &t->jws, &t->claims, &why))
        return refuse(e, why.detail);
    return 0;
}

/* Where it was made for: exactly this method and address. */
static int check_target(struct req *q, const json_t *claims, struct err *e)
{
    struct str here = str_fmt(q->arena, "%s%.*s", q->app->settings.base_url, STR_ARG(q->path));
    struct str htu = json_str_at(claims, "htu");
    if (!str_eq(json_str_at(claims, "htm"), str_of(method_name(q->method))))
        return refuse(e, "htm is not the method of this request");
    if (!htu.p || !str_eq(uri_bare(q->arena, htu), uri_bare(q->arena, here)))
        return refuse(e, "htu is not the address of this request");
    return 0;
}

static int check_token(struct req *q, const json_t *claims, struct str access_token, struct err *e)
{
    if (!access_token.p)
        return 0;
    struct hash32 h = sha256(access_token);
    struct str ath = json_str_at(claims, "ath");
    if (ath.p && str_eq(ath, str_base64url(q->arena, h.b, sizeof h.b)))
        return 0;
    return refuse(e, "ath is not the hash of the access token");
}

/* iat says how old it is (RFC 9449 section 4.3); exp and nbf, where they stand, hold as well. */
static int check_age(struct req *q, const struct jwt *t, struct err *e)
{
    struct err why = { 0 };
    const struct jwt_expect x = {
        .type = STR("dpop+jwt"), .now = q->now, .skew_s = SKEW_S, .age_s = DPOP_AGE_S, .needs_iat = true, .needs_jti = true
    };
    if (jwt_check(t, &x, &why))
        return refuse(e, why.detail);
    return json_str_at(t->claims, "jti").n <= JTI_MAX ? 0 : refuse(e, "jti is too long");
}

int dpop_read(struct req *q, struct str access_token, struct dpop *out, struct err *e)
{
    struct str proof = STR_NONE;
    struct jwt t = { 0 };
    const struct jose_key *key = NULL;
    int64_t iat = 0;
    *out = (struct dpop) { 0 };
    if (one_header(q, &proof, e))
        return -1;
    if (!proof.p)
        return 0;
    if (verify(q, proof, &t, &key, e) || check_age(q, &t, e) || check_target(q, t.claims, e) ||
        check_token(q, t.claims, access_token, e))
        return -1;
    claim_time(t.claims, "iat", &iat);
    out->jkt = str_dup(q->arena, jose_key_thumbprint(key));
    out->key = shown_key(q->arena, "dpop", out->jkt, json_str_at(t.claims, "jti"), iat);
    out->key_until.us = (iat + DPOP_AGE_S + 2 * SKEW_S) * US_PER_SECOND;
    return 0;
}
