/* claims.c: what VNeID says of somebody who is about to come: a signed token for one service, true for some minutes, taken once. */
#include "models/m05_vneid_services/vneid.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>

static int refuse(struct err *e, const char *field, const char *detail)
{
    ERR(e, ERR_INPUT, "link token: %s", detail);
    snprintf(e->field, sizeof e->field, "%s", field);
    return -1;
}

/* Text or whole number; STR_NONE: absent, another kind, or longer than any honest one. */
static struct str text_of(struct arena *a, const json_t *claims, struct str name)
{
    const json_t *v = json_object_get(claims, str_cstr(a, name));
    if (json_is_integer(v))
        return str_fmt(a, "%lld", (long long)json_integer_value(v));
    struct str s = json_str(v);
    return s.n <= VNEID_TEXT_MAX ? str_dup(a, s) : STR_NONE;
}

static int check(const struct upstream *u, const struct jwt *t, struct instant now, struct instant *until, struct err *e)
{
    int64_t exp = 0;
    struct jwt_expect x = { .issuer = u->issuer,
                            .audience = u->client_id,
                            .sole_audience = true,
                            .type = VNEID_LINK_TYPE,
                            .now = now,
                            .skew_s = VNEID_SKEW_S,
                            .age_s = VNEID_TOKEN_AGE_S,
                            .needs_exp = true,
                            .needs_iat = true,
                            .needs_sub = true,
                            .needs_jti = true };
    if (jwt_check(t, &x, e))
        return -1;
    /* Its jti is kept as long as it counts: so it must not count for ever. */
    if (!claim_time(t->claims, "exp", &exp) || exp > now.us / US_PER_SECOND + 2 * VNEID_TOKEN_AGE_S)
        return refuse(e, "exp", "valid for longer than any link is");
    until->us = (exp + VNEID_SKEW_S) * US_PER_SECOND;
    return 0;
}

/* A day of birth comes as people write it; forms keep 1990-02-01. */
static struct str form_value(struct arena *a, const struct vneid_claim *claim, struct str said)
{
    struct birth born;
    struct str clean;
    if (text_clean(a, said, TEXT_ONE_LINE, VNEID_TEXT_MAX, &clean, NULL))
        return STR("");
    if (!str_ends(claim->word, STR("birth_day")))
        return clean;
    return birth_parse(clean, &born) ? birth_iso(a, born) : STR("");
}

static int known_of(struct arena *a, const struct vneid_channel *c, const json_t *claims, struct str *out, struct err *e)
{
    service_knowns known = { 0 };
    for (size_t i = 0; i < c->claims.n; i++) {
        struct str said = text_of(a, claims, c->claims.v[i].claim);
        struct str value = said.n ? form_value(a, &c->claims.v[i], said) : STR("");
        if (value.n)
            *vec_push(a, &known) = (struct service_known) { .name = c->claims.v[i].word, .values = { value } };
    }
    return services_known_json(a, &known, out, e);
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' || s.p[i] == '.'))
            return false;
    return s.n > 0 && s.n <= 40;
}

int vneid_claims_read(struct arena *a, const struct vneid_channel *c, const struct upstream *u, const struct jwt *t,
                      struct instant now, struct vneid_claims *out, struct err *e)
{
    struct vneid_claims x = { .issuer = u->issuer, .level = upstream_level(u, text_of(a, t->claims, u->claim_level)) };
    if (check(u, t, now, &x.until, e))
        return -1;
    x.subject = text_of(a, t->claims, STR("sub"));
    x.service = str_or_empty(text_of(a, t->claims, STR("service")));
    struct str jti = text_of(a, t->claims, STR("jti")), number = str_or_empty(text_of(a, t->claims, u->claim_pid));
    if (!x.subject.n || !jti.n)
        return refuse(e, x.subject.n ? "jti" : "sub", "empty, or longer than any honest one");
    if (!is_code(x.service))
        return refuse(e, "service", "names no service");
    if (x.level == 0)
        return refuse(e, str_cstr(a, u->claim_level), "a level that is not known");
    if (pid_parse(number, instant_day(now), &x.pid, NULL))
        return refuse(e, str_cstr(a, u->claim_pid), "no personal number");
    x.token = sha256(str_fmt(a, "%.*s %.*s", STR_ARG(u->issuer), STR_ARG(jti)));
    if (known_of(a, c, t->claims, &x.known, e))
        return -1;
    *out = x;
    return 0;
}
