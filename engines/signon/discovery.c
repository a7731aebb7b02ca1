/* discovery.c: what this provider can do, read off its tables, and its public keys (OpenID Connect Discovery 1.0, RFC 8414). */
#include "engines/signon/endpoints.h"

#include "engines/signon/claim_set.h"
#include "engines/signon/levels.h"
#include "engines/signon/ring.h"

static struct str list(struct arena *a, const char *const *words)
{
    struct buf b;
    buf_init(&b, a, 2000);
    buf_put_char(&b, '[');
    for (size_t i = 0; words[i]; i++)
        buf_fmt(&b, "%s\"%s\"", i ? "," : "", words[i]);
    buf_put_char(&b, ']');
    return buf_str(&b);
}

static struct str algs(struct arena *a, unsigned set)
{
    const char *words[5];
    size_t n = 0;
    for (unsigned bit = JOSE_ES256; bit <= JOSE_EDDSA; bit <<= 1)
        if (set & bit)
            words[n++] = jose_alg_name((enum jose_alg)bit);
    words[n] = NULL;
    return list(a, words);
}

static struct str claim_names(struct arena *a)
{
    const char *words[CLAIM_SET_MOST];
    const struct claim_kind *k;
    size_t n = 0;
    for (size_t i = 0; (k = claim_at(i)); i++)
        words[n++] = k->name;
    words[n] = NULL;
    return list(a, words);
}

static struct str scope_names(struct arena *a)
{
    const char *words[16];
    size_t n = 0;
    while (n < 15 && (words[n] = scope_at(n)))
        n++;
    words[n] = NULL;
    return list(a, words);
}

static struct str grant_types(struct arena *a)
{
    const char *words[16];
    const struct grant_type *t;
    size_t n = 0;
    for (size_t i = 0; (t = grant_type_at(i)) && n < 15; i++)
        words[n++] = t->name;
    words[n] = NULL;
    return list(a, words);
}

static const struct {
    const char *name, *path;
} endpoints[] = {
    { "authorization_endpoint", "/oauth2/authorize" },
    { "backchannel_authentication_endpoint", "/oauth2/bc-authorize" },
    { "device_authorization_endpoint", "/oauth2/device" },
    { "end_session_endpoint", "/oauth2/logout" },
    { "introspection_endpoint", "/oauth2/introspect" },
    { "jwks_uri", "/oauth2/jwks" },
    { "pushed_authorization_request_endpoint", "/oauth2/par" },
    { "registration_endpoint", "/oauth2/register" },
    { "revocation_endpoint", "/oauth2/revoke" },
    { "token_endpoint", "/oauth2/token" },
    { "userinfo_endpoint", "/oauth2/userinfo" },
};

static const struct {
    const char *name;
    const char *const *words;
} lists[] = {
    { "acr_values_supported", (const char *const[]) { LEVEL_1, LEVEL_2, NULL } },
    { "backchannel_token_delivery_modes_supported", (const char *const[]) { "poll", NULL } },
    { "claim_types_supported", (const char *const[]) { "normal", NULL } },
    { "code_challenge_methods_supported", (const char *const[]) { "S256", NULL } },
    { "display_values_supported", (const char *const[]) { "page", "popup", "touch", NULL } },
    { "introspection_endpoint_auth_methods_supported",
      (const char *const[]) { "client_secret_basic", "client_secret_post", "private_key_jwt", NULL } },
    { "prompt_values_supported", (const char *const[]) { "none", "login", "consent", "select_account", NULL } },
    { "response_modes_supported", (const char *const[]) { "query", NULL } },
    { "response_types_supported", (const char *const[]) { "code", NULL } },
    { "revocation_endpoint_auth_methods_supported",
      (const char *const[]) { "client_secret_basic", "client_secret_post", "private_key_jwt", "none", NULL } },
    { "subject_types_supported", (const char *const[]) { "pairwise", "public", NULL } },
    { "token_endpoint_auth_methods_supported",
      (const char *const[]) { "client_secret_basic", "client_secret_post", "private_key_jwt", "none", NULL } },
    { "ui_locales_supported", (const char *const[]) { "vi", "en", NULL } },
};

static const struct {
    const char *name;
    bool is;
} switches[] = {
    { "authorization_response_iss_parameter_supported", true },
    { "backchannel_logout_session_supported", true },
    { "backchannel_logout_supported", true },
    { "claims_parameter_supported", true },
    { "request_parameter_supported", false },
    { "request_uri_parameter_supported", false },
};

int discovery_get(struct req *q, struct res *s, struct err *e)
{
    const struct ring_key *ring;
    size_t n;
    struct claim_set d = { .a = q->arena };
    const char *base = q->app->settings.base_url;
    if (ring_known(q, &ring, &n, e))
        return -1;
    struct str own = algs(q->arena, ring_algs(ring, n, q->now));
    claim_put(&d, "issuer", str_of(base));
    claim_put_json(&d, "claims_supported", claim_names(q->arena));
    claim_put_json(&d, "grant_types_supported", grant_types(q->arena));
    claim_put_json(&d, "scopes_supported", scope_names(q->arena));
    claim_put_json(&d, "id_token_signing_alg_values_supported", own);
    claim_put_json(&d, "userinfo_signing_alg_values_supported", own);
    claim_put_json(&d, "dpop_signing_alg_values_supported", algs(q->arena, JOSE_FAPI));
    claim_put_json(&d, "token_endpoint_auth_signing_alg_values_supported", algs(q->arena, JOSE_ALL));
    for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++)
        claim_put(&d, endpoints[i].name, str_fmt(q->arena, "%s%s", base, endpoints[i].path));
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        claim_put_json(&d, switches[i].name, switches[i].is ? STR("true") : STR("false"));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        claim_put_json(&d, lists[i].name, list(q->arena, lists[i].words));
    res_header(q, s, STR("Cache-Control"), STR("public, max-age=300"));
    return res_text(s, "application/json", claim_set_json(&d));
}

int jwks_get(struct req *q, struct res *s, struct err *e)
{
    const struct ring_key *ring;
    size_t n;
    if (ring_known(q, &ring, &n, e))
        return -1;
    res_header(q, s, STR("Cache-Control"), STR("public, max-age=3600"));
    return res_text(s, "application/json", ring_jwks(q->arena, ring, n, q->now));
}
