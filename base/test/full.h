/* full.h: arenas that are full when a test wants it. Whatever jumps out then must leave nothing behind: LeakSanitizer says so. */
#ifndef BON_BASE_TEST_FULL_H
#define BON_BASE_TEST_FULL_H

#include "base/arena_fault.h"

/* The nth allocation from now finds the arena full, once. */
struct count_down {
    struct arena_fault fault;
    int left;
};

static inline bool counts_down(struct arena_fault *f)
{
    struct count_down *c = (struct count_down *)f;
    return c->left > 0 && --c->left == 0;
}

typedef void in_arena_fn(struct arena *a, void *ctx);

/* Runs fn in an arena that is full at its nth allocation. false: it came to its end before. */
static inline bool is_full_at(int nth, in_arena_fn *fn, void *ctx)
{
    struct arena a;
    jmp_buf full;
    struct count_down c = { { counts_down }, nth };
    arena_init(&a, 16 << 20);
    a.fault = &c.fault;
    a.on_full = &full;
    if (setjmp(full) == 0)
        fn(&a, ctx);
    arena_release(&a);
    return c.left == 0;
}

/* The same with each of its allocations in turn; how many there are. */
static inline int full_at_each(in_arena_fn *fn, void *ctx)
{
    int n = 0;
    while (is_full_at(n + 1, fn, ctx))
        n++;
    return n;
}

#endif
