/* signer_ring.h: the keys that sign tokens for others to check, with their lives. Relying parties keep a copy of the published set, so a
 * key is published before it signs (next), signs (current), stays published until what it signed has run out (retired), and is then
 * gone. Its name is its thumbprint: no name ever means two keys. The states follow from two moments, so nothing happens at midnight.
 */
#ifndef BON_PLATFORM_SIGNER_RING_H
#define BON_PLATFORM_SIGNER_RING_H

#include "platform/crypto/signer_internal.h"

struct ring_entry {
    EVP_PKEY *private_key;
    struct ring_key k;
};

struct key_ring {
    const char *purpose;
    struct ring_entry v[RING_KEYS_MAX];
    size_t n;
};

/* Loads <dir>/<purpose>.ring and the keys it names; makes the first keys of the algorithms that the purpose signs with from the
 * start ("signon": ES256, RS256, EdDSA; "broker": ES256, EdDSA). */
int key_ring_load(const char *dir, const char *purpose, struct instant now, struct key_ring *out, struct err *e);
void key_ring_release(struct key_ring *r);

/* Makes the next key of an algorithm, or its first; files of keys that are gone are removed. */
int key_ring_rotate(const char *dir, const char *purpose, enum jose_alg alg, struct instant now, bool at_once,
                    struct err *e);

/* header "." payload are signed; payload is base64url already. The key is the one that is current at `now`. */
int key_ring_sign(const struct key_ring *r, struct arena *a, enum jose_alg alg, struct str typ, struct str payload,
                  struct instant now, struct str *head, struct str *signature, struct err *e);

/* Private keys as files, shared with signer_keys.c. */
EVP_PKEY *private_key_make(enum jose_alg alg);
int private_key_read(const char *dir, const char *name, EVP_PKEY **out, struct err *e); /* 1 0 -1 */
int private_key_write(const char *dir, const char *name, EVP_PKEY *key, struct err *e);
/* The signature as JWS carries it: R || S, or RSA's bytes. raw has room for RSA_BITS_MOST / 8. */
int private_key_sign(EVP_PKEY *key, enum jose_alg alg, struct str text, uint8_t *raw, size_t *n);

#endif
