/* secret_test.c: what is taken for a password, a PIN or a one-time code, and what is let through. */
#include "models/m22_digital_citizens/citizens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static void refused(const char *text)
{
    struct str say = STR_NONE;
    arena_clear(&arena);
    if (!secret_in(&arena, str_of(text), &say))
        fail_msg("let through: %s", text);
    assert_true(say.n > 40);
}

static void allowed(const char *text)
{
    struct str say = STR_NONE;
    arena_clear(&arena);
    if (secret_in(&arena, str_of(text), &say))
        fail_msg("refused: %s", text);
}

static void test_secret_in__a_named_secret_with_its_value_is_refused(void **state)
{
    (void)state;
    refused("Mật khẩu là hoacucvang");
    refused("mat khau: abc");
    refused("MẬT KHẨU VNeID của ông là Thon3@2024");
    refused("mk=con trâu");
    refused("pass: 1");
    refused("mã PIN mới 4821");
    refused("Mã xác thực bà đọc: 482913");
    refused("OTP vừa tới 48291");
    refused("otp=1");
}

static void test_secret_in__a_lone_number_of_four_to_eight_digits_is_refused(void **state)
{
    (void)state;
    refused("4821");
    refused("bà nhớ số 482913 nhé");
    refused("Hẹn thứ bảy. 91827364");
}

static void test_secret_in__a_decomposed_or_toneless_word_is_the_same_word(void **state)
{
    (void)state;
    refused("ma\xCC\xA3\xCC\x82t kha\xCC\x82\xCC\x89u: abc"); /* "mật khẩu" out of letters and marks */
    refused("Mat Khau la abcd");
}

static void test_secret_in__what_a_visit_really_notes_is_let_through(void **state)
{
    (void)state;
    allowed("");
    allowed("Ông đi rẫy, hẹn tối thứ bảy 18/11/2023, nhà số 12");
    allowed("Quên mật khẩu, hướng dẫn lấy lại tại Công an xã");
    allowed("Bà hỏi mật khẩu là gì");
    allowed("Chưa nhận được OTP vì máy mất sóng");
    allowed("Sinh năm 1958, điện thoại 0905123456");
    allowed("Agribank văn bản 118/DS-NHNo ngày 14/03/2024");
    allowed("Nhận trợ cấp 500000 đồng");
    allowed("Nhận trợ cấp 1.500.000 đồng");
    allowed("VNPT-CA sê-ri 54041AFF22B9");
    allowed("Biển 67-0012-34");
    allowed("H'Nhi Niê bị ốm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_secret_in__a_named_secret_with_its_value_is_refused),
        cmocka_unit_test(test_secret_in__a_lone_number_of_four_to_eight_digits_is_refused),
        cmocka_unit_test(test_secret_in__a_decomposed_or_toneless_word_is_the_same_word),
        cmocka_unit_test(test_secret_in__what_a_visit_really_notes_is_let_through),
    };
    arena_init(&arena, 4u << 20);
    int failed = cmocka_run_group_tests_name("digital_citizens_secret", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
