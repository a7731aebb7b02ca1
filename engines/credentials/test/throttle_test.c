/* throttle_test.c: delays of wrong guesses, and tickets. */
#include "engines/credentials/throttle.h"
#include "engines/credentials/ticket.h"
#include "platform/http/module.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int64_t wait_s(int64_t failures, int64_t seconds_ago)
{
    struct instant now = { INT64_C(1000000) * US_PER_SECOND }, last = { now.us - seconds_ago * US_PER_SECOND };
    return guess_wait_us(failures, last, now) / US_PER_SECOND;
}

static void test_guess__three_tries_are_free_then_the_wait_doubles_to_five_minutes(void **state)
{
    (void)state;
    assert_int_equal(wait_s(2, 0), 0);
    assert_int_equal(wait_s(3, 0), 1);
    assert_int_equal(wait_s(4, 0), 2);
    assert_int_equal(wait_s(9, 0), 64);
    assert_int_equal(wait_s(11, 0), 256);
    assert_int_equal(wait_s(12, 0), 300);
    assert_int_equal(wait_s(5000, 0), 300);
}

static void test_guess__time_that_has_passed_counts(void **state)
{
    (void)state;
    assert_int_equal(wait_s(9, 60), 4);
    assert_int_equal(wait_s(9, 64), 0);
    assert_int_equal(wait_s(9, 100000), 0);
}

/* ---- tickets ---- */
static void test_ticket__only_what_was_written_here_for_this_purpose_holder_and_time_is_read(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    struct app app = { .secret = STR("a secret of thirty-two characters") }, other = { .secret = STR("another secret, just as long") };
    struct req q = { .app = &app, .arena = &a, .now = { INT64_C(1700000000) * US_PER_SECOND } }, later = q, elsewhere = q;
    struct str payload, t = ticket_make(&q, "step", STR("session 12"), STR("account 7"), 300);
    later.now.us += 300 * US_PER_SECOND;
    elsewhere.app = &other;
    assert_true(ticket_read(&q, "step", STR("session 12"), t, &payload));
    assert_true(str_eq(payload, STR("account 7")));
    assert_false(ticket_read(&q, "device", STR("session 12"), t, &payload));
    assert_false(ticket_read(&q, "step", STR("session 13"), t, &payload));
    assert_false(ticket_read(&later, "step", STR("session 12"), t, &payload));
    assert_false(ticket_read(&elsewhere, "step", STR("session 12"), t, &payload));
    for (size_t i = 0; i < t.n; i++) {
        struct str spoiled = str_dup(&a, t);
        ((char *)(uintptr_t)spoiled.p)[i] = spoiled.p[i] == 'x' ? 'y' : 'x';
        assert_false(ticket_read(&q, "step", STR("session 12"), spoiled, &payload) && !str_eq(payload, STR("account 7")));
        assert_false(ticket_read(&q, "step", STR("session 12"), str_head(t, i), &payload));
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guess__three_tries_are_free_then_the_wait_doubles_to_five_minutes),
        cmocka_unit_test(test_guess__time_that_has_passed_counts),
        cmocka_unit_test(test_ticket__only_what_was_written_here_for_this_purpose_holder_and_time_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
