#include "base/money.h"
#include "base/rng.h"
#include "base/test/check.h"

static void test_vi__groups_by_three_with_dots(void **state)
{
    static const struct {
        int64_t dong;
        const char *text;
    } cases[] = {
        { 0, "0 đ" },
        { 7, "7 đ" },
        { 999, "999 đ" },
        { 1000, "1.000 đ" },
        { 12000, "12.000 đ" },
        { 100000, "100.000 đ" },
        { 1234567, "1.234.567 đ" },
        { -50000, "-50.000 đ" },
        { INT64_MAX, "9.223.372.036.854.775.807 đ" },
        { INT64_MIN, "-9.223.372.036.854.775.808 đ" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(money_vi(*state, (struct money) { cases[i].dong }), cases[i].text);
}

static void test_parse__reads_what_people_write(void **state)
{
    (void)state;
    static const char *const texts[] = { "12000",        "12.000",   "12.000đ",  "12 000 đ",           "12.000 đồng",
                                         " 12.000 VNĐ ", "12000VND", "12.000 ₫", "12\u00a0000\u00a0đ", "012000" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct money m = { 1 };
        assert_true(money_parse(str_of(texts[i]), &m));
        assert_int_equal(m.dong, 12000);
    }
}

static void test_parse__refuses_what_may_mean_something_else(void **state)
{
    (void)state;
    struct money m = { 42 };
    static const char *const refused[] = { "",
                                           "đ",
                                           "12,000",
                                           "12.00",
                                           "1.2",
                                           "12.000,50",
                                           "12.0000",
                                           ".000",
                                           "12.",
                                           "12..000",
                                           "1.000 000",
                                           "1000.000",
                                           "12 k",
                                           "12đ đ0",
                                           "--5",
                                           "- 5",
                                           "9223372036854775808",
                                           "99999999999999999999",
                                           "12.000 $",
                                           "1 2",
                                           "đ12",
                                           "12.000\u00a0000" };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (money_parse(str_of(refused[i]), &m))
            fail_msg("\"%s\" was read as %lld", refused[i], (long long)m.dong);
    assert_false(money_parse(STR_NONE, &m));
    assert_int_equal(m.dong, 42);
}

static void test_parse__takes_back_every_written_amount(void **state)
{
    struct rng r;
    rng_seed(&r, 9);
    for (int i = 0; i < 2000; i++) {
        struct money m = { (int64_t)(rng_u64(&r) >> rng_below(&r, 63)) }, back;
        if (m.dong == INT64_MIN)
            continue;
        assert_true(money_parse(money_vi(*state, m), &back));
        assert_int_equal(back.dong, m.dong);
    }
}

static void test_add__refuses_a_sum_that_overflows(void **state)
{
    (void)state;
    struct money sum = { 42 };
    assert_true(money_add((struct money) { 1000 }, (struct money) { -1 }, &sum));
    assert_int_equal(sum.dong, 999);
    assert_false(money_add((struct money) { INT64_MAX }, (struct money) { 1 }, &sum));
    assert_false(money_add((struct money) { INT64_MIN }, (struct money) { -1 }, &sum));
    assert_int_equal(sum.dong, 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_vi__groups_by_three_with_dots),
        in_arena(test_parse__reads_what_people_write),
        in_arena(test_parse__refuses_what_may_mean_something_else),
        in_arena(test_parse__takes_back_every_written_amount),
        in_arena(test_add__refuses_a_sum_that_overflows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
