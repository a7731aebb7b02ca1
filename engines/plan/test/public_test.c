/* What the public sees of a month before and after it is closed. */
#include "engines/plan/test/world.h"

#include "engines/plan/month.h"
#include "engines/plan/public.h"

static struct public_months published(struct world *w, size_t most)
{
    struct public_months months;
    must(public_months_read(&w->app, reader(w), &w->arena, most, &months, &w->e), &w->e);
    return months;
}

/* ---- acts ---- */

struct act {
    struct world *w;
    int64_t month, report, edit;
    struct report_edit_row row;
};

static int do_save(struct tx *tx, void *arg, struct err *e)
{
    struct act *t = arg;
    struct report_edit in = { .report = t->report, .edit = t->edit, .words = STR(""), .rows = &t->row, .n = 1 };
    return report_save(&t->w->app, tx, &t->w->arena, &in, &clerk, NULL, e);
}

static int do_sign(struct tx *tx, void *arg, struct err *e)
{
    struct act *t = arg;
    return report_sign(&t->w->app, tx, &t->w->arena, t->report, t->edit, &clerk, e);
}

static int do_close(struct tx *tx, void *arg, struct err *e)
{
    struct act *t = arg;
    return month_close(&t->w->app, tx, &t->w->arena, t->month, &office, e);
}

static int64_t report_of(struct world *w, int64_t month, const char *agency)
{
    struct plan_dues dues;
    must(plan_dues_read(&w->app, reader(w), &w->arena, month, instant_day(w->now), &dues, &w->e), &w->e);
    for (size_t i = 0; i < dues.n; i++)
        if (str_eq(dues.v[i].agency.code, str_of(agency)))
            return dues.v[i].report;
    fail_msg("%s owes nothing", agency);
    return 0;
}

/* Sở Tư pháp claims 40 % for model 8 and signs. */
static void report_month(struct world *w, int64_t month)
{
    struct act t = { .w = w, .month = month, .edit = 1 };
    must(plan_draft(&w->app, &w->arena, month, NULL, &w->e), &w->e);
    t.report = report_of(w, month, "so-tp");
    t.row = (struct report_edit_row) {
        .model = 8, .has_claim = true, .claim = 40, .did = STR("Đã lắp 6 máy đọc."), .next = STR("")
    };
    must(db_write(w->app.db, do_save, &t, &w->e), &w->e);
    t.edit = 2; /* saving counts */
    must(db_write(w->app.db, do_sign, &t, &w->e), &w->e);
}

static void close_month(struct world *w, int64_t month)
{
    struct act t = { .w = w, .month = month };
    must(db_write(w->app.db, do_close, &t, &w->e), &w->e);
}

/* ---- tests ---- */

static void test_public_months__a_signed_report_of_an_open_month_is_not_published(void **state)
{
    struct world *w = *state;
    report_month(w, 202309);
    assert_int_equal(published(w, 24).n, 0);
}

static void test_public_months__closing_publishes_what_was_signed(void **state)
{
    struct world *w = *state;
    percent_of_9 = (struct counter) { true, { 571, 596 } };
    set_day(w, 2023, 9, 12);
    report_month(w, 202309);
    set_day(w, 2023, 9, 18);
    close_month(w, 202309);
    set_day(w, 2023, 10, 12);
    report_month(w, 202310);

    struct public_months months = published(w, 24);
    assert_int_equal(months.n, 1);
    assert_int_equal(months.v[0].month, 202309);
    const struct plan_line *l = plan_line_of(&months.v[0], 8);
    assert_true(l->claimed);
    assert_int_equal(l->claim, 40);
    assert_true(str_eq(l->did, STR("Đã lắp 6 máy đọc.")));
    l = plan_line_of(&months.v[0], 9);
    assert_true(line_counted(l));
    assert_int_equal(line_percent(l), 95);
    assert_false(line_counted(plan_line_of(&months.v[0], 3)));
}

static void test_public_months__oldest_first_and_no_more_than_asked(void **state)
{
    struct world *w = *state;
    static const int months[] = { 9, 10, 11 };
    for (size_t i = 0; i < 3; i++) {
        set_day(w, 2023, months[i], 12);
        report_month(w, 202300 + months[i]);
        set_day(w, 2023, months[i], 18);
        close_month(w, 202300 + months[i]);
    }
    struct public_months two = published(w, 2);
    assert_int_equal(two.n, 2);
    assert_int_equal(two.v[0].month, 202310);
    assert_int_equal(two.v[1].month, 202311);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(test_public_months__a_signed_report_of_an_open_month_is_not_published),
        T(test_public_months__closing_publishes_what_was_signed),
        T(test_public_months__oldest_first_and_no_more_than_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
