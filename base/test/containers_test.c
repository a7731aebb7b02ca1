#include "base/buf.h"
#include "base/map.h"
#include "base/rng.h"
#include "base/test/check.h"
#include "base/vec.h"

#include <inttypes.h>

static void test_buf__collects_texts_characters_and_numbers(void **state)
{
    struct buf b;
    buf_init(&b, *state, 1000);
    assert_text(buf_str(&b), "");
    buf_lit(&b, "Còn ");
    buf_put_i64(&b, 12);
    buf_put_char(&b, ' ');
    buf_put(&b, STR("khách"));
    buf_fmt(&b, ", %s %02d", "phòng", 7);
    buf_put(&b, STR_NONE);
    assert_text(buf_str(&b), "Còn 12 khách, phòng 07");
    assert_false(b.full);
    buf_clear(&b);
    assert_text(buf_str(&b), "");
}

static void test_buf__writes_numbers_at_the_ends_of_their_range(void **state)
{
    struct buf b;
    buf_init(&b, *state, 1000);
    buf_put_i64(&b, INT64_MIN);
    buf_put_char(&b, ' ');
    buf_put_i64(&b, INT64_MAX);
    buf_put_char(&b, ' ');
    buf_put_i64(&b, 0);
    assert_text(buf_str(&b), "-9223372036854775808 9223372036854775807 0");
}

static void test_buf__past_its_maximum_holds_a_prefix_and_says_so(void **state)
{
    for (size_t max = 0; max < 600; max += 13) {
        struct buf b;
        buf_init(&b, *state, max);
        for (size_t i = 0; i < 100; i++)
            buf_lit(&b, "0123456789");
        buf_put_char(&b, 'x');
        assert_true(b.full);
        assert_int_equal(b.n, max);
        for (size_t i = 0; i < max; i++)
            assert_int_equal(b.p[i], '0' + i % 10);
        buf_clear(&b);
        assert_false(b.full);
    }
}

static void test_buf__exactly_full_is_not_overfull(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10);
    buf_lit(&b, "0123456789");
    assert_false(b.full);
    buf_put(&b, STR(""));
    assert_false(b.full);
    buf_put_char(&b, 'x');
    assert_true(b.full);
}

static void test_buf_fmt__of_more_than_its_quick_room(void **state)
{
    struct buf b;
    buf_init(&b, *state, 5000);
    for (int n = 508; n < 516; n++) {
        buf_clear(&b);
        buf_fmt(&b, "%0*d", n, 3);
        assert_int_equal(b.n, n);
        assert_int_equal(b.p[n - 1], '3');
    }
}

static void test_vec__keeps_elements_and_gives_zeroed_new_ones(void **state)
{
    VEC(int64_t) v = { 0 };
    for (int64_t i = 0; i < 5000; i++) {
        int64_t *p = vec_push((struct arena *)*state, &v);
        assert_int_equal(*p, 0);
        *p = i;
    }
    assert_int_equal(v.n, 5000);
    for (int64_t i = 0; i < 5000; i++)
        assert_int_equal(v.v[i], i);
}

static void test_vec__an_element_pushed_after_cutting_is_zero(void **state)
{
    VEC(int) v = { 0 };
    *vec_push((struct arena *)*state, &v) = 7;
    v.n = 0;
    assert_int_equal(*vec_push((struct arena *)*state, &v), 0);
}

static void test_map__finds_what_was_put_and_nothing_else(void **state)
{
    struct map m;
    map_init(&m, *state, 1, 2);
    static int values[3000];
    assert_null(map_get(&m, STR("0")));
    for (int i = 0; i < 3000; i++)
        assert_null(map_set(&m, str_fmt(*state, "%d", i), &values[i]));
    assert_int_equal(m.n, 3000);
    for (int i = 0; i < 3000; i++)
        assert_ptr_equal(map_get(&m, str_fmt(*state, "%d", i)), &values[i]);
    assert_null(map_get(&m, STR("3000")));
    assert_null(map_get(&m, STR("")));
}

static void test_map__setting_again_gives_the_value_before(void **state)
{
    struct map m;
    int one, two;
    map_init(&m, *state, 1, 2);
    map_set(&m, STR("bon"), &one);
    assert_ptr_equal(map_set(&m, STR("bon"), &two), &one);
    assert_ptr_equal(map_get(&m, STR("bon")), &two);
    assert_int_equal(m.n, 1);
}

/* Reference output of SipHash-2-4 for the key 00 01 … 0f and the message 00 01 … (n-1), from the authors' vectors; the whole
 * row was compared with `openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:8 SIPHASH`. */
static void test_siphash24__gives_the_reference_vectors(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        UINT64_C(0x726fdb47dd0e0e31), UINT64_C(0x74f839c593dc67fd), UINT64_C(0x0d6c8009d9a94f5a),
        UINT64_C(0x85676696d7fb7e2d), UINT64_C(0xcf2794e0277187b7), UINT64_C(0x18765564cd99a68d),
        UINT64_C(0xcbc9466e58fee3ce), UINT64_C(0xab0200f58b01d137), UINT64_C(0x93f5f5799a932462),
        UINT64_C(0x9e0082df0ba9e4b0), UINT64_C(0x7a5dbbc594ddb9f3), UINT64_C(0xf4b32f46226bada7),
        UINT64_C(0x751e8fbc860ee5fb), UINT64_C(0x14ea5627c0843d90), UINT64_C(0xf723ca908e7af2ee),
        UINT64_C(0xa129ca6149be45e5),
    };
    unsigned char message[16];
    for (unsigned char n = 0; n < 16; n++) {
        assert_true(siphash24(UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908), message, n) == expected[n]);
        message[n] = n;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_buf__collects_texts_characters_and_numbers),
        in_arena(test_buf__writes_numbers_at_the_ends_of_their_range),
        in_arena(test_buf__past_its_maximum_holds_a_prefix_and_says_so),
        in_arena(test_buf__exactly_full_is_not_overfull),
        in_arena(test_buf_fmt__of_more_than_its_quick_room),
        in_arena(test_vec__keeps_elements_and_gives_zeroed_new_ones),
        in_arena(test_vec__an_element_pushed_after_cutting_is_zero),
        in_arena(test_map__finds_what_was_put_and_nothing_else),
        in_arena(test_map__setting_again_gives_the_value_before),
        in_arena(test_siphash24__gives_the_reference_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
