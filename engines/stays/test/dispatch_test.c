/* dispatch_test.c: guests on their way to the national side, through a simulator that misbehaves. */
#include "engines/stays/asm_sim.h"
#include "engines/stays/dispatch.h"
#include "engines/stays/test/world.h"

#include <stdio.h>
#include <string.h>

/* Runs the job at a moment of the test's own. */
static void turn(struct world *w, struct instant now)
{
    struct arena a;
    struct err e = { 0 };
    arena_init(&a, 32 << 20);
    struct job_run run = { .app = &w->app, .db = w->app.db, .arena = &a, .now = now };
    must(stays_dispatch_job(&run, &e), &e);
    arena_release(&a);
}

static int64_t waiting(struct world *w)
{
    return count_in_state(w, STAY_QUEUED) + count_in_state(w, STAY_SENT);
}

/* Until nothing waits; each turn of the test is twenty minutes later, so that every pause has passed. */
static struct instant run_out(struct world *w, struct instant now, int most)
{
    for (int i = 0; i < most && waiting(w) > 0; i++) {
        turn(w, now);
        now.us += 20 * US_PER_MINUTE;
    }
    return now;
}

static struct asm_sim *simulator(struct world *w, unsigned faults, uint64_t seed)
{
    struct asm_sim *s;
    struct err e = { 0 };
    struct asm_sim_options o = { .faults = faults_plan(faults), .seed = seed, .slow_ms = 700 };
    must(asm_sim_open(&o, &s, &e), &e);
    w->app.settings.asm_url = str_cstr(&w->arena, str_fmt(&w->arena, "http://127.0.0.1:%d", asm_sim_port(s)));
    struct dispatcher *d = dispatcher_of(&w->app, &e);
    assert_non_null(d);
    d->timeout_ms = 400;
    d->failures = 0;
    d->closed_until.us = 0;
    return s;
}

static void stop(struct world *w, struct asm_sim *s)
{
    dispatcher_free(stays_state(&w->app)->dispatcher);
    asm_sim_close(s);
    w->app.settings.asm_url = NULL;
}

static void declare_one(struct world *w, int64_t at, const struct stay_guest_in *g)
{
    struct stay_receipt r;
    struct err e = { 0 };
    must(declare(w, at, g, 1, &r, &e), &e);
}

static void test_dispatch__without_an_address_guests_stay_queued(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 2000, 0);
    declare_one(w, PLACE_A, &g);
    turn(w, instant_now());
    assert_int_equal(count_in_state(w, STAY_QUEUED), 1);
}

/* One number in twenty is missing: those are to be refused with a reason, all others accepted. */
static void declare_five_hundred(struct world *w, int64_t *refusable)
{
    struct stay_guest_in guests[50];
    struct stay_receipt r;
    struct err e = { 0 };
    *refusable = 0;
    for (int batch = 0; batch < 10; batch++) {
        for (int i = 0; i < 50; i++) {
            guests[i] = a_guest(w, 3000 + batch * 50 + i, 0);
            if (i % 20 == 7) {
                memset(&guests[i].id.pid, 0, sizeof(guests[i].id.pid));
                *refusable += 1;
            }
        }
        must(declare(w, 1 + batch % 3, guests, 50, &r, &e), &e);
    }
}

static void test_dispatch__five_hundred_guests_through_every_fault_none_lost_none_twice(void **state)
{
    struct world *w = *state;
    struct asm_sim_counts c;
    int64_t refusable, already = waiting(w);
    struct asm_sim *s =
        simulator(w, FAULT_SLOW | FAULT_500 | FAULT_DUPLICATE | FAULT_REORDER | FAULT_SCHEMA, 511);
    declare_five_hundred(w, &refusable);
    run_out(w, instant_now(), 200);
    asm_sim_counts(s, &c);
    assert_int_equal(waiting(w), 0);
    assert_int_equal(c.guests, 500 + already);
    assert_int_equal(count_in_state(w, STAY_REFUSED), refusable);
    assert_int_equal(count_in_state(w, STAY_ACCEPTED), 500 + already - refusable);
    assert_int_equal(c.accepted, 500 + already - refusable);
    assert_int_equal(c.refused, refusable);
    assert_int_equal(c.changed_content, 0);
    assert_true(c.faults > 0);
    stop(w, s);
}

