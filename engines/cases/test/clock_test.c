#include "base/rng.h"
#include "engines/cases/clock.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct ground {
    struct arena arena;
    struct work_calendar cal;
};

static struct str read_pack_file(struct arena *a, const char *name)
{
    enum { MOST = 1 << 20 };
    size_t n = strlen(__FILE__) - strlen("engines/cases/test/clock_test.c");
    char *bytes = arena_alloc(a, MOST);
    FILE *f = fopen(str_cstr(a, str_fmt(a, "%.*spacks/dak_nong/%s", (int)n, __FILE__, name)), "rb");
    assert_non_null(f);
    size_t got = fread(bytes, 1, MOST, f);
    fclose(f);
    return (struct str) { bytes, got };
}

static int setup(void **state)
{
    static struct ground g;
    struct err e = { 0 };
    arena_init(&g.arena, 256u << 20);
    if (calendar_read(&g.arena, read_pack_file(&g.arena, "calendar.csv"), &g.cal, &e))
        fail_msg("%s", e.detail);
    *state = &g;
    return 0;
}

static int teardown(void **state)
{
    arena_release(&((struct ground *)*state)->arena);
    return 0;
}

/* ---- writing events down ---- */

static struct instant at(const char *iso_day, int hour, int minute)
{
    struct day d;
    assert_true(day_parse_iso(str_of(iso_day), &d));
    return day_at(d, hour, minute);
}

static struct clock_event received(struct instant t, int days, int edition)
{
    return (struct clock_event) {
        .kind = CLOCK_STARTED, .at = t, .days = days, .late_minute = 900, .end_minute = 1020, .edition = edition
    };
}

static struct clock_event stopped(struct instant t, enum clock_stop why)
{
    return (struct clock_event) { .kind = CLOCK_STOPPED, .at = t, .stop = why };
}

static struct clock_event resumed(struct instant t)
{
    return (struct clock_event) { .kind = CLOCK_RESUMED, .at = t };
}

static struct case_clock run(const struct ground *g, const struct clock_event *ev, size_t n)
{
    struct case_clock c;
    struct err e = { 0 };
    if (clock_run(&g->cal, ev, n, &c, &e))
        fail_msg("%s", e.detail);
    return c;
}

static void due_is(struct ground *g, const struct case_clock *c, const char *expected)
{
    struct str due = instant_vi(&g->arena, clock_due(c));
    if (!str_eq(due, str_of(expected)))
        fail_msg("due %.*s, expected %s", STR_ARG(due), expected);
}

static void refused(const struct ground *g, const struct clock_event *ev, size_t n, const char *detail)
{
    struct case_clock c;
    struct err e = { 0 };
    assert_int_equal(clock_run(&g->cal, ev, n, &c, &e), -1);
    assert_string_equal(e.detail, detail);
    assert_true(e.say.n > 20);
}

/* ---- the calendar ---- */

static void test_calendar__tet_is_no_working_day_and_a_swapped_saturday_is(void **state)
{
    struct ground *g = *state;
    struct str name;
    assert_int_equal(calendar_kind(&g->cal, 2, instant_day(at("2024-02-09", 9, 0)), &name), DAY_HOLIDAY);
    assert_true(str_eq(name, STR("Tết Giáp Thìn")));
    assert_int_equal(calendar_kind(&g->cal, 4, instant_day(at("2025-04-26", 9, 0)), &name), WORK_DAY_IN_EXCHANGE);
    assert_int_equal(calendar_kind(&g->cal, 4, instant_day(at("2025-05-03", 9, 0)), &name), DAY_WEEKEND);
}

static void test_calendar__an_edition_does_not_know_what_came_later(void **state)
{
    struct ground *g = *state;
    struct day d = instant_day(at("2024-04-29", 9, 0));
    assert_true(calendar_works(&g->cal, 2, d));
    assert_false(calendar_works(&g->cal, 3, d));
}

