/* test_main.h: what every cmocka file here begins with, and an arena per test. */
#ifndef BON_CRYPTO_TEST_MAIN_H
#define BON_CRYPTO_TEST_MAIN_H

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define assert_str(got_, want_)                                \
    do {                                                       \
        struct str got = (got_);                               \
        assert_int_equal(got.n, strlen(want_));                \
        assert_memory_equal(got.p ? got.p : "", want_, got.n); \
    } while (0)

static inline int arena_setup(void **state)
{
    struct arena *a = calloc(1, sizeof *a);
    if (!a)
        return -1;
    arena_init(a, (size_t)64 << 20);
    *state = a;
    return 0;
}

static inline int arena_teardown(void **state)
{
    arena_release(*state);
    free(*state);
    return 0;
}

#endif
