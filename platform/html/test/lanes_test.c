/* Where days stand on a scale of months, and what is written for those who do not see it. */
#include "platform/html/components.h"
#include "platform/html/components.html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
/* cmocka needs the three above */
#include <cmocka.h>

struct bench {
    struct arena arena;
    struct buf out;
    struct html h;
    struct lanes l;
    struct shares s;
};

static struct day on(int year, int month, int day)
{
    struct day d;
    assert_true(day_from_ymd(year, month, day, &d));
    return d;
}

static int setup(void **state)
{
    static struct bench b;
    b = (struct bench) { 0 };
    arena_init(&b.arena, 4 << 20);
    buf_init(&b.out, &b.arena, 1 << 20);
    b.h = (struct html) { .arena = &b.arena, .out = &b.out, .lang = LANG_VI };
    b.l = (struct lanes) { .title = STR("Hạn"), .first = on(2023, 8, 1), .last = on(2024, 7, 31), .today = on(2023, 10, 1) };
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    arena_release(&b->arena);
    return 0;
}

static void is_text(struct str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fprintf(stderr, "got %.*s\n", STR_ARG(got));
    assert_true(str_eq(got, str_of(want)));
}

static void mark(struct bench *b, struct lane *l, enum lane_mark_kind kind, struct day d, struct str say)
{
    *vec_push(&b->arena, &l->marks) = (struct lane_mark) { kind, d, say };
}

static void test_lanes_x__days_are_percent_of_the_scale_and_stay_on_it(void **state)
{
    struct bench *b = *state;
    is_text(lanes_x(&b->h, &b->l, on(2023, 8, 1)), "0.00%");
    is_text(lanes_x(&b->h, &b->l, on(2024, 1, 31)), "50.00%"); /* day 183 of 366 */
    is_text(lanes_x(&b->h, &b->l, on(2022, 1, 1)), "0.00%");
    is_text(lanes_x(&b->h, &b->l, on(2030, 1, 1)), "100.00%");
    is_text(lanes_width(&b->h, &b->l, on(2023, 8, 1), on(2024, 1, 31)), "50.00%");
    is_text(lanes_width(&b->h, &b->l, on(2024, 1, 31), on(2023, 8, 1)), "0.00%");
}

static void test_lanes_month__twelve_months_run_over_the_new_year(void **state)
{
    struct bench *b = *state;
    assert_int_equal(lanes_months(&b->l), 12);
    assert_int_equal(lanes_month(&b->l, 4).n, on(2023, 12, 1).n);
    assert_int_equal(lanes_month(&b->l, 5).n, on(2024, 1, 1).n);
    is_text(month_short(&b->h, lanes_month(&b->l, 11)), "7/2024");
}

static void test_lanes_labelled__three_years_carry_no_more_than_eight_names(void **state)
{
    struct bench *b = *state;
    size_t named = 0;
    b->l.last = on(2026, 7, 31);
    for (size_t i = 0; i < lanes_months(&b->l); i++)
        named += lanes_labelled(&b->l, i);
    assert_int_equal(named, 8);
}

static void test_lane__both_deadlines_are_marked_and_said(void **state)
{
    struct bench *b = *state;
    struct lane *l = vec_push(&b->arena, &b->l.rows);
    l->name = STR("Nhà cho thuê");
    l->href = STR("/plan/models/10");
    mark(b, l, LANE_DUE_OTHER, on(2023, 12, 31), STR("hạn theo phần II"));
    mark(b, l, LANE_DUE_OTHER, on(2023, 12, 30), STR("hạn theo phụ lục"));
    is_text(lane_words(&b->h, l), "hạn theo phần II 31/12/2023; hạn theo phụ lục 30/12/2023");
    lanes__head(&b->h, &b->l);
    lanes__tail(&b->h, &b->l);
    struct str page = buf_str(&b->out);
    assert_true(str_find(page, STR("<a href=\"/plan/models/10\">Nhà cho thuê</a>")) >= 0);
    assert_true(str_find(page, STR("<title>hạn theo phụ lục 30/12/2023</title>")) >= 0);
}

static void test_lane__without_any_day_says_so(void **state)
{
    struct bench *b = *state;
    struct lane *l = vec_push(&b->arena, &b->l.rows);
    is_text(lane_words(&b->h, l), "không có ngày nào");
}

static void test_shares__are_parts_of_their_sum(void **state)
{
    struct bench *b = *state;
    static const int64_t n[] = { 3, 0, 9 };
    for (size_t i = 0; i < 3; i++)
        vec_push(&b->arena, &b->s.parts)->n = n[i];
    assert_int_equal(shares_total(&b->s), 12);
    is_text(share_width(&b->h, &b->s, 0), "25.00%");
    is_text(share_x(&b->h, &b->s, 2), "25.00%");
    is_text(share_width(&b->h, &b->s, 2), "75.00%");
}

static void test_shares__of_nothing_divide_by_nothing(void **state)
{
    struct bench *b = *state;
    vec_push(&b->arena, &b->s.parts)->n = 0;
    is_text(share_width(&b->h, &b->s, 0), "0.00%");
}

static void test_share__every_state_has_a_shape_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < SHARES_; i++)
        for (int j = i + 1; j < SHARES_; j++) {
            assert_string_not_equal(share_icon((enum share_kind)i), share_icon((enum share_kind)j));
            assert_false(str_eq(share_class((enum share_kind)i), share_class((enum share_kind)j)));
        }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_lanes_x__days_are_percent_of_the_scale_and_stay_on_it),
        T(test_lanes_month__twelve_months_run_over_the_new_year),
        T(test_lanes_labelled__three_years_carry_no_more_than_eight_names),
        T(test_lane__both_deadlines_are_marked_and_said),
        T(test_lane__without_any_day_says_so),
        T(test_shares__are_parts_of_their_sum),
        T(test_shares__of_nothing_divide_by_nothing),
        T(test_share__every_state_has_a_shape_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
