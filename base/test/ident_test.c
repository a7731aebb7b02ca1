#include "base/ident.h"
#include "base/test/check.h"

#include <string.h>

static const struct day TODAY = { 20780 }; /* 2026-11-23 */

static struct pid pid(const char *digits)
{
    struct pid p;
    assert_int_equal(pid_parse(str_of(digits), TODAY, &p, NULL), 0);
    return p;
}

/* What pid_parse says to the person; the number must stay untouched. */
static struct str refusal(const char *text, struct day today)
{
    struct err e = { 0 };
    struct pid p = { "067093001234" };
    assert_int_equal(pid_parse(str_of(text), today, &p, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
    assert_string_equal(p.v, "067093001234");
    return err_sentence(&e);
}

static void test_pid_parse__digits_4_to_6_give_century_sex_and_year(void **state)
{
    (void)state;
    static const struct {
        const char *digits;
        int year;
        enum sex sex;
    } cases[] = {
        { "067093001234", 1993, SEX_MALE },   { "067193001234", 1993, SEX_FEMALE }, { "067200000001", 2000, SEX_MALE },
        { "001326999999", 2026, SEX_FEMALE }, { "079000000000", 1900, SEX_MALE },   { "068199123456", 1999, SEX_FEMALE },
        { "067090000123", 1990, SEX_MALE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pid p = pid(cases[i].digits);
        assert_int_equal(pid_birth_year(&p), cases[i].year);
        assert_int_equal(pid_sex(&p), cases[i].sex);
        assert_text(pid_str(&p), cases[i].digits);
    }
}

static void test_pid_parse__later_centuries_are_read_when_their_time_has_come(void **state)
{
    (void)state;
    struct day in_2350;
    assert_true(day_from_ymd(2350, 1, 1, &in_2350));
    static const struct {
        const char *digits;
        int year;
        enum sex sex;
    } cases[] = { { "067401000001", 2101, SEX_MALE }, { "067599000001", 2199, SEX_FEMALE },
                  { "067650000001", 2250, SEX_MALE }, { "067750000001", 2250, SEX_FEMALE },
                  { "067810000001", 2310, SEX_MALE }, { "067949000001", 2349, SEX_FEMALE } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pid p;
        assert_int_equal(pid_parse(str_of(cases[i].digits), in_2350, &p, NULL), 0);
        assert_int_equal(pid_birth_year(&p), cases[i].year);
        assert_int_equal(pid_sex(&p), cases[i].sex);
    }
}

static void test_pid_parse__an_unknown_province_is_no_reason_to_refuse(void **state)
{
    (void)state;
    assert_text(pid_str(&(struct pid) { "999093001234" }), "999093001234");
    struct pid p = pid("999093001234");
    assert_int_equal(pid_birth_year(&p), 1993);
}

static void test_pid_parse__spaces_between_groups_are_dropped(void **state)
{
    (void)state;
    struct pid p = pid(" 067 093 001 234\r\n");
    assert_text(pid_str(&p), "067093001234");
}

static void test_pid_parse__eleven_digits_are_refused_with_their_count(void **state)
{
    (void)state;
    assert_text(refusal("06709300123", TODAY), "Số định danh có 12 chữ số; ở đây mới có 11 chữ số.");
}

static void test_pid_parse__every_shorter_number_is_refused_with_its_count(void **state)
{
    for (int n = 1; n < 12; n++) {
        struct str said = refusal(str_cstr(*state, str_head(STR("06709300123"), (size_t)n)), TODAY);
        assert_true(str_find(said, str_fmt(*state, " %d chữ số", n)) > 0);
    }
    assert_true(str_find(refusal("245001234", TODAY), STR("CMND cũ")) > 0);
    assert_text(refusal("", TODAY), "Xin điền số định danh cá nhân: 12 chữ số trên thẻ căn cước.");
    assert_text(refusal("   ", TODAY), "Xin điền số định danh cá nhân: 12 chữ số trên thẻ căn cước.");
}

static void test_pid_parse__thirteen_digits_and_letters_are_refused(void **state)
{
    (void)state;
    assert_text(refusal("0670930012345", TODAY), "Số định danh có 12 chữ số; ở đây có nhiều hơn.");
    assert_text(refusal("06709300123O", TODAY), "Số định danh chỉ gồm chữ số; ở đây có chữ hoặc dấu khác.");
    assert_text(refusal("067-093-001-234", TODAY), "Số định danh chỉ gồm chữ số; ở đây có chữ hoặc dấu khác.");
    assert_text(refusal("０６７０９３００１２３４", TODAY), "Số định danh chỉ gồm chữ số; ở đây có chữ hoặc dấu khác.");
    struct err e;
    struct pid p;
    assert_int_equal(pid_parse((struct str) { "067093\000001234", 13 }, TODAY, &p, &e), -1);
}

static void test_pid_parse__a_birth_year_after_today_is_refused(void **state)
{
    (void)state;
    static const char said[] = "Số định danh cho năm sinh ở tương lai. Xin xem lại các chữ số thứ 4, 5 và 6.";
    assert_text(refusal("067227000001", TODAY), said);
    assert_text(refusal("067400000001", TODAY), said);
    struct day new_years_eve;
    assert_true(day_from_ymd(2022, 12, 31, &new_years_eve));
    assert_text(refusal("067223000001", new_years_eve), said);
    struct pid p;
    new_years_eve.n++;
    assert_int_equal(pid_parse(STR("067223000001"), new_years_eve, &p, NULL), 0);
}

static void test_pid__none_has_no_text_year_or_sex(void **state)
{
    struct pid none = { { 0 } };
    assert_null(pid_str(&none).p);
    assert_int_equal(pid_birth_year(&none), 0);
    assert_int_equal(pid_sex(&none), SEX_UNKNOWN);
    assert_null(pid_masked(*state, &none).p);
}

static void test_pid_masked__hides_the_middle(void **state)
{
    struct pid p = pid("067090000123");
    assert_text(pid_masked(*state, &p), "067*****0123");
}

static void test_pid_eq__compares_all_digits(void **state)
{
    (void)state;
    struct pid a = pid("067090000123"), b = pid("067090000123"), c = pid("067090000124");
    assert_true(pid_eq(&a, &b));
    assert_false(pid_eq(&a, &c));
}

static void test_unit_code__takes_two_to_ten_plain_signs(void **state)
{
    (void)state;
    struct unit_code u, v;
    static const char *const good[] = { "67", "660", "24640", "H16-1_a", "0123456789" };
    static const char *const bad[] = { "", "6", "01234567890", "6 7", "67.", "Đ7", "67\n" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(unit_code_parse(str_of(good[i]), &u));
        assert_text(unit_code_str(&u), good[i]);
    }
    assert_true(unit_code_parse(STR("660"), &u) && unit_code_parse(STR("66"), &v));
    assert_false(unit_code_eq(&u, &v));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(unit_code_parse(str_of(bad[i]), &v));
    assert_text(unit_code_str(&v), "66");
    assert_null(unit_code_str(&(struct unit_code) { { 0 } }).p);
}

static void test_hash32_eq__sees_the_last_byte(void **state)
{
    (void)state;
    struct hash32 a = { { 1 } }, b = a;
    assert_true(hash32_eq(&a, &b));
    b.b[31] = 1;
    assert_false(hash32_eq(&a, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_pid_parse__digits_4_to_6_give_century_sex_and_year),
        in_arena(test_pid_parse__later_centuries_are_read_when_their_time_has_come),
        in_arena(test_pid_parse__an_unknown_province_is_no_reason_to_refuse),
        in_arena(test_pid_parse__spaces_between_groups_are_dropped),
        in_arena(test_pid_parse__eleven_digits_are_refused_with_their_count),
        in_arena(test_pid_parse__every_shorter_number_is_refused_with_its_count),
        in_arena(test_pid_parse__thirteen_digits_and_letters_are_refused),
        in_arena(test_pid_parse__a_birth_year_after_today_is_refused),
        in_arena(test_pid__none_has_no_text_year_or_sex),
        in_arena(test_pid_masked__hides_the_middle),
        in_arena(test_pid_eq__compares_all_digits),
        in_arena(test_unit_code__takes_two_to_ten_plain_signs),
        in_arena(test_hash32_eq__sees_the_last_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