static struct str note_of_last(struct world *w, int64_t guest, int64_t *tries)
{
    struct stay_dispatches_of_guest_rows rows;
    struct stay_dispatches_of_guest_in in = { .guest = guest };
    struct dbr *r;
    struct err e = { 0 };
    must(db_read_begin(w->app.db, &r, &e), &e);
    must(stay_dispatches_of_guest(r, &w->arena, &in, &rows, &e), &e);
    db_read_end(r);
    *tries = (int64_t)rows.n;
    return rows.n > 0 ? str_fmt(&w->arena, "%.*s|%.*s", STR_ARG(rows.v[0].outcome), STR_ARG(rows.v[0].mode)) : STR_NONE;
}

static int64_t last_guest(struct world *w)
{
    struct dbr *r;
    struct err e = { 0 };
    struct stay_guests_most_row row;
    must(db_read_begin(w->app.db, &r, &e), &e);
    assert_int_equal(stay_guests_most(r, &w->arena, &row, &e), 1);
    db_read_end(r);
    return row.n;
}

static void test_dispatch__nobody_answers_so_it_is_tried_again_later_and_later(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 4000, 0);
    struct instant now = instant_now();
    int64_t tries;
    struct err e = { 0 };
    w->app.settings.asm_url = "http://127.0.0.1:9"; /* the discard port: nobody listens */
    declare_one(w, PLACE_A, &g);
    int64_t guest = last_guest(w);
    struct dispatcher *d = dispatcher_of(&w->app, &e);
    turn(w, now);
    turn(w, now); /* too early: nothing goes out */
    assert_true(str_eq(note_of_last(w, guest, &tries), STR("error|MÔ PHỎNG")));
    assert_int_equal(tries, 1);
    assert_true(d->closed_until.us > now.us);
    now.us += US_PER_MINUTE;
    turn(w, now);
    note_of_last(w, guest, &tries);
    assert_int_equal(tries, 2);
    assert_int_equal(count_in_state(w, STAY_QUEUED), 1);
    dispatcher_free(d);
    struct asm_sim *s = simulator(w, 0, 1);
    run_out(w, (struct instant) { now.us + US_PER_HOUR }, 10);
    assert_int_equal(waiting(w), 0);
    stop(w, s);
}

/* ---- another server ---- */

struct holding {
    struct stay_turn_hold_in in;
    bool held;
};

static int hold_write(struct tx *tx, void *arg, struct err *e)
{
    struct holding *h = arg;
    int64_t changed;
    tx_unaudited(tx, "another server takes a guest in hand");
    if (stay_turn_hold(tx, &h->in, &changed, e) != 0)
        return -1;
    h->held = changed == 1;
    return 0;
}

static bool hold_elsewhere(struct world *w, int64_t guest, int64_t tries, struct instant now)
{
    struct err e = { 0 };
    struct holding h = { .in = { .guest = guest, .tries = tries, .now = now, .until = { now.us + US_PER_MINUTE } } };
    must(db_write(w->app.db, hold_write, &h, &e), &e);
    return h.held;
}

static void test_hold__a_guest_is_in_one_servers_hands_until_the_hold_is_over(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 4500, 0);
    struct instant now = instant_now(), later = { now.us + US_PER_MINUTE };
    declare_one(w, PLACE_A, &g);
    int64_t guest = last_guest(w);
    assert_true(hold_elsewhere(w, guest, 0, now));
    assert_false(hold_elsewhere(w, guest, 0, now));
    assert_false(hold_elsewhere(w, guest, 1, now));   /* held still */
    assert_false(hold_elsewhere(w, guest, 0, later)); /* read before the first try: there was one since */
    assert_true(hold_elsewhere(w, guest, 1, later));
}

