#include "base/rng.h"
#include "base/test/check.h"
#include "base/text.h"

#include <string.h>

static struct str clean(struct arena *a, struct str in, enum text_line lines)
{
    struct str out = STR_NONE;
    struct err e = { 0 };
    if (text_clean(a, in, lines, 200, &out, &e))
        fail_msg("\"%.*s\" was refused: %s", STR_ARG(in), e.detail);
    return out;
}

static struct str refusal(struct arena *a, struct str in, enum text_line lines, size_t max)
{
    struct str out = STR("untouched");
    struct err e = { 0 };
    if (!text_clean(a, in, lines, max, &out, &e))
        fail_msg("\"%.*s\" passed as \"%.*s\"", STR_ARG(in), STR_ARG(out));
    assert_text(out, "untouched");
    assert_int_equal(e.code, ERR_FORM);
    return err_sentence(&e);
}

static void test_clean__names_of_all_peoples_stay_as_written(void **state)
{
    static const char *const names[] = { "Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "H'Nhi Niê",   "H’Nhi Niê",
                                         "Y Krông Niê",    "K'Tem",          "Điểu K'Rứ",   "Bon Bu Prăng",
                                         "R'Ông Măng",     "Ƀŭ Đăng",        "Giàng A Páo", "M'Nông" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_text(clean(*state, str_of(names[i]), TEXT_ONE_LINE), names[i]);
}

static void test_clean__nfd_becomes_nfc(void **state)
{
    assert_text(clean(*state, STR("Nguye\u0302\u0303n Va\u0306n \u0110o\u031b\u0300"), TEXT_ONE_LINE), "Nguyễn Văn Đờ");
    /* marks in another order than Unicode's own */
    assert_text(clean(*state, STR("Vie\u0302\u0323t"), TEXT_ONE_LINE), "Việt");
    assert_text(clean(*state, STR("Vie\u0323\u0302t"), TEXT_ONE_LINE), "Việt");
    /* half composed */
    assert_text(clean(*state, STR("Vi\u00ea\u0323t"), TEXT_ONE_LINE), "Việt");
    /* singleton: the Kelvin and Angstrom signs become letters */
    assert_text(clean(*state, STR("\u212Am \u212B"), TEXT_ONE_LINE), "Km Å");
}

/* The letters of TCVN 6909 in both cases. */
static const char LETTERS[] = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
                              "àằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
                              "ÀẰẦÈỀÌÒỒỜÙỪỲẢẲẨẺỂỈỎỔỞỦỬỶÃẴẪẼỄĨÕỖỠŨỮỸÁẮẤÉẾÍÓỐỚÚỨÝẠẶẬẸỆỊỌỘỢỤỰỴ";

static void test_clean__every_vietnamese_letter_stays_itself(void **state)
{
    assert_text(clean(*state, str_of(LETTERS), TEXT_ONE_LINE), LETTERS);
    assert_int_equal(text_length(str_of(LETTERS)), 58 + 120);
}

static void test_clean__cleaning_twice_changes_nothing_more(void **state)
{
    struct rng r;
    static const char *const pieces[] = { "e",      "\u0302", "\u0323", "\u031b", "Đ", " ", "\t",
                                          "\u00a0", "'",      "\n",     "\u200b", "ơ", "ệ" };
    rng_seed(&r, 6);
    for (int i = 0; i < 3000; i++) {
        char text[64];
        size_t n = 0;
        for (uint32_t k = rng_below(&r, 12); k; k--) {
            const char *piece = pieces[rng_below(&r, sizeof pieces / sizeof *pieces)];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        struct str once = clean(*state, (struct str) { text, n }, TEXT_MANY_LINES);
        struct str twice = clean(*state, once, TEXT_MANY_LINES);
        assert_true(str_eq(once, twice));
        arena_clear(*state);
    }
}

static void test_clean__one_line_has_single_spaces_and_none_at_the_ends(void **state)
{
    assert_text(clean(*state, STR(" \tNguyễn \u00a0  Văn\u3000An \r\n"), TEXT_ONE_LINE), "Nguyễn Văn An");
    assert_text(clean(*state, STR("   "), TEXT_ONE_LINE), "");
    assert_text(clean(*state, STR("\u00a0x\u00a0"), TEXT_ONE_LINE), "x");
    assert_non_null(clean(*state, STR(""), TEXT_ONE_LINE).p);
}

static void test_clean__invisible_characters_of_pasted_text_go(void **state)
{
    assert_text(clean(*state, STR("\uFEFFNgu\u200byễn\u00ad \u200eAn\u2060"), TEXT_ONE_LINE), "Nguyễn An");
}

static void test_clean__many_lines_keep_line_breaks_as_lf(void **state)
{
    assert_text(clean(*state, STR("a\r\nb\rc\n\nd\u2028e\tf  g"), TEXT_MANY_LINES), "a\nb\nc\n\nd\ne\tf  g");
}

static void test_clean__a_line_break_inside_one_line_is_refused(void **state)
{
    assert_text(refusal(*state, STR("a\nb"), TEXT_ONE_LINE, 200), "Chỗ này chỉ nhận một dòng chữ.");
    assert_text(refusal(*state, STR("a\u2029b"), TEXT_ONE_LINE, 200), "Chỗ này chỉ nhận một dòng chữ.");
}

static void test_clean__control_characters_are_refused(void **state)
{
    for (char c = 1; c < 32; c++) {
        char text[] = { 'a', c, 'b' };
        if (c != '\t' && c != '\n' && c != '\r')
            assert_text(refusal(*state, (struct str) { text, 3 }, TEXT_MANY_LINES, 200),
                        "Có ký tự điều khiển không đọc được. Xin gõ lại bằng bàn phím.");
    }
    refusal(*state, (struct str) { "a\0b", 3 }, TEXT_ONE_LINE, 200);
    refusal(*state, STR("a\x7F"), TEXT_ONE_LINE, 200);
    refusal(*state,
            STR("a\xC2\x85"
                "b"),
            TEXT_MANY_LINES, 200);
}

static void test_clean__bidirectional_overrides_are_refused(void **state)
{
    static const char *const bidi[] = { "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                        "\u2066", "\u2067", "\u2068", "\u2069" };
    for (size_t i = 0; i < sizeof bidi / sizeof *bidi; i++)
        assert_text(refusal(*state, str_fmt(*state, "An%snAgugN", bidi[i]), TEXT_MANY_LINES, 200),
                    "Có ký tự ẩn làm đảo chiều chữ. Xin gõ lại bằng bàn phím.");
}

static void test_clean__private_characters_and_noncharacters_are_refused(void **state)
{
    static const char *const bad[] = { "\uE000", "\uF8FF", "\U000F0000", "\uFDD0", "\xEF\xBF\xBE", "\xEF\xBF\xBF" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refusal(*state, str_of(bad[i]), TEXT_ONE_LINE, 200);
}

static void test_clean__what_is_not_utf8_is_refused(void **state)
{
    static const char *const bad[] = {
        "\xFF", "\xC3", "\xC0\xAF", "\xE1\xBB", "\xED\xA0\x80", "\xF4\x90\x80\x80", "a\x80", "\xF8\x88\x80\x80\x80"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(text_is_utf8(str_of(bad[i])));
        assert_text(refusal(*state, str_of(bad[i]), TEXT_ONE_LINE, 200),
                    "Chữ gửi lên bị hỏng mã, không đọc được. Xin gõ lại.");
    }
    assert_true(text_is_utf8(STR("Đắk Nông 🙂")));
}

static void test_clean__the_limit_counts_letters_not_bytes(void **state)
{
    struct str out;
    assert_int_equal(text_clean(*state, STR("Đắk R'lấp"), TEXT_ONE_LINE, 9, &out, NULL), 0);
    assert_int_equal(text_clean(*state, STR("D\u0323\u0302e\u0302\u0323"), TEXT_ONE_LINE, 3, &out, NULL), 0);
    assert_text(refusal(*state, STR("Đắk R'lấp"), TEXT_ONE_LINE, 8), "Nội dung dài quá mức cho phép ở chỗ này.");
    refusal(*state, STR("a"), TEXT_ONE_LINE, 0);
}

static void test_clean__nfd_of_exactly_the_limit_passes(void **state)
{
    char text[100 * 5 + 1];
    struct str out;
    for (size_t i = 0; i < 100; i++)
        memcpy(text + 5 * i, "e\u0302\u0301", 5);
    assert_int_equal(text_clean(*state, (struct str) { text, 500 }, TEXT_ONE_LINE, 100, &out, NULL), 0);
    assert_int_equal(out.n, 300);
}

static void test_clean__a_name_of_ten_thousand_letters_is_refused_cheaply(void **state)
{
    struct arena *a = *state;
    static char name[10000];
    memset(name, 'a', sizeof name);
    size_t before = a->used;
    assert_text(refusal(a, (struct str) { name, sizeof name }, TEXT_ONE_LINE, 100),
                "Nội dung dài quá mức cho phép ở chỗ này.");
    assert_true(a->used - before < 4096);
}

static void test_length__counts_code_points_and_broken_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_length(STR("Đắk")), 3);
    assert_int_equal(text_length(STR("\xFF\xFE"
                                     "a")),
                     3);
    assert_int_equal(text_length(STR("")), 0);
    assert_int_equal(text_length(STR_NONE), 0);
}

/* What is clean already is not taken apart letter by letter; two spaces in a row make sure that it is. Both ways say the same of every
 * character. */
static void test_clean__the_short_way_says_what_the_long_way_says(void **state)
{
    struct arena *a = *state;
    for (unsigned cp = 1; cp < 0x3100; cp++) {
        char s[16];
        size_t n = 0;
        s[n++] = 'a';
        if (cp < 0x80) {
            s[n++] = (char)cp;
        } else if (cp < 0x800) {
            s[n++] = (char)(0xC0 | cp >> 6);
            s[n++] = (char)(0x80 | (cp & 0x3F));
        } else {
            s[n++] = (char)(0xE0 | cp >> 12);
            s[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
            s[n++] = (char)(0x80 | (cp & 0x3F));
        }
        s[n++] = 'b';
        size_t short_n = n;
        memcpy(s + n, "  c", 3);
        struct str quick = STR_NONE, slow = STR_NONE;
        struct err e = { 0 };
        int quick_result = text_clean(a, (struct str) { s, short_n }, TEXT_ONE_LINE, 8, &quick, &e);
        int slow_result = text_clean(a, (struct str) { s, n + 3 }, TEXT_ONE_LINE, 8, &slow, &e);
        assert_int_equal(quick_result, slow_result);
        if (quick_result == 0 && (slow.n != quick.n + 2 || memcmp(slow.p, quick.p, quick.n) != 0))
            fail_msg("U+%04X: \"%.*s\" and \"%.*s\"", cp, STR_ARG(quick), STR_ARG(slow));
        arena_clear(a);
    }
}

static void test_clean__the_short_way_counts_letters_too(void **state)
{
    assert_text(clean(*state, STR("Đắk Mil"), TEXT_ONE_LINE), "Đắk Mil");
    struct str out;
    struct err e = { 0 };
    assert_int_equal(text_clean(*state, STR("Đắk Mil"), TEXT_ONE_LINE, 7, &out, &e), 0);
    refusal(*state, STR("Đắk Mil"), TEXT_ONE_LINE, 6);
    refusal(*state, STR("abc\xC4"), TEXT_ONE_LINE, 100);
    refusal(*state, STR("abc\xE1\xBA"), TEXT_ONE_LINE, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_clean__names_of_all_peoples_stay_as_written),
        in_arena(test_clean__nfd_becomes_nfc),
        in_arena(test_clean__every_vietnamese_letter_stays_itself),
        in_arena(test_clean__cleaning_twice_changes_nothing_more),
        in_arena(test_clean__one_line_has_single_spaces_and_none_at_the_ends),
        in_arena(test_clean__invisible_characters_of_pasted_text_go),
        in_arena(test_clean__many_lines_keep_line_breaks_as_lf),
        in_arena(test_clean__a_line_break_inside_one_line_is_refused),
        in_arena(test_clean__control_characters_are_refused),
        in_arena(test_clean__bidirectional_overrides_are_refused),
        in_arena(test_clean__private_characters_and_noncharacters_are_refused),
        in_arena(test_clean__what_is_not_utf8_is_refused),
        in_arena(test_clean__the_limit_counts_letters_not_bytes),
        in_arena(test_clean__nfd_of_exactly_the_limit_passes),
        in_arena(test_clean__a_name_of_ten_thousand_letters_is_refused_cheaply),
        in_arena(test_clean__the_short_way_says_what_the_long_way_says),
        in_arena(test_clean__the_short_way_counts_letters_too),
        in_arena(test_length__counts_code_points_and_broken_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
