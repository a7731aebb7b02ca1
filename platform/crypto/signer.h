/* signer.h: the process that holds the keys. The supervisor starts it before the server, gives it one end of a socket pair
 * and the key directory, and it drops everything else (no network, no files after start, seccomp). It answers seven typed
 * requests: sign, public keys, CMS, token, ring, vault key, alive. The server and commands talk to it through struct signer; a
 * private key never enters their memory. Wire form: 4-byte length, then canonical JSON; limits 64 KiB; one answer per request,
 * in order.
 */
#ifndef BON_PLATFORM_SIGNER_H
#define BON_PLATFORM_SIGNER_H

#include "platform/crypto/jose.h"

struct signer; /* client side: thread-safe */

/* Runs the signer on fd until it closes; returns the process's exit status. Keys: <dir>/<purpose>.key, PKCS#8 PEM mode 0600,
 * Ed25519, made when missing (a P-256 key put there signs ES256). <dir>/<purpose>.jwks lists the public keys of now and of
 * before: to rotate, move the .key file away and restart; what the old key signed is still checked against its public half. */
int signer_main(int fd, const char *key_dir);
enum { SIGNER_PAYLOAD_MAX = 48000, SIGNER_KEYS_MAX = 16, SIGNER_WAIT_S = 5 };

int signer_connect(int fd, struct signer **out, struct err *e);
/* For commands without a supervisor: forks a signer of their own. */
int signer_spawn(const char *key_dir, struct signer **out, struct err *e);
void signer_close(struct signer *s);

/* All wait at most SIGNER_WAIT_S for the signer (its first answer, when it may be making keys, a minute), then ERR_SIGNER; after a
 * broken or late answer the connection stays closed, the signer ends, and the supervisor starts a new pair. */
/* Detached JWS (compact, empty payload part) over `payload` with the purpose's current key: "seal", "receipt", "backup",
 * "device"; "paper" signs papers, see signer_cms. */
int signer_sign(struct signer *s, struct arena *a, const char *purpose, struct str payload, struct str *jws, struct err *e);
/* A detached CMS SignedData (RFC 5652, DER) over what has this SHA-256, with the key of "paper" (P-256) and its certificate
 * <dir>/paper.crt: made self-signed when missing; a certificate of the state's authority is put in its place, beside its key. */
int signer_cms(struct signer *s, struct arena *a, const struct hash32 *digest, struct str *cms, struct err *e);
/* The current key first, then older ones. */
int signer_keys(struct signer *s, struct arena *a, const char *purpose, struct jwk *keys, size_t *n, size_t max,
                struct err *e);
/* The key under which the store holds what is called `name` ("totp/12"), derived from a secret that the signer keeps in
 * <dir>/vault.secret and never gives away. The same name gives the same key as long as that file is the same. */
int signer_vault_key(struct signer *s, struct arena *a, struct str name, struct hash32 *key, struct err *e);
bool signer_alive(struct signer *s);

/* ---- tokens for others to check ---- */
/* A ring of keys for each algorithm: next, current, retired, gone (signer_ring.h). ES256 and EdDSA are there from the start, for
 * "signon" RS256 too; another algorithm's first rotation makes its first key. Purposes: "signon", "broker". */
enum { RING_KEYS_MAX = 24, RING_MEMBERS_MAX = 800 };
struct ring_key {
    enum jose_alg alg;
    char kid[JOSE_THUMBPRINT + 1];
    char members[RING_MEMBERS_MAX]; /* kty and the public numbers, as JSON members without braces */
    struct instant from, until;     /* signs from; published until (0: still) */
};
bool ring_key_is_gone(const struct ring_key *k, struct instant now);
int signer_ring(struct signer *s, struct arena *a, const char *purpose, struct ring_key *keys, size_t *n, size_t max, struct err *e);

struct token_order {
    const char *purpose;
    enum jose_alg alg;
    const char *typ;    /* "JWT", "at+jwt", "logout+jwt" */
    struct str claims;  /* JSON */
    struct instant now; /* which key is current */
};
/* A compact JWS with typ, kid and alg in its header. Requests of several threads travel together. */
int signer_token(struct signer *s, struct arena *a, const struct token_order *t, struct str *token, struct err *e);

/* For a command: makes the next key in a process of its own; the signer knows it after a restart (SIGHUP to the supervisor). at_once: the
 * old key may be known to others, the new one signs now. */
int signer_rotate(const char *key_dir, const char *purpose, enum jose_alg alg, struct instant now, bool at_once, struct err *e);

#endif
