/* plate_test.c: codes of plates: the check digit notices what people get wrong. */
#include "models/m22_digital_citizens/plate.h"

#include "base/test/check.h"

static const struct unit_code commune = { "24640" };

static void test_plate_code__is_commune_number_and_check(void **state)
{
    struct str code = plate_code(*state, &commune, 123);
    assert_int_equal(code.n, 13);
    assert_true(str_starts(code, STR("24640-00123-")));
    assert_true(plate_code_sound(code));
}

static void test_plate_code_sound__every_single_wrong_digit_is_noticed(void **state)
{
    struct arena *a = *state;
    for (int64_t number = 1; number < 100; number += 7) {
        struct str code = plate_code(a, &commune, number);
        for (size_t i = 0; i < code.n; i++)
            for (char c = '0'; c <= '9'; c++) {
                struct str wrong = str_dup(a, code);
                char *p = (char *)(uintptr_t)wrong.p;
                if (code.p[i] == '-' || code.p[i] == c)
                    continue;
                p[i] = c;
                assert_false(plate_code_sound(wrong));
            }
    }
}

static void test_plate_code_sound__what_is_no_code_is_refused(void **state)
{
    (void)state;
    assert_false(plate_code_sound(STR("")));
    assert_false(plate_code_sound(STR("24640-00123")));
    assert_false(plate_code_sound(STR("24640-00x23-4")));
    assert_false(plate_code_sound(STR("246400012345678901234567890-1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_plate_code__is_commune_number_and_check),
        in_arena(test_plate_code_sound__every_single_wrong_digit_is_noticed),
        in_arena(test_plate_code_sound__what_is_no_code_is_refused),
    };
    return cmocka_run_group_tests_name("digital_citizens_plate", tests, NULL, NULL);
}
