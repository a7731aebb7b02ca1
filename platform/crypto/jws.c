/* Detached JWS (RFC 7515 appendix F): header "." "." signature over header "." base64url(payload). The key alone decides the
 * algorithm; a header that says another one, "none", or anything critical is refused (RFC 8725 sections 3.1, 3.2). */
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_internal.h"
#include "platform/crypto/jose_internal.h"

#include <jansson.h>
#include <string.h>

enum { HEADER_TEXT = 1024 };

#define SAY_NO_MATCH MSGS("Chữ ký không khớp với nội dung.")

struct str jws_signing_input(struct arena *a, const struct jwk *k, struct str payload, size_t *header_n)
{
    struct str header = str_fmt(a, "{\"alg\":\"%s\",\"kid\":\"%s\"}", k->alg, k->kid);
    struct str head = str_base64url(a, header.p, header.n);
    struct str body = str_base64url(a, payload.p, payload.n);
    *header_n = head.n;
    return str_fmt(a, "%.*s.%.*s", STR_ARG(head), STR_ARG(body));
}

static int check_header_members(const json_t *j, const struct jwk *k, struct err *e)
{
    const char *alg = json_string_value(json_object_get(j, "alg"));
    if (!alg || strcmp(alg, k->alg) != 0)
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "JWS alg is %.20s, the key's is %s", alg ? alg : "absent", k->alg);
    const json_t *kid = json_object_get(j, "kid");
    if (kid && (!json_is_string(kid) || strcmp(json_string_value(kid), k->kid) != 0))
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "JWS names another key");
    if (json_object_get(j, "crit") || json_is_false(json_object_get(j, "b64")))
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "JWS asks for extensions that are not understood");
    return 0;
}

static int check_header(struct arena *a, struct str head, const struct jwk *k, struct err *e)
{
    struct str text;
    if (head.n > HEADER_TEXT || !str_unbase64url(a, head, &text))
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "JWS header is not base64url of at most %d bytes", HEADER_TEXT);
    json_t *j;
    return json_read(a, text, &j, e) ? -1 : check_header_members(j, k, e);
}

static bool matches(const struct jwk *k, struct str text, const uint8_t *raw)
{
    if (strcmp(k->alg, "EdDSA") == 0)
        return jose_ed25519_matches(k->key, text, raw);
    EVP_PKEY *key = jose_p256_key(k->key, k->key_n);
    bool good = strcmp(k->alg, "ES256") == 0 && jose_es256_matches(key, text, raw);
    EVP_PKEY_free(key);
    return good;
}

int jws_check_detached(struct arena *a, struct str jws, struct str payload, const struct jwk *k, struct err *e)
{
    struct str rest = jws, head, middle, tail, signature;
    if (!str_cut(&rest, '.', &head) || !str_cut(&rest, '.', &middle) || !str_cut(&rest, '.', &tail) ||
        str_cut(&rest, '.', &signature) || middle.n != 0)
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "not a detached JWS: header..signature");
    if (check_header(a, head, k, e))
        return -1;
    if (!str_unbase64url(a, tail, &signature) || signature.n != JWS_SIGNATURE)
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "JWS signature is not %d bytes in base64url", JWS_SIGNATURE);
    struct str body = str_base64url(a, payload.p, payload.n);
    struct str text = str_fmt(a, "%.*s.%.*s", STR_ARG(head), STR_ARG(body));
    if (!matches(k, text, (const uint8_t *)signature.p))
        return ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "signature of key %s does not match", k->kid);
    return 0;
}
