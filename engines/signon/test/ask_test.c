/* What a poll is told, and the code that people carry from one screen to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engines/signon/ask.h"

#define SECOND(n) ((struct instant) { (n)*US_PER_SECOND })

static void told(struct ask_poll p, int64_t at_s, const char *error, int64_t wait_s)
{
    int64_t wait;
    struct str said = ask_answer_error(ask_poll_answer(&p, SECOND(at_s), &wait));
    assert_true(str_eq(said, str_of(error)));
    assert_int_equal(wait, wait_s);
}

static struct ask_poll waiting(int64_t polled_s)
{
    return (struct ask_poll) { .state = ASK_WAITING, .expires_at = SECOND(700), .polled_at = SECOND(polled_s), .wait_s = 5 };
}

static void test_ask__first_poll_is_never_too_early(void **state)
{
    (void)state;
    told(waiting(0), 100, "authorization_pending", 5);
}

static void test_ask__a_poll_before_its_time_is_slowed_by_five_seconds(void **state)
{
    (void)state;
    told(waiting(100), 103, "slow_down", 10);
    told(waiting(100), 105, "authorization_pending", 5);
}

static void test_ask__a_line_may_be_half_a_second_early(void **state)
{
    (void)state;
    struct ask_poll p = waiting(100);
    int64_t wait;
    assert_int_equal(ask_poll_answer(&p, (struct instant) { 104600 * 1000 }, &wait), ASK_TELL_PENDING);
    assert_int_equal(ask_poll_answer(&p, (struct instant) { 104400 * 1000 }, &wait), ASK_TELL_SLOW_DOWN);
}

static void test_ask__agreed_gives_tokens_but_not_to_one_who_hurries(void **state)
{
    (void)state;
    struct ask_poll p = waiting(100);
    int64_t wait;
    p.state = ASK_AGREED;
    assert_int_equal(ask_poll_answer(&p, SECOND(101), &wait), ASK_TELL_SLOW_DOWN);
    assert_int_equal(ask_poll_answer(&p, SECOND(110), &wait), ASK_TELL_TOKENS);
    assert_null(ask_answer_error(ASK_TELL_TOKENS).p);
}

static void test_ask__after_its_time_nothing_helps(void **state)
{
    (void)state;
    struct ask_poll p = waiting(600);
    told(p, 700, "expired_token", 5);
    p.state = ASK_AGREED;
    told(p, 700, "expired_token", 5);
}

static void test_ask__denied_and_used_say_so_even_late(void **state)
{
    (void)state;
    struct ask_poll p = waiting(600);
    p.state = ASK_DENIED;
    told(p, 800, "access_denied", 5);
    p.state = ASK_REDEEMED;
    told(p, 601, "invalid_grant", 5);
}

static struct arena arena;

static void test_user_code__is_eight_consonants_and_never_the_same(void **state)
{
    (void)state;
    struct str last = STR_NONE;
    for (int i = 0; i < 200; i++) {
        struct str code = user_code_new(&arena), again;
        assert_int_equal(code.n, 8);
        assert_int_equal(strspn(str_cstr(&arena, code), "BCDFGHJKLMNPQRSTVWXZ"), 8);
        assert_true(user_code_typed(&arena, user_code_shown(&arena, code), &again));
        assert_true(str_eq(code, again));
        assert_false(str_eq(code, last));
        last = code;
    }
}

static void test_user_code__is_typed_in_any_way(void **state)
{
    (void)state;
    struct str code;
    assert_true(user_code_typed(&arena, STR(" wdjb mjht"), &code));
    assert_true(str_eq(code, STR("WDJBMJHT")));
    assert_true(str_eq(user_code_shown(&arena, code), STR("WDJB-MJHT")));
    assert_false(user_code_typed(&arena, STR("WDJB-MJH"), &code));
    assert_false(user_code_typed(&arena, STR("WDJB-MJHTT"), &code));
    assert_false(user_code_typed(&arena, STR("WDJA-MJHT"), &code));
    assert_false(user_code_typed(&arena, STR("WDJB-MJH\xc4\x90"), &code));
    assert_false(user_code_typed(&arena, STR_NONE, &code));
}

int main(void)
{
    arena_init(&arena, 1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ask__first_poll_is_never_too_early),
        cmocka_unit_test(test_ask__a_poll_before_its_time_is_slowed_by_five_seconds),
        cmocka_unit_test(test_ask__a_line_may_be_half_a_second_early),
        cmocka_unit_test(test_ask__agreed_gives_tokens_but_not_to_one_who_hurries),
        cmocka_unit_test(test_ask__after_its_time_nothing_helps),
        cmocka_unit_test(test_ask__denied_and_used_say_so_even_late),
        cmocka_unit_test(test_user_code__is_eight_consonants_and_never_the_same),
        cmocka_unit_test(test_user_code__is_typed_in_any_way),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
