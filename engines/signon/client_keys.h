/* client_keys.h: public keys that an app publishes at an address of its own (jwks_uri of RFC 7591), so that it can change them without
 * asking anybody. They are fetched by a job and, when an assertion names a key that nobody knows, on a thread whose work is to wait;
 * kept for all servers in one row; asked for at most once a minute. */
#ifndef BON_ENGINES_SIGNON_CLIENT_KEYS_H
#define BON_ENGINES_SIGNON_CLIENT_KEYS_H

#include "engines/signon/inside.h"

enum {
    CLIENT_KEYS_FRESH_S = 3600,      /* read again after this */
    CLIENT_KEYS_STALE_S = 24 * 3600, /* and believed up to this age when they cannot be read again */
    CLIENT_KEYS_AGAIN_S = 60,        /* one address is asked at most this often */
    CLIENT_KEYS_TIMEOUT_MS = 3000,
    CLIENT_KEYS_AT_ONCE = 8,
};

/* At the door, with an app's new metadata: a place for what its address will give; another address begins anew. */
int client_keys_follow(struct tx *tx, struct str client, struct str uri, struct err *e);
/* Fills c->keys of an app that publishes them, from the last fetch; leaves it empty when that is too old. */
int client_keys_load(struct dbr *r, struct arena *a, struct instant now, struct signon_client *c, struct err *e);
/* In a prepare, when the keys at hand do not know a token's: 1 they have been fetched again (the app must be looked up anew), 0 it is
 * too early for that, -1 failed, or the request must wait elsewhere (req_may_wait). */
int client_keys_again(struct req *q, const struct signon_client *c, struct err *e);

#endif
