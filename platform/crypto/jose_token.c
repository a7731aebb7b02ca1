/* jose_token.c: compact JWS taken apart and verified. The header is data of whoever sent it: it chooses among the algorithms that the
 * caller lists, and nothing in it is followed (jku, x5u) or obeyed (crit). */
#include "platform/crypto/jose_internal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_MAX = 8 * 1024 };

static int keep_text(const json_t *header, const char *name, struct str *out, struct err *e)
{
    const json_t *v = json_object_get(header, name);
    if (!v)
        return 0;
    if (!json_is_string(v) || json_string_length(v) > JOSE_KID_MAX)
        return jose_refuse(e, name, "no text of at most %d bytes", JOSE_KID_MAX);
    *out = json_str(v);
    return 0;
}

static int keep_key(struct arena *a, const json_t *header, struct str *out, struct err *e)
{
    const json_t *v = json_object_get(header, "jwk");
    if (!v)
        return 0;
    if (!json_is_object(v))
        return jose_refuse(e, "key", "header member \"jwk\" is no object");
    *out = json_text(a, v, JSON_COMPACT);
    return 0;
}

static int take_header(struct arena *a, const json_t *header, unsigned algs, struct jws *out, struct err *e)
{
    const char *name = json_string_value(json_object_get(header, "alg"));
    unsigned alg = jose_alg_named(str_of(name)) & algs;
    if (!alg)
        return jose_refuse(e, "alg", "%.20s is not taken here", name ? name : "none given");
    if (json_object_get(header, "crit") || json_object_get(header, "b64"))
        return jose_refuse(e, "crit", "asks for extensions that are not understood");
    out->alg = (enum jose_alg)alg;
    return keep_text(header, "typ", &out->typ, e) || keep_text(header, "kid", &out->kid, e) ||
                   keep_key(a, header, &out->jwk, e)
               ? -1
               : 0;
}

static int read_header(struct arena *a, struct str head, unsigned algs, struct jws *out, struct err *e)
{
    struct str text;
    json_t *j;
    struct err why = { 0 };
    if (head.n == 0 || head.n > HEADER_MAX || !str_unbase64url(a, head, &text))
        return jose_refuse(e, "form", "the header is not base64url of at most %d bytes", HEADER_MAX);
    if (json_read(a, text, &j, &why))
        return jose_refuse(e, "json", "header: %s", why.detail);
    return json_is_object(j) ? take_header(a, j, algs, out, e) : jose_refuse(e, "json", "the header is no object");
}

int jws_open(struct arena *a, struct str compact, unsigned algs, struct jws *out, struct err *e)
{
    struct jws j = { 0 };
    struct str rest = compact, head, body, tail, more;
    if (compact.n > JOSE_TOKEN_MAX)
        return jose_refuse(e, "size", "a token of %zu bytes, at most %d are taken", compact.n, JOSE_TOKEN_MAX);
    if (!compact.p || !str_cut(&rest, '.', &head) || !str_cut(&rest, '.', &body) || !str_cut(&rest, '.', &tail) ||
        str_cut(&rest, '.', &more))
        return jose_refuse(e, "form", "not three parts with dots between");
    if (read_header(a, head, algs, &j, e))
        return -1;
    if (!str_unbase64url(a, body, &j.payload) || !str_unbase64url(a, tail, &j.signature))
        return jose_refuse(e, "form", "payload or signature is not base64url");
    j.signed_text = str_head(compact, head.n + 1 + body.n);
    *out = j;
    return 0;
}

int jws_verify(const struct jws *j, const struct jose_key *k, struct err *e)
{
    const uint8_t *raw = (const uint8_t *)j->signature.p;
    bool good = false;
    if (!(k->algs & j->alg))
        return jose_refuse(e, "alg", "the key does not sign with %s", jose_alg_name(j->alg));
    if (j->alg == JOSE_RS256 || j->alg == JOSE_PS256)
        good = jose_rsa_matches(k->key, j->alg == JOSE_PS256, j->signed_text, j->signature);
    else if (j->signature.n == 64)
        good = j->alg == JOSE_ES256 ? jose_es256_matches(k->key, j->signed_text, raw)
                                    : jose_ed25519_matches(k->ed25519, j->signed_text, raw);
    return good ? 0 : jose_refuse(e, "signature", "does not match key %s", k->thumbprint);
}
