/* identity_test.c: what the parsers accept, and the sentence for each thing they refuse. */
#include "engines/identity/identity_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define PASTE "067090000123||Nguyễn Văn Demo|01021990|Nam|Thôn 3, Đắk Ru, Đắk R'lấp, Đắk Nông|15062021"

struct fixture {
    struct arena a;
    struct err e;
    struct day today;
    struct identity_read r;
};

static int setup(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof(f));
    arena_init(&f.a, 1 << 20);
    day_from_ymd(2023, 8, 7, &f.today);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_release(&f->a);
    return 0;
}

static void accepts(struct fixture *f, const char *text)
{
    if (identity_parse(&f->a, str_of(text), f->today, &f->r, &f->e) != 0)
        fail_msg("refused: %s (%.*s)", text, STR_ARG(err_sentence(&f->e)));
}

static void refuses(struct fixture *f, const char *text, const char *sentence)
{
    memset(&f->r, 0x5a, sizeof(f->r));
    struct identity_read before = f->r;
    assert_int_equal(identity_parse(&f->a, str_of(text), f->today, &f->r, &f->e), -1);
    struct str said = err_sentence(&f->e);
    if (str_find(said, str_of(sentence)) < 0)
        fail_msg("%s: said \"%.*s\", wanted \"%s\"", text, STR_ARG(said), sentence);
    assert_memory_equal(&before, &f->r, sizeof(before));
}

static void is(struct str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fail_msg("got \"%.*s\", wanted \"%s\"", STR_ARG(got), want);
}

static void test_qr__card_of_2021_reads_all_seven_fields_at_level_1(void **state)
{
    struct fixture *f = *state;
    accepts(f, PASTE);
    is(pid_str(&f->r.pid), "067090000123");
    is(f->r.name, "Nguyễn Văn Demo");
    is(birth_iso(&f->a, f->r.born), "1990-02-01");
    is(f->r.address, "Thôn 3, Đắk Ru, Đắk R'lấp, Đắk Nông");
    is(day_iso(&f->a, f->r.issued), "2021-06-15");
    is(f->r.layout, "cccd-2021");
    is(f->r.old_cmnd, "");
    assert_int_equal(f->r.level, EVIDENCE_L1);
    assert_int_equal(f->r.sex, SEX_MALE);
    assert_int_equal(f->r.warnings, 0);
    is(evidence_label(f->r.level, f->r.source), "QR: chưa xác thực (L1)");
}

static void test_qr__byte_order_mark_line_end_and_spaces_of_the_scanner_are_ignored(void **state)
{
    struct fixture *f = *state;
    accepts(f, "\xEF\xBB\xBF  " PASTE "\r\n");
    is(f->r.name, "Nguyễn Văn Demo");
}

static void test_qr__decomposed_vietnamese_becomes_nfc(void **state)
{
    struct fixture *f = *state;
    accepts(f, "067090000123||Nguye\xCC\x82\xCC\x83n Va\xCC\x86n Demo|01021990|Nam|x|15062021");
    is(f->r.name, "Nguyễn Văn Demo");
}

static void test_qr__highland_and_one_word_names_are_names(void **state)
{
    struct fixture *f = *state;
    accepts(f, "067190000123||H'Nhi|01021990|Nữ|x|15062021");
    is(f->r.name, "H'Nhi");
    accepts(f, "067090000123||Y Krông Niê|01021990|Nam|x|15062021");
    is(f->r.name, "Y Krông Niê");
}

static void test_qr__later_cards_may_have_more_fields(void **state)
{
    struct fixture *f = *state;
    accepts(f, PASTE "||Nguyễn Văn Cha|Trần Thị Mẹ");
    is(f->r.layout, "can-cuoc-2024");
    is(f->r.name, "Nguyễn Văn Demo");
}

static void test_qr__wrong_number_of_digits_is_said(void **state)
{
    struct fixture *f = *state;
    refuses(f, "06709000012||Nguyễn Văn Demo|01021990|Nam|x|15062021", "11");
    refuses(f, "06709000012a||Nguyễn Văn Demo|01021990|Nam|x|15062021", "chỉ gồm chữ số");
}

static void test_qr__control_bytes_are_refused(void **state)
{
    struct fixture *f = *state;
    refuses(f, "067090000123||Nguyễn\x01Văn|01021990|Nam|x|15062021", "");
    refuses(f, "067090000123||Nguyễn\x1bVăn|01021990|Nam|x|15062021", "");
}

