/* crypto_internal.h: what the files of platform/crypto share and nobody else needs. */
#ifndef BON_PLATFORM_CRYPTO_INTERNAL_H
#define BON_PLATFORM_CRYPTO_INTERNAL_H

#include "platform/crypto/crypto.h"

enum { ED25519_PUBLIC = 32, P256_POINT = 65, JWS_SIGNATURE = 64 };

/* Fills *out with alg, key and thumbprint. `key` is raw Ed25519 (32 bytes, alg "EdDSA") or an uncompressed P-256 point (65
 * bytes, alg "ES256"). */
int jwk_from_key(const char *alg, const uint8_t *key, size_t key_n, struct jwk *out, struct err *e);

/* base64url({"alg":…,"kid":…}) "." base64url(payload): the bytes a signature stands over. *header_n is the header part. */
struct str jws_signing_input(struct arena *a, const struct jwk *k, struct str payload, size_t *header_n);

#endif
