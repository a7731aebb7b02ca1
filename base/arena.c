#include "base/arena.h"
#include "base/arena_fault.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

#ifdef WATCHED
#include <sanitizer/asan_interface.h>
/* Under AddressSanitizer each allocation has a forbidden zone behind it, and what is not handed out is forbidden too. */
#define FORBID(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define ALLOW(p, n)  ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { ZONE = 16 };
#else
#define FORBID(p, n) ((void)(p), (void)(n))
#define ALLOW(p, n)  ((void)(p), (void)(n))
enum { ZONE = 0 };
#endif

enum { ALIGN = 16, CHUNK_FIRST = 8 * 1024, CHUNK_MOST = 1024 * 1024, CHUNK_KEPT = 128 * 1024 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t room, at; /* bytes in `bytes`, and how many of them are taken */
    _Alignas(ALIGN) unsigned char bytes[];
};

void arena_init(struct arena *a, size_t cap)
{
    *a = (struct arena) { .cap = cap };
}

static void chunk_free(struct arena_chunk *c)
{
    ALLOW(c->bytes, c->room);
    free(c);
}

static void children_release(struct arena *a)
{
    for (struct arena *c = a->children; c; c = c->sibling)
        arena_release(c);
    a->children = NULL;
}

struct arena_deferred {
    struct arena_deferred *before;
    void (*fn)(void *);
    void *obj;
};

static void run_deferred(struct arena *a)
{
    while (a->deferred) {
        struct arena_deferred *d = a->deferred;
        a->deferred = d->before;
        d->fn(d->obj);
    }
}

void arena_release(struct arena *a)
{
    if (!a)
        return;
    children_release(a);
    run_deferred(a);
    while (a->chunk) {
        struct arena_chunk *c = a->chunk;
        a->chunk = c->older;
        chunk_free(c);
    }
    a->used = 0;
    a->refused = false;
}

/* Gives all chunks back but the largest that is worth keeping. */
static struct arena_chunk *keep_one(struct arena *a)
{
    struct arena_chunk *kept = NULL;
    while (a->chunk) {
        struct arena_chunk *c = a->chunk;
        a->chunk = c->older;
        if (c->room > CHUNK_KEPT || (kept && c->room <= kept->room)) {
            chunk_free(c);
            continue;
        }
        if (kept)
            chunk_free(kept);
        kept = c;
    }
    if (kept)
        kept->older = NULL;
    return a->chunk = kept;
}

void arena_clear(struct arena *a)
{
    children_release(a);
    run_deferred(a);
    a->used = 0;
    a->refused = false;
    struct arena_chunk *kept = keep_one(a);
    if (!kept)
        return;
    ALLOW(kept->bytes, kept->at);
    memset(kept->bytes, 0, kept->at);
    FORBID(kept->bytes, kept->room);
    kept->at = 0;
}

static struct arena_chunk *chunk_new(size_t room)
{
    struct arena_chunk *c = calloc(1, sizeof *c + room);
    if (!c)
        return NULL;
    c->room = room;
    FORBID(c->bytes, room);
    return c;
}

/* A chunk with `need` free bytes. A piece too big for the usual chunk gets one of its own, put behind the newest, so that the
 * newest goes on being filled. */
static struct arena_chunk *chunk_with(struct arena *a, size_t need)
{
    if (!a->chunk) {
        a->chunk = chunk_new(CHUNK_FIRST);
        if (!a->chunk)
            return NULL;
    }
    struct arena_chunk *top = a->chunk;
    if (need <= top->room - top->at)
        return top;
    size_t room = top->room < CHUNK_MOST ? top->room * 2 : CHUNK_MOST;
    bool own = need > room / 4;
    struct arena_chunk *c = chunk_new(own ? need : room);
    if (!c)
        return NULL;
    if (own && top->older) {
        c->older = top->older;
        top->older = c;
    } else {
        c->older = top;
        a->chunk = c;
    }
    return c;
}

/* n rounded up to the alignment; 0 when that overflows or passes the cap. */
static size_t taken(const struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 2 || a->used > a->cap)
        return 0;
    size_t whole = n ? (n + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
    return whole <= a->cap - a->used ? whole : 0;
}

static bool fault_strikes(struct arena *a)
{
    return a->fault && a->fault->strikes(a->fault);
}

void *arena_try(struct arena *a, size_t n)
{
    size_t whole = taken(a, n);
    struct arena_chunk *c = whole && !fault_strikes(a) ? chunk_with(a, whole + ZONE) : NULL;
    if (!c) {
        a->refused = true;
        return NULL;
    }
    void *p = c->bytes + c->at;
    c->at += whole + ZONE;
    a->used += whole;
    ALLOW(p, n);
    return p;
}

/* Whose way back is meant. */
static struct arena *owner_of(struct arena *a)
{
    while (a->parent)
        a = a->parent;
    return a;
}

_Noreturn void arena_full(struct arena *a)
{
    const struct arena *owner = owner_of(a);
    a->refused = true;
    if (owner->on_full)
        longjmp(*owner->on_full, 1);
    fprintf(stderr, "bon: arena full: %zu of %zu bytes in use, and its owner named no way back\n", a->used, a->cap);
    abort();
}

/* Nothing here changes after setjmp. */
static bool holds(struct arena *owner, void (*work)(void *ctx), void *ctx)
{
    jmp_buf full, *outer = owner->on_full;
    if (setjmp(full)) {
        owner->on_full = outer;
        return false;
    }
    owner->on_full = &full;
    work(ctx);
    owner->on_full = outer;
    return true;
}

bool arena_holds(struct arena *a, void (*work)(void *ctx), void *ctx)
{
    return holds(owner_of(a), work, ctx);
}

void *arena_alloc(struct arena *a, size_t n)
{
    void *p = arena_try(a, n);
    if (!p)
        arena_full(a);
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n))
        arena_full(a);
    return arena_alloc(a, n);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *obj)
{
    struct arena_deferred *d = arena_try(a, sizeof *d);
    if (!d) {
        fn(obj);
        arena_full(a);
    }
    *d = (struct arena_deferred) { a->deferred, fn, obj };
    a->deferred = d;
}

struct arena *arena_child(struct arena *a)
{
    struct arena *c = arena_alloc(a, sizeof *c);
    arena_init(c, a->cap);
    c->parent = a;
    c->fault = a->fault;
    c->sibling = a->children;
    a->children = c;
    return c;
}

/* Stretches p where it stands: only the newest allocation of the newest chunk can. */
static bool stretch(struct arena *a, unsigned char *p, size_t old, size_t n)
{
    struct arena_chunk *c = a->chunk;
    size_t had = old ? (old + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
    size_t more = taken(a, n > had ? n - had : 0);
    if (!c || !more || p < c->bytes || p + had + ZONE != c->bytes + c->at)
        return false;
    if (n > had) {
        if (more > c->room - c->at)
            return false;
        c->at += more;
        a->used += more;
    }
    ALLOW(p, n);
    return true;
}

void *arena_grow(struct arena *a, void *p, size_t old, size_t n)
{
    if (!p)
        return arena_alloc(a, n);
    if (n <= old || stretch(a, p, old, n))
        return p;
    void *moved = arena_alloc(a, n);
    memcpy(moved, p, old);
    return moved;
}
