/* What the plan office shows of lodging, over rows of which the answer is known. */
#include "engines/stays/test/world.h"

#include "engines/people/people.h"

static const struct stay_kinds nha_nghi = { { STR_INIT("nha_nghi"), STR_INIT(""), STR_INIT("") } };
static const struct stay_kinds hotels = { { STR_INIT("hotel"), STR_INIT(""), STR_INIT("") } };

static struct day today(void)
{
    return instant_day(instant_now());
}

static int count(struct world *w, bool on_time, const struct stay_kinds *k, struct day on, struct measure_count *out)
{
    struct dbr *r;
    struct err e = { 0 };
    must(db_read_begin(w->app.db, &r, &e), &e);
    int got = on_time ? stays_count_on_time(r, &w->arena, k, on, out, &e) : stays_count_declaring(r, &w->arena, k, on, out, &e);
    db_read_end(r);
    return got;
}

static void test_stays_measures__there_is_no_number_before_the_first_declaration(void **state)
{
    struct measure_count c;
    assert_int_equal(count(*state, false, &nha_nghi, today(), &c), 0);
    assert_int_equal(count(*state, true, &nha_nghi, today(), &c), 0);
}

static void test_stays_measures__count_places_that_declared_and_guests_in_time(void **state)
{
    struct world *w = *state;
    struct measure_count c;
    struct stay_receipt receipt;
    struct err e = { 0 };
    struct stay_guest_in in_time[] = { a_guest(w, 2000, 0), a_guest(w, 2001, 0), a_guest(w, 2002, 0) };
    struct stay_guest_in late = a_guest(w, 2003, 48);
    late.late_cause = STR("Mất điện");
    must(declare(w, PLACE_A, in_time, 3, &receipt, &e), &e);
    must(declare(w, PLACE_A, &late, 1, &receipt, &e), &e);

    assert_int_equal(count(w, false, &nha_nghi, today(), &c), 1);
    assert_int_equal(c.numerator, 1);
    assert_int_equal(c.denominator, 3); /* the closed one is not asked */
    assert_int_equal(count(w, true, &nha_nghi, today(), &c), 1);
    assert_int_equal(c.numerator, 3);
    assert_int_equal(c.denominator, 4);
    assert_int_equal(count(w, false, &hotels, today(), &c), 0); /* there is none: no number */
}

static void test_stays_measures__look_back_thirty_days_and_no_further(void **state)
{
    struct measure_count c;
    struct day later = { today().n + 29 };
    assert_int_equal(count(*state, false, &nha_nghi, later, &c), 1);
    assert_int_equal(c.numerator, 1);
    later.n++;
    assert_int_equal(count(*state, false, &nha_nghi, later, &c), 1); /* they could have declared: a real zero */
    assert_int_equal(c.numerator, 0);
    assert_int_equal(count(*state, true, &nha_nghi, later, &c), 0); /* no guests: no share */
    assert_int_equal(count(*state, false, &nha_nghi, (struct day) { today().n - 1 }, &c), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stays_measures__there_is_no_number_before_the_first_declaration),
        cmocka_unit_test(test_stays_measures__count_places_that_declared_and_guests_in_time),
        cmocka_unit_test(test_stays_measures__look_back_thirty_days_and_no_further),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
