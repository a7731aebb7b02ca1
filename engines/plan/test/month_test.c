/* A month from its draft to its closing, and what it refuses. */
#include "engines/plan/test/world.h"

#include "engines/plan/month.h"
#include "engines/plan/report.h"
#include "gen/audit_queries.h"
#include "platform/crypto/crypto.h"

#include <string.h>

/* ---- acts, as writes ---- */

struct act {
    struct world *w;
    int (*run)(struct act *t, struct tx *tx, struct err *e);
    int64_t report, edit, month, id, ignored;
    struct str reason;
    struct report_edit in;
};

static int act_write(struct tx *tx, void *arg, struct err *e)
{
    struct act *t = arg;
    return t->run(t, tx, e);
}

static int do_save(struct act *t, struct tx *tx, struct err *e)
{
    return report_save(&t->w->app, tx, &t->w->arena, &t->in, &clerk, &t->ignored, e);
}

static int do_sign(struct act *t, struct tx *tx, struct err *e)
{
    return report_sign(&t->w->app, tx, &t->w->arena, t->report, t->edit, &clerk, e);
}

static int do_correct(struct act *t, struct tx *tx, struct err *e)
{
    return report_correct(&t->w->app, tx, &t->w->arena, t->report, t->reason, &clerk, &t->id, e);
}

static int do_close(struct act *t, struct tx *tx, struct err *e)
{
    return month_close(&t->w->app, tx, &t->w->arena, t->month, &office, e);
}

static int run(struct act *t)
{
    return db_write(t->w->app.db, act_write, t, &t->w->e);
}

static int sign(struct world *w, int64_t report, int64_t edit)
{
    struct act t = { .w = w, .run = do_sign, .report = report, .edit = edit };
    return run(&t);
}

static int close_month(struct world *w, int64_t month)
{
    struct act t = { .w = w, .run = do_close, .month = month };
    return run(&t);
}

static int64_t draft(struct world *w, int64_t month)
{
    int64_t made = 0;
    must(plan_draft(&w->app, &w->arena, month, &made, &w->e), &w->e);
    return made;
}

static struct plan_due due_of(struct world *w, int64_t month, const char *agency)
{
    struct plan_dues dues;
    must(plan_dues_read(&w->app, reader(w), &w->arena, month, instant_day(w->now), &dues, &w->e), &w->e);
    for (size_t i = 0; i < dues.n; i++)
        if (str_eq(dues.v[i].agency.code, str_of(agency)))
            return dues.v[i];
    fail_msg("%s owes nothing", agency);
    return (struct plan_due) { .report = 0 };
}

static struct report report_of(struct world *w, int64_t id)
{
    struct report x;
    assert_int_equal(report_load(&w->app, reader(w), &w->arena, id, &x, &w->e), 1);
    return x;
}

/* The row of a model, as a form would bring it back unchanged. */
static struct report_edit_row row_as_is(struct world *w, const struct report *x, int64_t model)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].model == model)
            return (struct report_edit_row) { .model = model,
                                              .has_claim = x->rows[i].has_claim,
                                              .claim = x->rows[i].claim,
                                              .did = x->rows[i].did,
                                              .next = x->rows[i].next,
                                              .numbers = report_numbers_text(&w->arena, &x->rows[i]) };
    fail_msg("no model %lld in the report", (long long)model);
    return (struct report_edit_row) { .model = 0 };
}

static int save(struct world *w, const struct report *x, const struct report_edit_row *row, struct act *t)
{
    *t = (struct act) { .w = w, .run = do_save };
    t->in = (struct report_edit) { .report = x->head.id, .edit = x->head.edit, .words = STR("Chung"), .rows = row, .n = 1 };
    return run(t);
}

static void expect_say(struct world *w, const char *part)
{
    struct str say = err_sentence(&w->e);
    if (str_find(say, str_of(part)) < 0)
        fail_msg("said: %.*s", STR_ARG(say));
}

/* ---- drafts ---- */

static void test_draft__each_lead_agency_gets_one_and_a_second_run_changes_nothing(void **state)
{
    struct world *w = *state;
    percent_of_9 = (struct counter) { true, { 60, 80 } };
    set_day(w, 2023, 9, 9);
    assert_int_equal(plan_draft(&w->app, &w->arena, 202309, NULL, &w->e), -1); /* the numbers' day is not over */
    set_day(w, 2023, 9, 10);
    assert_int_equal(draft(w, 202309), 11);
    percent_of_9 = (struct counter) { true, { 1, 80 } }; /* the world went on; the month's number stands */
    assert_int_equal(draft(w, 202309), 0);
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct report_edit_row row = row_as_is(w, &x, 9);
    assert_true(str_eq(row.numbers, STR("test.declaring=60/80")));
    assert_false(row.has_claim);
    assert_int_equal(due_of(w, 202309, "so-yt").state, REPORT_DRAFT);
}