static void test_dispatch__a_guest_whose_server_died_goes_out_when_the_hold_is_over(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 4600, 0);
    struct instant now = instant_now();
    struct asm_sim *s = simulator(w, 0, 7);
    int64_t tries;
    declare_one(w, PLACE_A, &g);
    int64_t guest = last_guest(w);
    assert_true(hold_elsewhere(w, guest, 0, now));
    turn(w, now);
    assert_false(note_of_last(w, guest, &tries).p);
    run_out(w, (struct instant) { now.us + US_PER_MINUTE }, 10);
    assert_true(note_of_last(w, guest, &tries).p);
    assert_int_equal(waiting(w), 0);
    stop(w, s);
}

/* ---- changes ---- */

struct change_work {
    struct world *w;
    struct facility f;
    struct stay_change c;
};

static int change_write(struct tx *tx, void *arg, struct err *e)
{
    struct change_work *k = arg;
    struct req q = a_request(k->w);
    return stay_change(tx, &k->w->arena, &q, &k->f, &k->c, e);
}

static void test_change__an_accepted_guest_who_stays_longer_goes_out_again_once(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 5000, 0);
    struct asm_sim_counts before, after;
    struct err e = { 0 };
    struct asm_sim *s = simulator(w, 0, 3);
    declare_one(w, PLACE_A, &g);
    struct instant now = run_out(w, instant_now(), 10);
    asm_sim_counts(s, &before);
    struct change_work k = { .w = w,
                             .f = place(w, PLACE_A),
                             .c = { .guest = last_guest(w), .kind = STAY_EXTEND, .leaves = { g.leaves.n + 1 } } };
    must(db_write(w->app.db, change_write, &k, &e), &e);
    assert_int_equal(waiting(w), 1);
    now = run_out(w, now, 10);
    asm_sim_counts(s, &after);
    assert_int_equal(after.guests, before.guests);
    assert_int_equal(after.changed_content, 0);
    assert_int_equal(waiting(w), 0);
    stop(w, s);
}

