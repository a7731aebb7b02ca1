/* request.c: an authorization request read and checked, in the order that RFC 6749 section 4.1.2.1 needs: first whether the
 * browser may be sent back at all, then everything else. */
#include "engines/signon/request.h"

#include "engines/signon/levels.h"
#include "engines/signon/resource.h"

#include <jansson.h>
#include <string.h>

enum { STATE_MAX = 4000, NONCE_MAX = 1000, LOGIN_HINT_MAX = 200 };

struct str param_of(struct params p, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < p.n; i++)
        if (str_eq(p.v[i].name, wanted) && p.v[i].value.n > 0)
            return p.v[i].value;
    return STR_NONE;
}

/* ---- where to ---- */

static int read_target(struct auth_request *r, struct params p, struct err *e)
{
    struct str uri = param_of(p, "redirect_uri");
    if (!uri.p)
        return oauth_refuse(e, "invalid_request", "redirect_uri is missing");
    if (!str_list_has(&r->client->redirect_uris, uri))
        return oauth_refuse(e, "invalid_request", "redirect_uri is not one of this client's, letter by letter");
    r->redirect_uri = uri;
    return 0;
}

/* ---- what for ---- */

static int refuse_foreign(struct params p, struct err *e)
{
    static const struct {
        const char *param, *error;
    } not_here[] = {
        { "request", "request_not_supported" },
        { "registration", "registration_not_supported" },
        { "request_uri", "request_uri_not_supported" },
    };
    for (size_t i = 0; i < sizeof not_here / sizeof *not_here; i++)
        if (param_of(p, not_here[i].param).p)
            return oauth_refuse(e, not_here[i].error, "%s is not taken here", not_here[i].param);
    return 0;
}

static int read_response(const struct auth_request *r, struct params p, struct err *e)
{
    struct str type = param_of(p, "response_type"), mode = param_of(p, "response_mode");
    if (!type.p)
        return oauth_refuse(e, "invalid_request", "response_type is missing");
    if (!str_eq(type, STR("code")))
        return oauth_refuse(e, "unsupported_response_type", "response_type is not code");
    if (mode.p && !str_eq(mode, STR("query")))
        return oauth_refuse(e, "invalid_request", "response_mode is not query");
    if (!client_may(r->client, "authorization_code"))
        return oauth_refuse(e, "unauthorized_client", "this client does not sign people in");
    return 0;
}

static int read_challenge(struct auth_request *r, struct params p, struct err *e)
{
    struct str method = param_of(p, "code_challenge_method");
    r->challenge = param_of(p, "code_challenge");
    bool needed = r->client->fapi2 || r->client->auth == CLIENT_AUTH_NONE;
    if (!r->challenge.p)
        return needed || method.p ? oauth_refuse(e, "invalid_request", "code_challenge is missing (PKCE)") : 0;
    if (!str_eq(method, STR("S256")))
        return oauth_refuse(e, "invalid_request", "code_challenge_method is not S256");
    return r->challenge.n == 43 ? 0 : oauth_refuse(e, "invalid_request", "code_challenge is no SHA-256");
}

static int read_scope(struct req *q, struct auth_request *r, struct params p, struct err *e)
{
    struct str asked = param_of(p, "scope");
    r->scope = scope_within(q->arena, asked, &r->client->scopes);
    if (r->scope.n == 0)
        return oauth_refuse(e, "invalid_scope", "none of these scopes is this client's");
    return 0;
}

static int read_prompt(struct auth_request *r, struct params p, struct err *e)
{
    struct str rest = param_of(p, "prompt"), word;
    size_t n = 0;
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        n++;
        if (str_eq(word, STR("none")))
            r->none = true;
        else if (str_eq(word, STR("login")) || str_eq(word, STR("select_account")))
            r->login = true;
        else if (str_eq(word, STR("consent")))
            r->consent = true;
        else
            return oauth_refuse(e, "invalid_request", "prompt has a word that is not known");
    }
    return r->none && n > 1 ? oauth_refuse(e, "invalid_request", "prompt=none stands alone") : 0;
}

static int read_age(struct auth_request *r, struct params p, struct err *e)
{
    struct str age = param_of(p, "max_age");
    r->has_max_age = age.p != NULL;
    if (age.p && (!str_to_i64(age, &r->max_age) || r->max_age < 0))
        return oauth_refuse(e, "invalid_request", "max_age is no number of seconds");
    return 0;
}

/* acr_values is a wish, in the app's order: the first level that is known here. */
static void read_levels(struct auth_request *r, struct params p)
{
    struct str rest = param_of(p, "acr_values"), word;
    while (rest.n > 0 && r->assurance == 0 && str_cut(&rest, ' ', &word))
        r->assurance = level_named(word);
}

/* ---- the claims parameter (OpenID Connect Core section 5.5) ---- */

static bool may_ask(const struct signon_client *c, const struct claim_kind *k)
{
    return str_list_has(&c->claims, str_of(k->name)) || (k->scope && str_list_has(&c->scopes, str_of(k->scope)));
}

