/* vneid_sim_token.c: the stand-in's keys and signatures, straight on OpenSSL. Its keys live in its own memory and die with it: it
 * guards nothing.
 */
#include "engines/broker/vneid_sim_token.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

enum { COORDINATE = 32, RSA_BITS = 2048, RSA_BYTES_MAX = 512 };

struct sim_keys {
    EVP_PKEY *ec, *spare, *rsa;
    int generation;
};

int sim_keys_new(struct sim_keys **out, struct err *e)
{
    struct sim_keys *k = calloc(1, sizeof(*k));
    if (!k)
        return ERR(e, ERR_INTERNAL, "no memory for keys");
    k->ec = EVP_EC_gen("P-256");
    k->spare = EVP_EC_gen("P-256");
    k->rsa = EVP_RSA_gen(RSA_BITS);
    k->generation = 1;
    if (!k->ec || !k->spare || !k->rsa) {
        sim_keys_free(k);
        return ERR(e, ERR_INTERNAL, "OpenSSL makes no keys");
    }
    *out = k;
    return 0;
}

void sim_keys_free(struct sim_keys *k)
{
    if (!k)
        return;
    EVP_PKEY_free(k->ec);
    EVP_PKEY_free(k->spare);
    EVP_PKEY_free(k->rsa);
    free(k);
}

void sim_keys_rename(struct sim_keys *k, int generation)
{
    k->generation = generation;
}

static struct str number_text(struct arena *a, const EVP_PKEY *key, const char *name, int least)
{
    BIGNUM *n = NULL;
    unsigned char bytes[RSA_BYTES_MAX];
    if (EVP_PKEY_get_bn_param(key, name, &n) != 1 || BN_num_bytes(n) > RSA_BYTES_MAX) {
        BN_free(n);
        return STR("");
    }
    int size = BN_num_bytes(n) > least ? BN_num_bytes(n) : least;
    BN_bn2binpad(n, bytes, size);
    BN_free(n);
    return str_base64url(a, bytes, (size_t)size);
}

static void put_ec(struct buf *b, struct arena *a, const EVP_PKEY *key, const char *name, int generation)
{
    struct str x = number_text(a, key, OSSL_PKEY_PARAM_EC_PUB_X, COORDINATE),
               y = number_text(a, key, OSSL_PKEY_PARAM_EC_PUB_Y, COORDINATE);
    buf_fmt(b,
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s-%d\",\"x\":\"%.*s\",\"y\":\"%."
            "*s\"}",
            name, generation, STR_ARG(x), STR_ARG(y));
}

struct str sim_keys_json(const struct sim_keys *k, struct arena *a, bool two)
{
    struct buf b;
    struct str n = number_text(a, k->rsa, OSSL_PKEY_PARAM_RSA_N, 0),
               exponent = number_text(a, k->rsa, OSSL_PKEY_PARAM_RSA_E, 0);
    buf_init(&b, a, 8192);
    buf_lit(&b, "{\"keys\":[");
    put_ec(&b, a, k->ec, "es", k->generation);
    if (two) {
        buf_put_char(&b, ',');
        put_ec(&b, a, k->spare, "spare", k->generation);
    }
    buf_fmt(&b, ",{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"rs-%d\",\"n\":\"%.*s\",\"e\":\"%.*s\"}]}",
            k->generation, STR_ARG(n), STR_ARG(exponent));
    return buf_str(&b);
}

/* ---- signing ---- */

/* OpenSSL gives DER, JWS wants R || S (RFC 7518 section 3.4). */
static size_t raw_of_der(const unsigned char *der, size_t n, unsigned char *raw)
{
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
    bool good = sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, COORDINATE) == COORDINATE &&
                BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + COORDINATE, COORDINATE) == COORDINATE;
    ECDSA_SIG_free(sig);
    return good ? (size_t)2 * COORDINATE : 0;
}

static size_t signature_of(EVP_PKEY *key, enum sim_alg alg, struct str text, unsigned char *raw)
{
    unsigned char bytes[RSA_BYTES_MAX];
    size_t n = sizeof(bytes);
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool good = c && EVP_DigestSignInit_ex(c, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
                EVP_DigestSign(c, bytes, &n, (const unsigned char *)text.p, text.n) == 1;
    EVP_MD_CTX_free(c);
    if (!good)
        return 0;
    if (alg == SIM_ES256)
        return raw_of_der(bytes, n, raw);
    memcpy(raw, bytes, n);
    return n;
}

static struct str header_of(const struct sim_keys *k, struct arena *a, enum sim_alg alg, const char *type, bool with_kid)
{
    static const char *const names[] = { [SIM_ES256] = "ES256", [SIM_RS256] = "RS256", [SIM_NONE] = "none" };
    static const char *const keys[] = { [SIM_ES256] = "es", [SIM_RS256] = "rs", [SIM_NONE] = "es" };
    struct str kid = with_kid ? str_fmt(a, ",\"kid\":\"%s-%d\"", keys[alg], k->generation) : STR("");
    return str_fmt(a, "{\"alg\":\"%s\",\"typ\":\"%s\"%.*s}", names[alg], type, STR_ARG(kid));
}

struct str sim_sign(const struct sim_keys *k, struct arena *a, enum sim_alg alg, const char *type, bool with_kid, bool spoil,
                    struct str claims)
{
    unsigned char raw[RSA_BYTES_MAX];
    struct str header = header_of(k, a, alg, type, with_kid);
    struct str head = str_base64url(a, header.p, header.n), body = str_base64url(a, claims.p, claims.n);
    struct str text = str_fmt(a, "%.*s.%.*s", STR_ARG(head), STR_ARG(body));
    size_t n = alg == SIM_NONE ? 0 : signature_of(alg == SIM_ES256 ? k->ec : k->rsa, alg, text, raw);
    if (spoil && n > 0)
        raw[n / 2] ^= 1;
    struct str signature = str_base64url(a, raw, n);
    return str_fmt(a, "%.*s.%.*s", STR_ARG(text), STR_ARG(signature));
}
