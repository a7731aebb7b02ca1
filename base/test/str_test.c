#include "base/str.h"
#include "base/test/check.h"

#include <float.h>
#include <string.h>

static void test_eq__no_value_is_not_the_empty_text(void **state)
{
    (void)state;
    assert_true(str_eq(STR_NONE, STR_NONE));
    assert_false(str_eq(STR_NONE, STR("")));
    assert_true(str_eq(STR(""), STR("")));
    assert_false(str_eq(STR("a"), STR("ab")));
    assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_eq_nocase(STR("Đ"), STR("đ")));
    assert_null(str_of(NULL).p);
}

static void test_cmp__is_bytewise_and_a_prefix_comes_first(void **state)
{
    (void)state;
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("ab"), STR("a")) > 0);
    assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
    assert_true(str_cmp(STR("z"), STR("\xC4\x91")) < 0);
    assert_true(str_cmp(STR_NONE, STR("")) < 0);
    assert_int_equal(str_cmp(STR_NONE, STR_NONE), 0);
}

static void test_starts_and_ends__know_the_empty_text(void **state)
{
    (void)state;
    assert_true(str_starts(STR("/api/v1"), STR("/api")));
    assert_false(str_starts(STR("/a"), STR("/api")));
    assert_true(str_starts(STR_NONE, STR("")));
    assert_true(str_ends(STR("a.css"), STR(".css")));
    assert_false(str_ends(STR("css"), STR(".css")));
}

static void test_trim__takes_white_space_from_both_ends_only(void **state)
{
    (void)state;
    assert_text(str_trim(STR(" \t\r\n a b \v\f")), "a b");
    assert_text(str_trim(STR(" \n ")), "");
    assert_null(str_trim(STR_NONE).p);
}

static void test_from_and_head__stop_at_the_end(void **state)
{
    (void)state;
    assert_text(str_from(STR("abc"), 1), "bc");
    assert_text(str_from(STR("abc"), 9), "");
    assert_text(str_head(STR("abc"), 2), "ab");
    assert_text(str_head(STR("abc"), 9), "abc");
}

static void test_find__gives_the_first_place_or_minus_one(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("Đắk Nông"), STR("Nông")), 7);
    assert_int_equal(str_find(STR("abab"), STR("b")), 1);
    assert_int_equal(str_find(STR("ab"), STR("abc")), -1);
    assert_int_equal(str_find(STR("ab"), STR("")), 0);
    assert_int_equal(str_find(STR_NONE, STR("a")), -1);
    assert_int_equal(str_find_char(STR("a|b"), '|'), 1);
    assert_int_equal(str_find_char(STR(""), '|'), -1);
}

static void test_cut__gives_every_piece_and_then_ends(void **state)
{
    (void)state;
    static const char *const expected[] = { "a", "", "b", "" };
    struct str rest = STR("a||b|"), piece;
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_cut(&rest, '|', &piece));
        assert_text(piece, expected[i]);
    }
    assert_false(str_cut(&rest, '|', &piece));
}

static void test_cut__the_empty_text_has_one_empty_piece_and_no_value_has_none(void **state)
{
    (void)state;
    struct str rest = STR(""), piece = STR("x"), none = STR_NONE;
    assert_true(str_cut(&rest, '|', &piece));
    assert_text(piece, "");
    assert_false(str_cut(&rest, '|', &piece));
    assert_false(str_cut(&none, '|', &piece));
}

