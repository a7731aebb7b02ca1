#include "platform/http/exchange.h"

#include <stdlib.h>
#include <string.h>

void shelf_init(struct shelf *s, size_t arena_cap)
{
    *s = (struct shelf) { .arena_cap = arena_cap };
    pthread_mutex_init(&s->lock, NULL);
}

void shelf_release(struct shelf *s)
{
    while (s->first) {
        struct exchange *x = s->first;
        s->first = x->next;
        arena_release(&x->arena);
        free(x);
    }
    pthread_mutex_destroy(&s->lock);
}

struct exchange *shelf_take(struct shelf *s)
{
    pthread_mutex_lock(&s->lock);
    struct exchange *x = s->first;
    if (x) {
        s->first = x->next;
        s->n--;
    }
    pthread_mutex_unlock(&s->lock);
    if (!x)
        x = calloc(1, sizeof(*x));
    if (!x)
        return NULL;
    if (!x->arena.chunk)
        arena_init(&x->arena, s->arena_cap);
    atomic_fetch_add_explicit(&s->out, 1, memory_order_relaxed);
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
    pthread_mutex_lock(&s->lock);
    bool keep = s->n < SHELF_MOST;
    if (keep) {
        x->next = s->first;
        s->first = x;
        s->n++;
    }
    pthread_mutex_unlock(&s->lock);
    if (!keep) {
        arena_release(&x->arena);
        free(x);
    }
    atomic_fetch_sub_explicit(&s->out, 1, memory_order_release);
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

/* The proxy on this machine appends the address it saw; what stands before that is the client's own word. */
static struct str remote_of(const struct exchange *x)
{
    struct str forwarded = x->conn->local ? req_header(&x->q, "x-forwarded-for") : STR_NONE, piece;
    struct str remote = str_of(x->conn->address);
    while (forwarded.n > 0 && str_cut(&forwarded, ',', &piece))
        if (str_trim(piece).n > 0)
            remote = str_trim(piece);
    return remote;
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
    q->method = METHODS_;
    if (x->head || str_eq(x->method, STR("GET")))
        q->method = METHOD_GET;
    else if (str_eq(x->method, STR("POST")))
        q->method = METHOD_POST;
    q->remote = remote_of(x);
}
