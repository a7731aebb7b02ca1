/* signer.h: the process that holds the keys. The supervisor starts it before the server, gives it one end of a socket pair
 * and the key directory, and it drops everything else (no network, no files after start, seccomp). It answers three typed
 * requests: sign, public keys, alive. The server and commands talk to it through struct signer; a private key never enters
 * their memory. Wire form: 4-byte length, then canonical JSON; limits 64 KiB; one answer per request, in order.
 */
#ifndef BON_PLATFORM_SIGNER_H
#define BON_PLATFORM_SIGNER_H

#include "platform/crypto/crypto.h"

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

/* All three wait at most SIGNER_WAIT_S, then ERR_SIGNER; after a broken or late answer the connection stays closed, the signer
 * ends, and the supervisor starts a new pair. */
/* Detached JWS (compact, empty payload part) over `payload` with the purpose's current key: "seal", "receipt", "backup". */
int signer_sign(struct signer *s, struct arena *a, const char *purpose, struct str payload, struct str *jws, struct err *e);
/* The current key first, then older ones. */
int signer_keys(struct signer *s, struct arena *a, const char *purpose, struct jwk *keys, size_t *n, size_t max,
                struct err *e);
bool signer_alive(struct signer *s);

#endif