static void test_change__a_void_is_told_to_the_other_side_and_ends_the_stay(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 5100, 0);
    struct asm_sim_counts c;
    struct err e = { 0 };
    struct asm_sim *s = simulator(w, 0, 4);
    declare_one(w, PLACE_A, &g);
    struct instant now = run_out(w, instant_now(), 10);
    struct change_work k = { .w = w,
                             .f = place(w, PLACE_A),
                             .c = { .guest = last_guest(w), .kind = STAY_CANCEL, .reason = STR("ơ") } };
    assert_int_equal(db_write(w->app.db, change_write, &k, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
    k.c.reason = STR("Nhập nhầm khách");
    must(db_write(w->app.db, change_write, &k, &e), &e);
    for (int i = 0; i < 4; i++) {
        now.us += 20 * US_PER_MINUTE;
        turn(w, now);
    }
    asm_sim_counts(s, &c);
    assert_int_equal(c.void_, 1);
    assert_int_equal(count_in_state(w, STAY_VOID), 1);
    assert_int_equal(db_write(w->app.db, change_write, &k, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    stop(w, s);
}

static void test_change__another_place_cannot_change_this_guest(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 5200, 0);
    struct err e = { 0 };
    declare_one(w, PLACE_A, &g);
    struct change_work k = { .w = w,
                             .f = place(w, PLACE_B),
                             .c = { .guest = last_guest(w), .kind = STAY_SWAP_ROOM, .room = STR("202") } };
    assert_int_equal(db_write(w->app.db, change_write, &k, &e), -1);
    assert_int_equal(e.code, ERR_NOT_FOUND);
}

/* ---- the contract's texts ---- */

static void test_answer__doubled_and_strange_entries_are_harmless_but_contradictions_are_not(void **state)
{
    struct world *w = *state;
    struct asm_id ids[3] = { { "a" }, { "b" }, { "c" } };
    struct asm_answer answer;
    struct err e = { 0 };
    struct str text = STR("{\"results\":[{\"id\":\"b\",\"state\":\"accepted\"},{\"id\":\"zz\",\"state\":\"accepted\"},"
                          "{\"id\":\"a\",\"state\":\"refused\",\"code\":\"R01\"},{\"id\":\"b\",\"state\":\"accepted\"},"
                          "{\"id\":\"a\",\"state\":\"accepted\"}]}");
    must(asm_answer_read(&w->arena, text, ids, 3, &answer, &e), &e);
    assert_int_equal(answer.results[0].state, ASM_CONTRADICTION);
    assert_int_equal(answer.results[1].state, ASM_ACCEPTED);
    assert_int_equal(answer.results[2].state, ASM_UNTOLD);
}

static void test_answer__another_shape_is_refused_whole(void **state)
{
    struct world *w = *state;
    struct asm_id id = { "a" };
    struct asm_answer answer;
    static const char *const texts[] = { "",
                                         "{",
                                         "[]",
                                         "{\"results\":{}}",
                                         "{\"results\":[{\"id\":1,\"state\":\"accepted\"}]}",
                                         "{\"results\":[{\"id\":\"a\",\"state\":\"yes\"}]}",
                                         "{\"results\":[{\"id\":\"a\",\"state\":\"refused\"}]}" };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct err e = { 0 };
        assert_int_equal(asm_answer_read(&w->arena, str_of(texts[i]), &id, 1, &answer, &e), -1);
        assert_int_equal(e.code, ERR_SOURCE);
    }
}

static void test_message__a_hospital_tells_neither_ward_nor_reason(void **state)
{
    struct world *w = *state;
    struct stay_out_row row = { .id = 1,
                                .name = STR("Trần Thị Thử"),
                                .nationality = STR("VNM"),
                                .room = STR("Khoa Tim"),
                                .reason = STR("Phẫu thuật"),
                                .kind = STR("hospital"),
                                .code = STR("24763-009") };
    const struct stay_out_row *rows[] = { &row };
    struct asm_id id = asm_id_of(row.code, row.id, row.made_at);
    struct str text = asm_guests_json(&w->arena, rows, &id, 1);
    assert_true(str_find(text, STR("Khoa Tim")) < 0);
    assert_true(str_find(text, STR("Phẫu thuật")) < 0);
    row.kind = STR("hotel");
    assert_true(has(asm_guests_json(&w->arena, rows, &id, 1), "Khoa Tim"));
}

static void test_backoff__doubles_up_to_ten_minutes_with_a_quarter_of_jitter(void **state)
{
    struct rng r;
    (void)state;
    rng_seed(&r, 1);
    for (int64_t attempt = 1; attempt < 40; attempt++) {
        int64_t s = attempt < 10 ? (int64_t)2 << (attempt - 1) : 600;
        s = s > 600 ? 600 : s;
        int64_t us = dispatch_backoff_us(&r, attempt);
        assert_in_range(us, s * US_PER_SECOND * 3 / 4, s * US_PER_SECOND * 5 / 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dispatch__without_an_address_guests_stay_queued),
        cmocka_unit_test(test_dispatch__five_hundred_guests_through_every_fault_none_lost_none_twice),
        cmocka_unit_test(test_dispatch__nobody_answers_so_it_is_tried_again_later_and_later),
        cmocka_unit_test(test_hold__a_guest_is_in_one_servers_hands_until_the_hold_is_over),
        cmocka_unit_test(test_dispatch__a_guest_whose_server_died_goes_out_when_the_hold_is_over),
        cmocka_unit_test(test_change__an_accepted_guest_who_stays_longer_goes_out_again_once),
        cmocka_unit_test(test_change__a_void_is_told_to_the_other_side_and_ends_the_stay),
        cmocka_unit_test(test_change__another_place_cannot_change_this_guest),
        cmocka_unit_test(test_answer__doubled_and_strange_entries_are_harmless_but_contradictions_are_not),
        cmocka_unit_test(test_answer__another_shape_is_refused_whole),
        cmocka_unit_test(test_message__a_hospital_tells_neither_ward_nor_reason),
        cmocka_unit_test(test_backoff__doubles_up_to_ten_minutes_with_a_quarter_of_jitter),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
