/* Addresses that this server must not be sent to. */
#include "platform/ask/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <string.h>

static bool special(const char *text)
{
    struct sockaddr_storage s = { 0 };
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        memcpy(&s, &four, sizeof four);
    else if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
        memcpy(&s, &six, sizeof six);
    else
        fail_msg("%s is no address", text);
    return address_is_special((const struct sockaddr *)&s);
}

static void test_guard__inner_and_special_addresses_are_known(void **state)
{
    static const char *const inner[] = { "127.0.0.1",
                                         "10.1.2.3",
                                         "172.16.0.1",
                                         "172.31.255.255",
                                         "192.168.1.1",
                                         "169.254.169.254",
                                         "100.64.0.1",
                                         "0.0.0.0",
                                         "224.0.0.1",
                                         "255.255.255.255",
                                         "192.0.2.1",
                                         "198.18.0.1",
                                         "::1",
                                         "::",
                                         "fe80::1",
                                         "fd00::1",
                                         "ff02::1",
                                         "::ffff:10.0.0.1",
                                         "64:ff9b::7f00:1",
                                         "2001:db8::1",
                                         "2002:7f00:1::",
                                         "2001:0:1::1",
                                         "::127.0.0.1" };
    static const char *const outer[] = { "1.1.1.1",  "172.32.0.1",      "100.128.0.1",
                                         "11.0.0.1", "2606:4700::1111", "::ffff:8.8.8.8" };
    (void)state;
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
        if (!special(inner[i]))
            fail_msg("%s passes", inner[i]);
    for (size_t i = 0; i < sizeof outer / sizeof *outer; i++)
        if (special(outer[i]))
            fail_msg("%s is refused", outer[i]);
}

static void test_guard__a_name_that_leads_inside_is_refused_unless_it_is_listed(void **state)
{
    char text[64];
    struct err e = { 0 };
    (void)state;
    assert_int_equal(guard_resolve("", STR("localhost"), STR("80"), text, &e), -1);
    assert_int_equal(e.code, ERR_FORBIDDEN);
    assert_int_equal(guard_resolve("app.lan:80", STR("127.0.0.1"), STR("80"), text, &e), -1);
    assert_int_equal(guard_resolve("app.lan, 127.0.0.1:80", STR("127.0.0.1"), STR("80"), text, &e), 0);
    assert_string_equal(text, "127.0.0.1");
    assert_int_equal(guard_resolve("127.0.0.1:81", STR("127.0.0.1"), STR("80"), text, &e), -1);
    assert_int_equal(guard_resolve("", STR("[::1]"), STR("80"), text, &e), -1);
    assert_true(guard_is_inner("app.lan", STR("app.lan"), STR("8443")));
    assert_false(guard_is_inner("app.lan", STR("x.app.lan"), STR("8443")));
    assert_false(guard_is_inner(NULL, STR("app.lan"), STR("8443")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guard__inner_and_special_addresses_are_known),
        cmocka_unit_test(test_guard__a_name_that_leads_inside_is_refused_unless_it_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
