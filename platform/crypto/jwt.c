/* jwt.c: a token's claims, and what a receiver must ask of them (RFC 7519 section 4.1, RFC 8725 section 3). */
#include "platform/crypto/jose_internal.h"

#include <jansson.h>

#define SECONDS_MOST (INT64_C(1) << 53)

int jwt_claims(struct arena *a, const struct jws *j, json_t **out, struct err *e)
{
    struct err why = { 0 };
    json_t *claims;
    if (json_read(a, j->payload, &claims, &why))
        return jose_refuse(e, "json", "claims: %s", why.detail);
    if (!json_is_object(claims))
        return jose_refuse(e, "json", "the claims are no object");
    *out = claims;
    return 0;
}

int jwt_read(struct arena *a, struct str compact, unsigned algs, const struct jose_keys *keys, struct jwt *out,
             struct err *e)
{
    struct jwt t = { 0 };
    if (jws_open(a, compact, algs, &t.jws, e))
        return -1;
    const struct jose_key *key = jose_keys_pick(keys, t.jws.kid, t.jws.alg, e);
    if (!key || jws_verify(&t.jws, key, e) || jwt_claims(a, &t.jws, &t.claims, e))
        return -1;
    *out = t;
    return 0;
}

bool claim_time(const json_t *claims, const char *name, int64_t *seconds)
{
    const json_t *v = json_object_get(claims, name);
    if (json_is_integer(v)) {
        int64_t n = json_integer_value(v);
        if (n > SECONDS_MOST || n < -SECONDS_MOST)
            return false;
        *seconds = n;
        return true;
    }
    double real = json_real_value(v);
    if (!json_is_real(v) || !(real > -(double)SECONDS_MOST && real < (double)SECONDS_MOST))
        return false;
    *seconds = (int64_t)real;
    return true;
}

/* ---- what is asked ---- */

/* 1 given, 0 absent, -1 given and no time. */
static int time_of(const json_t *claims, const char *name, bool needed, int64_t *at, struct err *e)
{
    if (!json_object_get(claims, name))
        return needed ? jose_refuse(e, name, "absent") : 0;
    return claim_time(claims, name, at) ? 1 : jose_refuse(e, name, "no time in seconds");
}

static int check_times(const json_t *claims, const struct jwt_expect *x, struct err *e)
{
    int64_t now = x->now.us / US_PER_SECOND, exp = 0, nbf = 0, iat = 0;
    int has_exp = time_of(claims, "exp", x->needs_exp, &exp, e);
    int has_nbf = has_exp < 0 ? -1 : time_of(claims, "nbf", false, &nbf, e);
    int has_iat = has_nbf < 0 ? -1 : time_of(claims, "iat", x->needs_iat || x->age_s > 0, &iat, e);
    if (has_iat < 0)
        return -1;
    if (has_exp && now - x->skew_s >= exp)
        return jose_refuse(e, "exp", "ended %lld s ago", (long long)(now - exp));
    if (has_nbf && now + x->skew_s < nbf)
        return jose_refuse(e, "nbf", "begins in %lld s", (long long)(nbf - now));
    if (has_iat && now + x->skew_s < iat)
        return jose_refuse(e, "iat", "made %lld s in the future", (long long)(iat - now));
    if (has_iat && x->age_s > 0 && now - x->skew_s - x->age_s > iat)
        return jose_refuse(e, "iat", "made %lld s ago", (long long)(now - iat));
    return 0;
}

static bool list_has(const json_t *list, struct str wanted)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *v = json_array_get(list, i);
        if (json_is_string(v) && str_eq(wanted, json_str(v)))
            return true;
    }
    return false;
}

static int check_audience(const json_t *claims, const struct jwt_expect *x, struct err *e)
{
    if (!x->audience.p)
        return 0;
    bool meant = str_eq(json_str_at(claims, "aud"), x->audience);
    if (!meant && !x->sole_audience)
        meant = list_has(json_object_get(claims, "aud"), x->audience);
    return meant ? 0 : jose_refuse(e, "aud", "the token is for somebody else");
}

static int check_texts(const json_t *claims, const struct jwt_expect *x, struct err *e)
{
    if (x->issuer.p && !str_eq(json_str_at(claims, "iss"), x->issuer))
        return jose_refuse(e, "iss", "\"%.*s\" is not the issuer", STR_ARG(str_head(json_str_at(claims, "iss"), 80)));
    if (x->needs_sub && json_str_at(claims, "sub").n == 0)
        return jose_refuse(e, "sub", "absent");
    if (x->needs_jti && json_str_at(claims, "jti").n == 0)
        return jose_refuse(e, "jti", "absent");
    return 0;
}

static int check_type(const struct jws *j, struct str wanted, struct err *e)
{
    struct str typ = j->typ, prefix = STR("application/");
    if (!wanted.p)
        return 0;
    if (str_eq_nocase(str_head(typ, prefix.n), prefix))
        typ = str_from(typ, prefix.n);
    return str_eq_nocase(typ, wanted) ? 0 : jose_refuse(e, "typ", "not %.*s", STR_ARG(wanted));
}

int jwt_check(const struct jwt *t, const struct jwt_expect *x, struct err *e)
{
    return check_type(&t->jws, x->type, e) || check_texts(t->claims, x, e) || check_audience(t->claims, x, e) ||
                   check_times(t->claims, x, e)
               ? -1
               : 0;
}