static void test_qr__missing_fields_are_refused(void **state)
{
    struct fixture *f = *state;
    refuses(f, "067090000123||Nguyễn Văn Demo", "thiếu ô");
    refuses(f, "067090000123||Nguyễn Văn Demo|31021990|Nam|x|15062021", "Ngày sinh trong mã");
    refuses(f, "067090000123||Nguyễn Văn Demo|01021990|Name|x|15062021", "Giới tính trong mã");
    refuses(f, "067090000123||Nguyễn V4n Demo|01021990|Nam|x|15062021", "chỉ gồm chữ");
    refuses(f, "067090000123|12345|Nguyễn Văn Demo|01021990|Nam|x|15062021", "chứng minh nhân dân cũ");
}

static void test_qr__a_name_of_ten_thousand_letters_is_refused(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    buf_init(&b, &f->a, 1 << 16);
    buf_lit(&b, "067090000123||");
    for (int i = 0; i < 10000; i++)
        buf_put_char(&b, 'A');
    buf_lit(&b, "|01021990|Nam|x|15062021");
    buf_put_char(&b, '\0');
    refuses(f, b.p, "dài bất thường");
}

static void test_qr__birth_in_the_future_is_refused_and_doubts_are_warnings(void **state)
{
    struct fixture *f = *state;
    refuses(f, "067223000123||Bé Nguyễn|01092023|Nam|x|15062021", "tương lai");
    accepts(f, "067190000123||Nguyễn Văn Demo|01021991|Nam|x|15062021");
    assert_int_equal(f->r.warnings, WARNING_SEX | WARNING_BIRTH_YEAR);
    accepts(f, "999090000123||Nguyễn Văn Demo|01021990|Nam|x|15062021");
    assert_int_equal(f->r.warnings, WARNING_PROVINCE);
}

static void test_warnings__what_matters_most_is_said_first(void **state)
{
    (void)state;
    struct identity_warning_list all = identity_warnings(WARNING_PROVINCE | WARNING_BIRTH_YEAR | WARNING_EXPIRED);
    assert_int_equal(all.n, 3);
    is(all.v[0].say, "Giấy tờ đã hết hạn.");
    is(all.v[1].say, "Năm sinh khác với năm sinh ghi trong số định danh.");
    is(all.v[2].say, "Ba số đầu của số định danh không phải mã tỉnh quen thuộc.");
    assert_string_equal(all.v[2].code, "province_unknown");
    assert_int_equal(identity_warnings(0).n, 0);
}

static void test_mrz__check_digits_of_the_reference_line(void **state)
{
    (void)state;
    assert_int_equal(mrz_check_digit(STR("L898902C3")), 6);
    assert_int_equal(mrz_check_digit(STR("740812")), 2);
    assert_int_equal(mrz_check_digit(STR("120415")), 9);
    assert_int_equal(mrz_check_digit(STR("ZE184226B<<<<<")), 1);
    assert_int_equal(mrz_check_digit(STR("abc")), -1);
}

