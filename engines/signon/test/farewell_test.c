/* Logout tokens on the wire, and a job whose memory is full in the middle of it. */
#include "base/test/check.h"
#include "base/test/full.h"
#include "engines/signon/farewell.h"

static struct app app = { .settings = { .inner_hosts = "127.0.0.1:9" } };

/* Port 9 is nobody's: the answer is there at once. */
static void say_farewell(struct arena *a, void *ctx)
{
    struct job_run j = { .app = &app, .arena = a };
    struct farewell *v = arena_new_array(a, struct farewell, FAREWELLS_AT_ONCE);
    (void)ctx;
    for (size_t i = 0; i < FAREWELLS_AT_ONCE; i++) {
        v[i].ready = i != 1;
        v[i].c.backchannel_uri = STR("http://127.0.0.1:9/farewell");
        v[i].token = STR("a.b.c");
    }
    farewells_send(&j, v, FAREWELLS_AT_ONCE);
    for (size_t i = 0; i < FAREWELLS_AT_ONCE; i++)
        assert_int_equal(v[i].outcome[0] != 0 && !v[i].done, v[i].ready);
}

static void test_farewells__what_finds_nobody_has_an_outcome_and_what_was_not_ready_has_none(void **state)
{
    say_farewell(*state, NULL);
}

static void test_farewells__a_full_arena_in_the_middle_of_several_leaves_nothing_behind(void **state)
{
    (void)state;
    assert_true(full_at_each(say_farewell, NULL) > FAREWELLS_AT_ONCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_farewells__what_finds_nobody_has_an_outcome_and_what_was_not_ready_has_none),
        cmocka_unit_test(test_farewells__a_full_arena_in_the_middle_of_several_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
