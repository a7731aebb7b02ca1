#include "platform/http/exchange.h"

#include <stdlib.h>
#include <string.h>

void shelf_init(struct shelf *s, size_t arena_cap)
{
    *s = (struct shelf) { .arena_cap = arena_cap };
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&s->shards[i].lock, NULL);
}

static void exchange_free(struct exchange *x)
{
    arena_release(&x->arena);
    free(x);
}

void shelf_release(struct shelf *s)
{
    for (int i = 0; i < SHARDS; i++) {
        while (s->shards[i].first) {
            struct exchange *x = s->shards[i].first;
            s->shards[i].first = x->next;
            exchange_free(x);
        }
        pthread_mutex_destroy(&s->shards[i].lock);
    }
}

struct exchange *shelf_take(struct shelf *s)
{
    struct shelf_shard *mine = &s->shards[shard_of_thread()];
    pthread_mutex_lock(&mine->lock);
    struct exchange *x = mine->first;
    if (x) {
        mine->first = x->next;
        mine->n--;
    }
    pthread_mutex_unlock(&mine->lock);
    if (!x)
        x = calloc(1, sizeof(*x));
    if (!x)
        return NULL;
    if (!x->arena.chunk)
        arena_init(&x->arena, s->arena_cap);
    atomic_fetch_add_explicit(&mine->out, 1, memory_order_relaxed);
    return x;
}

void shelf_put(struct shelf *s, struct exchange *x)
{
    struct arena kept = x->arena;
    arena_clear(&kept);
    kept.cap = s->arena_cap;
    kept.on_full = NULL;
    memset(x, 0, sizeof(*x));
    x->arena = kept;
    struct shelf_shard *mine = &s->shards[shard_of_thread()];
    pthread_mutex_lock(&mine->lock);
    bool keep = mine->n < SHELF_MOST;
    if (keep) {
        x->next = mine->first;
        mine->first = x;
        mine->n++;
    }
    pthread_mutex_unlock(&mine->lock);
    if (!keep)
        exchange_free(x);
    atomic_fetch_sub_explicit(&mine->out, 1, memory_order_release);
}

int shelf_out(const struct shelf *s)
{
    int out = 0;
    for (int i = 0; i < SHARDS; i++)
        out += atomic_load_explicit(&s->shards[i].out, memory_order_acquire);
    return out;
}

/* With a known length the room is taken once; otherwise it doubles up to the limit. */
static bool body_room(struct exchange *x, size_t n)
{
    if (x->body_n + n <= x->body_room)
        return true;
    size_t want = x->body_room ? x->body_room * 2 : 4096;
    if (!x->chunked)
        want = (size_t)x->length;
    if (want < x->body_n + n)
        want = x->body_n + n;
    if (want > x->body_limit)
        want = x->body_limit;
    char *p = arena_try(&x->arena, want);
    if (!p)
        return false;
    if (x->body_n > 0)
        memcpy(p, x->body, x->body_n);
    x->body = p;
    x->body_room = want;
    return true;
}

bool exchange_take_body(struct exchange *x, const char *p, size_t n)
{
    if (n > x->body_limit - x->body_n || !body_room(x, n))
        return false;
    memcpy(x->body + x->body_n, p, n);
    x->body_n += n;
    return true;
}

void exchange_read_headers(struct exchange *x)
{
    struct req *q = &x->q;
    struct str length = req_header(q, "content-length");
    x->chunked = req_header(q, "transfer-encoding").p != NULL;
    x->expects = req_header(q, "expect").p != NULL;
    if (length.p && !str_to_u64(length, &x->length))
        x->length = UINT64_MAX;
    x->head = str_eq(x->method, STR("HEAD"));
    q->method = x->head ? METHOD_GET : method_named(x->method);
    q->remote = str_of(x->conn->address);
    if (x->conn->local)
        q->remote = remote_behind(q, q->remote);
}
