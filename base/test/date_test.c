#include "base/date.h"
#include "base/test/check.h"

static struct day day(int y, int m, int d)
{
    struct day out = { INT32_MIN };
    assert_true(day_from_ymd(y, m, d, &out));
    return out;
}

static void test_day__every_day_from_1900_to_2100_goes_both_ways_in_order(void **state)
{
    (void)state;
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int32_t expected = -25567; /* 1900-01-01 */
    for (int y = 1900; y <= 2100; y++)
        for (int m = 1; m <= 12; m++) {
            bool leap = y % 4 == 0 && y != 1900 && y != 2100;
            for (int d = 1; d <= length[m - 1] + (m == 2 && leap); d++, expected++) {
                int year, month, n;
                assert_int_equal(day(y, m, d).n, expected);
                day_to_ymd((struct day) { expected }, &year, &month, &n);
                assert_true(year == y && month == m && n == d);
                assert_int_equal(day_of_week((struct day) { expected }), ((expected + 25567) % 7) + 1); /* it was a Monday */
            }
            struct day out;
            assert_false(day_from_ymd(y, m, length[m - 1] + (m == 2 && leap) + 1, &out));
        }
    assert_int_equal(expected, day(2101, 1, 1).n);
}

static void test_day__year_borders_go_both_ways_from_1000_to_9999(void **state)
{
    (void)state;
    int y, m, d;
    for (int year = 1000; year <= 9999; year++) {
        day_to_ymd(day(year, 12, 31), &y, &m, &d);
        assert_true(y == year && m == 12 && d == 31);
        day_to_ymd(day(year, 3, 1), &y, &m, &d);
        assert_true(y == year && m == 3 && d == 1);
    }
    day_to_ymd((struct day) { -719162 - 1 }, &y, &m, &d); /* the day before 0001-01-01 */
    assert_true(y == 0 && m == 12 && d == 31);
}

static void test_day__known_days(void **state)
{
    (void)state;
    assert_int_equal(day(1970, 1, 1).n, 0);
    assert_int_equal(day(2000, 3, 1).n, 11017);
    assert_int_equal(day_of_week(day(1975, 4, 30)), 3);
    assert_int_equal(day_of_week(day(2026, 11, 23)), 1);
    assert_int_equal(day_of_week(day(2025, 6, 1)), 7);
}

static void test_day_from_ymd__refuses_what_is_no_day_and_leaves_out_alone(void **state)
{
    (void)state;
    struct day out = { 42 };
    static const int refused[][3] = { { 2023, 2, 29 }, { 1900, 2, 29 }, { 2024, 4, 31 }, { 2024, 0, 1 },  { 2024, 13, 1 },
                                      { 2024, 1, 0 },  { 2024, 1, -1 }, { 999, 1, 1 },   { 10000, 1, 1 }, { 2024, 1, 32 } };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(day_from_ymd(refused[i][0], refused[i][1], refused[i][2], &out));
    assert_int_equal(out.n, 42);
}

static void test_parse__reads_the_iso_and_the_vietnamese_forms(void **state)
{
    (void)state;
    static const char *const vi[] = { "16/02/2024", "16/2/2024", "16-2-2024", "16-02-2024", "16022024" };
    struct day out;
    assert_true(day_parse_iso(STR("2024-02-16"), &out));
    assert_int_equal(out.n, day(2024, 2, 16).n);
    for (size_t i = 0; i < sizeof vi / sizeof *vi; i++) {
        out.n = 0;
        assert_true(day_parse_vi(str_of(vi[i]), &out));
        assert_int_equal(out.n, day(2024, 2, 16).n);
    }
}

static void test_parse__refuses_other_forms_and_impossible_days(void **state)
{
    (void)state;
    struct day out = { 42 };
    static const char *const iso[] = { "",         "2024-2-16",  "2024-02-30", "2024/02/16", "2024-02-16 ",
                                       "20240216", "-024-02-16", "2024-02-1x" };
    static const char *const vi[] = { "",           "30/02/2024",  "16/02/24",   "16/02-2024", "16/02/2024/",
                                      "/02/2024",   "116/02/2024", "1602204",    "30022024",   "2024-02-16",
                                      "16 02 2024", "ab/cd/efgh",  "16/02/20x4", "16" };
    for (size_t i = 0; i < sizeof iso / sizeof *iso; i++)
        assert_false(day_parse_iso(str_of(iso[i]), &out));
    for (size_t i = 0; i < sizeof vi / sizeof *vi; i++)
        assert_false(day_parse_vi(str_of(vi[i]), &out));
    assert_false(day_parse_vi(STR_NONE, &out));
    assert_int_equal(out.n, 42);
}

static void test_instant__the_vietnamese_day_begins_at_17_hours_utc(void **state)
{
    struct instant t;
    assert_true(instant_parse(STR("2024-02-16T16:59:59.999999Z"), &t));
    assert_text(day_vi(*state, instant_day(t)), "16/02/2024");
    t.us++;
    assert_text(day_vi(*state, instant_day(t)), "17/02/2024");
    assert_text(instant_vi(*state, t), "00:00 17/02/2024");
}