static void calendar_refused(struct ground *g, const char *rows, const char *detail)
{
    struct work_calendar c;
    struct err e = { 0 };
    struct str text = str_fmt(&g->arena, "edition,day,kind,name,source,confirmed\r\n%s", rows);
    assert_int_equal(calendar_read(&g->arena, text, &c, &e), -1);
    assert_string_equal(e.detail, detail);
}

static void test_calendar__a_wrong_row_is_refused_with_its_number(void **state)
{
    struct ground *g = *state;
    calendar_refused(g, "1,2024-12-31,edition,Lịch,x,yes\r\n1,2024-02-30,holiday,Tết,x,yes\r\n",
                     "calendar.csv row 3: there is no such day");
    calendar_refused(g, "2,2024-12-31,edition,Lịch,x,yes\r\n",
                     "calendar.csv row 2: editions are numbered 1, 2, 3 … in order");
    calendar_refused(g, "1,2024-12-31,edition,Lịch,x,yes\r\n1,2024-05-06,work,bù,x,yes\r\n",
                     "calendar.csv row 3: only a weekend is worked in exchange");
    calendar_refused(g,
                     "1,2024-12-31,edition,Lịch,x,yes\r\n1,2024-01-01,holiday,Tết,x,yes\r\n1,2024-01-01,off,Tết,x,yes\r\n",
                     "calendar.csv: edition 1 has one day twice");
    calendar_refused(g, "1,2024-12-31,edition,Lịch,x,yes\r\n1,2025-01-01,holiday,Tết,x,yes\r\n",
                     "calendar.csv row 3: the day is after the last day of its edition");
    calendar_refused(g, "", "calendar.csv has no edition");
}

/* ---- the clock ---- */

static void test_due_day__tet_is_skipped(void **state)
{
    struct ground *g = *state;
    struct clock_event ev = received(at("2024-02-02", 10, 5), 5, 2);
    struct case_clock c = run(g, &ev, 1);
    due_is(g, &c, "17:00 16/02/2024");
}

static void test_due_day__a_swapped_saturday_counts(void **state)
{
    struct ground *g = *state;
    struct clock_event ev = received(at("2025-04-24", 8, 0), 3, 4);
    struct case_clock c = run(g, &ev, 1);
    due_is(g, &c, "17:00 28/04/2025");
}

static void test_due_day__from_the_late_hour_on_it_counts_as_received_next_working_day(void **state)
{
    struct ground *g = *state;
    struct clock_event early = received(at("2024-03-05", 14, 59), 1, 2), late = received(at("2024-03-05", 15, 0), 1, 2);
    struct clock_event friday = received(at("2024-03-08", 16, 0), 1, 2), sunday = received(at("2024-03-10", 9, 0), 1, 2);
    struct case_clock c = run(g, &early, 1);
    due_is(g, &c, "17:00 06/03/2024");
    c = run(g, &late, 1);
    due_is(g, &c, "17:00 07/03/2024");
    c = run(g, &friday, 1);
    due_is(g, &c, "17:00 12/03/2024");
    c = run(g, &sunday, 1);
    due_is(g, &c, "17:00 12/03/2024");
}

static void test_due_day__a_service_of_the_same_day(void **state)
{
    struct ground *g = *state;
    struct clock_event early = received(at("2024-03-05", 9, 0), 0, 2), late = received(at("2024-03-05", 15, 30), 0, 2);
    struct case_clock c = run(g, &early, 1);
    due_is(g, &c, "17:00 05/03/2024");
    c = run(g, &late, 1);
    due_is(g, &c, "17:00 06/03/2024");
}

static void test_due_day__while_the_citizen_supplements_no_day_counts(void **state)
{
    struct ground *g = *state;
    /* 5 days: 5 and 6 March count, then it stands until the 12th; 13, 14, 15 are the three that were left. */
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 5, 2),
                                stopped(at("2024-03-06", 16, 30), CLOCK_STOP_SUPPLEMENT), resumed(at("2024-03-12", 10, 0)) };
    struct case_clock c = run(g, ev, 2);
    assert_int_equal(c.state, CLOCK_STANDING);
    assert_int_equal(c.term.left, 3);
    assert_int_equal(clock_due(&c).us, 0);
    c = run(g, ev, 3);
    due_is(g, &c, "17:00 15/03/2024");
}

