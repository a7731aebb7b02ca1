/* rooms.h: where pages are written. A room is used again as soon as its reply is sent, so the few that are in use at a time stay in
 * the processor's cache; in an arena each request would write its page to memory of its own, and zero it again afterwards. A room is
 * not zeroed: whoever writes into it sends the bytes it wrote and no others (struct buf).
 */
#ifndef BON_PLATFORM_HTTP_ROOMS_H
#define BON_PLATFORM_HTTP_ROOMS_H

#include "base/arena.h"
#include "platform/http/stats.h"

#define ROOM_BYTES ((size_t)12 * 1024) /* most pages fit; one that does not moves into the arena */
#define ROOMS_KEPT 64                  /* unused ones a shard keeps */

struct room;

struct room_shard {
    pthread_mutex_t lock;
    struct room *first;
    int n;
    char gap[128]; /* two cache lines between neighbours */
};

struct rooms {
    struct room_shard shards[SHARDS];
};

void rooms_init(struct rooms *s);
void rooms_release(struct rooms *s); /* none is lent any more */

/* ROOM_BYTES bytes with anything in them, lent until the arena is cleared or released. Without memory the arena counts as full. */
char *rooms_lend(struct rooms *s, struct arena *a) __attribute__((returns_nonnull));

#endif
