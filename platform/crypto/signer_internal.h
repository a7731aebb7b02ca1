/* signer_internal.h: the signer's two ends: the wire and the keys. */
#ifndef BON_PLATFORM_SIGNER_INTERNAL_H
#define BON_PLATFORM_SIGNER_INTERNAL_H

#include "platform/crypto/signer.h"

#include <openssl/evp.h>

enum { WIRE_MAX = 64 * 1024, WIRE_HEAD = 4 };

/* Sends or takes n bytes; deadline_us is monotonic, 0: none. 0 good, -1 the other end is gone or late. */
int wire_send(int fd, const void *p, size_t n, int64_t deadline_us);
int wire_take(int fd, void *p, size_t n, int64_t deadline_us);
/* What is there, at least one byte, at most n: how many; 0 the other end has closed; -1. */
ptrdiff_t wire_some(int fd, void *p, size_t n);
/* The length before a message. More than WIRE_MAX, or 0, is -1. */
void wire_put_length(uint8_t head[WIRE_HEAD], size_t n);
int wire_length(const uint8_t head[WIRE_HEAD], size_t *n);

enum { PURPOSES = 5, RINGS = 2 };
#define PAPER_PURPOSE "paper" /* its key is P-256: readers of PDF know no Ed25519 */
extern const char *const signer_purposes[PURPOSES];
extern const char *const signer_rings[RINGS];

/* One question to the signer, one answer: JSON both. *out goes with the arena. */
int signer_ask(struct signer *s, struct arena *a, struct str question, struct json_t **out, struct err *e);

/* signer_vault.c: the secret from <dir>, made when missing; the answer to {"name":…,"op":"vault"}. */
int vault_load(const char *dir, struct hash32 *secret, struct err *e);
struct str vault_answer(struct arena *a, const struct hash32 *secret, struct str name);

/* What one purpose signs with. Private: only the signer process has these. */
struct signing_key {
    const char *purpose;
    EVP_PKEY *private_key;
    struct jwk current;
    struct jwk older[SIGNER_KEYS_MAX];
    size_t n_older;
};

/* Loads <dir>/<purpose>.key or makes it; brings <dir>/<purpose>.jwks up to date. */
int signing_key_load(const char *dir, const char *purpose, struct signing_key *out, struct err *e);
void signing_key_release(struct signing_key *k);

/* signer_paper.c: the certificate of the key that signs papers, made when missing; a CMS signature with both. */
int paper_cert_load(const char *dir, EVP_PKEY *key, struct x509_st **out, struct err *e);
int paper_sign(EVP_PKEY *key, struct x509_st *cert, struct arena *a, struct str digest, struct str *cms, struct err *e);

/* Detached JWS. */
int signing_key_sign(const struct signing_key *k, struct arena *a, struct str payload, struct str *jws, struct err *e);

#endif
