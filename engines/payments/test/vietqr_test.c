/* vietqr_test.c: the text of a VietQR against vectors that others made, and what is refused. */
#include "engines/payments/payments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LULUT                                                                                                    \
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813" \
    "ung ho lu lut6304C15C"

static int set_up(void **state)
{
    static struct arena a;
    arena_init(&a, 1 << 20);
    *state = &a;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

static void test_vietqr_text__is_the_published_vector(void **state)
{
    struct vietqr v = { STR("970415"), STR("0011001932418"), { 120000 }, STR("ung ho lu lut") };
    struct str text = vietqr_text(*state, &v);
    assert_true(str_eq(text, STR(LULUT)));
}

static void test_vietqr_crc__is_that_of_two_more_published_codes(void **state)
{
    (void)state;
    assert_int_equal(
        vietqr_crc(STR("00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304")), 0xAE9F);
    assert_int_equal(vietqr_crc(STR("00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100"
                                    "005802VN62150811Chuyen tien6304")),
                     0x53E6);
}

static void test_vietqr_read__gives_back_what_was_written(void **state)
{
    struct vietqr v;
    struct err e = { 0 };
    assert_int_equal(vietqr_read(*state, STR(LULUT), &v, &e), 0);
    assert_true(str_eq(v.bin, STR("970415")));
    assert_true(str_eq(v.account, STR("0011001932418")));
    assert_int_equal(v.amount.dong, 120000);
    assert_true(str_eq(v.purpose, STR("ung ho lu lut")));
}

static void test_vietqr_read__one_changed_letter_is_refused(void **state)
{
    struct err e = { 0 };
    struct vietqr v;
    char text[] = LULUT;
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        char was = text[i];
        text[i] = was == '7' ? '8' : '7';
        assert_int_equal(vietqr_read(*state, (struct str) { text, sizeof text - 1 }, &v, &e), -1);
        text[i] = was;
    }
    for (size_t n = 0; n + 1 < sizeof text; n++)
        assert_int_equal(vietqr_read(*state, (struct str) { text, n }, &v, &e), -1);
}

static void test_vietqr_text__what_the_format_cannot_carry_is_refused(void **state)
{
    struct vietqr v = { STR("970415"), STR("0011001932418"), { 1 }, STR("Hồ sơ") };
    assert_null(vietqr_text(*state, &v).p);
    v.purpose = STR("abcdefghijklmnopqrstuvwxyz");
    assert_null(vietqr_text(*state, &v).p);
    v.purpose = STR("BON");
    v.bin = STR("97041");
    assert_null(vietqr_text(*state, &v).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vietqr_text__is_the_published_vector),
        cmocka_unit_test(test_vietqr_crc__is_that_of_two_more_published_codes),
        cmocka_unit_test(test_vietqr_read__gives_back_what_was_written),
        cmocka_unit_test(test_vietqr_read__one_changed_letter_is_refused),
        cmocka_unit_test(test_vietqr_text__what_the_format_cannot_carry_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
