#include "base/err.h"
#include "base/test/check.h"

#include <string.h>

static void test_err__fills_everything_and_returns_minus_one(void **state)
{
    (void)state;
    struct err e;
    memset(&e, 0x55, sizeof e);
    assert_int_equal(ERR(&e, ERR_DB, "table %s", "stay"), -1);
    assert_int_equal(e.code, ERR_DB);
    assert_string_equal(e.detail, "table stay");
    assert_string_equal(e.field, "");
    assert_null(e.say.p);
    assert_non_null(strstr(e.file, "err_test.c"));
    assert_true(e.line > 0);
}

static void test_err__without_a_place_to_fill_is_still_a_failure(void **state)
{
    (void)state;
    assert_int_equal(ERR(NULL, ERR_DB, "x"), -1);
    assert_int_equal(ERR_SAY(NULL, ERR_DB, MSGS("y"), "x"), -1);
}

static void test_sentence__the_exact_one_beats_the_codes_own(void **state)
{
    (void)state;
    struct err e;
    ERR(&e, ERR_NOT_FOUND, "x");
    assert_text(err_sentence(&e), "Không tìm thấy trang hoặc hồ sơ này.");
    ERR_SAY(&e, ERR_NOT_FOUND, MSGS("Không có cơ sở này."), "x");
    assert_text(err_sentence(&e), "Không có cơ sở này.");
}

static void test_detail__may_quote_the_error_it_replaces(void **state)
{
    (void)state;
    struct err e;
    ERR(&e, ERR_DB, "disk");
    ERR(&e, ERR_INTERNAL, "seal: %s", e.detail);
    assert_string_equal(e.detail, "seal: disk");
}

static void test_detail__is_cut_between_letters(void **state)
{
    (void)state;
    struct err e;
    char text[400];
    for (size_t lead = 0; lead < 4; lead++) {
        memset(text, 'x', sizeof text);
        for (size_t i = lead; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "ậ", 3);
        text[sizeof text - 1] = 0;
        ERR(&e, ERR_DB, "%s", text);
        size_t n = strlen(e.detail);
        assert_true(n > 250 && n < sizeof e.detail);
        assert_int_equal((n - lead) % 3, 0);
    }
}

static void test_codes__have_status_exit_and_name(void **state)
{
    (void)state;
    assert_int_equal(err_http_status(ERR_FORM), 422);
    assert_int_equal(err_exit_status(ERR_INTERNAL), 70);
    assert_string_equal(err_name(ERR_CSRF), "ERR_CSRF");
    for (unsigned code = 0; code < ERR_COUNT_; code++) {
        struct err e = { .code = (enum err_code)code };
        assert_in_range(err_http_status(e.code), 200, 599);
        assert_true(err_sentence(&e).n > 10);
        assert_memory_equal(err_name(e.code), "ERR_", 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_err__fills_everything_and_returns_minus_one),
        cmocka_unit_test(test_err__without_a_place_to_fill_is_still_a_failure),
        cmocka_unit_test(test_sentence__the_exact_one_beats_the_codes_own),
        cmocka_unit_test(test_detail__may_quote_the_error_it_replaces),
        cmocka_unit_test(test_detail__is_cut_between_letters),
        cmocka_unit_test(test_codes__have_status_exit_and_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
