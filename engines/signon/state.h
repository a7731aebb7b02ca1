/* state.h: what the provider keeps for the process. */
#ifndef BON_ENGINES_SIGNON_STATE_H
#define BON_ENGINES_SIGNON_STATE_H

#include "engines/signon/inside.h"
#include "platform/crypto/signer.h"

#include <pthread.h>

enum { MEMORY_PLACES = 1024 };

/* One app in memory: never changed, only replaced; freed by the last who uses it. */
struct client_kept {
    struct client_kept *next;
    struct arena arena;
    struct signon_client c; /* first in use by client_secrets: they are kept beside */
    struct client_secret secrets[CLIENT_SECRETS];
    size_t n_secrets;
    int users;          /* guarded by the lock; the table itself counts as one */
    int64_t checked_us; /* monotonic */
};


struct signon_state {
    struct str salt;
    pthread_mutex_t lock;
    struct client_kept *places[MEMORY_PLACES];
    struct ring_key ring[RING_KEYS_MAX]; /* asked of the signer once */
    size_t n_ring;
    struct instant announced_at; /* farewell.c: every session that had ended then is announced; 0: not looked yet */
};

void client_memory_clear(struct signon_state *s); /* when nobody asks any more */

#endif
