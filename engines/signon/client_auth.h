/* client_auth.h: an app proves that it is itself. */
#ifndef BON_ENGINES_SIGNON_CLIENT_AUTH_H
#define BON_ENGINES_SIGNON_CLIENT_AUTH_H

#include "engines/signon/inside.h"

struct client_proof {
    const struct signon_client *client; /* known, though perhaps not proven, when the check failed */
    bool shown;                         /* key holds the assertion, which counts once: shown_once at the door */
    struct hash32 key;
    struct instant key_until;
};
/* By the one method that the app is registered with (RFC 6749 section 2.3, RFC 7523, FAPI 2.0 section 5.3.2.1). */
int client_authenticate(struct req *q, struct client_proof *out, struct err *e);
/* At the door: refused when it was shown before. */
int shown_once(struct tx *tx, const struct hash32 *key, struct instant until, const char *error, struct err *e);

#endif
