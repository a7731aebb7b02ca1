#include "base/rng.h"
#include "base/test/check.h"

#include <string.h>

/* The authors' generators give these numbers; other programs that carry xoshiro256** test themselves with the same ones. */
static void test_u64__from_the_state_1_2_3_4_gives_the_known_numbers(void **state)
{
    (void)state;
    static const uint64_t expected[] = { 11520,
                                         0,
                                         1509978240,
                                         UINT64_C(1215971899390074240),
                                         UINT64_C(1216172134540287360),
                                         UINT64_C(607988272756665600),
                                         UINT64_C(16172922978634559625),
                                         UINT64_C(8476171486693032832) };
    struct rng r = { { 1, 2, 3, 4 } };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_true(rng_u64(&r) == expected[i]);
}

static void test_seed__is_splitmix64(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 1234567);
    assert_true(r.s[0] == UINT64_C(6457827717110365317));
    assert_true(r.s[1] == UINT64_C(3203168211198807973));
    assert_true(r.s[2] == UINT64_C(9817491932198370423));
    assert_true(r.s[3] == UINT64_C(4593380528125082431));
}

static void test_below__stays_below_and_reaches_every_value_about_as_often(void **state)
{
    (void)state;
    struct rng r;
    int seen[7] = { 0 };
    rng_seed(&r, 511);
    for (int i = 0; i < 70000; i++)
        seen[rng_below(&r, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 9600, 10400); /* 10,000 ± 4 standard deviations */
    for (int i = 0; i < 100; i++)
        assert_int_equal(rng_below(&r, 1), 0);
    for (int i = 0; i < 1000; i++)
        assert_true(rng_below(&r, UINT32_MAX) < UINT32_MAX);
}

static void test_unit__stays_in_its_interval_with_mean_one_half(void **state)
{
    (void)state;
    struct rng r;
    double sum = 0;
    rng_seed(&r, 511);
    for (int i = 0; i < 100000; i++) {
        double x = rng_unit(&r);
        assert_true(x >= 0 && x < 1);
        sum += x;
    }
    assert_true(sum > 49600 && sum < 50400);
}

static void test_fork__same_parent_and_label_give_the_same_stream_and_leave_the_parent(void **state)
{
    (void)state;
    struct rng parent, before;
    rng_seed(&parent, 511);
    before = parent;
    struct rng a = rng_fork(&parent, 7), b = rng_fork(&parent, 7), c = rng_fork(&parent, 8);
    assert_memory_equal(&parent, &before, sizeof parent);
    assert_memory_equal(&a, &b, sizeof a);
    for (int i = 0; i < 1000; i++)
        assert_true(rng_u64(&a) != rng_u64(&c));
    rng_u64(&parent);
    b = rng_fork(&parent, 7);
    assert_memory_not_equal(&a, &b, sizeof a);
}

static void test_random_bytes__differ_and_fill_everything(void **state)
{
    (void)state;
    unsigned char a[1000] = { 0 }, b[1000] = { 0 };
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    static const unsigned char zero[32];
    assert_memory_not_equal(a + sizeof a - 32, zero, 32);
    random_bytes(a, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_u64__from_the_state_1_2_3_4_gives_the_known_numbers),
        cmocka_unit_test(test_seed__is_splitmix64),
        cmocka_unit_test(test_below__stays_below_and_reaches_every_value_about_as_often),
        cmocka_unit_test(test_unit__stays_in_its_interval_with_mean_one_half),
        cmocka_unit_test(test_fork__same_parent_and_label_give_the_same_stream_and_leave_the_parent),
        cmocka_unit_test(test_random_bytes__differ_and_fill_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
