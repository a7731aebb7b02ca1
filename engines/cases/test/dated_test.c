/* dated_test.c: tables of the pack whose rows hold from a day on. */
#include "engines/cases/dated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1u << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

#define HEAD "subject,from,value,source,confirmed\n"

static struct day day(int y, int m, int d)
{
    struct day out;
    assert_true(day_from_ymd(y, m, d, &out));
    return out;
}

static void test_dated__a_row_holds_from_its_day_until_the_next(void **state)
{
    struct dated_rows rows;
    struct err e = { 0 };
    (void)state;
    assert_int_equal(dated_read(&arena,
                                STR(HEAD "receipt,2025-07-01,01a,a decree,no\n"
                                         "receipt,2018-11-23,01,a circular,yes\n"
                                         "book,2018-11-23,06,a circular,yes\n"),
                                "forms.csv", &rows, &e),
                     0);
    assert_null(dated_on(&rows, STR("receipt"), day(2018, 11, 22)));
    const struct dated_row *old = dated_on(&rows, STR("receipt"), day(2025, 6, 30));
    assert_true(str_eq(old->value, STR("01")) && old->confirmed);
    const struct dated_row *now = dated_on(&rows, STR("receipt"), day(2025, 7, 1));
    assert_true(str_eq(now->value, STR("01a")) && !now->confirmed);
    assert_true(str_eq(dated_on(&rows, STR("book"), day(2030, 1, 1))->value, STR("06")));
    assert_null(dated_on(&rows, STR("apology"), day(2030, 1, 1)));
}

static void refused(const char *text, const char *why)
{
    struct dated_rows rows;
    struct err e = { 0 };
    assert_int_equal(dated_read(&arena, str_of(text), "forms.csv", &rows, &e), -1);
    if (!strstr(e.detail, why))
        fail_msg("%s does not say %s", e.detail, why);
}

static void test_dated__what_is_no_row_is_named(void **state)
{
    (void)state;
    refused("subject,from,value,source\n", "confirmed");
    refused(HEAD "receipt,2018-11-31,01,x,yes\n", "row 2");
    refused(HEAD "receipt,2018-11-23,,x,yes\n", "value");
    refused(HEAD "book,2018-11-23,06,x,yes\nbook,2018-11-23,07,x,yes\n", "book stands twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dated__a_row_holds_from_its_day_until_the_next),
        cmocka_unit_test(test_dated__what_is_no_row_is_named),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