static void test_draft__no_number_stays_no_number(void **state)
{
    struct world *w = *state;
    struct report x = report_of(w, due_of(w, 202309, "so-tttt").report);
    assert_true(str_eq(row_as_is(w, &x, 3).numbers, STR("test.offices=-;test.paperless=-")));
}

static void test_draft__numbers_of_one_look_are_counted_once_and_each_may_be_none(void **state)
{
    struct world *w = *state;
    number_of_3 = (struct counter) { true, { 12, 0 } };
    set_day(w, 2023, 11, 10);
    counts_of_3 = 0;
    assert_true(draft(w, 202311) > 0);
    assert_int_equal(counts_of_3, 1);
    struct report x = report_of(w, due_of(w, 202311, "so-tttt").report);
    assert_true(str_eq(row_as_is(w, &x, 3).numbers, STR("test.offices=-;test.paperless=12/0")));
}

/* ---- editing ---- */

static void test_save__words_and_claim_are_kept(void **state)
{
    struct world *w = *state;
    struct act t;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct report_edit_row row = row_as_is(w, &x, 9);
    row.has_claim = true;
    row.claim = 90;
    row.did = STR("Đã tập huấn 71 xã");
    must(save(w, &x, &row, &t), &w->e);
    assert_int_equal(t.ignored, 0);
    x = report_of(w, x.head.id);
    assert_int_equal(row_as_is(w, &x, 9).claim, 90);
    assert_true(str_eq(row_as_is(w, &x, 9).did, STR("Đã tập huấn 71 xã")));
}

static void test_save__a_number_changed_by_hand_is_not_taken_and_the_log_says_so(void **state)
{
    struct world *w = *state;
    struct act t;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct report_edit_row row = row_as_is(w, &x, 9);
    row.numbers = STR("test.declaring=80/80");
    must(save(w, &x, &row, &t), &w->e);
    assert_int_equal(t.ignored, 1);
    x = report_of(w, x.head.id);
    assert_true(str_eq(row_as_is(w, &x, 9).numbers, STR("test.declaring=60/80")));
    int64_t n;
    must(audit_count_of_account(reader(w), &w->arena, clerk.account, STR("plan.number_refused"), (struct instant) { 0 }, &n, &w->e), &w->e);
    assert_int_equal(n, 1);
}

static void test_save__a_claim_over_a_hundred_is_refused(void **state)
{
    struct world *w = *state;
    struct act t;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct report_edit_row row = row_as_is(w, &x, 9);
    row.claim = 101;
    assert_int_equal(save(w, &x, &row, &t), -1);
    expect_say(w, "từ 0 đến 100");
}

static void test_save__two_people_on_one_draft_do_not_overwrite_each_other(void **state)
{
    struct world *w = *state;
    struct act t;
    struct report first = report_of(w, due_of(w, 202309, "ca-tinh").report), second = first;
    struct report_edit_row row = row_as_is(w, &first, 9);
    must(save(w, &first, &row, &t), &w->e);
    assert_int_equal(save(w, &second, &row, &t), -1);
    assert_int_equal(w->e.code, ERR_CONFLICT);
    expect_say(w, "Có người khác vừa sửa");
}

static void test_save__a_model_of_another_agency_is_refused(void **state)
{
    struct world *w = *state;
    struct act t;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct report_edit_row row = { .model = 3, .did = STR(""), .next = STR("") };
    assert_int_equal(save(w, &x, &row, &t), -1);
    expect_say(w, "không có mô hình đó");
}

/* ---- signing ---- */

static void test_sign__stands_against_the_measure_as_a_gap(void **state)
{
    struct world *w = *state;
    struct plan_overview o;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    overview(w, 202309, &o);
    assert_false(plan_line_of(&o, 9)->claimed); /* a draft says nothing yet */
    must(sign(w, x.head.id, x.head.edit), &w->e);
    overview(w, 202309, &o);
    const struct plan_line *l = plan_line_of(&o, 9);
    assert_int_equal(l->claim, 90);
    assert_int_equal(plan_number_progress(plan_line_number(l)), 750);
    assert_true(l->has_gap);
    assert_int_equal(l->gap, 150); /* 90 % said, 75 % measured */
    assert_int_equal(due_of(w, 202309, "ca-tinh").state, REPORT_SIGNED);
}

