/* private_key.c: a private key made, kept in a file, used. Runs in signer processes only. */
#include "platform/crypto/jose_internal.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/signer_ring.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

enum { SIGNATURE_MAX = RSA_BITS_MOST / 8, RSA_BITS_MADE = 2048 };

EVP_PKEY *private_key_make(enum jose_alg alg)
{
    switch (alg) {
    case JOSE_ES256:
        return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    case JOSE_RS256:
    case JOSE_PS256:
        return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)RSA_BITS_MADE);
    case JOSE_EDDSA:
        return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    }
    return NULL;
}

/* Keys with a passphrase have nobody to ask. */
static int no_passphrase(char *p, int room, int writing, void *ctx)
{
    (void)p;
    (void)room;
    (void)writing;
    (void)ctx;
    return -1;
}

int private_key_read(const char *dir, const char *name, EVP_PKEY **out, struct err *e)
{
    char pem[8192];
    size_t n = 0;
    int found = key_file_read(dir, name, true, pem, sizeof pem, &n, e);
    if (found <= 0)
        return found;
    BIO *bio = BIO_new_mem_buf(pem, (int)n);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;
    BIO_free(bio);
    secret_wipe(pem, sizeof pem);
    if (!key)
        return ERR(e, ERR_SIGNER, "%s/%s is no PKCS#8 key without passphrase", dir, name);
    *out = key;
    return 1;
}

int private_key_write(const char *dir, const char *name, EVP_PKEY *key, struct err *e)
{
    BIO *bio = BIO_new(BIO_s_secmem());
    BUF_MEM *pem = NULL;
    int result;
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1 || BIO_get_mem_ptr(bio, &pem) != 1)
        result = ERR(e, ERR_SIGNER, "%s/%s: no PEM of the new key", dir, name);
    else
        result = key_file_write(dir, name, (struct str) { pem->data, pem->length }, 0600, false, e);
    BIO_free(bio);
    return result < 0 ? -1 : 0;
}

/* OpenSSL gives ECDSA as DER; JWS wants R || S. */
static int raw_from_der(const uint8_t *der, size_t n, uint8_t raw[64])
{
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
    bool good =
        sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, 32) == 32 && BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + 32, 32) == 32;
    ECDSA_SIG_free(sig);
    return good ? 0 : -1;
}

static bool sign_digest(EVP_PKEY *key, enum jose_alg alg, struct str text, uint8_t *made, size_t *n)
{
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    const char *digest = alg == JOSE_EDDSA ? NULL : "SHA256";
    bool good = c && EVP_DigestSignInit_ex(c, &how, digest, NULL, NULL, key, NULL) == 1;
    if (good && alg == JOSE_PS256)
        good = EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) == 1;
    good = good && EVP_DigestSign(c, made, n, (const uint8_t *)text.p, text.n) == 1;
    EVP_MD_CTX_free(c);
    return good;
}

int private_key_sign(EVP_PKEY *key, enum jose_alg alg, struct str text, uint8_t *raw, size_t *n)
{
    uint8_t made[SIGNATURE_MAX];
    size_t made_n = sizeof made;
    if (!sign_digest(key, alg, text, made, &made_n))
        return -1;
    if (alg == JOSE_ES256) {
        *n = 64;
        return raw_from_der(made, made_n, raw);
    }
    memcpy(raw, made, made_n);
    *n = made_n;
    return 0;
}
