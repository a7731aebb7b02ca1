#include "platform/http/shared.h"

#include <string.h>

void shared_init(struct shared_pages *s, void (*drop)(void *reply))
{
    *s = (struct shared_pages) { .drop = drop };
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&s->shards[i].lock, NULL);
}

void shared_release(struct shared_pages *s)
{
    for (int i = 0; i < SHARDS; i++) {
        for (int k = 0; k < SHARED_PAGES; k++)
            if (s->shards[i].pages[k].target_n > 0)
                s->drop(s->shards[i].pages[k].reply);
        pthread_mutex_destroy(&s->shards[i].lock);
    }
}

bool shared_may_keep(struct str target, size_t page_n)
{
    return target.n > 0 && target.n <= SHARED_TARGET && page_n <= SHARED_MOST && str_find_char(target, '?') < 0;
}

/* Each address has one place; two that share it take turns. */
static struct shared_page *place_of(struct shared_shard *of, struct str target)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < target.n; i++)
        sum = sum * 31 + (unsigned char)target.p[i];
    return &of->pages[(sum ^ sum >> 8) % SHARED_PAGES];
}

static bool is_of(const struct shared_page *p, struct str target)
{
    return str_eq((struct str) { p->target, p->target_n }, target);
}

bool shared_send(struct shared_pages *s, struct str target, const struct shared_moment *now, shared_send_fn *send, void *ctx)
{
    if (!shared_may_keep(target, 0))
        return false;
    struct shared_shard *mine = &s->shards[shard_of_thread()];
    struct shared_page *p = place_of(mine, target);
    pthread_mutex_lock(&mine->lock);
    bool is_true = is_of(p, target) && p->drawn.writes == now->writes && now->us - p->drawn.us < SHARED_US;
    bool sent = is_true && send(ctx, p->reply);
    pthread_mutex_unlock(&mine->lock);
    return sent;
}

void shared_keep(struct shared_pages *s, struct str target, const struct shared_moment *drawn, void *reply)
{
    struct shared_shard *mine = &s->shards[shard_of_thread()];
    struct shared_page *p = place_of(mine, target);
    pthread_mutex_lock(&mine->lock);
    void *before = p->target_n > 0 ? p->reply : NULL;
    memcpy(p->target, target.p, target.n);
    p->target_n = target.n;
    p->drawn = *drawn;
    p->reply = reply;
    pthread_mutex_unlock(&mine->lock);
    if (before)
        s->drop(before);
}