static void test_due_day__a_stop_after_it_heals_nothing(void **state)
{
    struct ground *g = *state;
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 1, 2),
                                stopped(at("2024-03-06", 8, 0), CLOCK_STOP_SUPPLEMENT), resumed(at("2024-03-20", 10, 0)) };
    struct case_clock c = run(g, ev, 2);
    due_is(g, &c, "17:00 05/03/2024");
    c = run(g, ev, 3);
    due_is(g, &c, "17:00 05/03/2024");
}

static void test_due_day__a_later_edition_counts_anew(void **state)
{
    struct ground *g = *state;
    struct clock_event ev[] = { received(at("2024-04-24", 9, 0), 3, 2),
                                { .kind = CLOCK_CALENDAR, .at = at("2024-04-25", 9, 0), .edition = 3 } };
    struct case_clock c = run(g, ev, 1);
    due_is(g, &c, "17:00 29/04/2024");
    c = run(g, ev, 2);
    due_is(g, &c, "17:00 02/05/2024");
}

static void test_clock__each_agency_has_its_own_share(void **state)
{
    struct ground *g = *state;
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 5, 2),
                                { .kind = CLOCK_HANDED, .at = at("2024-03-04", 10, 0), .days = 2, .who = STR("so-tp") },
                                { .kind = CLOCK_HANDED, .at = at("2024-03-07", 9, 0), .days = 3, .who = STR("ca-tinh") },
                                { .kind = CLOCK_ENDED, .at = at("2024-03-11", 9, 0) } };
    struct case_clock c = run(g, ev, 3);
    assert_int_equal(c.shares, 2);
    assert_true(c.share[0].until.us > c.share[0].term.due.us); /* the first agency was late … */
    assert_true(str_eq(instant_vi(&g->arena, clock_share_now(&c)->term.due), STR("17:00 12/03/2024")));
    due_is(g, &c, "17:00 11/03/2024"); /* … and nothing of that moves the whole */
    c = run(g, ev, 4);
    assert_null(clock_share_now(&c));
    assert_int_equal(c.state, CLOCK_OVER);
}

static void test_clock__stopping_twice_is_refused(void **state)
{
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 5, 2), stopped(at("2024-03-05", 9, 0), CLOCK_STOP_PAYMENT),
                                stopped(at("2024-03-05", 10, 0), CLOCK_STOP_PAYMENT) };
    refused(*state, ev, 3, "clock stopped twice");
}

static void test_clock__a_second_supplement_is_refused(void **state)
{
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 5, 2),
                                stopped(at("2024-03-05", 9, 0), CLOCK_STOP_SUPPLEMENT), resumed(at("2024-03-06", 9, 0)),
                                stopped(at("2024-03-06", 10, 0), CLOCK_STOP_SUPPLEMENT) };
    refused(*state, ev, 4, "a second supplement");
}

static void test_clock__nothing_is_dated_back(void **state)
{
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 5, 2),
                                stopped(at("2024-03-01", 9, 0), CLOCK_STOP_PAYMENT) };
    refused(*state, ev, 2, "back-dated");
}

static void test_clock__a_new_day_is_promised_once_and_later(void **state)
{
    struct clock_event ev[] = {
        received(at("2024-03-04", 9, 0), 5, 2),
        { .kind = CLOCK_PROMISED, .at = at("2024-03-08", 9, 0), .promised = instant_day(at("2024-03-18", 9, 0)) },
        { .kind = CLOCK_PROMISED, .at = at("2024-03-15", 9, 0), .promised = instant_day(at("2024-03-25", 9, 0)) }
    };
    refused(*state, ev, 3, "a second promise");
    ev[1].promised = instant_day(at("2024-03-11", 9, 0));
    refused(*state, ev, 2, "promise not later");
}

