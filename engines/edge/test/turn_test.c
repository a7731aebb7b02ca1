/* turn_test.c: whose number is next, and for how long the others wait. */
#include "engines/edge/edge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void test_turn__priority_goes_first(void **state)
{
    (void)state;
    assert_int_equal(edge_turn_next(0, 1, 5), TURN_PRIORITY);
    assert_int_equal(edge_turn_next(1, 3, 5), TURN_PRIORITY);
}

static void test_turn__after_two_with_priority_comes_one_without(void **state)
{
    (void)state;
    assert_int_equal(edge_turn_next(2, 3, 5), TURN_PLAIN);
    assert_int_equal(edge_turn_next(9, 3, 5), TURN_PLAIN);
    assert_int_equal(edge_turn_next(2, 3, 0), TURN_PRIORITY); /* nobody else is there */
}

static void test_turn__nobody_waits(void **state)
{
    (void)state;
    assert_int_equal(edge_turn_next(0, 0, 0), TURN_NOBODY);
    assert_int_equal(edge_turn_ahead(0, false, 0, 0, 0), 0);
}

/* U U A U U A A: the first without priority is third, the second sixth. */
static void test_turn_ahead__follows_the_order_of_calling(void **state)
{
    (void)state;
    assert_int_equal(edge_turn_ahead(0, false, 0, 4, 3), 2);
    assert_int_equal(edge_turn_ahead(0, false, 1, 4, 3), 5);
    assert_int_equal(edge_turn_ahead(0, false, 2, 4, 3), 6);
    assert_int_equal(edge_turn_ahead(0, true, 3, 4, 3), 4);
    assert_int_equal(edge_turn_ahead(2, true, 0, 1, 1), 1);
}

static void test_wait__eight_minutes_each_until_three_were_served(void **state)
{
    (void)state;
    assert_int_equal(edge_wait_minutes(0, 0, 0, 0), 0);
    assert_int_equal(edge_wait_minutes(1, 0, 0, 1), 10);
    assert_int_equal(edge_wait_minutes(5, 2, 2 * US_PER_MINUTE, 1), 40);
}

static void test_wait__from_what_took_place_today_and_the_open_windows(void **state)
{
    (void)state;
    assert_int_equal(edge_wait_minutes(6, 4, 20 * US_PER_MINUTE, 1), 30);
    assert_int_equal(edge_wait_minutes(6, 4, 20 * US_PER_MINUTE, 3), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turn__priority_goes_first),
        cmocka_unit_test(test_turn__after_two_with_priority_comes_one_without),
        cmocka_unit_test(test_turn__nobody_waits),
        cmocka_unit_test(test_turn_ahead__follows_the_order_of_calling),
        cmocka_unit_test(test_wait__eight_minutes_each_until_three_were_served),
        cmocka_unit_test(test_wait__from_what_took_place_today_and_the_open_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
