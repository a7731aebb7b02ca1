/* Two lists side by side: what is missing on either, what differs, what is still on its way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/m05_vneid_services/vneid.h"

static struct arena arena;
static struct err e;

static int start(void **state)
{
    (void)state;
    arena_init(&arena, 4 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct vneid_ours ours(const char *number, const char *state, const char *result)
{
    return (struct vneid_ours) {
        .number = str_of(number), .theirs = str_of(state), .result = str_of(result), .answer = STR("")
    };
}

static struct vneid_theirs theirs(const char *number, const char *state, const char *result)
{
    return (struct vneid_theirs) { str_of(number), str_of(state), str_of(result) };
}

static void test_vneid_compare__names_each_difference_and_its_side(void **state)
{
    (void)state;
    struct vneid_comparison found;
    struct vneid_ours mine[] = { ours("1", "A", ""), ours("2", "A", ""), ours("3", "A", ""), ours("5", "B", "x"),
                                 ours("6", "A", "") };
    const struct vneid_theirs other[] = { theirs("1", "A", ""), theirs("3", "B", ""), theirs("4", "A", ""),
                                          theirs("5", "B", "y") };
    mine[4].refused = true;
    mine[4].answer = STR("sequence");
    vneid_compare(&arena, mine, 5, other, 4, &found);
    static const struct {
        const char *number;
        enum vneid_diff_kind kind;
    } expected[] = {
        { "2", DIFF_MISSING_THERE }, { "3", DIFF_STATE },   { "4", DIFF_MISSING_HERE },
        { "5", DIFF_RESULT },        { "6", DIFF_REFUSED },
    };
    assert_int_equal(found.v.n, 5);
    assert_int_equal(found.same, 1);
    for (size_t i = 0; i < 5; i++) {
        assert_true(str_eq(found.v.v[i].number, str_of(expected[i].number)));
        assert_int_equal(found.v.v[i].kind, expected[i].kind);
    }
}

static void test_vneid_compare__what_is_on_its_way_is_no_difference(void **state)
{
    (void)state;
    struct vneid_comparison found;
    struct vneid_ours mine[] = { ours("1", "A", ""), ours("2", "B", "") };
    const struct vneid_theirs other[] = { theirs("2", "A", "") };
    mine[0].waits = mine[1].waits = true;
    vneid_compare(&arena, mine, 2, other, 1, &found);
    assert_int_equal(found.v.n, 0);
    assert_int_equal(found.on_way, 2);
}

static void test_vneid_theirs_read__refuses_numbers_that_do_not_ascend(void **state)
{
    (void)state;
    struct vneid_theirs_list list;
    assert_int_equal(vneid_theirs_read(&arena,
                                       STR("{\"cases\":[{\"case\":\"1\",\"state\":\"A\"},{\"case\":\"2\",\"state\":\"B\"}],"
                                           "\"mode\":\"MÔ PHỎNG\",\"next\":\"2\"}"),
                                       &list, &e),
                     0);
    assert_int_equal(list.v.n, 2);
    assert_true(list.simulated && str_eq(list.next, STR("2")));
    assert_int_equal(vneid_theirs_read(&arena, STR("{\"cases\":[{\"case\":\"2\"},{\"case\":\"2\"}]}"), &list, &e), -1);
    assert_int_equal(vneid_theirs_read(&arena, STR("{\"cases\":[{\"case\":5}]}"), &list, &e), -1);
    assert_int_equal(vneid_theirs_read(&arena, STR("{\"cases\":{}}"), &list, &e), -1);
}

static void test_vneid_answer_read__believes_only_answers_about_what_was_asked(void **state)
{
    (void)state;
    const struct str keys[] = { STR("a"), STR("b") };
    struct vneid_answered x[2] = { { 0 } };
    assert_int_equal(vneid_answer_read(&arena, STR("{\"results\":[{\"id\":\"b\",\"outcome\":\"known\",\"no\":\"VN-7\"}]}"),
                                       keys, 2, x, &e),
                     0);
    assert_int_equal(x[0].answer, ANSWER_NONE);
    assert_int_equal(x[1].answer, ANSWER_TAKEN);
    assert_true(str_eq(x[1].text, STR("VN-7")));
    static const char *const wrong[] = {
        "{\"results\":[{\"id\":\"c\",\"outcome\":\"taken\"}]}",
        "{\"results\":[{\"id\":\"a\",\"outcome\":\"fine\"}]}",
        "{\"results\":[{\"id\":\"a\",\"outcome\":\"taken\"},{\"id\":\"a\",\"outcome\":\"refused\"}]}",
        "{\"results\":\"ok\"}",
        "[]",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(vneid_answer_read(&arena, str_of(wrong[i]), keys, 2, x, &e), -1);
    assert_int_equal(x[1].answer, ANSWER_TAKEN); /* a refusal leaves the result untouched */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_vneid_compare__names_each_difference_and_its_side, start, end),
        cmocka_unit_test_setup_teardown(test_vneid_compare__what_is_on_its_way_is_no_difference, start, end),
        cmocka_unit_test_setup_teardown(test_vneid_theirs_read__refuses_numbers_that_do_not_ascend, start, end),
        cmocka_unit_test_setup_teardown(test_vneid_answer_read__believes_only_answers_about_what_was_asked, start, end),
    };
    return cmocka_run_group_tests_name("vneid_compare", tests, NULL, NULL);
}
