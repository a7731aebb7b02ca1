/* Faults on purpose: asked for by name, as often as was said, the same from the same seed, and never without end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "platform/sim/faults.h"

static void test_faults__words_alone_have_the_usual_rate_and_named_ones_their_own(void **state)
{
    struct fault_plan p;
    (void)state;
    assert_true(faults_parse(common_faults, STR("slow, 500:20"), &p));
    assert_int_equal(p.faults, FAULT_SLOW | FAULT_500);
    assert_int_equal(p.percent[0], FAULT_PERCENT);
    assert_int_equal(p.percent[1], 20);
    assert_true(p.rated);
    assert_true(faults_parse(common_faults, STR(""), &p));
    assert_int_equal(p.faults, 0);
}

static void test_faults__what_is_not_understood_changes_nothing(void **state)
{
    static const char *const wrong[] = { "late", "slow:", "slow:0", "slow:101", "slow:x", "slow,,500", "slow:60,500:60", ",", ":5" };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct fault_plan p = { .faults = 77 };
        assert_false(faults_parse(common_faults, str_of(wrong[i]), &p));
        assert_int_equal(p.faults, 77);
    }
}

static void test_faults__a_stand_in_has_words_of_its_own(void **state)
{
    static const struct fault_word own[] = { { STR_INIT("wrong-nonce"), FAULT_OWN }, { .word = { NULL, 0 } } };
    struct fault_plan p;
    (void)state;
    assert_true(faults_parse(own, STR("wrong-nonce"), &p));
    assert_int_equal(p.faults, FAULT_OWN);
    assert_false(faults_parse(own, STR("slow"), &p));
}

static void test_draw__the_same_seed_fails_in_the_same_way(void **state)
{
    struct fault_plan p = faults_plan(FAULT_SLOW | FAULT_500 | FAULT_SCHEMA);
    struct fault_draw a, b, other;
    int alike = 0;
    (void)state;
    fault_draw_init(&a, &p, 511);
    fault_draw_init(&b, &p, 511);
    fault_draw_init(&other, &p, 512);
    for (int i = 0; i < 500; i++) {
        unsigned fault = fault_draw(&a);
        assert_int_equal(fault, fault_draw(&b));
        alike += fault == fault_draw(&other);
    }
    assert_true(alike < 500);
}

static void test_draw__comes_about_as_often_as_was_said_and_nothing_else_comes(void **state)
{
    struct fault_plan p;
    struct fault_draw d;
    int slow = 0, failed = 0;
    (void)state;
    assert_true(faults_parse(common_faults, STR("slow:5,500:25"), &p));
    fault_draw_init(&d, &p, 1);
    for (int i = 0; i < 10000; i++) {
        unsigned fault = fault_draw(&d);
        assert_true(fault == 0 || fault == FAULT_SLOW || fault == FAULT_500);
        slow += fault == FAULT_SLOW;
        failed += fault == FAULT_500;
    }
    /* A little less than said, since two in a row are followed by a good one. */
    assert_in_range(slow, 400, 550);
    assert_in_range(failed, 2000, 2600);
    assert_int_equal(d.requests, 10000);
    assert_int_equal(d.faults, slow + failed);
}

static void test_draw__after_two_bad_answers_comes_a_good_one(void **state)
{
    struct fault_plan p;
    struct fault_draw d;
    (void)state;
    assert_true(faults_parse(common_faults, STR("500:100"), &p));
    fault_draw_init(&d, &p, 3);
    for (int i = 0; i < 30; i++)
        assert_int_equal(fault_draw(&d), i % 3 == 2 ? 0 : FAULT_500);
}

static void test_draw__an_outage_lasts_five_requests_and_ends(void **state)
{
    struct fault_plan p;
    struct fault_draw d;
    (void)state;
    assert_true(faults_parse(common_faults, STR("outage:100"), &p));
    fault_draw_init(&d, &p, 3);
    for (int i = 0; i < 30; i++)
        assert_int_equal(fault_draw(&d), i % (OUTAGE_LENGTH + 1) == OUTAGE_LENGTH ? 0 : FAULT_OUTAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults__words_alone_have_the_usual_rate_and_named_ones_their_own),
        cmocka_unit_test(test_faults__what_is_not_understood_changes_nothing),
        cmocka_unit_test(test_faults__a_stand_in_has_words_of_its_own),
        cmocka_unit_test(test_draw__the_same_seed_fails_in_the_same_way),
        cmocka_unit_test(test_draw__comes_about_as_often_as_was_said_and_nothing_else_comes),
        cmocka_unit_test(test_draw__after_two_bad_answers_comes_a_good_one),
        cmocka_unit_test(test_draw__an_outage_lasts_five_requests_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
