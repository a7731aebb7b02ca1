#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_str_cut__a_bar_b_gives_two_pieces_then_ends(void **state)
{
    (void)state;
    struct str rest = STR("a|b"), piece;
    assert_true(str_cut(&rest, '|', &piece));
    assert_true(str_eq(piece, STR("a")));
    assert_true(str_cut(&rest, '|', &piece));
    assert_true(str_eq(piece, STR("b")));
    assert_false(str_cut(&rest, '|', &piece));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_str_cut__a_bar_b_gives_two_pieces_then_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
