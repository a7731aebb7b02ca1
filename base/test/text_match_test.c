#include "base/test/check.h"
#include "base/text.h"

static void test_fold__names_people_type_in_many_ways_have_one_key(void **state)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        { "H'Nhi Niê", "hnhi nie" },
        { "h’nhi nie", "hnhi nie" },
        { "H‘NHI  NIÊ", "hnhi nie" },
        { "Hʼ Nhi Niê", "h nhi nie" },
        { "Y Krông Niê", "y krong nie" },
        { "K'Tem", "ktem" },
        { "K`Tem", "ktem" },
        { "Đặng Thị Ước", "dang thi uoc" },
        { "ÐẶNG THỊ ƯỚC", "dang thi uoc" }, /* with Eth, as old fonts leave it */
        { "Nguye\u0302\u0303n", "nguyen" },
        { " Nguyễn\u00a0 Văn\tAn ", "nguyen van an" },
        { "Ƀŭ Prâng", "bu prang" },
        { "Bà Rịa - Vũng Tàu", "ba ria vung tau" },
        { "Đắk R'lấp", "dak rlap" },
        { "Đăk-Mil", "dakmil" },
        { "ＡＢＣ１２３", "abc123" },
        { "Straße", "strasse" },
        { "", "" },
        { "'", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(text_fold(*state, str_of(cases[i].text)), cases[i].key);
}

static void test_fold__every_vietnamese_letter_becomes_ascii(void **state)
{
    static const char letters[] = "aăâđeêioôơuưyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵĂÂĐÊÔƠƯỜỮỆ";
    struct str key = text_fold(*state, str_of(letters));
    assert_int_equal(key.n, text_length(str_of(letters)));
    for (size_t i = 0; i < key.n; i++)
        assert_true(key.p[i] >= 'a' && key.p[i] <= 'y');
}

static void test_fold__folding_a_key_gives_the_key(void **state)
{
    static const char *const texts[] = { "H'Nhi Niê", "Đặng Thị Ước", "thôn 3, Đắk Ru", "🙂 x", "Straße" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct str once = text_fold(*state, str_of(texts[i]));
        assert_true(str_eq(text_fold(*state, once), once));
    }
}

static void test_fold__broken_bytes_do_no_harm(void **state)
{
    assert_text(text_fold(*state, STR("a\xFF"
                                      "b\xE1")),
                "a\uFFFDb\uFFFD");
}

static void test_compare__names_by_how_alike_they_are(void **state)
{
    static const struct {
        const char *x, *y;
        enum text_match match;
    } cases[] = {
        { "Nguyễn Thị Hòa", "Nguyễn Thị Hòa", TEXT_SAME },
        { "Nguyễn Thị Hòa", "NGUYỄN THỊ HÒA", TEXT_SAME },
        { "Nguyễn Thị Hòa", "Nguye\u0302\u0303n Thi\u0323  Ho\u0300a ", TEXT_SAME },
        { "H'Nhi Niê", "H’Nhi Niê", TEXT_SAME },
        { "Đinh", "Ðinh", TEXT_SAME },
        { "Nguyễn Thị Hòa", "Nguyễn Thị Hoà", TEXT_SAME_TONE_PLACE },
        { "Thúy", "Thuý", TEXT_SAME_TONE_PLACE },
        { "Khỏe Hòa", "Khoẻ Hoà", TEXT_SAME_TONE_PLACE },
        { "Quý", "Qúy", TEXT_SAME_TONE_PLACE },
        { "Hòa", "Hóa", TEXT_SAME_NO_TONES },
        { "Nguyễn Thị Hòa", "Nguyên Thi Hoa", TEXT_SAME_NO_TONES },
        { "Hoà An", "Hoa Àn", TEXT_SAME_NO_TONES }, /* the tone went to the next syllable */
        { "Nguyễn Văn Đông", "NGUYEN VAN DONG", TEXT_SAME_ASCII },
        { "Trần", "Trăn", TEXT_SAME_ASCII },
        { "H'Nhi Niê", "HNhi Niê", TEXT_SAME_ASCII },
        { "Nguyễn Văn An", "Nguyễn Văn Ân", TEXT_SAME_ASCII },
        { "Nguyễn Văn An", "Nguyễn Văn Anh", TEXT_DIFFERENT },
        { "Nguyễn Văn An", "", TEXT_DIFFERENT },
        { "Võ", "Vũ", TEXT_DIFFERENT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str x = str_of(cases[i].x), y = str_of(cases[i].y);
        if (text_compare(*state, x, y) != cases[i].match || text_compare(*state, y, x) != cases[i].match)
            fail_msg("\"%s\" and \"%s\" compare as %d", cases[i].x, cases[i].y, (int)text_compare(*state, x, y));
    }
}

static void test_upper__vietnamese_letters_keep_their_tones(void **state)
{
    assert_text(text_upper(*state, STR("Ủy ban nhân dân tỉnh Đắk Nông, buôn Čư Jŭt, ƀon")),
                "ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG, BUÔN ČƯ JŬT, ɃON");
    assert_text(text_upper(*state, STR("số \xFF 06")), "SỐ \xFF 06");
    assert_text(text_upper(*state, STR("")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_fold__names_people_type_in_many_ways_have_one_key),
        in_arena(test_fold__every_vietnamese_letter_becomes_ascii),
        in_arena(test_fold__folding_a_key_gives_the_key),
        in_arena(test_fold__broken_bytes_do_no_harm),
        in_arena(test_upper__vietnamese_letters_keep_their_tones),
        in_arena(test_compare__names_by_how_alike_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
