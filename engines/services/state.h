/* state.h: what the engine keeps for the process, behind one lock: versions that were asked for (they never change, so none is ever taken
 * out), and the words of the search (index.h), which are made anew when the catalogue's stamp has moved.
 */
#ifndef BON_ENGINES_SERVICES_STATE_H
#define BON_ENGINES_SERVICES_STATE_H

#include "engines/people/pack.h"
#include "engines/services/inside.h"

#include <pthread.h>

struct kept_version {
    int64_t id;
    struct service_def *def;
    struct arena arena;
    struct kept_version *next;
};

struct service_index;

enum { KEPT_PLACES = 512 };
struct services_state {
    struct pack_conf conf; /* who carries which function; set at start */
    pthread_mutex_t lock;
    struct kept_version *kept[KEPT_PLACES];
    struct service_index *index; /* NULL: not asked yet; find.c */
};

void services_forget(struct kept_version *first);

#endif
