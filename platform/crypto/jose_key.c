/* jose_key.c: one public key out of its JSON, and its RFC 7638 thumbprint. */
#include "platform/crypto/crypto_internal.h"
#include "platform/crypto/jose_internal.h"

#include <jansson.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <stdio.h>
#include <string.h>

enum { KEY_SCRATCH = 32 * 1024, RSA_BYTES_MOST = RSA_BITS_MOST / 8, EXPONENT_BYTES_MOST = 8 };

static const struct {
    enum jose_alg alg;
    const char *name;
    enum jose_kind kind;
} algs[] = {
    { JOSE_ES256, "ES256", JOSE_EC },
    { JOSE_RS256, "RS256", JOSE_RSA },
    { JOSE_PS256, "PS256", JOSE_RSA },
    { JOSE_EDDSA, "EdDSA", JOSE_OKP },
};
enum { ALGS = sizeof algs / sizeof *algs };

unsigned jose_alg_named(struct str name)
{
    for (size_t i = 0; i < ALGS; i++)
        if (str_eq(name, str_of(algs[i].name)))
            return algs[i].alg;
    return 0;
}

const char *jose_alg_name(enum jose_alg alg)
{
    for (size_t i = 0; i < ALGS; i++)
        if (algs[i].alg == alg)
            return algs[i].name;
    return "?";
}

static unsigned algs_of_kind(enum jose_kind kind)
{
    unsigned all = 0;
    for (size_t i = 0; i < ALGS; i++)
        if (algs[i].kind == kind)
            all |= algs[i].alg;
    return all;
}

int jose_refuse(struct err *e, const char *part, const char *fmt, ...)
{
    char why[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    ERR_SAY(e, ERR_INPUT, MSGS("Thẻ có chữ ký số gửi đến không hợp lệ."), "%s: %s", part, why);
    if (e)
        snprintf(e->field, sizeof e->field, "%s", part);
    return -1;
}

/* ---- thumbprints ---- */

static struct str number_text(struct arena *a, EVP_PKEY *key, const char *name)
{
    BIGNUM *n = NULL;
    uint8_t bytes[RSA_BYTES_MOST + 1];
    struct str text = STR_NONE;
    if (EVP_PKEY_get_bn_param(key, name, &n) == 1 && BN_num_bytes(n) <= RSA_BYTES_MOST)
        text = str_base64url(a, bytes, (size_t)BN_bn2bin(n, bytes));
    BN_free(n);
    return text;
}

static struct str ec_members(struct arena *a, EVP_PKEY *key)
{
    uint8_t point[P256_POINT];
    size_t n = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &n) != 1 || n != P256_POINT)
        return STR_NONE;
    struct str x = str_base64url(a, point + 1, 32), y = str_base64url(a, point + 33, 32);
    return str_fmt(a, "\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%.*s\",\"y\":\"%.*s\"", STR_ARG(x), STR_ARG(y));
}

static struct str ed25519_members(struct arena *a, const uint8_t *key)
{
    struct str x = str_base64url(a, key, ED25519_PUBLIC);
    return str_fmt(a, "\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%.*s\"", STR_ARG(x));
}

static struct str rsa_members(struct arena *a, EVP_PKEY *key)
{
    struct str n = number_text(a, key, OSSL_PKEY_PARAM_RSA_N), e = number_text(a, key, OSSL_PKEY_PARAM_RSA_E);
    if (!n.p || !e.p)
        return STR_NONE;
    return str_fmt(a, "\"e\":\"%.*s\",\"kty\":\"RSA\",\"n\":\"%.*s\"", STR_ARG(e), STR_ARG(n));
}

int jose_public_members(struct arena *a, EVP_PKEY *key, struct str *out, struct err *e)
{
    struct str text = STR_NONE;
    uint8_t raw[ED25519_PUBLIC];
    size_t n = sizeof raw;
    if (EVP_PKEY_is_a(key, "EC"))
        text = ec_members(a, key);
    else if (EVP_PKEY_is_a(key, "RSA"))
        text = rsa_members(a, key);
    else if (EVP_PKEY_is_a(key, "ED25519") && EVP_PKEY_get_raw_public_key(key, raw, &n) == 1)
        text = ed25519_members(a, raw);
    if (!text.p)
        return jose_refuse(e, "key", "neither P-256, RSA nor Ed25519");
    *out = text;
    return 0;
}

