/* session_words_test.c: what browsers and ways in are called. */
#include "engines/accounts/accounts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_called(const char *agent, const char *name)
{
    struct str is = device_name(str_of(agent));
    if (!str_eq(is, str_of(name)))
        fail_msg("%s is called \"%.*s\", expected \"%s\"", agent, STR_ARG(is), name);
}

static void test_device__browsers_have_short_names(void **state)
{
    (void)state;
    assert_called("Mozilla/5.0 (Linux; Android 13; SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0 Mobile Safari/537.36",
                  "Chrome trên Android");
    assert_called("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0",
                  "Edge trên Windows");
    assert_called("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1",
                  "Safari trên iPhone");
    assert_called("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "Firefox trên Linux");
    assert_called("curl/8.0", "Trình duyệt khác");
}

static void test_way_in__is_named_by_its_strongest_method(void **state)
{
    (void)state;
    static const struct {
        struct str methods, name;
    } ways[] = {
        { STR_INIT("pwd"), STR_INIT("Mật khẩu") },           { STR_INIT("pwd otp mfa"), STR_INIT("Mật khẩu và mã") },
        { STR_INIT("hwk user mfa"), STR_INIT("Khoá truy cập") }, { STR_INIT("swk user mfa"), STR_INIT("Khoá truy cập") },
        { STR_INIT("mca"), STR_INIT("Điện thoại xác nhận") },    { STR_INIT("fed"), STR_INIT("Tài khoản nơi khác") },
        { STR_INIT("pwdx"), STR_INIT("Cách khác") },             { STR_INIT(""), STR_INIT("Cách khác") },
    };
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        assert_true(str_eq(way_in_name(ways[i].methods), ways[i].name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_device__browsers_have_short_names),
        cmocka_unit_test(test_way_in__is_named_by_its_strongest_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
