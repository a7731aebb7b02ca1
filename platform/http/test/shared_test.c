/* Pages that strangers share: kept for a moment, and never past a write. What the server does with them is tested in server_test.c. */
#include "platform/http/shared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int dropped;

static void drop(void *reply)
{
    dropped++;
    free(reply);
}

static bool take(void *ctx, void *reply)
{
    *(const char **)ctx = reply;
    return true;
}

static bool fail_to_send(void *ctx, void *reply)
{
    (void)ctx, (void)reply;
    return false;
}

/* What is sent for this address, or "". */
static const char *sent(struct shared_pages *s, struct str target, int64_t us, uint64_t writes)
{
    const char *reply = "";
    shared_send(s, target, &(struct shared_moment) { us, writes }, take, &reply);
    return reply;
}

static void keep(struct shared_pages *s, struct str target, int64_t us, uint64_t writes, const char *reply)
{
    shared_keep(s, target, &(struct shared_moment) { us, writes }, strdup(reply));
}

static void test_shared__a_page_is_sent_until_something_is_written_or_a_second_is_over(void **state)
{
    (void)state;
    struct shared_pages s;
    shared_init(&s, drop);
    dropped = 0;
    assert_string_equal(sent(&s, STR("/"), 5, 1), "");
    keep(&s, STR("/"), 5, 1, "one");
    assert_string_equal(sent(&s, STR("/"), 6, 1), "one");
    assert_string_equal(sent(&s, STR("/"), 4 + SHARED_US, 1), "one");
    assert_string_equal(sent(&s, STR("/"), 5 + SHARED_US, 1), "");
    assert_string_equal(sent(&s, STR("/"), 6, 2), "");
    keep(&s, STR("/"), 7, 2, "two");
    assert_int_equal(dropped, 1);
    assert_string_equal(sent(&s, STR("/"), 8, 2), "two");
    assert_false(shared_send(&s, STR("/"), &(struct shared_moment) { 8, 2 }, fail_to_send, NULL));
    shared_release(&s);
    assert_int_equal(dropped, 2);
}

static void test_shared__two_addresses_in_one_place_are_not_mixed_up(void **state)
{
    (void)state;
    struct shared_pages s;
    char target[16];
    shared_init(&s, drop);
    for (int i = 0; i < 4 * SHARED_PAGES; i++) {
        snprintf(target, sizeof(target), "/p%d", i);
        struct str at = str_of(target);
        assert_string_equal(sent(&s, at, 1, 1), "");
        keep(&s, at, 1, 1, target);
        assert_string_equal(sent(&s, at, 1, 1), target);
    }
    shared_release(&s);
}

static void test_shared__an_address_with_a_query_or_too_long_is_not_kept(void **state)
{
    (void)state;
    char longer[SHARED_TARGET + 1];
    memset(longer, 'a', sizeof(longer));
    assert_true(shared_may_keep(STR("/"), SHARED_MOST));
    assert_false(shared_may_keep(STR("/"), SHARED_MOST + 1));
    assert_false(shared_may_keep(STR("/?a"), 1));
    assert_false(shared_may_keep(STR_NONE, 1));
    assert_true(shared_may_keep((struct str) { longer, SHARED_TARGET }, 1));
    assert_false(shared_may_keep((struct str) { longer, SHARED_TARGET + 1 }, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared__a_page_is_sent_until_something_is_written_or_a_second_is_over),
        cmocka_unit_test(test_shared__two_addresses_in_one_place_are_not_mixed_up),
        cmocka_unit_test(test_shared__an_address_with_a_query_or_too_long_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
