/* logout_token.c: what a provider posts when somebody has signed out there: OpenID Connect Back-Channel Logout 1.0, the token of section
 * 2.4 under the checks of section 2.6.
 */
#include "engines/broker/arrival.h"

#include <jansson.h>
#include <stdio.h>

#define LOGOUT_EVENT "http://schemas.openid.net/event/backchannel-logout"

enum { AGE_S = 300 };

static int refuse(struct err *e, const char *field, const char *detail)
{
    ERR(e, ERR_INPUT, "logout token: %s", detail);
    snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

/* Its own type, or an older provider's plain one; never that of some other token. */
static bool is_fit_type(struct str typ)
{
    return !typ.p || str_eq_nocase(typ, STR("logout+jwt")) || str_eq_nocase(typ, STR("application/logout+jwt")) ||
           str_eq_nocase(typ, STR("JWT"));
}

static int check(const struct upstream *u, const struct jwt *t, struct instant now, struct err *e)
{
    struct jwt_expect x = { .issuer = u->issuer,
                            .audience = u->client_id,
                            .now = now,
                            .skew_s = ARRIVAL_SKEW_S,
                            .age_s = AGE_S,
                            .needs_iat = true,
                            .needs_exp = true,
                            .needs_jti = true };
    if (!is_fit_type(t->jws.typ))
        return refuse(e, "typ", "of another type");
    if (jwt_check(t, &x, e) != 0)
        return -1;
    if (!json_is_object(json_object_get(json_object_get(t->claims, "events"), LOGOUT_EVENT)))
        return refuse(e, "events", "no logout event");
    if (json_object_get(t->claims, "nonce"))
        return refuse(e, "nonce", "an ID token, or made from one");
    if (json_str_at(t->claims, "sub").n == 0 && json_str_at(t->claims, "sid").n == 0)
        return refuse(e, "sub", "names neither a person nor a session");
    return 0;
}

int logout_token_read(struct app *app, struct arena *a, const struct upstream *u, struct str token, struct instant now,
                      struct jwt *t, struct logout_notice *out, struct err *e)
{
    if (provider_token(app, a, u, token, now, t, e) != 0 || check(u, t, now, e) != 0)
        return -1;
    struct str jti = json_str_at(t->claims, "jti");
    *out = (struct logout_notice) { .subject = str_or_empty(json_str_at(t->claims, "sub")),
                                    .sid = str_or_empty(json_str_at(t->claims, "sid")),
                                    .token = sha256(str_fmt(a, "%.*s %.*s", STR_ARG(u->issuer), STR_ARG(jti))) };
    return 0;
}
