/* check.h: cmocka with what its header needs before it, and comparing a struct str with a text. For every test program. */
#ifndef BON_BASE_TEST_CHECK_H
#define BON_BASE_TEST_CHECK_H

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Fails with both texts when s is not exactly `text`; s may lack a final NUL. */
#define assert_text(s, text) check_text((s), (text), __FILE__, __LINE__)

static inline void check_text(struct str s, const char *text, const char *file, int line)
{
    if (str_eq(s, str_of(text)))
        return;
    print_error("\"%.*s\" (%zu bytes) is not \"%s\"\n", STR_ARG(s), s.n, text ? text : "(none)");
    _fail(file, line);
}

/* For cmocka_unit_test_setup_teardown: *state is an arena of 8 MiB. */
static inline int with_arena(void **state)
{
    static struct arena a;
    arena_init(&a, 8 << 20);
    *state = &a;
    return 0;
}

static inline int without_arena(void **state)
{
    arena_release(*state);
    return 0;
}

#define in_arena(f) cmocka_unit_test_setup_teardown((f), with_arena, without_arena)

#endif