static void test_clock__after_the_end_nothing_changes(void **state)
{
    struct clock_event ev[] = { received(at("2024-03-04", 9, 0), 5, 2),
                                { .kind = CLOCK_ENDED, .at = at("2024-03-05", 9, 0) },
                                stopped(at("2024-03-06", 9, 0), CLOCK_STOP_PAYMENT) };
    refused(*state, ev, 3, "clock is over");
}

/* ---- words ---- */

static void says(struct ground *g, const struct clock_event *ev, size_t n, const char *expected)
{
    struct str text;
    struct err e = { 0 };
    assert_int_equal(clock_explain(&g->arena, &g->cal, ev, n, &text, &e), 0);
    if (!str_eq(text, str_of(expected)))
        fail_msg("says: %.*s", STR_ARG(text));
}

static void test_explain__tet(void **state)
{
    struct clock_event ev = received(at("2024-02-02", 10, 5), 5, 2);
    says(*state, &ev, 1,
         "Nhận lúc 10:05 thứ Sáu 02/02/2024. Thời hạn 5 ngày làm việc, tính từ ngày làm việc sau ngày nhận. Các ngày được "
         "tính: "
         "05/02–07/02, 15/02–16/02 (5 trên 5 ngày). Không tính: 03/02–04/02 (cuối tuần); 08/02–14/02 (Tết Giáp Thìn). Hẹn "
         "trả: 17:00 ngày "
         "16/02/2024. Lịch làm việc: lần công bố 2 (Lịch năm 2024).");
}

static void test_explain__a_stop_and_a_swapped_saturday(void **state)
{
    struct clock_event ev[] = { received(at("2025-04-23", 15, 20), 3, 4),
                                stopped(at("2025-04-25", 9, 0), CLOCK_STOP_SUPPLEMENT), resumed(at("2025-04-26", 9, 0)) };
    says(*state, ev, 2,
         "Nhận lúc 15:20 thứ Tư 23/04/2025, từ 15:00 trở đi nên coi như nhận ngày làm việc kế tiếp 24/04/2025. Thời hạn 3 "
         "ngày làm việc, "
         "tính từ ngày làm việc sau ngày nhận. Các ngày được tính: 25/04 (1 trên 3 ngày). Thời hạn đang dừng (chờ người nộp "
         "bổ sung giấy "
         "tờ), còn 2 ngày làm việc; ngày hẹn sẽ tính lại khi nhận đủ. Lịch làm việc: lần công bố 4 (Lịch năm 2025).");
    says(*state, ev, 3,
         "Nhận lúc 15:20 thứ Tư 23/04/2025, từ 15:00 trở đi nên coi như nhận ngày làm việc kế tiếp 24/04/2025. Thời hạn 3 "
         "ngày làm việc, "
         "tính từ ngày làm việc sau ngày nhận. Các ngày được tính: 25/04, 28/04–29/04 (3 trên 3 ngày). Không tính: 26/04 "
         "(chờ người nộp bổ "
         "sung giấy tờ); 27/04 (cuối tuần). Hẹn trả: 17:00 ngày 29/04/2025. Lịch làm việc: lần công bố 4 (Lịch năm 2025).");
}

static void test_explain__before_it_is_received(void **state)
{
    says(*state, NULL, 0, "Hồ sơ chưa được tiếp nhận nên thời hạn chưa bắt đầu tính.");
}

/* ---- what must hold for any case ---- */

