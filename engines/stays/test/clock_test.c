/* clock_test.c: the legal clock of a stay, vectors of Luật Cư trú 2020 Điều 30. */
#include "engines/stays/stays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void due(const char *arrival, const char *want)
{
    struct arena a;
    struct instant at;
    arena_init(&a, 4096);
    assert_true(instant_parse(str_of(arrival), &at));
    struct instant got = stay_due(stay_clock_rule_on(NULL, instant_day(at)), at);
    struct str text = instant_vi(&a, got);
    if (!str_eq(text, str_of(want)))
        fail_msg("%s: due %.*s, wanted %s", arrival, STR_ARG(text), want);
    arena_release(&a);
}

static void test_stay_due__evening_arrival_is_due_at_eleven_the_same_day(void **state)
{
    (void)state;
    due("2024-02-16T22:10:00+07:00", "23:00 16/02/2024");
    due("2024-02-16T09:00:00+07:00", "23:00 16/02/2024");
    due("2024-02-16T22:59:59+07:00", "23:00 16/02/2024");
}

static void test_stay_due__arrival_after_eleven_is_due_at_eight_next_day(void **state)
{
    (void)state;
    due("2024-02-16T23:20:00+07:00", "08:00 17/02/2024");
    due("2024-02-16T23:00:00+07:00", "08:00 17/02/2024");
    due("2024-12-31T23:30:00+07:00", "08:00 01/01/2025");
}

static void test_stay_due__arrival_after_midnight_is_due_at_eight_the_same_morning(void **state)
{
    (void)state;
    due("2024-02-17T01:30:00+07:00", "08:00 17/02/2024");
    due("2024-02-17T07:59:59+07:00", "08:00 17/02/2024");
    due("2024-02-17T08:00:00+07:00", "23:00 17/02/2024");
}

static void test_stay_due__lenient_reading_counts_the_small_hours_to_the_evening(void **state)
{
    (void)state;
    struct stay_clock_rule lenient = *stay_clock_rule_on(NULL, (struct day) { 19770 });
    lenient.early_same_morning = false;
    struct instant at, got;
    struct arena a;
    arena_init(&a, 4096);
    assert_true(instant_parse(STR("2024-02-17T01:30:00+07:00"), &at));
    got = stay_due(&lenient, at);
    assert_true(str_eq(instant_vi(&a, got), STR("23:00 17/02/2024")));
    arena_release(&a);
}

static void test_stay_warn_at__ten_in_the_evening_or_an_hour_before_the_morning_end(void **state)
{
    (void)state;
    struct instant at;
    struct arena a;
    arena_init(&a, 4096);
    assert_true(instant_parse(STR("2024-02-16T14:00:00+07:00"), &at));
    assert_true(
        str_eq(instant_vi(&a, stay_warn_at(stay_clock_rule_on(NULL, instant_day(at)), at)), STR("22:00 16/02/2024")));
    assert_true(instant_parse(STR("2024-02-16T23:20:00+07:00"), &at));
    assert_true(
        str_eq(instant_vi(&a, stay_warn_at(stay_clock_rule_on(NULL, instant_day(at)), at)), STR("07:00 17/02/2024")));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stay_due__evening_arrival_is_due_at_eleven_the_same_day),
        cmocka_unit_test(test_stay_due__arrival_after_eleven_is_due_at_eight_next_day),
        cmocka_unit_test(test_stay_due__arrival_after_midnight_is_due_at_eight_the_same_morning),
        cmocka_unit_test(test_stay_due__lenient_reading_counts_the_small_hours_to_the_evening),
        cmocka_unit_test(test_stay_warn_at__ten_in_the_evening_or_an_hour_before_the_morning_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
