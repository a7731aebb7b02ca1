#include "engines/signon/client_auth.h"
#include "engines/signon/client_keys.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <string.h>

#define ASSERTION_TYPE STR("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
enum { ASSERTION_MOST_S = 3600, READ_KEY_UNKNOWN = 1 };

/* What was sent: at most one of the ways. */
struct claimed {
    enum client_auth how;
    struct str id, secret, assertion;
};

/* Plain base64 with its padding, as base64url. */
static struct str as_base64url(struct arena *a, struct str s)
{
    struct str copy = str_dup(a, s);
    char *p = (char *)(uintptr_t)copy.p;
    while (copy.n > 0 && p[copy.n - 1] == '=')
        copy.n--;
    for (size_t i = 0; i < copy.n; i++)
        p[i] = p[i] == '+' ? '-' : p[i] == '/' ? '_' : p[i];
    return copy;
}

/* Each half was form-encoded before it was joined (RFC 6749 section 2.3.1). */
static int read_basic(struct req *q, struct str coded, struct claimed *c, struct err *e)
{
    struct str text, rest;
    if (!str_unbase64url(q->arena, as_base64url(q->arena, str_trim(coded)), &text))
        return oauth_refuse(e, "invalid_client", "the Basic header is not base64");
    rest = text;
    if (str_find_char(text, ':') < 0 || !str_cut(&rest, ':', &c->id) || !parse_percent(q->arena, c->id, true, &c->id) ||
        !parse_percent(q->arena, rest, true, &c->secret))
        return oauth_refuse(e, "invalid_client", "the Basic header is not id:secret");
    c->how = CLIENT_AUTH_BASIC;
    return 0;
}

static int read_claimed(struct req *q, struct claimed *c, struct err *e)
{
    struct str header = req_header(q, "authorization"), secret = req_form(q, "client_secret"),
               assertion = req_form(q, "client_assertion");
    struct str id = req_form(q, "client_id");
    bool basic = str_eq_nocase(str_head(header, 6), STR("Basic "));
    if (basic + (secret.p != NULL) + (assertion.p != NULL) > 1)
        return oauth_refuse(e, "invalid_request", "more than one way of client authentication");
    *c = (struct claimed) { .how = CLIENT_AUTH_NONE, .id = id };
    if (basic && read_basic(q, str_from(header, 6), c, e))
        return -1;
    if (basic && id.p && !str_eq(id, c->id))
        return oauth_refuse(e, "invalid_request", "client_id is not the one of the Basic header");
    if (secret.p)
        *c = (struct claimed) { .how = CLIENT_AUTH_POST, .id = id, .secret = secret };
    if (assertion.p)
        *c = (struct claimed) { .how = CLIENT_AUTH_KEY, .id = id, .assertion = assertion };
    return 0;
}

static int check_secret(const struct signon_client *client, struct str secret, struct instant now, struct err *e)
{
    struct client_secret live[CLIENT_SECRETS];
    size_t n = client_secrets(client, live);
    struct hash32 hash = sha256(secret);
    bool good = false;
    for (size_t i = 0; i < n; i++) {
        bool same =
            str_eq_secret((struct str) { (const char *)hash.b, 32 }, (struct str) { (const char *)live[i].hash.b, 32 });
        good |= same && live[i].expires_at.us > now.us;
    }
    return good ? 0 : oauth_refuse(e, "invalid_client", "wrong or expired client secret");
}

/* ---- private_key_jwt ---- */

/* Who claims to have signed: read before the key is known, believed only after. */
static int issuer_of(struct req *q, struct str assertion, struct str *id, struct err *e)
{
    struct jws j;
    struct err why = { 0 };
    json_t *claims;
    if (jws_open(q->arena, assertion, JOSE_ALL, &j, &why) || jwt_claims(q->arena, &j, &claims, &why))
        return oauth_refuse(e, "invalid_client", "client assertion: %.120s", why.detail);
    *id = json_str_at(claims, "iss");
    return id->n > 0 ? 0 : oauth_refuse(e, "invalid_client", "client assertion: iss is absent");
}

/* The endpoint's own address was a customary audience before; apps of the plain profile may still say it. */
static struct str audience_for(struct req *q, const struct signon_client *client, const json_t *claims)
{
    struct str issuer = str_of(q->app->settings.base_url);
    struct str here = str_fmt(q->arena, "%.*s%.*s", STR_ARG(issuer), STR_ARG(q->path));
    return !client->fapi2 && str_eq(json_str_at(claims, "aud"), here) ? here : issuer;
}