static void test_mrz__passport_with_two_lines(void **state)
{
    struct fixture *f = *state;
    accepts(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10");
    is(f->r.document, "L898902C3");
    is(f->r.name, "ERIKSSON ANNA MARIA");
    is(f->r.nationality, "UTO");
    is(birth_iso(&f->a, f->r.born), "1974-08-12");
    is(day_iso(&f->a, f->r.expires), "2012-04-15");
    assert_int_equal(f->r.sex, SEX_FEMALE);
    assert_int_equal(f->r.warnings, WARNING_EXPIRED);
}

static void test_mrz__card_with_three_lines_gives_the_twelve_digit_number(void **state)
{
    struct fixture *f = *state;
    accepts(f, "IDVNM0930012348067093001234<<3\r\n9305177M3305175VNM<<<<<<<<<<<2\r\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<");
    is(pid_str(&f->r.pid), "067093001234");
    is(f->r.document, "067093001234");
    is(f->r.name, "NGUYEN VAN AN");
    is(day_iso(&f->a, f->r.expires), "2033-05-17");
    assert_int_equal(f->r.source, SOURCE_MRZ_TD1);
}

static void test_mrz__every_single_wrong_character_is_caught_or_harmless(void **state)
{
    struct fixture *f = *state;
    const char *good = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10";
    char line[89];
    for (size_t i = 44; i < 88; i++) {
        bool covered = i < 54 || (i >= 57 && i < 64) || i >= 65;
        memcpy(line, good, sizeof(line));
        line[i] = line[i] == '7' ? '8' : '7';
        int result = identity_parse(&f->a, str_of(line), f->today, &f->r, &f->e);
        if (covered && result == 0)
            fail_msg("a slip at %zu went through", i);
    }
}

static void test_mrz__wrong_digit_says_which_field(void **state)
{
    struct fixture *f = *state;
    refuses(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408132F1204159ZE184226B<<<<<10", "Ngày sinh trong dòng mã");
    refuses(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C46UTO7408122F1204159ZE184226B<<<<<10", "Số giấy tờ trong dòng mã");
    refuses(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F12041", "chưa đủ ký tự");
}

static void test_mrz__without_nationality_or_document_number_is_refused(void **state)
{
    struct fixture *f = *state;
    refuses(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36<<<7408122F1204159ZE184226B<<<<<10", "Quốc tịch trong dòng mã");
    refuses(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36U7O7408122F1204159ZE184226B<<<<<10", "Quốc tịch trong dòng mã");
    refuses(f, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n<<<<<<<<<0UTO7408122F1204159ZE184226B<<<<<12", "không có số giấy tờ");
}

static void test_typed__a_letter_among_twelve_digits_is_no_passport(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(identity_typed(&f->a, STR("067O90000123"), STR("Nguyễn Văn Demo"), STR("01/02/1990"), STR("Nam"), STR("VNM"),
                                    f->today, &f->r, &f->e), -1);
    assert_true(str_find(err_sentence(&f->e), STR("chữ số")) >= 0);
    assert_int_equal(identity_typed(&f->a, STR("P00000001"), STR("Nguyễn Văn Demo"), STR("01/02/1990"), STR("Nam"), STR("VNM"),
                                    f->today, &f->r, &f->e), 0);
}

static void test_parse__anything_else_is_refused_with_what_to_do(void **state)
{
    struct fixture *f = *state;
    refuses(f, "https://example.org/qr", "Không nhận ra mã này");
    refuses(f, "   ", "Chưa có nội dung");
}

static void test_typed__vietnamese_needs_twelve_digits_and_foreigner_a_passport(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(identity_typed(&f->a, STR("067090000123"), STR("Nguyễn Văn Demo"), STR("01/02/1990"), STR("Nam"), STR(""),
                                    f->today, &f->r, &f->e), 0);
    assert_int_equal(f->r.level, EVIDENCE_L0);
    assert_int_equal(identity_typed(&f->a, STR("m1234567"), STR("Kim Min-jun"), STR("1990"), STR("M"), STR("kor"), f->today, &f->r,
                                    &f->e), 0);
    is(f->r.document, "M1234567");
    is(f->r.nationality, "KOR");
    assert_int_equal(identity_typed(&f->a, STR("0670900001"), STR("Nguyễn Văn Demo"), STR("01/02/1990"), STR("Nam"), STR("VNM"),
                                    f->today, &f->r, &f->e), -1);
    assert_int_equal(identity_typed(&f->a, STR("067090000123"), STR("Nguyễn Văn Demo"), STR("31/02/1990"), STR("Nam"), STR("VNM"),
                                    f->today, &f->r, &f->e), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(test_qr__card_of_2021_reads_all_seven_fields_at_level_1),
        TEST(test_qr__byte_order_mark_line_end_and_spaces_of_the_scanner_are_ignored),
        TEST(test_qr__decomposed_vietnamese_becomes_nfc),
        TEST(test_qr__highland_and_one_word_names_are_names),
        TEST(test_qr__later_cards_may_have_more_fields),
        TEST(test_qr__wrong_number_of_digits_is_said),
        TEST(test_qr__control_bytes_are_refused),
        TEST(test_qr__missing_fields_are_refused),
        TEST(test_qr__a_name_of_ten_thousand_letters_is_refused),
        TEST(test_qr__birth_in_the_future_is_refused_and_doubts_are_warnings),
        TEST(test_warnings__what_matters_most_is_said_first),
        TEST(test_mrz__check_digits_of_the_reference_line),
        TEST(test_mrz__passport_with_two_lines),
        TEST(test_mrz__card_with_three_lines_gives_the_twelve_digit_number),
        TEST(test_mrz__every_single_wrong_character_is_caught_or_harmless),
        TEST(test_mrz__wrong_digit_says_which_field),
        TEST(test_mrz__without_nationality_or_document_number_is_refused),
        TEST(test_typed__a_letter_among_twelve_digits_is_no_passport),
        TEST(test_parse__anything_else_is_refused_with_what_to_do),
        TEST(test_typed__vietnamese_needs_twelve_digits_and_foreigner_a_passport),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
