/* Which declarations are looked at afterwards. */
#include "models/m03_paperless_services/paperless.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int risk(const char *why, int level, int64_t checked, int64_t wrong)
{
    const struct check_risk x = { .base = 200, .why = str_of(why), .level = level, .checked = checked, .wrong = wrong };
    return check_risk_of(&x);
}

static void test_risk__grows_with_what_makes_a_declaration_doubtful(void **state)
{
    (void)state;
    assert_int_equal(risk("", 2, 0, 0), 200);
    assert_int_equal(risk("down", 2, 0, 0), 400);
    assert_int_equal(risk("down", 1, 0, 0), 600);
    assert_int_equal(risk("", 2, 10, 1), 600);
    assert_int_equal(risk("", 2, 9, 9), 200); /* too few checks to know */
    assert_int_equal(risk("down", 0, 10, 10), 1000);
}

static void test_risk__a_source_that_knew_nothing_or_mixed_people_up_is_always_looked_at(void **state)
{
    (void)state;
    assert_int_equal(risk("nothing", 2, 0, 0), 1000);
    assert_int_equal(risk("other_person", 2, 0, 0), 1000);
}

static void test_draw__the_same_seed_draws_the_same_and_another_seed_others(void **state)
{
    struct arena a;
    int same = 0, other = 0, drawn = 0;
    (void)state;
    arena_init(&a, 4 << 20);
    for (int i = 0; i < 1000; i++) {
        struct str number = str_fmt(&a, "24763.H16-261123-%04d", i);
        bool once = check_is_drawn(&a, 511, number, STR("own_home"), 200);
        drawn += once;
        same += once == check_is_drawn(&a, 511, number, STR("own_home"), 200);
        other += once != check_is_drawn(&a, 512, number, STR("own_home"), 200);
    }
    arena_release(&a);
    assert_int_equal(same, 1000);
    assert_in_range(drawn, 150, 250); /* one in five; the draw is fixed, so this cannot change by chance */
    assert_in_range(other, 200, 450);
}

static void test_draw__nothing_at_no_risk_everything_at_full_risk(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a, 1 << 20);
    for (int i = 0; i < 100; i++) {
        struct str number = str_fmt(&a, "24763.H16-261123-%04d", i);
        assert_false(check_is_drawn(&a, 511, number, STR("own_home"), 0));
        assert_true(check_is_drawn(&a, 511, number, STR("own_home"), CHECK_CERTAIN));
    }
    arena_release(&a);
}

static void test_per_100__is_rounded_and_absent_without_a_case(void **state)
{
    (void)state;
    assert_int_equal(paper_per_100(&(struct case_paper_count) { .cases = 0, .papers = 0 }), -1);
    assert_int_equal(paper_per_100(&(struct case_paper_count) { .cases = 3, .papers = 2 }), 67);
    assert_int_equal(paper_per_100(&(struct case_paper_count) { .cases = 200, .papers = 1 }), 1);
    assert_int_equal(paper_per_100(&(struct case_paper_count) { .cases = 7, .papers = 0 }), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_risk__grows_with_what_makes_a_declaration_doubtful),
        cmocka_unit_test(test_risk__a_source_that_knew_nothing_or_mixed_people_up_is_always_looked_at),
        cmocka_unit_test(test_draw__the_same_seed_draws_the_same_and_another_seed_others),
        cmocka_unit_test(test_draw__nothing_at_no_risk_everything_at_full_risk),
        cmocka_unit_test(test_per_100__is_rounded_and_absent_without_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
