/* The made-up year: the same from the same seed, closed as real months are, and without a single made-up number. */
#include "engines/plan/test/world.h"

#include "engines/plan/public.h"
#include "engines/plan/seed.h"

static void seed(struct world *w)
{
    struct seed_world made = { 0 };
    rng_seed(&made.rng, 511);
    set_day(w, 2026, 11, 28);
    must(plan_seed(&w->app, &made, &w->e), &w->e);
}

static struct plan_dues dues_of(struct world *w, int64_t month)
{
    struct plan_dues dues;
    must(plan_dues_read(&w->app, reader(w), &w->arena, month, instant_day(w->now), &dues, &w->e), &w->e);
    return dues;
}

static struct report report_in(struct world *w, int64_t id)
{
    struct report x;
    assert_int_equal(report_load(&w->app, reader(w), &w->arena, id, &x, &w->e), 1);
    return x;
}

static size_t signed_in(const struct plan_dues *dues)
{
    size_t n = 0;
    for (size_t i = 0; i < dues->n; i++)
        n += dues->v[i].state == REPORT_SIGNED || dues->v[i].state == REPORT_LATE;
    return n;
}

static void test_plan_seed__twelve_months_are_closed_and_published(void **state)
{
    struct world *w = *state;
    struct public_months months;
    seed(w);
    must(public_months_read(&w->app, reader(w), &w->arena, 24, &months, &w->e), &w->e);
    assert_int_equal(months.n, SEED_MONTHS);
    assert_int_equal(months.v[0].month, 202308);
    assert_int_equal(months.v[11].month, 202407);
    for (size_t i = 0; i < months.n; i++) {
        struct plan_dues dues = dues_of(w, months.v[i].month);
        assert_true(dues.closed);
        assert_true(signed_in(&dues) >= dues.n / 2);
        assert_true(instant_day(dues.v[0].signed_at).n < day(2024, 9, 1).n);
    }
}

static void test_plan_seed__the_present_month_is_open_and_waits_for_so_tttt(void **state)
{
    struct world *w = *state;
    seed(w);
    struct plan_dues dues = dues_of(w, 202611);
    assert_true(dues.open);
    assert_false(dues.closed);
    assert_true(signed_in(&dues) > 0 && signed_in(&dues) < dues.n);
    for (size_t i = 0; i < dues.n; i++)
        if (str_eq(dues.v[i].agency.code, STR("so-tttt")))
            assert_int_equal(dues.v[i].state, REPORT_MISSING);
        else if (str_eq(dues.v[i].agency.code, STR("ca-tinh")))
            assert_int_equal(dues.v[i].state, REPORT_SIGNED);
}

static void test_plan_seed__claims_rise_and_no_number_is_made_up(void **state)
{
    struct world *w = *state;
    struct public_months months;
    int first = -1, last = -1;
    seed(w);
    must(public_months_read(&w->app, reader(w), &w->arena, 24, &months, &w->e), &w->e);
    for (size_t i = 0; i < months.n; i++) {
        for (size_t j = 0; j < months.v[i].n_lines; j++)
            assert_false(line_counted(&months.v[i].lines[j]));
        const struct plan_line *l = plan_line_of(&months.v[i], 8);
        if (!l->claimed)
            continue;
        assert_true(l->claim >= last);
        first = first < 0 ? l->claim : first;
        last = l->claim;
    }
    assert_true(last > first);
}

static void test_plan_seed__the_same_seed_makes_the_same_reports(void **state)
{
    struct world *w = *state, *other;
    assert_int_equal(world_open((void **)&other), 0);
    seed(w);
    seed(other);
    struct report x = report_in(w, dues_of(w, 202312).v[3].report), y = report_in(other, dues_of(other, 202312).v[3].report);
    assert_true(str_eq(report_text(&w->arena, &x), report_text(&other->arena, &y)));
    assert_int_equal(world_close((void **)&other), 0);
}

static void test_plan_seed__a_signature_of_the_year_is_in_the_log(void **state)
{
    struct world *w = *state;
    seed(w);
    struct plan_dues dues = dues_of(w, 202401);
    size_t proven = 0;
    for (size_t i = 0; i < dues.n; i++)
        if (dues.v[i].state == REPORT_SIGNED)
            proven += report_in(w, dues.v[i].report).head.has_audit;
    assert_int_equal(proven, 10); /* and one was late */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(test_plan_seed__twelve_months_are_closed_and_published),
        T(test_plan_seed__the_present_month_is_open_and_waits_for_so_tttt),
        T(test_plan_seed__claims_rise_and_no_number_is_made_up),
        T(test_plan_seed__the_same_seed_makes_the_same_reports),
        T(test_plan_seed__a_signature_of_the_year_is_in_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
