/* What the board, the timeline and the public page say of rows made here. */
#include "engines/plan/public.h"
#include "engines/plan/timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
/* cmocka needs the three above */
#include <cmocka.h>

enum { LINES = 4 };

struct bench {
    struct arena arena;
    struct html h;
    struct plan_line lines[LINES];
    struct plan_number numbers[LINES];
    struct plan_agency leads[2];
    struct plan_group groups[2];
    struct plan_overview all;
};

static struct day on(int year, int month, int day)
{
    struct day d;
    assert_true(day_from_ymd(year, month, day, &d));
    return d;
}

static void count(struct bench *b, size_t line, int64_t numerator, int64_t denominator)
{
    b->numbers[line] = (struct plan_number) { .what = STR("Cơ sở đã khai báo"),
                                              .unit = STR("cơ sở"),
                                              .target = TARGET_PERCENT,
                                              .goal = 100,
                                              .counted = true,
                                              .numerator = numerator,
                                              .denominator = denominator };
    b->lines[line].numbers = &b->numbers[line];
    b->lines[line].n_numbers = 1;
}

static int setup(void **state)
{
    static struct bench b;
    b = (struct bench) { 0 };
    arena_init(&b.arena, 4 << 20);
    b.h = (struct html) { .arena = &b.arena, .lang = LANG_VI };
    b.leads[0] = (struct plan_agency) { STR("so-yt"), STR("Sở Y tế"), STR("Sở YT") };
    b.leads[1] = (struct plan_agency) { STR("so-ldtbxh"), STR("Sở Lao động"), STR("Sở LĐ-TB&XH") };
    b.groups[0] = (struct plan_group) { STR("I"), STR("Dịch vụ công") };
    b.groups[1] = (struct plan_group) { STR("II"), STR("Kinh tế - xã hội") };
    for (int i = 0; i < LINES; i++)
        b.lines[i] = (struct plan_line) { .number = i + 1,
                                          .group = i < 3 ? STR("I") : STR("II"),
                                          .name = STR("Mô hình"),
                                          .status = PLAN_LATE,
                                          .leads = { b.leads, 1 } };
    b.all =
        (struct plan_overview) { .month = 202309, .groups = b.groups, .n_groups = 2, .lines = b.lines, .n_lines = LINES };
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

/* ---- board ---- */

static void test_board_headline__says_how_many_stand_where_and_leaves_out_what_nobody_is(void **state)
{
    struct bench *b = *state;
    count(b, 0, 596, 596);
    b->lines[0].status = PLAN_MET;
    b->lines[3].status = PLAN_ONGOING;
    struct board_sum sum = board_add(&b->all);
    is_text(board_headline(&b->h, &sum),
            "4 mô hình: 1 đạt theo số đo, 2 quá hạn, 1 làm thường xuyên. 3 mô hình chưa có số đo.");
}

static void test_board_headline__a_number_that_was_not_counted_is_no_number(void **state)
{
    struct bench *b = *state;
    count(b, 0, 0, 0);
    b->numbers[0].counted = false;
    struct board_sum sum = board_add(&b->all);
    assert_int_equal(sum.uncounted, 4);
    assert_false(line_counted(&b->lines[0]));
}

static void test_board_gap__names_the_row_whose_word_is_furthest_above_its_count(void **state)
{
    struct bench *b = *state;
    count(b, 1, 310, 500);
    count(b, 2, 450, 500);
    b->lines[1].claimed = b->lines[2].claimed = b->lines[1].has_gap = b->lines[2].has_gap = true;
    b->lines[1].claim = b->lines[2].claim = 100;
    b->lines[1].gap = 380;
    b->lines[2].gap = 100;
    struct board_sum sum = board_add(&b->all);
    is_text(board_gap(&b->h, &sum), "Chênh lệch lớn nhất ở mô hình 2: Sở YT báo 100 %, đo được 62 %.");
}

static void test_board_gap__a_count_above_the_word_is_no_gap(void **state)
{
    struct bench *b = *state;
    b->lines[1].has_gap = true;
    b->lines[1].gap = -50;
    struct board_sum sum = board_add(&b->all);
    is_text(board_gap(&b->h, &sum), "Chưa thấy nơi nào báo cao hơn số đo được.");
}

static bool odd(const void *ctx, const struct plan_line *l)
{
    (void)ctx;
    return l->number % 2 == 1;
}

static void test_board_grouped__a_group_without_rows_is_left_out(void **state)
{
    struct bench *b = *state;
    struct board_groups all = board_grouped(&b->arena, &b->all, NULL, NULL);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.v[0].n, 3);
    struct board_groups some = board_grouped(&b->arena, &b->all, odd, NULL);
    assert_int_equal(some.n, 1);
    assert_int_equal(some.v[0].n, 2);
    assert_int_equal(some.v[0].lines[1]->number, 3);
}

static void test_status__each_has_a_name_that_leads_back_to_it_and_a_shape_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < PLAN_STATUSES_; i++) {
        enum plan_status back = PLAN_STATUSES_;
        assert_true(status_named(str_of(status_name((enum plan_status)i)), &back));
        assert_int_equal(back, i);
        for (int j = i + 1; j < PLAN_STATUSES_; j++)
            assert_int_not_equal(status_share((enum plan_status)i), status_share((enum plan_status)j));
    }
    enum plan_status none;
    assert_false(status_named(STR("all"), &none));
}

static void test_agencies_words__two_leads_are_both_named(void **state)
{
    struct bench *b = *state;
    is_text(agencies_words(&b->arena, &(struct plan_agencies) { b->leads, 2 }), "Sở YT, Sở LĐ-TB&XH");
}

