#include "base/date.h"
#include "base/test/check.h"

static void test_parse__reads_every_form_papers_have(void **state)
{
    static const struct {
        const char *text, *iso, *vi;
    } cases[] = {
        { "1990-02-01", "1990-02-01", "01/02/1990" },
        { "01/02/1990", "1990-02-01", "01/02/1990" },
        { "1/2/1990", "1990-02-01", "01/02/1990" },
        { "01021990", "1990-02-01", "01/02/1990" },
        { "1-2-1990", "1990-02-01", "01/02/1990" },
        { "1990-02", "1990-02", "02/1990" },
        { "02/1990", "1990-02", "02/1990" },
        { "2/1990", "1990-02", "02/1990" },
        { "1990", "1990", "1990" },
        { "29/02/2000", "2000-02-29", "29/02/2000" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct birth b, again;
        assert_true(birth_parse(str_of(cases[i].text), &b));
        assert_text(birth_iso(*state, b), cases[i].iso);
        assert_text(birth_vi(*state, b), cases[i].vi);
        assert_true(birth_parse(birth_iso(*state, b), &again) && birth_eq(b, again));
        assert_true(birth_parse(birth_vi(*state, b), &again) && birth_eq(b, again));
    }
}

static void test_parse__refuses_what_is_no_date_and_leaves_out_alone(void **state)
{
    (void)state;
    struct birth b = { 1, 2, 3 };
    static const char *const refused[] = { "",        "29/02/1990", "31/04/1990", "00/02/1990", "1990-00",    "00/1990",
                                           "13/1990", "1990-13",    "0999",       "90",         "01/02/90",   "1990-2-1",
                                           "1990/02", "02-90",      "x",          "1990-02-",   "1990-02-00", "199",
                                           "19900",   "1/1/1/1990", " 1990",      "01 02 1990" };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(birth_parse(str_of(refused[i]), &b));
    assert_false(birth_parse(STR_NONE, &b));
    assert_true(birth_eq(b, (struct birth) { 1, 2, 3 }));
}

static int age(const char *born, const char *on)
{
    struct birth b;
    struct day d;
    assert_true(birth_parse(str_of(born), &b));
    assert_true(day_parse_vi(str_of(on), &d));
    return birth_age(b, d);
}

static void test_age__is_full_years_on_the_birthday(void **state)
{
    (void)state;
    assert_int_equal(age("17/05/1993", "16/05/2011"), 17);
    assert_int_equal(age("17/05/1993", "17/05/2011"), 18);
    assert_int_equal(age("17/05/1993", "01/12/2011"), 18);
    assert_int_equal(age("17/05/1993", "01/01/2012"), 18);
    assert_int_equal(age("17/05/1993", "17/05/1993"), 0);
    assert_int_equal(age("17/05/1993", "16/05/1993"), -1);
}

static void test_age__born_on_29_february_turns_on_1_march_in_common_years(void **state)
{
    (void)state;
    assert_int_equal(age("29/02/2008", "28/02/2026"), 17);
    assert_int_equal(age("29/02/2008", "01/03/2026"), 18);
    assert_int_equal(age("29/02/2008", "29/02/2024"), 16);
}

static void test_age__a_missing_month_or_day_counts_as_the_first(void **state)
{
    (void)state;
    assert_int_equal(age("1990", "01/01/2024"), 34);
    assert_int_equal(age("1990", "31/12/2023"), 33);
    assert_int_equal(age("02/1990", "31/01/2024"), 33);
    assert_int_equal(age("02/1990", "01/02/2024"), 34);
}

static void test_eq__year_alone_is_not_first_of_january(void **state)
{
    (void)state;
    assert_false(birth_eq((struct birth) { 1990, 0, 0 }, (struct birth) { 1990, 1, 1 }));
    assert_true(birth_eq((struct birth) { 1990, 2, 0 }, (struct birth) { 1990, 2, 0 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_parse__reads_every_form_papers_have),
        in_arena(test_parse__refuses_what_is_no_date_and_leaves_out_alone),
        in_arena(test_age__is_full_years_on_the_birthday),
        in_arena(test_age__born_on_29_february_turns_on_1_march_in_common_years),
        in_arena(test_age__a_missing_month_or_day_counts_as_the_first),
        in_arena(test_eq__year_alone_is_not_first_of_january),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
