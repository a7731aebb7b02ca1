/* police_test.c: who sees which guests, through the dispatcher. */
#include "engines/stays/dispatch.h"
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
    name_guest(w, &near, STR("Điểu Ở Gần"));
    name_guest(w, &far, STR("Trần Ở Xa"));
    name_guest(w, &twice, STR("Lê Hai Nơi"));
    struct stay_guest_in late = a_guest(w, 6004, 30);
    name_guest(w, &late, STR("Phạm Khai Muộn"));
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

static void enter_by_pid(struct world *w)
{
    struct err e = { 0 };
    must(stays_enter_job(&(struct job_run) { .app = &w->app, .db = w->app.db, .arena = &w->arena }, &e), &e);
}

/* Whether the look-up of the newest guest at PLACE_A names the other place. */
static bool newest_is_elsewhere(struct world *w)
{
    struct dbr *r;
    struct stay_guests_most_row newest;
    struct err e = { 0 };
    must(db_read_begin(w->app.db, &r, &e), &e);
    assert_int_equal(stay_guests_most(r, &w->arena, &newest, &e), 1);
    db_read_end(r);
    char target[96];
    snprintf(target, sizeof(target), "/police/guests/%lld/full?purpose=check", (long long)newest.n);
    struct str page = ask(w, "police-24763", target);
    assert_int_equal(status_of(page), 200);
    return has(page, "Khách sạn Sao Mai");
}

/* Neither stay entered by its number yet, then one of them, then both: they are found all the same. */
static void test_police__two_places_are_found_before_and_after_they_are_entered(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 6200, 0);
    struct stay_receipt r;
    struct err e = { 0 };
    name_guest(w, &g, STR("Hoàng Trước Sau"));
    must(declare(w, PLACE_FAR, &g, 1, &r, &e), &e);
    must(declare(w, PLACE_A, &g, 1, &r, &e), &e);
    assert_true(newest_is_elsewhere(w));
    enter_by_pid(w);
    assert_true(newest_is_elsewhere(w));
    assert_true(has(ask(w, "police-24763", "/police/overlaps"), "Hoàng Trước Sau"));
    struct stay_guest_in h = a_guest(w, 6201, 0);
    name_guest(w, &h, STR("Vũ Nửa Vời"));
    must(declare(w, PLACE_FAR, &h, 1, &r, &e), &e);
    enter_by_pid(w);
    must(declare(w, PLACE_A, &h, 1, &r, &e), &e);
    assert_true(newest_is_elsewhere(w));
    struct str page = ask(w, "police-24763", "/police/overlaps");
    assert_true(has(page, "Vũ Nửa Vời"));
    assert_true(has(page, "Hoàng Trước Sau"));
    assert_true(has(page, "Lê Hai Nơi"));
}

struct draft_act {
    struct world *w;
    struct facility f;
    struct stay_guest_in g;
    int64_t id;
};

static int keep_a_draft(struct tx *tx, void *arg, struct err *e)
{
    struct draft_act *k = arg;
    struct req q = a_request(k->w);
    return stay_draft_add(tx, &k->w->arena, &q, &k->f, &k->g, &k->id, e);
}

static int send_the_draft(struct tx *tx, void *arg, struct err *e)
{
    struct draft_act *k = arg;
    struct req q = a_request(k->w);
    struct stay_receipt r;
    struct stay_declaration d = { .facility = &k->f, .drafts = &k->id, .n_drafts = 1 };
    return stay_declare(tx, &k->w->arena, &q, &d, &r, e);
}

/* The mark goes by a draft while it waits. */
static void test_police__a_draft_that_the_mark_has_passed_is_found_once_declared(void **state)
{
    struct world *w = *state;
    struct stay_guest_in later = a_guest(w, 6301, 0);
    struct stay_receipt r;
    struct err e = { 0 };
    struct draft_act k = { .w = w, .f = place(w, PLACE_FAR), .g = a_guest(w, 6300, 0) };
    name_guest(w, &k.g, STR("Đỗ Chờ Gửi"));
    must(db_write(w->app.db, keep_a_draft, &k, &e), &e);
    must(declare(w, PLACE_B, &later, 1, &r, &e), &e);
    enter_by_pid(w);
    must(declare(w, PLACE_A, &k.g, 1, &r, &e), &e);
    assert_false(newest_is_elsewhere(w));
    must(db_write(w->app.db, send_the_draft, &k, &e), &e);
    assert_true(newest_is_elsewhere(w));
    enter_by_pid(w);
    assert_true(newest_is_elsewhere(w));
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
        cmocka_unit_test(test_police__two_places_are_found_before_and_after_they_are_entered),
        cmocka_unit_test(test_police__a_draft_that_the_mark_has_passed_is_found_once_declared),
        cmocka_unit_test(test_police__late_guests_with_their_causes),
        cmocka_unit_test(test_police__search_ignores_tones_and_finds_numbers),
        cmocka_unit_test(test_police__the_file_of_a_night_is_masked_and_cannot_be_a_formula),
    };
    return cmocka_run_group_tests(tests, setup, world_close);
}
