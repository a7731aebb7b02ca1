/* scim_filter_test.c: what a personnel system may ask for, and what is refused by name. */
#include "engines/staff/scim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct arena arena;

static struct scim_filter parsed(const char *text)
{
    struct scim_filter f;
    struct err e = { 0 };
    if (scim_filter_parse(&arena, str_of(text), &f, &e) != 0)
        fail_msg("%s: %s", text, e.detail);
    return f;
}

static void refused(const char *text)
{
    struct scim_filter f;
    struct err e = { 0 };
    if (scim_filter_parse(&arena, str_of(text), &f, &e) == 0)
        fail_msg("taken: %s", text);
    assert_string_equal(e.field, "400 invalidFilter");
}

static void expect(const struct scim_filter *f, enum scim_attribute k, const char *value)
{
    assert_true(f->asked[k]);
    assert_true(str_eq(f->value[k], str_of(value)));
}

static void test_scim_filter__one_comparison(void **state)
{
    (void)state;
    struct scim_filter f = parsed("userName eq \"nguyen.mau\"");
    expect(&f, SCIM_USER_NAME, "nguyen.mau");
    assert_false(f.asked[SCIM_ACTIVE]);
    f = parsed("");
    for (int k = 0; k < SCIM_ATTRIBUTES_; k++)
        assert_false(f.asked[k]);
}

static void test_scim_filter__and_joins_and_names_have_no_case(void **state)
{
    (void)state;
    struct scim_filter f = parsed("USERNAME EQ \"a.b\" AND active eq False and EMAILS.value eq \"x@y.vn\"");
    expect(&f, SCIM_USER_NAME, "a.b");
    expect(&f, SCIM_EMAIL, "x@y.vn");
    assert_true(f.asked[SCIM_ACTIVE] && !f.active);
}

static void test_scim_filter__the_schema_may_stand_before_the_name(void **state)
{
    (void)state;
    struct scim_filter f = parsed(SCIM_ENTERPRISE ":department eq \"so-tttt\" and " SCIM_USER ":externalId eq \"CB-1\"");
    expect(&f, SCIM_DEPARTMENT, "so-tttt");
    expect(&f, SCIM_EXTERNAL_ID, "CB-1");
}

static void test_scim_filter__escapes_in_a_value(void **state)
{
    (void)state;
    struct scim_filter f = parsed("displayName eq \"Nguyễn \\\"Tư\\\" \\\\ A\"");
    expect(&f, SCIM_DISPLAY_NAME, "Nguyễn \"Tư\" \\ A");
}

static void test_scim_filter__what_is_not_understood_is_refused(void **state)
{
    static const char *const wrong[] = {
        "userName",
        "userName eq",
        "userName eq nguyen",
        "userName eq \"a",
        "userName eq \"\"",
        "userName co \"a\"",
        "userName sw \"a\"",
        "userName pr",
        "not (userName eq \"a\")",
        "(userName eq \"a\")",
        "userName eq \"a\" or userName eq \"b\"",
        "userName eq \"a\" and",
        "userName eq \"a\" and userName eq \"b\"",
        "userName eq \"a\" userName eq \"b\"",
        "password eq \"a\"",
        "active eq maybe",
        "userName eq \"\\u0041\"",
        "emails[type eq \"work\"].value eq \"x\"",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        refused(wrong[i]);
}

static void test_scim_filter__a_long_one_is_refused(void **state)
{
    char text[2000];
    (void)state;
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    refused(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scim_filter__one_comparison),
        cmocka_unit_test(test_scim_filter__and_joins_and_names_have_no_case),
        cmocka_unit_test(test_scim_filter__the_schema_may_stand_before_the_name),
        cmocka_unit_test(test_scim_filter__escapes_in_a_value),
        cmocka_unit_test(test_scim_filter__what_is_not_understood_is_refused),
        cmocka_unit_test(test_scim_filter__a_long_one_is_refused),
    };
    arena_init(&arena, 4u << 20);
    int failed = cmocka_run_group_tests_name("scim_filter", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
