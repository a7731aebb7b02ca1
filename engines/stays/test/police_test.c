/* police_test.c: who sees which guests, through the dispatcher. */
#include "engines/stays/police.h"
#include "engines/stays/test/world.h"

#include <stdio.h>
#include <string.h>

static int setup(void **state)
{
    struct err e = { 0 };
    struct stay_receipt r;
    if (world_open(state) != 0)
        return -1;
    struct world *w = *state;
    struct stay_guest_in near = a_guest(w, 6001, 0), far = a_guest(w, 6002, 0), twice = a_guest(w, 6003, 0);
    near.id.name = STR("Điểu Ở Gần");
    far.id.name = STR("Trần Ở Xa");
    twice.id.name = STR("Lê Hai Nơi");
    struct stay_guest_in late = a_guest(w, 6004, 30);
    late.id.name = STR("Phạm Khai Muộn");
    late.late_cause = STR("Mất điện cả xã");
    must(declare(w, PLACE_A, &near, 1, &r, &e), &e);
    must(declare(w, PLACE_FAR, &far, 1, &r, &e), &e);
    must(declare(w, PLACE_A, &twice, 1, &r, &e), &e);
    must(declare(w, PLACE_FAR, &twice, 1, &r, &e), &e);
    must(declare(w, PLACE_B, &late, 1, &r, &e), &e);
    return 0;
}

static int64_t seen_records(struct world *w)
{
    struct dbr *r;
    int64_t n;
    struct err e = { 0 };
    must(db_read_begin(w->app.db, &r, &e), &e);
    must(audit_count_of_account(r, &w->arena, 7, STR("stays.guest_seen"), (struct instant) { 0 }, &n, &e), &e);
    db_read_end(r);
    return n;
}

static void test_police__sees_the_guests_of_its_commune_and_no_others(void **state)
{
    struct world *w = *state;
    struct str page = ask(w, "police-24763", "/police/stays");
    assert_int_equal(status_of(page), 200);
    assert_true(has(page, "Điểu Ở Gần"));
    assert_true(has(page, "067*****6001"));
    assert_true(str_find(page, STR("067090006001")) < 0);
    assert_true(str_find(page, STR("Trần Ở Xa")) < 0);
    assert_true(has(ask(w, "police-24611", "/police/stays"), "Trần Ở Xa"));
}

static void test_police__a_commune_of_2025_sees_the_old_communes_in_it(void **state)
{
    struct world *w = *state;
    struct str page = ask(w, "police-24760", "/police/stays");
    assert_true(has(page, "Điểu Ở Gần"));
    assert_true(str_find(page, STR("Trần Ở Xa")) < 0);
}

static void test_police__asking_for_another_commune_gives_its_own(void **state)
{
    struct world *w = *state;
    assert_true(str_find(ask(w, "police-24763", "/police/stays?unit=24611"), STR("Trần Ở Xa")) < 0);
    assert_true(str_find(ask(w, "police-24763", "/police/stays.csv?unit=24611"), STR("Trần Ở Xa")) < 0);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/facilities/3")), 403);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/facilities/1")), 200);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/guests/2")), 403);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/guests/2/full?purpose=check")), 403);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/live?unit=24611")), 403);
}

static void test_police__a_receptionist_and_a_stranger_get_no_page(void **state)
{
    struct world *w = *state;
    static const char *const paths[] = { "/police/stays",
                                         "/police/late",
                                         "/police/overlaps",
                                         "/police/facilities",
                                         "/police/facilities/1",
                                         "/police/guests/1",
                                         "/police/guests/1/full?purpose=check",
                                         "/police/stays.csv",
                                         "/police/live" };
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_int_equal(status_of(ask(w, "desk-1", paths[i])), 403);
        assert_int_equal(status_of(ask(w, NULL, paths[i])), 303);
    }
}

static void test_police__the_whole_entry_needs_a_purpose_and_is_recorded(void **state)
{
    struct world *w = *state;
    int64_t before = seen_records(w);
    struct str asks = ask(w, "police-24763", "/police/guests/1");
    assert_true(str_find(asks, STR("067090006001")) < 0);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/guests/1/full")), 400);
    assert_int_equal(status_of(ask(w, "police-24763", "/police/guests/1/full?purpose=curious")), 400);
    assert_int_equal(seen_records(w), before);
    struct str page = ask(w, "police-24763", "/police/guests/1/full?purpose=check&file=HS-12");
    assert_int_equal(status_of(page), 200);
    assert_true(has(page, "067090006001"));
    assert_true(has(page, "HS-12"));
    assert_int_equal(seen_records(w), before + 1);
}

static void test_police__one_number_in_two_places_is_shown(void **state)
{
    struct world *w = *state;
    struct str page = ask(w, "police-24763", "/police/overlaps");
    assert_true(has(page, "Lê Hai Nơi"));
    assert_true(has(page, "Khách sạn Sao Mai"));
    assert_true(str_find(page, STR("Điểu Ở Gần")) < 0);
}

static void test_police__late_guests_with_their_causes(void **state)
{
    struct world *w = *state;
    struct str page = ask(w, "police-24763", "/police/late");
    assert_true(has(page, "Phạm Khai Muộn"));
    assert_true(has(page, "Mất điện cả xã"));
    assert_true(str_find(page, STR("Điểu Ở Gần")) < 0);
}

static void test_police__search_ignores_tones_and_finds_numbers(void **state)
{
    struct world *w = *state;
    struct str by_name = ask(w, "police-24763", "/police/stays?q=dieu%20o%20gan");
    assert_true(has(by_name, "Điểu Ở Gần"));
    assert_true(str_find(by_name, STR("Lê Hai Nơi")) < 0);
    struct str by_number = ask(w, "police-24763", "/police/stays?q=6003");
    assert_true(has(by_number, "Lê Hai Nơi"));
    assert_true(str_find(by_number, STR("Điểu Ở Gần")) < 0);
}

static void test_police__the_file_of_a_night_is_masked_and_cannot_be_a_formula(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 6100, 0);
    struct stay_receipt r;
    struct err e = { 0 };
    g.room = STR("=1+1");
    must(declare(w, PLACE_A, &g, 1, &r, &e), &e);
    struct str file = ask(w, "police-24763", "/police/stays.csv");
    assert_int_equal(status_of(file), 200);
    assert_true(has(file, "\"'=1+1\""));
    assert_true(str_find(file, STR("067090006100")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_police__sees_the_guests_of_its_commune_and_no_others),
        cmocka_unit_test(test_police__a_commune_of_2025_sees_the_old_communes_in_it),
        cmocka_unit_test(test_police__asking_for_another_commune_gives_its_own),
        cmocka_unit_test(test_police__a_receptionist_and_a_stranger_get_no_page),
        cmocka_unit_test(test_police__the_whole_entry_needs_a_purpose_and_is_recorded),
        cmocka_unit_test(test_police__one_number_in_two_places_is_shown),
        cmocka_unit_test(test_police__late_guests_with_their_causes),
        cmocka_unit_test(test_police__search_ignores_tones_and_finds_numbers),
        cmocka_unit_test(test_police__the_file_of_a_night_is_masked_and_cannot_be_a_formula),
    };
    return cmocka_run_group_tests(tests, setup, world_close);
}