void jose_thumbprint_of(struct str members, char out[JOSE_THUMBPRINT + 1])
{
    struct arena scratch;
    arena_init(&scratch, KEY_SCRATCH);
    struct hash32 h = sha256(str_fmt(&scratch, "{%.*s}", STR_ARG(members)));
    struct str text = str_base64url(&scratch, h.b, sizeof h.b);
    ASSERT(text.n == JOSE_THUMBPRINT);
    memcpy(out, text.p, JOSE_THUMBPRINT);
    out[JOSE_THUMBPRINT] = '\0';
    arena_release(&scratch);
}

/* ---- reading ---- */

static int member_bytes(struct arena *a, const json_t *j, const char *name, size_t least, size_t most, struct str *out,
                        struct err *e)
{
    struct str raw, text = json_str_at(j, name);
    if (!text.p || text.n > 2 * most || !str_unbase64url(a, text, &raw) || raw.n < least || raw.n > most)
        return jose_refuse(e, "key", "\"%s\" is not %zu to %zu bytes in base64url", name, least, most);
    *out = raw;
    return 0;
}

static int read_ed25519(struct arena *a, const json_t *j, struct jose_key *k, struct err *e)
{
    struct str x = STR_NONE;
    struct jwk checked;
    if (member_bytes(a, j, "x", ED25519_PUBLIC, ED25519_PUBLIC, &x, e))
        return -1;
    if (jwk_from_key("EdDSA", (const uint8_t *)x.p, x.n, &checked, NULL))
        return jose_refuse(e, "key", "no point of Ed25519");
    memcpy(k->ed25519, x.p, ED25519_PUBLIC);
    return 0;
}

static int read_p256(struct arena *a, const json_t *j, struct jose_key *k, struct err *e)
{
    struct str x = STR_NONE, y = STR_NONE;
    struct jwk checked;
    uint8_t point[P256_POINT] = { 4 };
    if (member_bytes(a, j, "x", 32, 32, &x, e) || member_bytes(a, j, "y", 32, 32, &y, e))
        return -1;
    memcpy(point + 1, x.p, 32);
    memcpy(point + 33, y.p, 32);
    if (jwk_from_key("ES256", point, sizeof point, &checked, NULL))
        return jose_refuse(e, "key", "no point of P-256");
    k->key = jose_p256_key(point, sizeof point);
    return k->key ? 0 : jose_refuse(e, "key", "P-256 key not taken");
}

