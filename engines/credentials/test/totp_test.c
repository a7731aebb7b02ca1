/* totp_test.c: the vectors of RFC 6238 (appendix B, SHA-1), RFC 4226 (appendix D) and RFC 4648 (section 10). */
#include "engines/credentials/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct str seed = STR_INIT("12345678901234567890");

static struct instant at_second(int64_t s)
{
    return (struct instant){ s * US_PER_SECOND };
}

static void test_totp__gives_the_values_of_rfc_6238(void **state)
{
    (void)state;
    static const struct {
        int64_t second;
        uint32_t value;
    } vectors[] = {
        { 59, 94287082 },         { 1111111109, 7081804 },  { 1111111111, 14050471 },
        { 1234567890, 89005924 }, { 2000000000, 69279037 }, { INT64_C(20000000000), 65353130 },
    };
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
        assert_int_equal(totp_value(seed, totp_step(at_second(vectors[i].second)), 8), vectors[i].value);
}

static void test_totp__gives_the_values_of_rfc_4226(void **state)
{
    (void)state;
    static const uint32_t values[] = { 755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489 };
    for (int i = 0; i < 10; i++)
        assert_int_equal(totp_value(seed, i, 6), values[i]);
}

static void test_totp__a_code_is_found_one_step_early_and_one_late_and_no_further(void **state)
{
    (void)state;
    int64_t step = 0;
    assert_true(totp_find(seed, STR("359152"), at_second(60), &step)); /* the code of step 2 */
    assert_int_equal(step, 2);
    assert_true(totp_find(seed, STR("359152"), at_second(30), &step));
    assert_int_equal(step, 2);
    assert_true(totp_find(seed, STR("359152"), at_second(119), &step));
    assert_int_equal(step, 2);
    assert_false(totp_find(seed, STR("359152"), at_second(29), &step));
    assert_false(totp_find(seed, STR("359152"), at_second(120), &step));
}

static void test_totp__only_six_digits_are_a_code(void **state)
{
    (void)state;
    int64_t step = 0;
    static const char *const wrong[] = { "", "35915", "0359152", "359 152", "35915a", "-59152", "359153", "+59152" };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(totp_find(seed, str_of(wrong[i]), at_second(60), &step));
    assert_int_equal(step, 0);
}

static void test_totp__the_address_is_what_apps_read(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    assert_true(str_eq(base32_text(&a, STR("fooba")), STR("MZXW6YTB")));
    assert_true(str_eq(base32_text(&a, STR("foob")), STR("MZXW6YQ")));
    assert_true(str_eq(base32_text(&a, STR("f")), STR("MY")));
    struct str address = totp_address(&a, seed, STR("Dịch vụ số"), STR("lan.pham"));
    assert_true(str_eq(address, STR("otpauth://totp/D%E1%BB%8Bch%20v%E1%BB%A5%20s%E1%BB%91:lan.pham"
                                    "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=D%E1%BB%8Bch%20v%E1%BB%A5%20s%E1%BB%91")));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totp__gives_the_values_of_rfc_6238),
        cmocka_unit_test(test_totp__gives_the_values_of_rfc_4226),
        cmocka_unit_test(test_totp__a_code_is_found_one_step_early_and_one_late_and_no_further),
        cmocka_unit_test(test_totp__only_six_digits_are_a_code),
        cmocka_unit_test(test_totp__the_address_is_what_apps_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
