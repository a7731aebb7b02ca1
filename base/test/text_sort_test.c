#include "base/test/check.h"
#include "base/text.h"

/* Each text sorts before the next one. */
static void assert_order(struct arena *a, const char *const *texts, size_t n, bool person)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (str_cmp(text_sort_key(a, str_of(texts[i]), person), text_sort_key(a, str_of(texts[k]), person)) >= 0)
                fail_msg("\"%s\" does not come before \"%s\"", texts[i], texts[k]);
}

#define ORDERED(a, person, ...)                                           \
    do {                                                                  \
        static const char *const texts[] = { __VA_ARGS__ };               \
        assert_order((a), texts, sizeof texts / sizeof *texts, (person)); \
    } while (0)

static void test_key__letters_stand_in_the_order_of_the_alphabet(void **state)
{
    ORDERED(*state, false, "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
            "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z");
}

static void test_key__tones_none_huyen_hoi_nga_sac_nang(void **state)
{
    ORDERED(*state, false, "ma", "mà", "mả", "mã", "má", "mạ", "mă", "mằ", "mâ", "mầ");
}

static void test_key__a_dictionary_goes_syllable_by_syllable(void **state)
{
    ORDERED(*state, false, "ma", "ma cà", "ma túy", "mà", "mà cả", "má", "mai", "man", "mang");
    ORDERED(*state, false, "an", "an ninh", "án", "anh", "ân", "biên", "biển");
}

static void test_key__numbers_sort_by_size(void **state)
{
    ORDERED(*state, false, "Bon 1", "Thôn 1", "Thôn 2", "Thôn 9", "Thôn 10", "Thôn 11", "Thôn 100", "Thôn Đoàn Kết", "Tổ 3");
    ORDERED(*state, false, "12345678901234", "123456789012345", "1234567890123456");
}

static void test_key__case_apostrophe_hyphen_and_tone_place_do_not_matter(void **state)
{
    static const char *const same[][2] = {
        { "H'Nhi", "h’nhi" }, { "Hòa", "HOÀ" }, { "Đắk-Mil", "đắkmil" }, { "a  b", "A, B." }, { "Thôn 03", "thôn 3" }
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(
            str_eq(text_sort_key(*state, str_of(same[i][0]), false), text_sort_key(*state, str_of(same[i][1]), false)));
}

static void test_person_key__given_name_then_family_then_middle(void **state)
{
    ORDERED(*state, true, "Trần Thị Ái", "Trần Văn An", "Lê Văn Anh", "Nguyễn Thị Anh", "Nguyễn Văn Anh", "Phạm Ân",
            "Bùi Bình", "An Xuân");
}

static void test_person_key__names_that_begin_with_the_given_name_stay_as_written(void **state)
{
    ORDERED(*state, true, "Nguyễn Văn Hà", "H'Nhi Niê", "Lê Hoa", "Trần Kiên", "K'Tem", "Lê Văn Xuân", "Y Bhiông Niê",
            "Y Krông Ayŭn", "Y Krông Niê", "Lê Hải Yến");
}

static void test_person_key__of_one_word_or_none(void **state)
{
    ORDERED(*state, true, "", "An", "Bình");
    assert_text(text_sort_key(*state, STR(" - "), true), "");
}

static void test_key__is_printable_ascii_whatever_comes(void **state)
{
    struct str key = text_sort_key(*state, STR("Ƀŭ Đăng 12 🙂 Ω \xFF 日本 ñ č"), false);
    assert_true(key.n > 0);
    for (size_t i = 0; i < key.n; i++)
        assert_true(key.p[i] > ' ' && key.p[i] < 0x7F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_key__letters_stand_in_the_order_of_the_alphabet),
        in_arena(test_key__tones_none_huyen_hoi_nga_sac_nang),
        in_arena(test_key__a_dictionary_goes_syllable_by_syllable),
        in_arena(test_key__numbers_sort_by_size),
        in_arena(test_key__case_apostrophe_hyphen_and_tone_place_do_not_matter),
        in_arena(test_person_key__given_name_then_family_then_middle),
        in_arena(test_person_key__names_that_begin_with_the_given_name_stay_as_written),
        in_arena(test_person_key__of_one_word_or_none),
        in_arena(test_key__is_printable_ascii_whatever_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
