/* Rows in memory, writes through a store: what the way of messages promises whoever owns the rows. */
#include "platform/db/test/store.h"
#include "platform/jobs/outbox.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 4, HOLD_S = 60, WAIT_S = 30, GIVEN_UP_AFTER = 3 };

struct row {
    int64_t tries;
    struct instant until, again;
    enum outbox_result ended;
    bool is_over;
};

/* The owner of the rows, and another side that answers as the test says. */
struct owner {
    struct place place;
    struct arena arena;
    struct job_run run;
    struct row rows[ROWS];
    struct outbox_message v[ROWS];
    enum outbox_result answers[ROWS];
    char sent[64]; /* "0 1 1 ": in their order */
    bool fails;    /* the settling write */
};

static int hold(struct tx *tx, const struct outbox_message *m, struct instant now, struct instant until, bool *held,
                struct err *e)
{
    struct row *r = m->row;
    (void)tx;
    (void)e;
    *held = r->until.us <= now.us && r->tries == m->tries;
    if (*held)
        *r = (struct row) { .tries = m->tries + 1, .until = until };
    return 0;
}

static void send(struct job_run *j, void *self, struct outbox_message **v, size_t n)
{
    struct owner *o = self;
    (void)j;
    for (size_t i = 0; i < n; i++) {
        v[i]->result = o->answers[v[i]->id];
        snprintf(o->sent + strlen(o->sent), sizeof o->sent - strlen(o->sent), "%d ", (int)v[i]->id);
    }
}

static int settle(struct tx *tx, void *self, const struct outbox_message *m, struct instant now, struct instant again,
                  struct err *e)
{
    struct owner *o = self;
    (void)tx;
    (void)now;
    if (o->fails)
        return ERR(e, ERR_DB, "a test");
    o->rows[m->id].ended = m->result;
    o->rows[m->id].again = again;
    o->rows[m->id].is_over = m->result == OUTBOX_TAKEN || m->result == OUTBOX_NEVER;
    return 0;
}

static int64_t wait_us(void *self, const struct outbox_message *m)
{
    (void)self;
    if (m->result == OUTBOX_ASK)
        return US_PER_SECOND;
    return m->tries + 1 < GIVEN_UP_AFTER ? WAIT_S * US_PER_SECOND : 0;
}

static const struct outbox one_by_one = {
    .hold_us = HOLD_S * US_PER_SECOND, .hold = hold, .send = send, .settle = settle, .wait_us = wait_us, .why_unaudited = "a test"
};

static int owner_open(void **state)
{
    static struct owner o;
    o = (struct owner) { .run = { .now = { 1000 * US_PER_SECOND } } };
    assert_true(place_init(&o.place, DB_SQLITE));
    arena_init(&o.arena, 1 << 20);
    o.run.arena = &o.arena;
    o.run.db = store_open(&o.place);
    for (int64_t i = 0; i < ROWS; i++)
        o.v[i] = (struct outbox_message) { .id = i, .row = &o.rows[i] };
    *state = &o;
    return 0;
}

static int owner_close(void **state)
{
    struct owner *o = *state;
    db_close(o->run.db);
    place_release(&o->place);
    arena_release(&o->arena);
    return 0;
}

static void test_outbox__each_ends_as_it_was_answered_and_waits_as_its_owner_says(void **state)
{
    struct owner *o = *state;
    bool open;
    const enum outbox_result answers[ROWS] = { OUTBOX_TAKEN, OUTBOX_LATER, OUTBOX_ASK, OUTBOX_NEVER };
    memcpy(o->answers, answers, sizeof answers);
    assert_int_equal(outbox_send(&o->run, &one_by_one, o, o->v, ROWS, &open, NULL), 0);
    assert_true(open);
    assert_string_equal(o->sent, "0 1 2 3 ");
    assert_true(o->rows[0].is_over && o->rows[3].is_over);
    assert_int_equal(o->rows[1].again.us, (1000 + WAIT_S) * US_PER_SECOND);
    assert_int_equal(o->rows[2].ended, OUTBOX_ASK);
    assert_int_equal(o->rows[2].again.us, 1001 * US_PER_SECOND);
}

static void test_outbox__one_that_was_tried_often_enough_is_given_up(void **state)
{
    struct owner *o = *state;
    bool open;
    o->v[0].tries = o->rows[0].tries = GIVEN_UP_AFTER - 1;
    o->answers[0] = OUTBOX_AGAIN;
    assert_int_equal(outbox_send(&o->run, &one_by_one, o, o->v, 1, &open, NULL), 0);
    assert_int_equal(o->rows[0].ended, OUTBOX_NEVER);
}

