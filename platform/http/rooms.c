#include "platform/http/rooms.h"

#include <stdlib.h>

struct room {
    struct room *next; /* while nobody has it */
    struct rooms *of;
    _Alignas(64) char bytes[ROOM_BYTES];
};

void rooms_init(struct rooms *s)
{
    *s = (struct rooms) { 0 };
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&s->shards[i].lock, NULL);
}

void rooms_release(struct rooms *s)
{
    for (int i = 0; i < SHARDS; i++) {
        while (s->shards[i].first) {
            struct room *r = s->shards[i].first;
            s->shards[i].first = r->next;
            free(r);
        }
        pthread_mutex_destroy(&s->shards[i].lock);
    }
}

static struct room *take(struct rooms *s)
{
    struct room_shard *mine = &s->shards[shard_of_thread()];
    pthread_mutex_lock(&mine->lock);
    struct room *r = mine->first;
    if (r) {
        mine->first = r->next;
        mine->n--;
    }
    pthread_mutex_unlock(&mine->lock);
    return r;
}

/* To the thread that has finished with it: it is the one with the room in its cache. */
static void give_back(void *room)
{
    struct room *r = room;
    struct room_shard *mine = &r->of->shards[shard_of_thread()];
    pthread_mutex_lock(&mine->lock);
    bool keep = mine->n < ROOMS_KEPT;
    if (keep) {
        r->next = mine->first;
        mine->first = r;
        mine->n++;
    }
    pthread_mutex_unlock(&mine->lock);
    if (!keep)
        free(r);
}

char *rooms_lend(struct rooms *s, struct arena *a)
{
    struct room *r = take(s);
    if (!r)
        r = aligned_alloc(64, sizeof(*r));
    if (!r)
        arena_full(a);
    r->of = s;
    arena_defer(a, give_back, r);
    return r->bytes;
}