static void test_sign__the_record_holds_the_hash_of_what_was_signed(void **state)
{
    struct world *w = *state;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct hash32 hash = sha256(report_text(&w->arena, &x));
    struct audit_bodies_rows rows;
    struct audit_bodies_between_in in = { .first = x.head.audit, .last = x.head.audit };
    assert_true(x.head.has_audit);
    must(audit_bodies_between(reader(w), &w->arena, &in, &rows, &w->e), &w->e);
    assert_int_equal(rows.n, 1);
    assert_true(str_find(rows.v[0].body, str_hex(&w->arena, hash.b, sizeof(hash.b))) > 0);
}

static void test_sign__a_signed_report_is_corrected_by_a_new_version_with_a_reason(void **state)
{
    struct world *w = *state;
    struct act t;
    struct report x = report_of(w, due_of(w, 202309, "ca-tinh").report);
    struct report_edit_row row = row_as_is(w, &x, 9);
    assert_int_equal(sign(w, x.head.id, x.head.edit), -1);
    assert_int_equal(save(w, &x, &row, &t), -1);
    expect_say(w, "đã ký");
    t = (struct act) { .w = w, .run = do_correct, .report = x.head.id, .reason = STR("  ") };
    assert_int_equal(run(&t), -1);
    t.reason = STR("Ghi nhầm số xã");
    must(run(&t), &w->e);
    struct report y = report_of(w, t.id);
    assert_int_equal(y.head.version, 2);
    assert_true(str_eq(row_as_is(w, &y, 9).numbers, STR("test.declaring=60/80")));
    row = row_as_is(w, &y, 9);
    row.claim = 80;
    must(save(w, &y, &row, &t), &w->e);
    set_day(w, 2023, 9, 19); /* a correction after the due day is not late */
    must(sign(w, y.head.id, y.head.edit + 1), &w->e);
    assert_int_equal(due_of(w, 202309, "ca-tinh").state, REPORT_SIGNED);
    t = (struct act) { .w = w, .run = do_correct, .report = x.head.id, .reason = STR("Từ bản cũ") };
    assert_int_equal(run(&t), -1);
}

static void test_due__the_late_list_stands_from_the_eighteenth(void **state)
{
    struct world *w = *state;
    set_day(w, 2023, 9, 17);
    assert_int_equal(due_of(w, 202309, "so-yt").state, REPORT_DRAFT);
    set_day(w, 2023, 9, 18);
    assert_int_equal(due_of(w, 202309, "so-yt").state, REPORT_MISSING);
    struct report x = report_of(w, due_of(w, 202309, "so-yt").report);
    must(sign(w, x.head.id, x.head.edit), &w->e);
    assert_int_equal(due_of(w, 202309, "so-yt").state, REPORT_LATE);
}

/* ---- closing ---- */

static int raw_words(struct act *t, struct tx *tx, struct err *e)
{
    tx_unaudited(tx, "a test tries the store itself");
    struct plan_report_row_save_in in = { .report = t->report, .model = 9, .did = STR("x"), .next = STR("") };
    return plan_report_row_save(tx, &in, NULL, e);
}

static int raw_report(struct act *t, struct tx *tx, struct err *e)
{
    tx_unaudited(tx, "a test tries the store itself");
    struct plan_report_insert_in in = { .month = t->month, .agency = STR("so-tp"), .version = 7, .words = STR(""), .reason = STR("") };
    in.measured = day(2023, 9, 9);
    return plan_report_insert(tx, &in, &t->id, e);
}

static int raw_number(struct act *t, struct tx *tx, struct err *e)
{
    tx_unaudited(tx, "a test tries the store itself");
    struct plan_report_number_insert_in in = { .report = t->report, .model = 9, .measure = STR("x"), .counted = true };
    return plan_report_number_insert(tx, &in, NULL, e);
}

static void test_close__not_before_the_due_day_and_never_twice(void **state)
{
    struct world *w = *state;
    set_day(w, 2023, 9, 17);
    assert_int_equal(close_month(w, 202309), -1);
    expect_say(w, "Chưa đến hạn");
    assert_int_equal(close_month(w, 202310), -1);
    set_day(w, 2023, 9, 20);
    must(close_month(w, 202309), &w->e);
    assert_int_equal(close_month(w, 202309), -1);
    expect_say(w, "đã khoá sổ rồi");
}

