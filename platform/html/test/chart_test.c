/* Where the marks of a chart stand, what a QR path draws, how a paper names its day. */
#include "platform/html/components.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs the three above */
#include <cmocka.h>

struct bench {
    struct arena arena;
    struct html h;
    struct series s;
};

static int setup(void **state)
{
    static struct bench b;
    b = (struct bench) { 0 };
    arena_init(&b.arena, 4 << 20);
    b.h = (struct html) { .arena = &b.arena, .lang = LANG_VI };
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    arena_release(&b->arena);
    return 0;
}

static void put(struct bench *b, int64_t value, bool hidden)
{
    struct series_point *p = vec_push(&b->arena, &b->s.points);
    p->value = value;
    p->hidden = hidden;
}

static void is_text(struct str got, const char *want)
{
    assert_true(str_eq(got, str_of(want)));
}

static void test_series_top__is_a_round_number_that_halves(void **state)
{
    static const int64_t most[] = { 0, 3, 4, 5, 9, 11, 99, 101, 371, 999, 700000 };
    static const int64_t want[] = { 4, 4, 4, 8, 10, 20, 100, 200, 400, 1000, 800000 };
    struct bench *b = *state;
    put(b, 0, false);
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        b->s.points.v[0].value = most[i];
        assert_int_equal(series_top(&b->s), want[i]);
        assert_int_equal(series_top(&b->s) % 2, 0);
    }
}

static void test_series__a_hidden_point_decides_nothing(void **state)
{
    struct bench *b = *state;
    put(b, 3, true);
    put(b, 20, false);
    put(b, 90, true);
    assert_int_equal(series_most(&b->s), 20);
    assert_int_equal(series_least(&b->s), 20);
    assert_int_equal(series_top(&b->s), 20);
}

static void test_series__no_points_is_no_division_by_zero(void **state)
{
    struct bench *b = *state;
    assert_int_equal(series_least(&b->s), 0);
    is_text(series_width(&b->h, &b->s), "72.00%");
}

static void test_series_y__zero_stands_on_the_axis_and_the_top_at_the_top(void **state)
{
    struct bench *b = *state;
    put(b, 100, false);
    assert_int_equal(series_y(&b->s, 0), CHART_BASE);
    assert_int_equal(series_y(&b->s, 100), CHART_TOP);
}

static void test_series_x__four_columns_are_a_quarter_each(void **state)
{
    struct bench *b = *state;
    for (int i = 0; i < 4; i++)
        put(b, i, false);
    is_text(series_mid(&b->h, &b->s, 0), "12.50%");
    is_text(series_x(&b->h, &b->s, 1), "28.50%");
    is_text(series_width(&b->h, &b->s), "18.00%");
}

static void test_series_labelled__thirty_days_carry_six_labels(void **state)
{
    struct bench *b = *state;
    size_t labels = 0;
    for (int i = 0; i < 30; i++)
        put(b, i, false);
    for (size_t i = 0; i < 30; i++)
        labels += series_labelled(&b->s, i);
    assert_int_equal(labels, 6);
}

static void test_series_labelled__months_with_their_year_carry_four(void **state)
{
    struct bench *b = *state;
    size_t labels = 0;
    for (int i = 0; i < 12; i++)
        put(b, i, false);
    b->s.points.v[0].label = STR("08/2023");
    for (size_t i = 0; i < 12; i++)
        labels += series_labelled(&b->s, i);
    assert_int_equal(labels, 4);
}

static void test_series_joined__a_line_breaks_at_a_hidden_point(void **state)
{
    struct bench *b = *state;
    put(b, 1, false);
    put(b, 2, true);
    put(b, 3, false);
    put(b, 4, false);
    assert_false(series_joined(&b->s, 1));
    assert_false(series_joined(&b->s, 2));
    assert_true(series_joined(&b->s, 3));
}

static void test_qr_image__short_text_is_a_version_1_code_with_its_quiet_zone(void **state)
{
    struct bench *b = *state;
    struct qr_image q = qr_image(&b->h, STR("bon"));
    assert_int_equal(q.side, 21 + 8);
    is_text(q.box, "0 0 29 29");
    assert_true(str_starts(q.path, STR("M4 4h7v1h-7z"))); /* the first finder pattern's upper edge */
}

static void test_qr_image__text_too_long_for_any_code_draws_nothing(void **state)
{
    struct bench *b = *state;
    char *long_text = arena_alloc(&b->arena, 3000);
    for (int i = 0; i < 3000; i++)
        long_text[i] = 'a';
    assert_int_equal(qr_image(&b->h, (struct str) { long_text, 2331 }).side, 177 + 8);
    assert_int_equal(qr_image(&b->h, (struct str) { long_text, 2332 }).side, 0);
    assert_int_equal(qr_image(&b->h, STR_NONE).side, 0);
}

static void test_paper_place__days_below_ten_and_the_first_two_months_carry_a_zero(void **state)
{
    struct bench *b = *state;
    struct paper_view p = { .place = STR("Gia Nghĩa") };
    assert_true(day_from_ymd(2026, 2, 5, &p.on));
    is_text(paper_place(&b->h, &p), "Gia Nghĩa, ngày 05 tháng 02 năm 2026");
    assert_true(day_from_ymd(2026, 11, 23, &p.on));
    is_text(paper_place(&b->h, &p), "Gia Nghĩa, ngày 23 tháng 11 năm 2026");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_series_top__is_a_round_number_that_halves),
        T(test_series__a_hidden_point_decides_nothing),
        T(test_series__no_points_is_no_division_by_zero),
        T(test_series_y__zero_stands_on_the_axis_and_the_top_at_the_top),
        T(test_series_x__four_columns_are_a_quarter_each),
        T(test_series_labelled__thirty_days_carry_six_labels),
        T(test_series_labelled__months_with_their_year_carry_four),
        T(test_series_joined__a_line_breaks_at_a_hidden_point),
        T(test_qr_image__short_text_is_a_version_1_code_with_its_quiet_zone),
        T(test_qr_image__text_too_long_for_any_code_draws_nothing),
        T(test_paper_place__days_below_ten_and_the_first_two_months_carry_a_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
