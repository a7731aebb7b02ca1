/* crypto.h: hashes, MACs, tokens and signature checks. Private keys are not here: they live in the signer process
 * (platform/crypto/signer.h). Built on OpenSSL 3 EVP and libsodium; no algorithm of our own.
 */
#ifndef BON_PLATFORM_CRYPTO_H
#define BON_PLATFORM_CRYPTO_H

#include "base/buf.h"
#include "base/ident.h"

struct hash32 sha256(struct str s);
/* Of first || second, without joining them. */
struct hash32 sha256_two(struct str first, struct str second);
struct hash32 hmac_sha256(struct str key, struct str s);

/* Not for new things: codes of authenticator apps (RFC 6238) and lists of breached passwords are made with it. */
void sha1(struct str s, uint8_t out[20]);
void hmac_sha1(struct str key, struct str s, uint8_t out[20]);

/* Merkle tree of RFC 6962 section 2.1: leaf = SHA-256(00 || bytes), node = SHA-256(01 || left || right). */
struct hash32 merkle_leaf(struct str bytes);
struct hash32 merkle_root(struct arena *a, const struct hash32 *leaves, size_t n); /* n = 0: SHA-256("") */
/* The audit path of leaf i, lowest first; *n_path <= 64. */
void merkle_path(struct arena *a, const struct hash32 *leaves, size_t n, size_t i, struct hash32 *path, size_t *n_path);
bool merkle_check(struct hash32 leaf, size_t i, size_t n, const struct hash32 *path, size_t n_path, struct hash32 root);

/* Passwords: Argon2id v1.3 through libsodium, encoded string with its own parameters (t=2, m=19 MiB for new ones). */
int password_hash(struct arena *a, struct str password, struct str *encoded, struct err *e);
bool password_matches(struct str password, struct str encoded);

/* Tokens a browser keeps: 32 random bytes, base64url; the store keeps only their SHA-256. */
struct str token_new(struct arena *a);

/* Canonical JSON (RFC 8785 for the values bon uses: strings, integers up to 2^53, true, false, null, arrays, objects). */
struct json_t;
int json_canonical(struct arena *a, const struct json_t *j, struct str *out, struct err *e);
/* Parses with hard limits (depth 32, 1 MiB, no duplicate keys, UTF-8 NFC not forced). The tree goes with the arena. */
int json_read(struct arena *a, struct str s, struct json_t **out, struct err *e);
/* The same with at most `most` bytes: for a whole collection that a clerk sends as one file. */
int json_read_most(struct arena *a, struct str s, size_t most, struct json_t **out, struct err *e);
/* A tree that was made node by node goes with the arena too; it is returned. To be said where it is made, before anything else is
 * allocated: json_t *j = json_kept(a, json_object()). What is put into it later goes with it. NULL, no memory: as arena_alloc. */
struct json_t *json_kept(struct arena *a, struct json_t *tree) __attribute__((returns_nonnull));
/* What a text of a tree says, and the member of an object under this name: borrowed from the tree; STR_NONE when it is absent or no
 * text. */
struct str json_str(const struct json_t *j);
struct str json_str_at(const struct json_t *object, const char *name);
/* Any tree as text in the arena, under jansson's flags; STR_NONE: there is none, or it cannot be written. */
struct str json_text(struct arena *a, const struct json_t *j, size_t flags);

/* A public key as JWK (EdDSA Ed25519 and ES256) and detached JWS (RFC 7515 appendix F, b64=true) checked against it. */
struct jwk {
    char alg[8];     /* "EdDSA" or "ES256" */
    char kid[48];    /* RFC 7638 thumbprint, base64url */
    uint8_t key[65]; /* raw Ed25519 (32) or uncompressed P-256 point (65) */
    size_t key_n;
};
struct str jwk_json(struct arena *a, const struct jwk *k);
int jwk_read(struct arena *a, struct str json, struct jwk *out, struct err *e);
int jws_check_detached(struct arena *a, struct str jws, struct str payload, const struct jwk *k, struct err *e);

/* A small secret for the store under a key that is not in it (signer_vault_key); `about` says whose it is: moved to another
 * row, it does not open. */
struct str secret_seal(struct arena *a, const struct hash32 *key, struct str about, struct str plain);
bool secret_open(struct arena *a, const struct hash32 *key, struct str about, struct str sealed, struct str *plain);

void secret_wipe(void *p, size_t n);

#endif