static void test_close__nothing_of_a_closed_month_changes_by_any_door(void **state)
{
    struct world *w = *state;
    struct act t;
    int64_t drafted = due_of(w, 202309, "so-tp").report, signed_one = due_of(w, 202309, "ca-tinh").report;
    struct report x = report_of(w, drafted);
    struct report_edit_row row = row_as_is(w, &x, 8);
    assert_int_equal(save(w, &x, &row, &t), -1);
    expect_say(w, "đã khoá sổ");
    assert_int_equal(sign(w, drafted, x.head.edit), -1);
    expect_say(w, "đã khoá sổ");
    t = (struct act) { .w = w, .run = do_correct, .report = signed_one, .reason = STR("Quá muộn rồi") };
    assert_int_equal(run(&t), -1);
    expect_say(w, "đã khoá sổ");
    assert_int_equal(draft(w, 202309), 0);
    /* and the store itself refuses, whoever writes */
    int (*const raw[])(struct act *t, struct tx *tx, struct err *e) = { raw_words, raw_report, raw_number };
    for (size_t i = 0; i < 3; i++) {
        t = (struct act) { .w = w, .run = raw[i], .report = signed_one, .month = 202309 };
        assert_int_equal(run(&t), -1);
        assert_int_equal(w->e.code, ERR_CONFLICT);
    }
}

static void test_next_month__begins_with_the_claim_of_the_month_before(void **state)
{
    struct world *w = *state;
    set_day(w, 2023, 10, 12);
    assert_int_equal(draft(w, 202310), 11);
    struct report x = report_of(w, due_of(w, 202310, "ca-tinh").report);
    assert_int_equal(row_as_is(w, &x, 9).claim, 80);
    assert_true(str_eq(row_as_is(w, &x, 9).numbers, STR("test.declaring=1/80")));
}

static void test_rollup__has_every_row_every_conflict_and_the_month_s_own_numbers(void **state)
{
    struct world *w = *state;
    struct plan_rollup u;
    must(plan_rollup_read(&w->app, reader(w), &w->arena, 202309, day(2023, 9, 20), &u, &w->e), &w->e);
    assert_int_equal(u.all.n_lines, 42);
    assert_true(u.conflicts.n >= 20);
    assert_int_equal(u.undecided, u.conflicts.n);
    assert_int_equal(u.dues.n, 11);
    assert_true(u.dues.closed);
    const struct plan_line *l = plan_line_of(&u.all, 9);
    assert_int_equal(plan_line_number(l)->numerator, 60);
    assert_int_equal(l->claim, 80);
    assert_true(str_eq(u.capital, STR("Gia Nghĩa")));
    assert_true(str_eq(u.issuer_above, STR("Công an tỉnh")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draft__each_lead_agency_gets_one_and_a_second_run_changes_nothing),
        cmocka_unit_test(test_draft__no_number_stays_no_number),
        cmocka_unit_test(test_save__words_and_claim_are_kept),
        cmocka_unit_test(test_save__a_number_changed_by_hand_is_not_taken_and_the_log_says_so),
        cmocka_unit_test(test_save__a_claim_over_a_hundred_is_refused),
        cmocka_unit_test(test_save__two_people_on_one_draft_do_not_overwrite_each_other),
        cmocka_unit_test(test_save__a_model_of_another_agency_is_refused),
        cmocka_unit_test(test_sign__stands_against_the_measure_as_a_gap),
        cmocka_unit_test(test_sign__the_record_holds_the_hash_of_what_was_signed),
        cmocka_unit_test(test_sign__a_signed_report_is_corrected_by_a_new_version_with_a_reason),
        cmocka_unit_test(test_due__the_late_list_stands_from_the_eighteenth),
        cmocka_unit_test(test_close__not_before_the_due_day_and_never_twice),
        cmocka_unit_test(test_close__nothing_of_a_closed_month_changes_by_any_door),
        cmocka_unit_test(test_next_month__begins_with_the_claim_of_the_month_before),
        cmocka_unit_test(test_rollup__has_every_row_every_conflict_and_the_month_s_own_numbers),
        cmocka_unit_test(test_draft__numbers_of_one_look_are_counted_once_and_each_may_be_none),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
