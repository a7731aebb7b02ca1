/* jose_verify.c: one signature over one text with one public key, for each kind of key. */
#include "platform/crypto/jose_internal.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>
#include <sodium.h>

EVP_PKEY *jose_p256_key(const uint8_t *point, size_t n)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char[]) { "prime256v1" }, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)point, n),
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
    BIGNUM *r = BN_bin2bn(raw, 32, NULL);
    BIGNUM *s = BN_bin2bn(raw + 32, 32, NULL);
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

static bool digest_matches(EVP_PKEY *key, bool pss, struct str text, const uint8_t *sig, size_t n)
{
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    bool good = key && c && EVP_DigestVerifyInit_ex(c, &how, "SHA256", NULL, NULL, key, NULL) == 1;
    if (good && pss) /* RFC 7518 section 3.5: the salt is as long as the hash */
        good = EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) == 1;
    good = good && EVP_DigestVerify(c, sig, n, (const unsigned char *)text.p, text.n) == 1;
    EVP_MD_CTX_free(c);
    return good;
}

bool jose_es256_matches(EVP_PKEY *key, struct str text, const uint8_t raw[64])
{
    unsigned char *der = NULL;
    int der_n = der_signature(raw, &der);
    bool good = der_n > 0 && digest_matches(key, false, text, der, (size_t)der_n);
    OPENSSL_free(der);
    return good;
}

bool jose_rsa_matches(EVP_PKEY *key, bool pss, struct str text, struct str raw)
{
    return digest_matches(key, pss, text, (const uint8_t *)raw.p, raw.n);
}

/* libsodium's Ed25519 also refuses keys and R of low order and S that is not reduced. */
bool jose_ed25519_matches(const uint8_t key[32], struct str text, const uint8_t raw[64])
{
    return sodium_init() >= 0 && crypto_sign_verify_detached(raw, (const unsigned char *)text.p, text.n, key) == 0;
}