static void test_i64__reads_the_whole_range_and_nothing_beyond(void **state)
{
    (void)state;
    int64_t v = 7;
    assert_true(str_to_i64(STR("9223372036854775807"), &v) && v == INT64_MAX);
    assert_true(str_to_i64(STR("-9223372036854775808"), &v) && v == INT64_MIN);
    assert_true(str_to_i64(STR("-0"), &v) && v == 0);
    assert_true(str_to_i64(STR("007"), &v) && v == 7);
    static const char *const refused[] = {
        "9223372036854775808", "-9223372036854775809", "", "-", "+1", " 1", "1 ", "1.0", "0x1", "١"
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(str_to_i64(str_of(refused[i]), &v));
    assert_false(str_to_i64(STR_NONE, &v));
    assert_int_equal(v, 7);
}

static void test_u64__reads_the_whole_range_and_nothing_beyond(void **state)
{
    (void)state;
    uint64_t v = 7;
    assert_true(str_to_u64(STR("18446744073709551615"), &v) && v == UINT64_MAX);
    v = 7;
    assert_false(str_to_u64(STR("18446744073709551616"), &v));
    assert_false(str_to_u64(STR("99999999999999999999999"), &v));
    assert_false(str_to_u64(STR("-1"), &v));
    assert_int_equal(v, 7);
}

static void test_double__reads_decimal_numbers_only(void **state)
{
    (void)state;
    double v = 7;
    assert_true(str_to_double(STR("-12.5"), &v) && v <= -12.5 && v >= -12.5);
    assert_true(str_to_double(STR("1e3"), &v) && v >= 1000 && v <= 1000);
    v = 7;
    static const char *const refused[] = { "", "inf", "nan", "0x10", "1,5", " 1", "1 ", "-", "e5", ".", "1e999", "1..2" };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(str_to_double(str_of(refused[i]), &v));
    assert_true(v >= 7 && v <= 7);
}

static void test_is_digits__wants_at_least_one(void **state)
{
    (void)state;
    assert_true(str_is_digits(STR("0123456789")));
    assert_false(str_is_digits(STR("")));
    assert_false(str_is_digits(STR("12a")));
    assert_false(str_is_digits(STR_NONE));
}

static void test_dup__keeps_no_value_and_empty_apart(void **state)
{
    assert_null(str_dup(*state, STR_NONE).p);
    struct str empty = str_dup(*state, STR(""));
    assert_non_null(empty.p);
    assert_int_equal(empty.n, 0);
    char bytes[] = "abc";
    struct str copy = str_dup(*state, (struct str) { bytes, 3 });
    bytes[0] = 'x';
    assert_text(copy, "abc");
    assert_string_equal(str_cstr(*state, str_head(STR("abc"), 2)), "ab");
    assert_string_equal(str_cstr(*state, STR_NONE), "");
}

static void test_fmt__of_short_and_long_texts(void **state)
{
    assert_text(str_fmt(*state, "%s has %d", "xã", 71), "xã has 71");
    for (size_t n = 250; n < 260; n++) {
        struct str s = str_fmt(*state, "%0*d", (int)n, 7);
        assert_int_equal(s.n, n);
        assert_int_equal(s.p[n - 1], '7');
        assert_int_equal(s.p[n], 0);
    }
}

static void test_has_word__whole_words_only(void **state)
{
    (void)state;
    assert_true(str_has_word(STR("see file pay"), STR("see")));
    assert_true(str_has_word(STR("see file pay"), STR("pay")));
    assert_true(str_has_word(STR(" see  file"), STR("file")));
    assert_false(str_has_word(STR("see files"), STR("file")));
    assert_false(str_has_word(STR("see"), STR("")));
    assert_false(str_has_word(STR(""), STR("see")));
    assert_false(str_has_word(STR_NONE, STR("see")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_eq__no_value_is_not_the_empty_text),
        in_arena(test_cmp__is_bytewise_and_a_prefix_comes_first),
        in_arena(test_starts_and_ends__know_the_empty_text),
        in_arena(test_trim__takes_white_space_from_both_ends_only),
        in_arena(test_from_and_head__stop_at_the_end),
        in_arena(test_find__gives_the_first_place_or_minus_one),
        in_arena(test_cut__gives_every_piece_and_then_ends),
        in_arena(test_cut__the_empty_text_has_one_empty_piece_and_no_value_has_none),
        in_arena(test_i64__reads_the_whole_range_and_nothing_beyond),
        in_arena(test_u64__reads_the_whole_range_and_nothing_beyond),
        in_arena(test_double__reads_decimal_numbers_only),
        in_arena(test_is_digits__wants_at_least_one),
        in_arena(test_dup__keeps_no_value_and_empty_apart),
        in_arena(test_fmt__of_short_and_long_texts),
        in_arena(test_has_word__whole_words_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