static size_t made_up(struct rng *r, const struct work_calendar *cal, struct clock_event *ev)
{
    size_t n = 0;
    struct instant t = { at("2022-12-20", 0, 0).us + (int64_t)rng_below(r, 1400) * US_PER_DAY +
                         (int64_t)rng_below(r, 1440) * US_PER_MINUTE };
    ev[n++] = received(t, (int)rng_below(r, 30), 1 + (int)rng_below(r, (uint32_t)cal->editions));
    for (uint32_t stops = rng_below(r, 3); stops > 0; stops--) {
        t.us += (int64_t)rng_below(r, 12 * 1440) * US_PER_MINUTE;
        ev[n] = stopped(t, stops == 1 ? CLOCK_STOP_SUPPLEMENT : CLOCK_STOP_PAYMENT);
        n++;
        t.us += (int64_t)rng_below(r, 20 * 1440) * US_PER_MINUTE;
        ev[n++] = resumed(t);
    }
    return n;
}

/* Counted by hand, day by day, in another way than the clock does: how many days count between reception and due. */
static int counted_days(const struct clock_spans *spans)
{
    int n = 0;
    for (size_t i = 0; i < spans->n; i++)
        if (spans->v[i].why == CLOCK_COUNTED)
            n += spans->v[i].last.n - spans->v[i].first.n + 1;
    return n;
}

static void holds(struct ground *g, const struct clock_event *ev, size_t n)
{
    struct case_clock whole = run(g, ev, n), alone = run(g, ev, 1);
    struct clock_spans spans;
    struct err e = { 0 };
    struct day due = instant_day(clock_due(&whole));
    assert_int_equal(clock_spans(&g->arena, &g->cal, ev, n, &spans, &e), 0);
    assert_int_equal(counted_days(&spans), whole.term.days);   /* the term, no more and no less */
    assert_true(calendar_works(&g->cal, whole.edition, due));  /* on a working day */
    assert_true(clock_due(&whole).us >= clock_due(&alone).us); /* no stop makes it earlier */
    struct day expected = alone.term.base;
    for (size_t i = 0; i < spans.n; i++) { /* every day has one fate, in order, without a gap */
        assert_int_equal(spans.v[i].first.n, expected.n + 1);
        expected = spans.v[i].last;
    }
    assert_int_equal(expected.n, due.n);
}

static void test_property__ten_thousand_cases_over_tet_and_new_editions(void **state)
{
    struct ground *g = *state;
    struct rng r;
    rng_seed(&r, 511);
    for (int i = 0; i < 10000; i++) {
        struct clock_event ev[8];
        holds(g, ev, made_up(&r, &g->cal, ev));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar__tet_is_no_working_day_and_a_swapped_saturday_is),
        cmocka_unit_test(test_calendar__an_edition_does_not_know_what_came_later),
        cmocka_unit_test(test_calendar__a_wrong_row_is_refused_with_its_number),
        cmocka_unit_test(test_due_day__tet_is_skipped),
        cmocka_unit_test(test_due_day__a_swapped_saturday_counts),
        cmocka_unit_test(test_due_day__from_the_late_hour_on_it_counts_as_received_next_working_day),
        cmocka_unit_test(test_due_day__a_service_of_the_same_day),
        cmocka_unit_test(test_due_day__while_the_citizen_supplements_no_day_counts),
        cmocka_unit_test(test_due_day__a_stop_after_it_heals_nothing),
        cmocka_unit_test(test_due_day__a_later_edition_counts_anew),
        cmocka_unit_test(test_clock__each_agency_has_its_own_share),
        cmocka_unit_test(test_clock__stopping_twice_is_refused),
        cmocka_unit_test(test_clock__a_second_supplement_is_refused),
        cmocka_unit_test(test_clock__nothing_is_dated_back),
        cmocka_unit_test(test_clock__a_new_day_is_promised_once_and_later),
        cmocka_unit_test(test_clock__after_the_end_nothing_changes),
        cmocka_unit_test(test_explain__tet),
        cmocka_unit_test(test_explain__a_stop_and_a_swapped_saturday),
        cmocka_unit_test(test_explain__before_it_is_received),
        cmocka_unit_test(test_property__ten_thousand_cases_over_tet_and_new_editions),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
