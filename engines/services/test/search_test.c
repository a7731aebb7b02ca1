/* The search of services: what sounds alike, what is mistyped, what people call things. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engines/services/index.h"
#include "engines/services/test/world.h"

static struct arena arena;
static struct err e;

static int start(void **state)
{
    (void)state;
    arena_init(&arena, 256 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* ---- spelling ---- */

static void assert_same_sound(const char *x, const char *y, bool same)
{
    char p[32], q[32];
    struct str a = { p, services_sound(str_of(x), p) }, b = { q, services_sound(str_of(y), q) };
    if (str_eq(a, b) != same)
        fail_msg("%s %s: %.*s %.*s", x, y, STR_ARG(a), STR_ARG(b));
}

static void test_services_sound__letters_that_dialects_confuse_sound_alike(void **state)
{
    (void)state;
    assert_same_sound("sinh", "xinh", true);
    assert_same_sound("tre", "che", true);
    assert_same_sound("giay", "day", true);
    assert_same_sound("ly", "li", true);
    assert_same_sound("khang", "khan", true);
    assert_same_sound("nghi", "nhi", false);
    assert_same_sound("sinh", "tinh", false);
}

static void test_services_distance__counts_letters_and_gives_up_early(void **state)
{
    (void)state;
    assert_int_equal(services_distance(STR("sinh"), STR("sinh"), 2), 0);
    assert_int_equal(services_distance(STR("sih"), STR("sinh"), 2), 1);
    assert_int_equal(services_distance(STR("snih"), STR("sinh"), 2), 1);
    assert_int_equal(services_distance(STR("sinh"), STR("sang"), 2), 2);
    assert_int_equal(services_distance(STR("thuong"), STR("khai"), 2), 3);
    assert_int_equal(services_distance(STR(""), STR("ab"), 1), 2);
    assert_int_equal(services_distance(STR("nghiengnghiengnghiengnghieng"), STR("nghieng"), 2), 3);
}

/* ---- a small catalogue ---- */

static struct str births[] = { STR_INIT("làm giấy khai sinh"), STR_INIT("con mới sinh") };
static struct str cards[] = { STR_INIT("mất căn cước"), STR_INIT("làm lại thẻ căn cước") };
static struct str insurances[] = { STR_INIT("báo mất thẻ bảo hiểm y tế"), STR_INIT("đổi thẻ bhyt") };
static const struct service_index_doc small[] = {
    { .hit = { .code = STR_INIT("K1"), .name = STR_INIT("Đăng ký khai sinh") }, .phrases = births, .n_phrases = 2 },
    { .hit = { .code = STR_INIT("K2"), .name = STR_INIT("Cấp lại, đổi thẻ Căn cước") }, .phrases = cards, .n_phrases = 2 },
    { .hit = { .code = STR_INIT("K3"), .name = STR_INIT("Cấp thẻ bảo hiểm y tế") }, .phrases = insurances, .n_phrases = 2 },
    { .hit = { .code = STR_INIT("K4"), .name = STR_INIT("Đăng ký khai tử") } },
};

static void assert_first(const struct service_index *x, const char *asked, const char *code)
{
    service_hits hits;
    services_index_search(x, &arena, str_of(asked), 3, &hits);
    if (hits.n == 0 || !str_eq(hits.v[0].code, str_of(code)))
        fail_msg("\"%s\" finds %.*s, not %s", asked, STR_ARG(hits.n ? hits.v[0].code : STR("nothing")), code);
}

static void test_services_search__without_tones_mistyped_and_in_other_words(void **state)
{
    (void)state;
    struct service_index *x = services_index_build(small, 4, &e);
    assert_non_null(x);
    assert_first(x, "lam giay khai sinh", "K1");
    assert_first(x, "khai sih", "K1");
    assert_first(x, "khai xinh", "K1");
    assert_first(x, "KHAI SINH!!!", "K1");
    assert_first(x, "con moi sinh", "K1");
    assert_first(x, "mat can cuoc", "K2");
    assert_first(x, "matcan cuoc", "K2");
    assert_first(x, "bao mat the bhyt", "K3");
    assert_first(x, "bao hiem y te", "K3");
    assert_first(x, "khai tu", "K4");
    assert_first(x, "khai", "K1");
    assert_first(x, "k4", "K4");
    services_index_free(x);
}

static void test_services_search__nonsense_finds_nothing_and_length_does_no_harm(void **state)
{
    (void)state;
    struct service_index *x = services_index_build(small, 4, &e);
    service_hits hits;
    static const char *const nonsense[] = { "", "   ", "zzzz qqqq", "!!!", "\xf0\x9f\x98\x80" };
    for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
        services_index_search(x, &arena, str_of(nonsense[i]), 3, &hits);
        assert_int_equal(hits.n, 0);
    }
    struct buf b;
    buf_init(&b, &arena, 64 << 10);
    for (int i = 0; i < 4000; i++)
        buf_lit(&b, "khai sinh ");
    services_index_search(x, &arena, buf_str(&b), 3, &hits);
    assert_true(hits.n > 0 && str_eq(hits.v[0].code, STR("K1")));
    services_index_free(x);
    x = services_index_build(small, 0, &e);
    services_index_search(x, &arena, STR("khai sinh"), 3, &hits);
    assert_int_equal(hits.n, 0);
    services_index_free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_services_sound__letters_that_dialects_confuse_sound_alike, start, end),
        cmocka_unit_test_setup_teardown(test_services_distance__counts_letters_and_gives_up_early, start, end),
        cmocka_unit_test_setup_teardown(test_services_search__without_tones_mistyped_and_in_other_words, start, end),
        cmocka_unit_test_setup_teardown(test_services_search__nonsense_finds_nothing_and_length_does_no_harm, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
