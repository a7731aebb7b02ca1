/* rule_test.c: from which age, from which day; and that the text the queries compare means the same as birth_age. */
#include "base/test/directory.h"
#include "models/m22_digital_citizens/citizens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;

static struct day on(const char *text)
{
    struct day d;
    assert_true(day_parse_iso(str_of(text), &d));
    return d;
}

/* A pack with nothing but these settings. */
static int read_ages(const char *conf, struct asset_ages *out, struct err *e)
{
    char dir[TEST_DIRECTORY], path[TEST_DIRECTORY + 16];
    assert_non_null(test_directory(dir, "ages"));
    snprintf(path, sizeof(path), "%s/pack.conf", dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(conf, f);
    fclose(f);
    int result = asset_ages_read(&arena, dir, out, e);
    unlink(path);
    rmdir(dir);
    return result;
}

static const char conf[] = "digital.age.eid.2022-10-20 = 14\n"
                           "digital.age.eid.2030-01-01 = 6 ; later\n"
                           "digital.age.payment.2014-10-15 = 15\n"
                           "digital.age.signature.2018-11-15 = 18\n";

static void test_asset_age_on__the_latest_rule_that_has_begun_holds(void **state)
{
    struct asset_ages r;
    struct err e = { 0 };
    (void)state;
    assert_int_equal(read_ages(conf, &r, &e), 0);
    assert_int_equal(asset_age_on(&r, ASSET_EID, on("2022-10-19")), -1);
    assert_int_equal(asset_age_on(&r, ASSET_EID, on("2022-10-20")), 14);
    assert_int_equal(asset_age_on(&r, ASSET_EID, on("2029-12-31")), 14);
    assert_int_equal(asset_age_on(&r, ASSET_EID, on("2030-01-01")), 6);
    assert_int_equal(asset_age_on(&r, ASSET_ADDRESS, on("2030-01-01")), -1);
}

static void test_assets_needed__grow_with_birthdays(void **state)
{
    struct asset_ages r;
    struct err e = { 0 };
    struct birth b = { 2010, 2, 28 };
    (void)state;
    assert_int_equal(read_ages(conf, &r, &e), 0);
    assert_int_equal(assets_needed(&r, b, on("2024-02-27")), 0);
    assert_int_equal(assets_needed(&r, b, on("2024-02-28")), 1);
    assert_int_equal(assets_needed(&r, b, on("2025-02-28")), 1 | 2);
    assert_int_equal(assets_needed(&r, b, on("2028-02-28")), 1 | 2 | 8);
}

static void test_asset_ages_read__a_wrong_line_refuses(void **state)
{
    static const char *const wrong[] = { "digital.age.passport.2022-10-20 = 14\n", "digital.age.eid.2022-13-20 = 14\n",
                                         "digital.age.eid.2022-10-20 = old\n", "digital.age.eid.2022-10-20 = 400\n" };
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct asset_ages r;
        struct err e = { 0 };
        assert_int_equal(read_ages(wrong[i], &r, &e), -1);
        assert_int_equal(e.code, ERR_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asset_age_on__the_latest_rule_that_has_begun_holds),
        cmocka_unit_test(test_assets_needed__grow_with_birthdays),
        cmocka_unit_test(test_asset_ages_read__a_wrong_line_refuses),
    };
    arena_init(&arena, 64u << 20);
    int failed = cmocka_run_group_tests_name("digital_citizens_rule", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
