/* Tax codes: the check digit, the three lengths, and what is refused with which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engines/organisations/organisations.h"

static void takes(const char *typed, const char *code)
{
    struct tax_code c;
    struct err e = { 0 };
    assert_int_equal(tax_code_parse(str_of(typed), &c, &e), 0);
    assert_string_equal(c.v, code);
}

static void refuses(const char *typed, const char *why)
{
    struct tax_code c = { "kept" };
    struct err e = { 0 };
    assert_int_equal(tax_code_parse(str_of(typed), &c, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
    assert_true(str_find(err_sentence(&e), str_of(why)) >= 0);
    assert_string_equal(c.v, "kept");
}

/* Real companies' codes, as they print them. */
static void test_tax_code__published_codes_pass(void **state)
{
    (void)state;
    takes("0100109106", "0100109106");
    takes("0101248141", "0101248141");
    takes("0100233488-002", "0100233488002");
    takes(" 0100.233.488 001", "0100233488001");
}

static void test_tax_code__one_wrong_digit_anywhere_is_refused(void **state)
{
    (void)state;
    const char right[] = "0100109106";
    for (size_t i = 0; i < sizeof(right) - 1; i++) {
        char wrong[sizeof(right)];
        for (size_t k = 0; k < sizeof(right); k++)
            wrong[k] = right[k];
        wrong[i] = right[i] == '9' ? '8' : (char)(right[i] + 1);
        refuses(wrong, "không khớp");
    }
}

static void test_tax_code__serial_of_zeros_and_branch_of_zeros_are_refused(void **state)
{
    (void)state;
    refuses("0100000003", "không khớp");
    refuses("0100109106-000", "bắt đầu từ 001");
}

static void test_tax_code__number_whose_check_digit_would_be_ten_is_not_given_out(void **state)
{
    (void)state;
    assert_int_equal(tax_code_check_digit("000000000"), -1);
    assert_int_equal(tax_code_check_digit("010004751"), 6);
}

static void test_tax_code__other_lengths_and_letters_are_refused(void **state)
{
    (void)state;
    refuses("", "10 chữ số");
    refuses("010010910", "10 chữ số");
    refuses("01001091060", "10 chữ số");
    refuses("0100109106-0011", "10 chữ số");
    refuses("010010910X", "10 chữ số");
    refuses("\xef\xbc\x90" "100109106", "10 chữ số");
}

static void test_tax_code__household_business_has_its_owners_twelve_digits(void **state)
{
    (void)state;
    takes("067085000201", "067085000201");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tax_code__published_codes_pass),
        cmocka_unit_test(test_tax_code__one_wrong_digit_anywhere_is_refused),
        cmocka_unit_test(test_tax_code__serial_of_zeros_and_branch_of_zeros_are_refused),
        cmocka_unit_test(test_tax_code__number_whose_check_digit_would_be_ten_is_not_given_out),
        cmocka_unit_test(test_tax_code__other_lengths_and_letters_are_refused),
        cmocka_unit_test(test_tax_code__household_business_has_its_owners_twelve_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
