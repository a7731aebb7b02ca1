/* client.c: how this program proves to a provider that it is the client: by a token of the signer's
 * ring "broker" (RFC 7523), or by a password from a file.
 */
#include "engines/broker/arrival.h"

#include "base/json.h"
#include "platform/crypto/signer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_MAX = 512, ASSERTION_S = 60 };

/* Read each time: who changes the file need not restart anything. */
static int read_secret(struct app *app, struct arena *a, const struct upstream *u, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(a, SECRET_MAX);
    struct str path = str_fmt(a, "%s/%.*s", app->settings.data_dir, STR_ARG(u->secret_file));
    int fd = open(str_cstr(a, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(path), strerror(errno));
    ssize_t n = read(fd, bytes, SECRET_MAX);
    close(fd);
    *out = str_trim((struct str) { bytes, n > 0 ? (size_t)n : 0 });
    return out->n > 0 && n < SECRET_MAX
               ? 0
               : ERR(e, ERR_INTERNAL, "%.*s is empty or longer than %d bytes", STR_ARG(path), SECRET_MAX);
}

/* RFC 7523 section 3 and OpenID Connect Core 1.0 section 9; the audience is the issuer, which no other receiver of our tokens is. */
static struct str assertion_claims(struct arena *a, struct instant at, const struct upstream *u)
{
    struct buf b;
    struct json_out j;
    int64_t now = at.us / US_PER_SECOND;
    buf_init(&b, a, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "aud", u->issuer);
    json_out_int(&j, "exp", now + ASSERTION_S);
    json_out_int(&j, "iat", now);
    json_out_str(&j, "iss", u->client_id);
    json_out_str(&j, "jti", token_new(a));
    json_out_str(&j, "sub", u->client_id);
    json_out_end(&j);
    return buf_str(&b);
}

/* The first allowed algorithm that the signer has a key for. */
static int prove_by_key(struct app *app, struct arena *a, struct instant now, const struct upstream *u, struct buf *form, struct err *e)
{
    bool eddsa = !upstream_texts_have(&u->algs, STR("ES256")) && upstream_texts_have(&u->algs, STR("EdDSA"));
    struct str token;
    struct token_order order = { .purpose = "broker",
                                 .alg = eddsa ? JOSE_EDDSA : JOSE_ES256,
                                 .typ = "JWT",
                                 .claims = assertion_claims(a, now, u),
                                 .now = now };
    if (signer_token(app->signer, a, &order, &token, e) != 0)
        return -1;
    urlencode_param(form, "client_id", u->client_id);
    urlencode_param(form, "client_assertion_type", STR("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
    urlencode_param(form, "client_assertion", token);
    return 0;
}

int client_keys_json(struct signer *s, struct arena *a, struct str *json, struct err *e)
{
    struct ring_key *keys = arena_new_array(a, struct ring_key, RING_KEYS_MAX);
    struct buf b;
    size_t n;
    if (signer_ring(s, a, "broker", keys, &n, RING_KEYS_MAX, e) != 0)
        return -1;
    buf_init(&b, a, 64 * 1024);
    buf_lit(&b, "{\"keys\":[");
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s{\"alg\":\"%s\",\"kid\":\"%s\",\"use\":\"sig\",%s}", i > 0 ? "," : "", jose_alg_name(keys[i].alg),
                keys[i].kid, keys[i].members);
    buf_lit(&b, "]}");
    *json = buf_str(&b);
    return 0;
}

int client_prove(struct app *app, struct arena *a, struct instant now, const struct upstream *u, struct buf *form, struct str *basic,
                 struct err *e)
{
    struct str secret;
    if (u->auth == AUTH_PRIVATE_KEY_JWT)
        return prove_by_key(app, a, now, u, form, e);
    if (read_secret(app, a, u, &secret, e) != 0)
        return -1;
    if (u->auth == AUTH_SECRET_POST) {
        urlencode_param(form, "client_id", u->client_id);
        urlencode_param(form, "client_secret", secret);
    } else {
        struct buf b;
        buf_init(&b, a, 4 * SECRET_MAX);
        urlencode(&b, u->client_id);
        buf_put_char(&b, ':');
        urlencode(&b, secret);
        *basic = buf_str(&b);
    }
    secret_wipe((char *)(uintptr_t)secret.p, secret.n);
    return 0;
}
