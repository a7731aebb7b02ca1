/* jose_internal.h: what the files about keys and tokens share. */
#ifndef BON_PLATFORM_JOSE_INTERNAL_H
#define BON_PLATFORM_JOSE_INTERNAL_H

#include "platform/crypto/jose.h"

#include <openssl/evp.h>

enum jose_kind { JOSE_EC, JOSE_RSA, JOSE_OKP };
enum { JOSE_KID_MAX = 128, RSA_BITS_LEAST = 2048, RSA_BITS_MOST = 4096 };

struct jose_key {
    enum jose_kind kind;
    unsigned algs;
    char kid[JOSE_KID_MAX + 1];
    char thumbprint[JOSE_THUMBPRINT + 1];
    uint8_t ed25519[32];
    EVP_PKEY *key; /* NULL for Ed25519, which libsodium checks */
};

/* 1 a key, 0 a kind that is passed over, -1 refused. The caller frees out->key. */
int jose_key_read(const struct json_t *j, struct jose_key *out, struct err *e);

/* The members that RFC 7638 hashes, in its order, without braces: kty and the public numbers of an EVP key. */
int jose_public_members(struct arena *a, EVP_PKEY *key, struct str *out, struct err *e);
void jose_thumbprint_of(struct str members, char out[JOSE_THUMBPRINT + 1]);

/* `raw` is the signature as JWS carries it. */
bool jose_es256_matches(EVP_PKEY *key, struct str text, const uint8_t raw[64]);
bool jose_rsa_matches(EVP_PKEY *key, bool pss, struct str text, struct str raw);
bool jose_ed25519_matches(const uint8_t key[32], struct str text, const uint8_t raw[64]);
EVP_PKEY *jose_p256_key(const uint8_t *point, size_t n); /* NULL: refused */

/* Fills e with a refusal whose cause is `part`; always -1. */
int jose_refuse(struct err *e, const char *part, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
