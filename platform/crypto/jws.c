/* Detached JWS (RFC 7515 appendix F): header "." "." signature over header "." base64url(payload). The key alone decides the
 * algorithm; a header that says another one, "none", or anything critical is refused (RFC 8725 sections 3.1, 3.2). */
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_internal.h"

#include <jansson.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <sodium.h>
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
    if (json_read(text, &j, e))
        return -1;
    int result = check_header_members(j, k, e);
    json_decref(j);
    return result;
}

static EVP_PKEY *p256_key(const struct jwk *k)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char[]) { "prime256v1" }, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)k->key, k->key_n),
        OSSL_PARAM_construct_end(),
    };
    if (!c || EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(c);
    return key;
}

/* JWS carries R || S (RFC 7518 section 3.4); OpenSSL wants their DER. *der is freed with OPENSSL_free. */
static int der_signature(const uint8_t *raw, unsigned char **der)
{
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw, JWS_SIGNATURE / 2, NULL);
    BIGNUM *s = BN_bin2bn(raw + JWS_SIGNATURE / 2, JWS_SIGNATURE / 2, NULL);
    if (!sig || !r || !s || ECDSA_SIG_set0(sig, r, s) != 1) {
        BN_free(r);
        BN_free(s);
        ECDSA_SIG_free(sig);
        return -1;
    }
    int n = i2d_ECDSA_SIG(sig, der);
    ECDSA_SIG_free(sig);
    return n;
}

static bool es256_matches(const struct jwk *k, struct str signed_text, const uint8_t *raw)
{
    unsigned char *der = NULL;
    int der_n = der_signature(raw, &der);
    EVP_PKEY *key = p256_key(k);
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool good = der_n > 0 && key && c && EVP_DigestVerifyInit_ex(c, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
                EVP_DigestVerify(c, der, (size_t)der_n, (const unsigned char *)signed_text.p, signed_text.n) == 1;
    EVP_MD_CTX_free(c);
    EVP_PKEY_free(key);
    OPENSSL_free(der);
    return good;
}

/* libsodium's Ed25519 also refuses keys and R of low order and S that is not reduced. */
static bool eddsa_matches(const struct jwk *k, struct str signed_text, const uint8_t *raw)
{
    return sodium_init() >= 0 &&
           crypto_sign_verify_detached(raw, (const unsigned char *)signed_text.p, signed_text.n, k->key) == 0;
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
    const uint8_t *raw = (const uint8_t *)signature.p;
    bool good = strcmp(k->alg, "EdDSA") == 0   ? eddsa_matches(k, text, raw)
                : strcmp(k->alg, "ES256") == 0 ? es256_matches(k, text, raw)
                                               : false;
    return good ? 0 : ERR_SAY(e, ERR_INPUT, SAY_NO_MATCH, "signature of key %s does not match", k->kid);
}