static EVP_PKEY *rsa_key(const BIGNUM *n, const BIGNUM *exponent)
{
    EVP_PKEY *key = NULL;
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    OSSL_PARAM *params = NULL;
    if (b && c && OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
        params = OSSL_PARAM_BLD_to_param(b);
    if (params && (EVP_PKEY_fromdata_init(c) != 1 || EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1))
        key = NULL;
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(b);
    EVP_PKEY_CTX_free(c);
    return key;
}

/* A short modulus can be factored; one that is even, or an exponent of 1, signs nothing; a huge exponent only costs time. */
static int read_rsa(struct arena *a, const json_t *j, struct jose_key *k, struct err *e)
{
    struct str n_bytes = STR_NONE, e_bytes = STR_NONE;
    if (member_bytes(a, j, "n", RSA_BITS_LEAST / 8, RSA_BYTES_MOST, &n_bytes, e) ||
        member_bytes(a, j, "e", 1, EXPONENT_BYTES_MOST, &e_bytes, e))
        return -1;
    BIGNUM *n = BN_bin2bn((const uint8_t *)n_bytes.p, (int)n_bytes.n, NULL);
    BIGNUM *exponent = BN_bin2bn((const uint8_t *)e_bytes.p, (int)e_bytes.n, NULL);
    bool fit = n && exponent && BN_num_bits(n) >= RSA_BITS_LEAST && BN_num_bits(n) <= RSA_BITS_MOST && BN_is_odd(n) &&
               BN_is_odd(exponent) && !BN_is_one(exponent) && BN_num_bits(exponent) <= 33;
    k->key = fit ? rsa_key(n, exponent) : NULL;
    BN_free(n);
    BN_free(exponent);
    return k->key ? 0
                  : jose_refuse(e, "key", "RSA key is not of %d to %d bits with an odd exponent of 3 or more",
                                RSA_BITS_LEAST, RSA_BITS_MOST);
}

static const struct {
    const char *kty, *crv;
    enum jose_kind kind;
    int (*read)(struct arena *a, const json_t *j, struct jose_key *k, struct err *e);
} kinds[] = {
    { "EC", "P-256", JOSE_EC, read_p256 },
    { "RSA", NULL, JOSE_RSA, read_rsa },
    { "OKP", "Ed25519", JOSE_OKP, read_ed25519 },
};

static int kind_of(const json_t *j)
{
    struct str kty = json_str_at(j, "kty"), crv = json_str_at(j, "crv");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kty, str_of(kinds[i].kty)) && (!kinds[i].crv || str_eq(crv, str_of(kinds[i].crv))))
            return (int)i;
    return -1;
}

static bool is_private(const json_t *j)
{
    static const char *const members[] = { "d", "p", "q", "dp", "dq", "qi", "oth", "k" };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (json_object_get(j, members[i]))
            return true;
    return false;
}

static int take_name(const json_t *j, struct jose_key *k, struct err *e)
{
    const json_t *kid = json_object_get(j, "kid");
    struct str name = json_str_at(j, "kid");
    if (kid && (!name.p || name.n > JOSE_KID_MAX))
        return jose_refuse(e, "kid", "no text of at most %d bytes", JOSE_KID_MAX);
    if (name.n > 0)
        memcpy(k->kid, name.p, name.n);
    return 0;
}

static int take_thumbprint(struct arena *a, struct jose_key *k, struct err *e)
{
    struct str members;
    if (k->kind == JOSE_OKP)
        members = ed25519_members(a, k->ed25519);
    else if (jose_public_members(a, k->key, &members, e))
        return -1;
    jose_thumbprint_of(members, k->thumbprint);
    return 0;
}

static int read_known(struct arena *a, const json_t *j, int kind, struct jose_key *k, struct err *e)
{
    const json_t *alg = json_object_get(j, "alg");
    k->kind = kinds[kind].kind;
    k->algs = algs_of_kind(k->kind);
    if (alg)
        k->algs &= jose_alg_named(json_str_at(j, "alg"));
    if (k->algs == 0)
        return 0; /* for an algorithm that nobody here checks */
    if (is_private(j))
        return jose_refuse(e, "key", "a private key; only public keys are taken");
    if (take_name(j, k, e) || kinds[kind].read(a, j, k, e) || take_thumbprint(a, k, e))
        return -1;
    return 1;
}

int jose_key_read(const json_t *j, struct jose_key *out, struct err *e)
{
    struct arena scratch;
    struct jose_key k = { 0 };
    if (!json_is_object(j) || !json_str_at(j, "kty").p)
        return jose_refuse(e, "key", "no object with \"kty\"");
    struct str use = json_str_at(j, "use");
    if (str_eq(json_str_at(j, "kty"), STR("oct")))
        return jose_refuse(e, "key", "a shared secret; only public keys are taken");
    int kind = kind_of(j);
    if (kind < 0 || (use.p && !str_eq(use, STR("sig"))))
        return 0;
    arena_init(&scratch, KEY_SCRATCH);
    int result = read_known(&scratch, j, kind, &k, e);
    arena_release(&scratch);
    if (result == 1)
        *out = k;
    else
        EVP_PKEY_free(k.key);
    return result;
}