/* ---- timeline ---- */

static struct plan_said two_deadlines(void)
{
    return (struct plan_said) { .body = STR("31/12/2023"),
                                .appendix = STR("30/12/2023"),
                                .has_body_day = true,
                                .has_appendix_day = true,
                                .body_day = on(2023, 12, 31),
                                .appendix_day = on(2023, 12, 30),
                                .has_day = true,
                                .day = on(2023, 12, 30) };
}

static void test_timeline_mark_due__until_somebody_decides_both_stand_there(void **state)
{
    struct bench *b = *state;
    struct lane lane = { 0 };
    struct plan_said due = two_deadlines();
    due.disputed = true;
    timeline_mark_due(&b->arena, &lane, &due);
    assert_int_equal(lane.marks.n, 2);
    assert_int_equal(lane.marks.v[0].kind, LANE_DUE_OTHER);
    is_text(lane_words(&b->h, &lane), "hạn theo phần II 31/12/2023; hạn theo phụ lục 30/12/2023");
}

static void test_timeline_mark_due__a_decision_leaves_one(void **state)
{
    struct bench *b = *state;
    struct lane lane = { 0 };
    struct plan_said due = two_deadlines();
    due.decided = true;
    timeline_mark_due(&b->arena, &lane, &due);
    assert_int_equal(lane.marks.n, 1);
    is_text(lane_words(&b->h, &lane), "hạn đã quyết định 30/12/2023");
}

static void test_timeline_mark_due__work_without_end_has_no_mark(void **state)
{
    struct bench *b = *state;
    struct lane lane = { 0 };
    struct plan_said due = { .body = STR("Thường xuyên"), .appendix = STR("Thường xuyên") };
    timeline_mark_due(&b->arena, &lane, &due);
    assert_int_equal(lane.marks.n, 0);
}

static void test_timeline_mark_step__a_step_that_was_done_stands_where_it_was_done(void **state)
{
    struct bench *b = *state;
    struct lane lane = { 0 };
    timeline_mark_step(&b->arena, &lane,
                       &(struct timeline_step) { 1, on(2023, 9, 1), on(2023, 9, 20), true, STR("Khảo sát") });
    assert_int_equal(lane.marks.v[0].kind, LANE_STEP_DONE);
    is_text(lane_words(&b->h, &lane), "Khảo sát 20/09/2023");
}

static void test_timeline_scale__whole_months_and_every_mark_in_them(void **state)
{
    struct bench *b = *state;
    struct lanes l = { 0 };
    timeline_scale(&l, on(2023, 8, 7), on(2023, 11, 15));
    assert_int_equal(l.first.n, on(2023, 8, 1).n);
    assert_int_equal(l.last.n, on(2024, 7, 31).n);
    struct lane *lane = vec_push(&b->arena, &l.rows);
    timeline_mark_step(&b->arena, lane,
                       &(struct timeline_step) { 1, on(2025, 2, 10), on(2025, 2, 10), false, STR("Nghiệm thu") });
    timeline_scale(&l, on(2023, 8, 7), on(2023, 11, 15));
    assert_int_equal(l.last.n, on(2025, 2, 28).n);
}

/* ---- public page ---- */

static void test_number_words__says_of_how_many_and_never_zero_for_nothing(void **state)
{
    struct bench *b = *state;
    count(b, 0, 571, 596);
    is_text(number_words(&b->h, plan_line_number(&b->lines[0])), "571 / 596 cơ sở (95,8 %)");
    b->numbers[0].denominator = 0;
    is_text(number_words(&b->h, plan_line_number(&b->lines[0])), "571 cơ sở");
    b->numbers[0].counted = false;
    is_text(number_words(&b->h, plan_line_number(&b->lines[0])), "chưa có số đo");
    is_text(number_words(&b->h, plan_line_number(&b->lines[1])), "chưa có số đo");
}

static void test_public_plain__spells_out_the_offices_abbreviations_and_only_whole_words(void **state)
{
    struct bench *b = *state;
    is_text(public_plain(&b->arena, STR("Triển khai 53 DVC thiết yếu")), "Triển khai 53 dịch vụ công thiết yếu");
    is_text(public_plain(&b->arena, STR("(TTHC), CSDLQG về DC; CSDLQG")),
            "(thủ tục hành chính), Cơ sở dữ liệu quốc gia về dân cư; Cơ sở dữ liệu quốc gia");
    is_text(public_plain(&b->arena, STR("DVCX ADVC ĐDVC")), "DVCX ADVC ĐDVC");
    is_text(public_plain(&b->arena, STR("")), "");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_board_headline__says_how_many_stand_where_and_leaves_out_what_nobody_is),
        T(test_board_headline__a_number_that_was_not_counted_is_no_number),
        T(test_board_gap__names_the_row_whose_word_is_furthest_above_its_count),
        T(test_board_gap__a_count_above_the_word_is_no_gap),
        T(test_board_grouped__a_group_without_rows_is_left_out),
        T(test_status__each_has_a_name_that_leads_back_to_it_and_a_shape_of_its_own),
        T(test_agencies_words__two_leads_are_both_named),
        T(test_timeline_mark_due__until_somebody_decides_both_stand_there),
        T(test_timeline_mark_due__a_decision_leaves_one),
        T(test_timeline_mark_due__work_without_end_has_no_mark),
        T(test_timeline_mark_step__a_step_that_was_done_stands_where_it_was_done),
        T(test_timeline_scale__whole_months_and_every_mark_in_them),
        T(test_number_words__says_of_how_many_and_never_zero_for_nothing),
        T(test_public_plain__spells_out_the_offices_abbreviations_and_only_whole_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