static void test_outbox__after_a_silence_the_rest_is_left_as_it_is(void **state)
{
    struct owner *o = *state;
    bool open;
    o->answers[1] = OUTBOX_AGAIN;
    assert_int_equal(outbox_send(&o->run, &one_by_one, o, o->v, ROWS, &open, NULL), 0);
    assert_false(open);
    assert_string_equal(o->sent, "0 1 ");
    assert_int_equal(o->rows[2].tries, 0);
}

static void test_outbox__what_another_server_holds_is_neither_sent_nor_settled(void **state)
{
    struct owner *o = *state;
    bool open;
    const struct outbox together = {
        .at_once = ROWS, .hold_us = 1, .hold = hold, .send = send, .settle = settle, .wait_us = wait_us, .why_unaudited = "a test"
    };
    o->rows[1].until.us = o->run.now.us + 1;
    o->rows[2].tries = 1; /* taken and let go since it was read */
    assert_int_equal(outbox_send(&o->run, &together, o, o->v, ROWS, &open, NULL), 0);
    assert_string_equal(o->sent, "0 3 ");
    assert_false(o->rows[1].is_over || o->rows[2].is_over);
}

/* The steps by themselves: the sending is not outbox_send's. */
static void test_outbox__under_way_between_turns_and_settled_in_a_later_one(void **state)
{
    struct owner *o = *state;
    o->rows[1].until.us = o->run.now.us + 1;
    assert_int_equal(outbox_hold(&o->run, &one_by_one, o->v, 2, NULL), 0);
    assert_true(o->v[0].held);
    assert_false(o->v[1].held);
    assert_int_equal(o->rows[0].until.us, (1000 + HOLD_S) * US_PER_SECOND);
    o->run.now.us += 5 * US_PER_SECOND;
    o->v[0].result = OUTBOX_AGAIN;
    assert_int_equal(outbox_settle(&o->run, &one_by_one, o, o->v, 2, NULL), 0);
    assert_int_equal(o->rows[0].again.us, (1005 + WAIT_S) * US_PER_SECOND);
    assert_int_equal(o->rows[1].again.us, 0);
}

static void test_outbox__a_settling_that_fails_leaves_it_to_be_sent_again_when_the_hold_is_over(void **state)
{
    struct owner *o = *state;
    bool open;
    o->fails = true;
    assert_int_equal(outbox_send(&o->run, &one_by_one, o, o->v, 1, &open, NULL), -1);
    o->fails = false;
    o->v[0].tries = 1;
    assert_int_equal(outbox_send(&o->run, &one_by_one, o, o->v, 1, &open, NULL), 0);
    assert_string_equal(o->sent, "0 "); /* still held */
    o->run.now.us += HOLD_S * US_PER_SECOND;
    assert_int_equal(outbox_send(&o->run, &one_by_one, o, o->v, 1, &open, NULL), 0);
    assert_string_equal(o->sent, "0 0 ");
    assert_true(o->rows[0].is_over);
}

static void test_outbox_doubled__waits_twice_as_long_each_time_up_to_the_most(void **state)
{
    (void)state;
    assert_int_equal(outbox_doubled_us(1, 30, 900), 30 * US_PER_SECOND);
    assert_int_equal(outbox_doubled_us(2, 30, 900), 60 * US_PER_SECOND);
    assert_int_equal(outbox_doubled_us(5, 30, 900), 480 * US_PER_SECOND);
    assert_int_equal(outbox_doubled_us(6, 30, 900), 900 * US_PER_SECOND);
    assert_int_equal(outbox_doubled_us(1000, 30, 900), 900 * US_PER_SECOND);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, owner_open, owner_close)
    const struct CMUnitTest tests[] = {
        CASE(test_outbox__each_ends_as_it_was_answered_and_waits_as_its_owner_says),
        CASE(test_outbox__one_that_was_tried_often_enough_is_given_up),
        CASE(test_outbox__after_a_silence_the_rest_is_left_as_it_is),
        CASE(test_outbox__what_another_server_holds_is_neither_sent_nor_settled),
        CASE(test_outbox__under_way_between_turns_and_settled_in_a_later_one),
        CASE(test_outbox__a_settling_that_fails_leaves_it_to_be_sent_again_when_the_hold_is_over),
        cmocka_unit_test(test_outbox_doubled__waits_twice_as_long_each_time_up_to_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
