#include "base/rng.h"
#include "base/str.h"
#include "base/test/check.h"

#include <string.h>

static void test_hex__goes_both_ways(void **state)
{
    unsigned char back[4];
    assert_text(str_hex(*state, "\x00\x7F\xAB\xFF", 4), "007fabff");
    assert_true(str_unhex(STR("007FabfF"), back, 4));
    assert_memory_equal(back, "\x00\x7F\xAB\xFF", 4);
    assert_text(str_hex(*state, "", 0), "");
}

static void test_unhex__refuses_other_lengths_and_letters_and_leaves_the_bytes_alone(void **state)
{
    (void)state;
    unsigned char bytes[2] = { 7, 7 };
    assert_false(str_unhex(STR("ab"), bytes, 2));
    assert_false(str_unhex(STR("abcde"), bytes, 2));
    assert_false(str_unhex(STR("abcdef"), bytes, 2));
    assert_false(str_unhex(STR("abxg"), bytes, 2));
    assert_int_equal(bytes[0], 7);
    assert_int_equal(bytes[1], 7);
}

static void test_base64url__gives_the_texts_of_rfc_4648_without_padding(void **state)
{
    static const char *const plain[] = { "", "f", "fo", "foo", "foob", "fooba", "foobar" };
    static const char *const coded[] = { "", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy" };
    struct str back;
    for (size_t i = 0; i < 7; i++) {
        assert_text(str_base64url(*state, plain[i], strlen(plain[i])), coded[i]);
        assert_true(str_unbase64url(*state, str_of(coded[i]), &back));
        assert_text(back, plain[i]);
    }
    assert_text(str_base64url(*state, "\xFB\xFF\xBF", 3), "-_-_");
}

static void test_base64url__round_trips_any_bytes(void **state)
{
    struct rng r;
    rng_seed(&r, 511);
    for (size_t n = 0; n < 200; n++) {
        unsigned char bytes[200];
        struct str back;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (unsigned char)rng_below(&r, 256);
        assert_true(str_unbase64url(*state, str_base64url(*state, bytes, n), &back));
        assert_int_equal(back.n, n);
        assert_memory_equal(back.p, bytes, n);
    }
}

static void test_unbase64url__refuses_what_is_not_the_one_spelling(void **state)
{
    struct str out = STR("untouched");
    static const char *const refused[] = { "Z", "Zg==", "Zm9v\n", "Zm+v", "Zm/v", "Zh", "Zm9", "Zm9vZ", "Zm 9v" };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(str_unbase64url(*state, str_of(refused[i]), &out));
    assert_false(str_unbase64url(*state, STR_NONE, &out));
    assert_text(out, "untouched");
}

static void test_eq_secret__sees_every_bit(void **state)
{
    (void)state;
    char a[32] = { 1, 2, 3 }, b[32];
    for (size_t bit = 0; bit < 256; bit++) {
        memcpy(b, a, sizeof b);
        b[bit / 8] = (char)(b[bit / 8] ^ 1 << bit % 8);
        assert_false(str_eq_secret((struct str) { a, 32 }, (struct str) { b, 32 }));
    }
    assert_true(str_eq_secret((struct str) { a, 32 }, (struct str) { a, 32 }));
    assert_false(str_eq_secret((struct str) { a, 32 }, (struct str) { a, 31 }));
    assert_false(str_eq_secret(STR_NONE, STR_NONE));
    assert_true(str_eq_secret(STR(""), STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_hex__goes_both_ways),
        in_arena(test_unhex__refuses_other_lengths_and_letters_and_leaves_the_bytes_alone),
        in_arena(test_base64url__gives_the_texts_of_rfc_4648_without_padding),
        in_arena(test_base64url__round_trips_any_bytes),
        in_arena(test_unbase64url__refuses_what_is_not_the_one_spelling),
        in_arena(test_eq_secret__sees_every_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
