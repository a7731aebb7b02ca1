/* dpop.h: proof of possession of a key (RFC 9449). */
#ifndef BON_ENGINES_SIGNON_DPOP_H
#define BON_ENGINES_SIGNON_DPOP_H

#include "engines/signon/inside.h"

struct dpop {
    struct str jkt;    /* thumbprint of the key that was shown; STR_NONE: no proof came */
    struct hash32 key; /* of the proof, which counts once: shown_once at the door */
    struct instant key_until;
};
/* The DPoP header of this request, if there is one: form, signature, method, address, age. access_token: its hash must stand in the
 * proof; STR_NONE: not asked. */
int dpop_read(struct req *q, struct str access_token, struct dpop *out, struct err *e);

#endif
