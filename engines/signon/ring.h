/* ring.h: the keys that this provider signs with. */
#ifndef BON_ENGINES_SIGNON_RING_H
#define BON_ENGINES_SIGNON_RING_H

#include "engines/signon/inside.h"
#include "platform/crypto/signer.h"

int ring_known(struct req *q, const struct ring_key **keys, size_t *n, struct err *e); /* borrowed for the process's life */
struct str ring_jwks(struct arena *a, const struct ring_key *keys, size_t n, struct instant now);
unsigned ring_algs(const struct ring_key *keys, size_t n, struct instant now); /* with which it can sign now */

#endif