static void test_instant__reads_offsets_and_fractions(void **state)
{
    static const struct {
        const char *text, *utc;
    } cases[] = {
        { "2024-02-16T22:10:00+07:00", "2024-02-16T15:10:00.000000Z" },
        { "2024-02-16t15:10:00z", "2024-02-16T15:10:00.000000Z" },
        { "2024-02-16T15:10:00.5Z", "2024-02-16T15:10:00.500000Z" },
        { "2024-02-16T15:10:00.123456789Z", "2024-02-16T15:10:00.123456Z" },
        { "2024-12-31T23:30:00-01:15", "2025-01-01T00:45:00.000000Z" },
        { "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct instant t;
        assert_true(instant_parse(str_of(cases[i].text), &t));
        assert_text(instant_iso(*state, t), cases[i].utc);
    }
}

static void test_instant__refuses_other_forms(void **state)
{
    (void)state;
    struct instant t = { 42 };
    static const char *const refused[] = {
        "",
        "2024-02-16",
        "2024-02-16T15:10:00",
        "2024-02-16T15:10Z",
        "2024-02-16 15:10:00Z",
        "2024-02-16T24:00:00Z",
        "2024-02-16T23:60:00Z",
        "2024-02-16T23:59:60Z",
        "2024-02-16T15:10:00.Z",
        "2024-02-16T15:10:00+7:00",
        "2024-02-16T15:10:00+0700",
        "2024-02-16T15:10:00+24:00",
        "2024-02-16T15:10:00+07:60",
        "2024-02-16T15:10:00Zx",
        "2024-02-30T15:10:00Z",
        "2024-02-16T15-10:00Z",
        "2024-02-16T15:10:00.1",
        "9999-12-31T23:59:59-23:59", /* the year 10000 */
        "1000-01-01T00:00:00+00:01",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(instant_parse(str_of(refused[i]), &t));
    assert_int_equal(t.us, 42);
}

static void test_instant__at_the_ends_of_time_does_not_overflow(void **state)
{
    struct day d;
    int h, m, s;
    instant_local((struct instant) { INT64_MAX }, &d, &h, &m, &s);
    assert_int_equal(d.n, 106751991);
    assert_int_equal(h, 11);
    instant_local((struct instant) { INT64_MIN }, &d, &h, &m, &s);
    assert_int_equal(d.n, -106751991);
    assert_int_equal(h, 2);
    assert_text(instant_iso(*state, (struct instant) { INT64_MAX }), "294247-01-10T04:00:54.775807Z");
    assert_text(instant_iso(*state, (struct instant) { INT64_MIN }), "-290308-12-21T19:59:05.224192Z");
}

static void test_day_at__is_local_time(void **state)
{
    struct instant t = day_at(day(2024, 2, 16), 23, 0);
    assert_text(instant_iso(*state, t), "2024-02-16T16:00:00.000000Z");
    assert_text(clock_vi(*state, t), "23:00");
    struct day d;
    int h, m, s;
    t.us += 61 * US_PER_SECOND;
    instant_local(t, &d, &h, &m, &s);
    assert_true(d.n == day(2024, 2, 16).n && h == 23 && m == 1 && s == 1);
    assert_text(day_iso(*state, d), "2024-02-16");
}

static void test_day_at__every_quarter_hour_of_a_month_comes_back(void **state)
{
    (void)state;
    for (int32_t n = day(2024, 2, 1).n; n <= day(2024, 3, 1).n; n++)
        for (int quarter = 0; quarter < 96; quarter++) {
            struct day d;
            int h, m, s;
            instant_local(day_at((struct day) { n }, quarter / 4, quarter % 4 * 15), &d, &h, &m, &s);
            assert_true(d.n == n && h == quarter / 4 && m == quarter % 4 * 15 && s == 0);
        }
}

static void test_clocks__go_forward(void **state)
{
    (void)state;
    int64_t before = monotonic_us();
    assert_true(monotonic_us() >= before);
    assert_true(instant_day(instant_now()).n > day(2026, 1, 1).n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_day__every_day_from_1900_to_2100_goes_both_ways_in_order),
        in_arena(test_day__year_borders_go_both_ways_from_1000_to_9999),
        in_arena(test_day__known_days),
        in_arena(test_day_from_ymd__refuses_what_is_no_day_and_leaves_out_alone),
        in_arena(test_parse__reads_the_iso_and_the_vietnamese_forms),
        in_arena(test_parse__refuses_other_forms_and_impossible_days),
        in_arena(test_instant__the_vietnamese_day_begins_at_17_hours_utc),
        in_arena(test_instant__reads_offsets_and_fractions),
        in_arena(test_instant__refuses_other_forms),
        in_arena(test_instant__at_the_ends_of_time_does_not_overflow),
        in_arena(test_day_at__is_local_time),
        in_arena(test_day_at__every_quarter_hour_of_a_month_comes_back),
        in_arena(test_clocks__go_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