static void take_names(struct auth_request *r, const json_t *where, struct buf *names)
{
    const struct claim_kind *k;
    for (size_t i = 0; (k = claim_at(i)); i++) {
        if (!json_object_get(where, k->name) || !may_ask(r->client, k) || scope_has(buf_str(names), str_of(k->name)))
            continue;
        if (names->n > 0)
            buf_put_char(names, ' ');
        buf_put(names, str_of(k->name));
    }
}

/* {"acr":{"essential":true,"values":["level-2"]}}: the lowest of the levels named is asked for. */
static void take_acr(struct auth_request *r, const json_t *acr)
{
    const json_t *values = json_object_get(acr, "values");
    int level = level_named(str_of(json_string_value(json_object_get(acr, "value"))));
    for (size_t i = 0; i < json_array_size(values); i++) {
        int other = level_named(str_of(json_string_value(json_array_get(values, i))));
        level = level == 0 || (other != 0 && other < level) ? other : level;
    }
    if (level > r->assurance)
        r->assurance = level;
    r->assurance_needed |= level > 0 && json_is_true(json_object_get(acr, "essential"));
}

static int read_claims(struct req *q, struct auth_request *r, struct params p, struct err *e)
{
    struct str text = param_of(p, "claims");
    struct err why = { 0 };
    struct buf names;
    json_t *j;
    r->claims = r->claim_names = STR("");
    if (!text.p)
        return 0;
    if (json_read(q->arena, text, &j, &why))
        return oauth_refuse(e, "invalid_request", "claims: %.120s", why.detail);
    if (!json_is_object(j) || json_canonical(q->arena, j, &r->claims, &why))
        return oauth_refuse(e, "invalid_request", "claims is no object of objects");
    buf_init(&names, q->arena, 1000);
    take_names(r, json_object_get(j, "userinfo"), &names);
    take_names(r, json_object_get(j, "id_token"), &names);
    take_acr(r, json_object_get(json_object_get(j, "id_token"), "acr"));
    r->claim_names = names.n > 0 ? buf_str(&names) : STR("");
    return 0;
}

static int read_texts(struct auth_request *r, struct params p, struct err *e)
{
    r->nonce = param_of(p, "nonce");
    r->id_token_hint = param_of(p, "id_token_hint");
    r->jkt = param_of(p, "dpop_jkt");
    if (r->nonce.n > NONCE_MAX)
        return oauth_refuse(e, "invalid_request", "nonce is longer than %d bytes", NONCE_MAX);
    if (r->jkt.p && r->jkt.n != JOSE_THUMBPRINT)
        return oauth_refuse(e, "invalid_request", "dpop_jkt is no thumbprint");
    return 0;
}

/* The app knows in which language its person reads; what the person has chosen here goes before it. */
static void take_language(struct req *q, struct auth_request *r, struct params p)
{
    struct str rest = param_of(p, "ui_locales"), word;
    bool known = req_cookie(q, LANG_COOKIE).n > 0;
    while (!known && rest.n > 0 && str_cut(&rest, ' ', &word))
        if ((known = lang_parse(word, &q->lang)))
            r->lang = lang_tag(q->lang);
}

/* How the person should be met. A hint is only typed in for them: whether somebody is called so is not looked at. display=touch is
 * what every page is anyway: made for fingers. */
static void take_manner(struct req *q, struct auth_request *r, struct params p)
{
    r->popup = str_eq(param_of(p, "display"), STR("popup"));
    r->login_hint = param_of(p, "login_hint");
    if (r->login_hint.n > LOGIN_HINT_MAX)
        r->login_hint = STR_NONE;
    take_language(q, r, p);
}

static int check_profile(const struct auth_request *r, bool pushed, struct err *e)
{
    if (r->client->needs_par && !pushed)
        return oauth_refuse(e, "invalid_request", "this client must push its requests (PAR)");
    return 0;
}

int request_read(struct req *q, struct params p, const struct signon_client *client, bool pushed, struct auth_request *out,
                 struct err *e)
{
    *out = (struct auth_request) { .client = client, .params = p, .pushed = pushed };
    if (!client_is_live(client, q->now))
        return oauth_refuse(e, "unauthorized_client", "the client is not active");
    take_manner(q, out, p);
    if (read_target(out, p, e))
        return -1;
    out->state = param_of(p, "state");
    if (out->state.n > STATE_MAX) {
        out->state = STR_NONE;
        return oauth_refuse(e, "invalid_request", "state is longer than %d bytes", STATE_MAX);
    }
    read_levels(out, p);
    return check_profile(out, pushed, e) || refuse_foreign(p, e) || read_response(out, p, e) || read_scope(q, out, p, e) ||
                   read_challenge(out, p, e) || read_prompt(out, p, e) || read_age(out, p, e) || read_claims(q, out, p, e) ||
                   resources_read(q->arena, p, client, &out->resource, e) || read_texts(out, p, e)
               ? -1
               : 0;
}
