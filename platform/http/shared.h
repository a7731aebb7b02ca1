/* shared.h: pages that are the same for everyone who has not signed in (route.shared). One that was drawn is kept with its headers,
 * ready to be sent, for a second: when the whole province opens the same page, drawing it costs once a second and the rest is sending.
 *
 * A kept page is sent only while nothing has been written since before it was drawn (db_groups), so that nobody is shown less than they
 * know of. The second bounds what comes from elsewhere: the clock, another server on the same store.
 */
#ifndef BON_PLATFORM_HTTP_SHARED_H
#define BON_PLATFORM_HTTP_SHARED_H

#include "base/str.h"
#include "platform/http/stats.h"

#include <stdbool.h>

#define SHARED_PAGES  16                  /* kept by a shard */
#define SHARED_TARGET 96                  /* bytes of an address; one with a query or a longer one is not kept */
#define SHARED_MOST   ((size_t)64 * 1024) /* bytes of a page */
#define SHARED_US     1000000

/* When a request came: its page, if it is drawn, shows at least this. */
struct shared_moment {
    int64_t us;      /* monotonic */
    uint64_t writes; /* db_groups */
};

struct shared_page {
    char target[SHARED_TARGET];
    size_t target_n; /* 0: the place is free */
    struct shared_moment drawn;
    void *reply; /* the transport's */
};

struct shared_shard {
    pthread_mutex_t lock;
    struct shared_page pages[SHARED_PAGES];
    char gap[128]; /* two cache lines between neighbours */
};

struct shared_pages {
    struct shared_shard shards[SHARDS];
    void (*drop)(void *reply);
};

void shared_init(struct shared_pages *s, void (*drop)(void *reply));
void shared_release(struct shared_pages *s);

/* Could be kept: a path without query. */
bool shared_may_keep(struct str target, size_t page_n);

/* Calls send(ctx, reply) when there is a page for this address that is still true; false when there is none. The reply lives until
 * send returns, longer only if the transport holds on to it. */
typedef bool shared_send_fn(void *ctx, void *reply);
bool shared_send(struct shared_pages *s, struct str target, const struct shared_moment *now, shared_send_fn *send, void *ctx);

/* Takes the reply, in the place of what another address or an earlier moment had left there; drops it when its time has come. */
void shared_keep(struct shared_pages *s, struct str target, const struct shared_moment *drawn, void *reply);

#endif
