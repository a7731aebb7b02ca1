/* arena.h: memory that lives exactly as long as one request, job or command.
 *
 * Allocations are bump-pointer, zeroed, aligned to 16 bytes and never freed one by one. An arena has a cap: at the cap, or
 * when the system has no memory, arena_alloc does not return; it jumps to the place the owner registered with on_full
 * (arena_holds; the dispatcher rolls back and answers 413 or 503). Inside callbacks of other libraries no jump may cross their
 * frames: use arena_try there.
 *
 * What another library allocates cannot lie in an arena, but it can go with it: arena_defer, at once after it was made. So a
 * jump leaks nothing, and nobody has to release on each way out of a function.
 */
#ifndef BON_BASE_ARENA_H
#define BON_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;
struct arena_fault;
struct arena_deferred;

struct arena {
    struct arena_chunk *chunk; /* newest chunk; older ones hang behind it */
    size_t used;               /* bytes handed out, all chunks */
    size_t cap;                /* most bytes this arena may hand out */
    jmp_buf *on_full;          /* where to go at the cap; NULL: abort with a message */
    bool refused;              /* set when an allocation could not be had */
    struct arena_fault *fault; /* make torture: base/arena_fault.h */
    struct arena *parent;      /* of a child: whose on_full is meant */
    struct arena *children;    /* arena_child; they go when this one is cleared or released */
    struct arena *sibling;     /* the parent's next child */
    struct arena_deferred *deferred;
};

/* Memory is taken from the system at first use, not here. */
void arena_init(struct arena *a, size_t cap);

/* Gives everything back. NULL-safe, may be called twice. */
void arena_release(struct arena *a);

/* Forgets all allocations but keeps one chunk, the largest of at most 128 KiB, for the next user: who does the same kind of work
 * again and again soon asks the system for nothing. */
void arena_clear(struct arena *a);

/* n zeroed bytes; never NULL (see on_full). n may be 0. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull, alloc_size(2)));

/* count * size zeroed bytes; a product that overflows counts as "full". */
void *arena_array(struct arena *a, size_t count, size_t size) __attribute__((returns_nonnull));

/* As arena_alloc, but NULL when full. Whoever holds something then lets it go and says so: arena_full goes where arena_alloc would have. */
void *arena_try(struct arena *a, size_t n);
_Noreturn void arena_full(struct arena *a);

/* p, which had `old` bytes, now with n: the same place when it was the newest allocation and there is room, otherwise a
 * copy elsewhere. The bytes gained are zero. p may be NULL with old 0. */
void *arena_grow(struct arena *a, void *p, size_t old, size_t n) __attribute__((returns_nonnull));

/* Runs work(ctx) with a way back: false, and work is left where it stood, when the arena (or a child) was full. Whatever held before
 * holds again afterwards. What work changes stands behind ctx, not in its caller's own variables. */
bool arena_holds(struct arena *a, void (*work)(void *ctx), void *ctx);

/* An arena of its own, with the same cap and its parent's way back, that is cleared or released apart: for one row of a long export, one
 * line of a big file. Whoever jumps out over it leaks nothing: the parent gives its memory back at the latest. */
struct arena *arena_child(struct arena *a) __attribute__((returns_nonnull));

/* Runs fn(obj) when the arena is cleared or released: the last deferred first, before any of its memory goes. When there is no
 * memory to remember that, fn(obj) runs now, and it ends as arena_alloc does. */
void arena_defer(struct arena *a, void (*fn)(void *), void *obj);

#define arena_new(a, type)              ((type *)arena_alloc((a), sizeof(type)))
#define arena_new_array(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

#endif