static int read_assertion(struct req *q, const struct signon_client *client, struct str assertion, struct jwt *out, struct err *e)
{
    struct err why = { 0 };
    if (client->keys && jwt_read(q->arena, assertion, client->fapi2 ? JOSE_FAPI : JOSE_ALL, client->keys, out, &why) == 0)
        return 0;
    oauth_refuse(e, "invalid_client", "client assertion: %.120s", client->keys ? why.detail : "no keys are known");
    /* Told apart from a bad signature, which no other key would mend. */
    return !client->keys || strcmp(why.field, "kid") == 0 ? READ_KEY_UNKNOWN : -1;
}

/* An app that publishes its keys may have a new one. */
static int read_with_newest_keys(struct req *q, struct str assertion, struct client_proof *out, struct jwt *t, struct err *e)
{
    int read = read_assertion(q, out->client, assertion, t, e);
    if (read != READ_KEY_UNKNOWN)
        return read;
    if (out->client->jwks_uri.n == 0)
        return -1;
    struct err why = *e;
    int fetched = client_keys_again(q, out->client, e);
    if (fetched == 0)
        *e = why;
    if (fetched != 1 || client_of(q, out->client->id, &out->client, e) != 1)
        return -1;
    return read_assertion(q, out->client, assertion, t, e) ? -1 : 0;
}

static int check_assertion(struct req *q, const struct claimed *c, struct client_proof *out, struct err *e)
{
    struct jwt t;
    struct err why = { 0 };
    int64_t exp = 0;
    if (!str_eq(req_form(q, "client_assertion_type"), ASSERTION_TYPE))
        return oauth_refuse(e, "invalid_client", "client_assertion_type is not jwt-bearer");
    if (read_with_newest_keys(q, c->assertion, out, &t, e))
        return -1;
    const struct signon_client *client = out->client;
    const struct jwt_expect x = { .issuer = client->id,
                                  .audience = audience_for(q, client, t.claims),
                                  .sole_audience = client->fapi2,
                                  .now = q->now,
                                  .skew_s = SKEW_S,
                                  .needs_exp = true,
                                  .needs_sub = true,
                                  .needs_jti = true };
    if (jwt_check(&t, &x, &why))
        return oauth_refuse(e, "invalid_client", "client assertion: %.120s", why.detail);
    if (!str_eq(json_str_at(t.claims, "sub"), client->id))
        return oauth_refuse(e, "invalid_client", "client assertion: sub is not the client");
    claim_time(t.claims, "exp", &exp);
    if (exp > q->now.us / US_PER_SECOND + ASSERTION_MOST_S)
        return oauth_refuse(e, "invalid_client", "client assertion: exp is more than an hour away");
    out->shown = true;
    out->key = shown_key(q->arena, "assertion", client->id, json_str_at(t.claims, "jti"), exp);
    out->key_until.us = (exp + SKEW_S) * US_PER_SECOND;
    return 0;
}

/* ---- together ---- */

static bool method_fits(enum client_auth registered, enum client_auth used)
{
    /* Both carry the same secret; RFC 6749 section 2.3.1 lets an app that has one use the header. */
    bool secret = registered == CLIENT_AUTH_BASIC || registered == CLIENT_AUTH_POST;
    return registered == used || (secret && (used == CLIENT_AUTH_BASIC || used == CLIENT_AUTH_POST));
}

static int find_client(struct req *q, const struct claimed *c, struct client_proof *out, struct err *e)
{
    int found = client_of(q, c->id, &out->client, e);
    if (found < 0)
        return -1;
    if (found == 0)
        return oauth_refuse(e, "invalid_client", "no such client");
    if (!client_is_live(out->client, q->now))
        return oauth_refuse(e, "invalid_client", "the client is not active");
    return 0;
}

int client_authenticate(struct req *q, struct client_proof *out, struct err *e)
{
    struct claimed c;
    struct str named = req_form(q, "client_id");
    *out = (struct client_proof) { 0 };
    if (read_claimed(q, &c, e) || (c.assertion.p && issuer_of(q, c.assertion, &c.id, e)))
        return -1;
    if (named.p && !str_eq(named, c.id))
        return oauth_refuse(e, "invalid_client", "client_id is not the one that signed");
    if (find_client(q, &c, out, e))
        return -1;
    if (!method_fits(out->client->auth, c.how))
        return oauth_refuse(e, "invalid_client", "not the authentication method of this client");
    if (c.how == CLIENT_AUTH_KEY)
        return check_assertion(q, &c, out, e);
    return c.how == CLIENT_AUTH_NONE ? 0 : check_secret(out->client, c.secret, q->now, e);
}

int shown_once(struct tx *tx, const struct hash32 *key, struct instant until, const char *error, struct err *e)
{
    int64_t made = 0;
    if (shown_insert(tx, &(struct shown_insert_in) { .key = *key, .expires_at = until }, &made, e))
        return -1;
    return made == 1 ? 0 : oauth_refuse(e, error, "it was shown before");
}
