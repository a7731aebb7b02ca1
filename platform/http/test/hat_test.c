/* Who has to choose a capacity, and where that is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/http/router.h"

static struct grant held[] = { { .id = 11, .role = MSG("citizen") }, { .id = 12, .role = MSG("police") } };

static void test_hat__somebody_with_one_capacity_never_chooses(void **state)
{
    (void)state;
    const struct actor one = { .account = 1, .hats = held, .n_hats = 1, .hat = &held[0], .grants = held, .n_grants = 1 };
    const struct actor none = { .account = 1 }, nobody = { 0 };
    assert_false(actor_must_choose_hat(&one));
    assert_false(actor_must_choose_hat(&none));
    assert_false(actor_must_choose_hat(&nobody));
    assert_false(actor_hat_ended(&one));
}

static void test_hat__several_and_none_on_is_a_choice_to_make(void **state)
{
    (void)state;
    struct actor actor = { .account = 1, .hats = held, .n_hats = 2 };
    assert_true(actor_must_choose_hat(&actor));
    actor.hat = &held[1];
    actor.hat_chosen = 12;
    assert_false(actor_must_choose_hat(&actor));
}

static void test_hat__one_that_ended_is_not_replaced_by_the_only_one_left(void **state)
{
    (void)state;
    const struct actor left = { .account = 1, .hats = held, .n_hats = 1, .hat_chosen = 12 };
    const struct actor empty = { .account = 1, .hat_chosen = 12 };
    assert_true(actor_hat_ended(&left));
    assert_true(actor_must_choose_hat(&left));
    assert_true(actor_hat_ended(&empty));
    assert_false(actor_must_choose_hat(&empty)); /* there is nothing to choose */
}

static void test_hat__a_program_with_several_roles_has_nobody_to_choose(void **state)
{
    (void)state;
    const struct actor program = { .account = 1, .hats = held, .n_hats = 2, .grants = held, .n_grants = 2 };
    assert_false(actor_must_choose_hat(&program));
}

static void test_right__elsewhere_is_under_another_hat(void **state)
{
    (void)state;
    const struct permission police = { "police.read", ROLES("police"), MSG("") }, leader = { "lead", ROLES("leader"), MSG("") };
    const struct actor actor = { .account = 1, .hats = held, .n_hats = 2, .hat = &held[0], .grants = held, .n_grants = 1 };
    assert_false(right_held(&police, &actor));
    assert_true(right_elsewhere(&police, &actor));
    assert_false(right_elsewhere(&leader, &actor));
    assert_false(right_elsewhere(NULL, &actor));
}

static void test_hat_url__comes_back_to_a_path_of_this_site_only(void **state)
{
    (void)state;
    struct arena a;
    struct req q = { .arena = &a };
    arena_init(&a, 1 << 20);
    assert_true(str_eq(hat_url(&q, STR("/stays?x=1")), STR("/hats?next=%2Fstays%3Fx%3D1")));
    assert_true(str_eq(hat_url(&q, STR("//example.com")), STR("/hats?next=%2Fhome")));
    assert_true(str_eq(hat_url(&q, STR("https://example.com")), STR("/hats?next=%2Fhome")));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hat__somebody_with_one_capacity_never_chooses),
        cmocka_unit_test(test_hat__several_and_none_on_is_a_choice_to_make),
        cmocka_unit_test(test_hat__one_that_ended_is_not_replaced_by_the_only_one_left),
        cmocka_unit_test(test_hat__a_program_with_several_roles_has_nobody_to_choose),
        cmocka_unit_test(test_right__elsewhere_is_under_another_hat),
        cmocka_unit_test(test_hat_url__comes_back_to_a_path_of_this_site_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
