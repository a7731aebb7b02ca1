/* db_test.c: what db.h promises, the same body on SQLite and on a PostgreSQL of its own. */
#include "platform/db/test/store.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fresh(void **state)
{
    place_wipe(*state);
    return 0;
}

static void write_refused(struct db *db, db_write_fn *fn, void *arg, enum err_code code, const char *detail)
{
    struct err e = { 0 };
    assert_int_equal(db_write(db, fn, arg, &e), -1);
    assert_string_equal(err_name(e.code), err_name(code));
    if (strstr(e.detail, detail) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", e.detail, detail);
}

/* ---- values ---- */
struct values {
    struct str text, blob;
    struct pid pid;
    struct unit_code unit;
    struct birth birth;
    bool none;
};

static int values_write(struct tx *tx, void *arg, struct err *e)
{
    const struct values *v = arg;
    struct hash32 h = { { 1, 2, 3, [31] = 255 } };
    struct db_cursor *c = db_begin_tx(tx, &every_type_add_stmt, e);
    if (c == NULL)
        return -1;
    db_bind_text(c, 0, v->text);
    db_bind_blob(c, 3, v->blob);
    db_bind_pid(c, 5, &v->pid);
    db_bind_unit(c, 6, &v->unit);
    db_bind_birth(c, 8, v->birth);
    if (v->none) {
        static const int rest[] = { 1, 2, 4, 7, 9, 10, 11 };
        for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
            db_bind_null(c, rest[i]);
    } else {
        db_bind_int(c, 1, INT64_MIN);
        db_bind_real(c, 2, 0.1);
        db_bind_bool(c, 4, true);
        db_bind_day(c, 7, (struct day) { 19769 });
        db_bind_instant(c, 9, (struct instant) { 1708100000123456 });
        db_bind_money(c, 10, (struct money) { 12000 });
        db_bind_hash(c, 11, &h);
    }
    tx_mark_audited(tx);
    int rc = db_step(c, e);
    db_end(c);
    return rc;
}

static struct db_cursor *values_read(struct dbr *r)
{
    struct err e = { 0 };
    struct db_cursor *c = db_begin(r, &every_type_stmt, &e);
    assert_non_null(c);
    assert_int_equal(db_step(c, &e), 1);
    return c;
}

static void test_values__every_type_comes_back_as_it_went_in(void **state)
{
    struct db *db = store_open(*state);
    struct values v = { .text = STR("Nguyễn Văn 'A'"), .blob = { "\0\1\377\\", 4 }, .birth = { 1990, 2, 0 } };
    memcpy(v.pid.v, "067090000123", 13);
    memcpy(v.unit.v, "24640", 6);
    store_write(db, values_write, &v);

    struct arena a;
    arena_init(&a, 1 << 16);
    struct dbr *r = NULL;
    assert_int_equal(db_read_begin(db, &r, NULL), 0);
    struct db_cursor *c = values_read(r);
    assert_true(str_eq(db_text(c, 0, &a), v.text));
    assert_true(db_int(c, 1) == INT64_MIN);
    assert_true(db_real(c, 2) == 0.1);
    assert_true(str_eq(db_blob(c, 3, &a), v.blob));
    assert_true(db_bool(c, 4));
    struct pid pid = db_pid(c, 5);
    assert_string_equal(pid.v, "067090000123");
    struct unit_code unit = db_unit(c, 6);
    assert_string_equal(unit.v, "24640");
    assert_int_equal(db_day(c, 7).n, 19769);
    assert_true(birth_eq(db_birth(c, 8), v.birth));
    assert_true(db_instant(c, 9).us == 1708100000123456);
    assert_true(db_money(c, 10).dong == 12000);
    struct hash32 h = db_hash(c, 11);
    assert_true(h.b[0] == 1 && h.b[2] == 3 && h.b[3] == 0 && h.b[31] == 255);
    assert_false(db_is_null(c, 0));
    db_end(c);
    db_read_end(r);
    arena_release(&a);
    db_close(db);
}

static void test_values__none_is_null_and_empty_text_is_not(void **state)
{
    struct db *db = store_open(*state);
    struct values v = { .text = STR(""), .blob = STR_NONE, .none = true };
    store_write(db, values_write, &v);
    struct arena a;
    arena_init(&a, 1 << 16);
    struct dbr *r = NULL;
    assert_int_equal(db_read_begin(db, &r, NULL), 0);
    struct db_cursor *c = values_read(r);
    assert_false(db_is_null(c, 0));
    struct str empty = db_text(c, 0, &a);
    assert_true(empty.p != NULL && empty.n == 0);
    for (int i = 1; i < 12; i++)
        assert_true(db_is_null(c, i));
    assert_null(db_blob(c, 3, &a).p);
    assert_int_equal(db_pid(c, 5).v[0], 0);
    assert_int_equal(db_birth(c, 8).year, 0);
    db_end(c);
    db_read_end(r);
    arena_release(&a);
    db_close(db);
}

/* ---- reading ---- */
static void test_read__sees_one_moment_while_others_write(void **state)
{
    struct db *db = store_open(*state);
    store_write(db, note_write, &(struct note) { .key = "a" });
    struct dbr *r = NULL;
    assert_int_equal(db_read_begin(db, &r, NULL), 0);
    assert_keys(db, r, "a");
    store_write(db, note_write, &(struct note) { .key = "b" });
    assert_keys(db, r, "a");
    db_read_end(r);
    assert_keys(db, NULL, "a b");
    db_close(db);
}

static void test_read__one_statement_may_run_inside_itself(void **state)
{
    struct db *db = store_open(*state);
    store_write(db, note_write, &(struct note) { .key = "a" });
    store_write(db, note_write, &(struct note) { .key = "b" });
    struct dbr *r = NULL;
    struct err e = { 0 };
    assert_int_equal(db_read_begin(db, &r, &e), 0);
    struct db_cursor *outer = db_begin(r, &note_each_stmt, &e);
    assert_non_null(outer);
    int rows = 0;
    while (db_step(outer, &e) > 0) {
        assert_keys(db, r, "a b");
        struct db_cursor *inner = db_begin(r, &note_each_stmt, &e);
        while (db_step(inner, &e) > 0)
            rows++;
        db_end(inner);
    }
    db_end(outer);
    assert_int_equal(rows, 4);
    db_read_end(r);
    db_close(db);
}

static void test_read__a_statement_that_writes_is_refused(void **state)
{
    struct db *db = store_open(*state);
    struct dbr *r = NULL;
    struct err e = { 0 };
    assert_int_equal(db_read_begin(db, &r, &e), 0);
    assert_null(db_begin(r, &note_add_stmt, &e));
    assert_int_equal(e.code, ERR_INTERNAL);
    db_read_end(r);
    db_close(db);
}

static void test_read__a_failed_statement_leaves_the_connection_usable(void **state)
{
    struct db *db = store_open(*state);
    struct dbr *r = NULL;
    for (int i = 0; i < 10; i++) { /* more often than there are connections */
        struct err e = { 0 };
        assert_int_equal(db_read_begin(db, &r, &e), 0);
        struct db_cursor *c = db_begin(r, &note_wrong_stmt, &e);
        assert_true(c == NULL || db_step(c, &e) == -1);
        assert_int_equal(e.code, ERR_DB);
        db_end(c);
        db_read_end(r);
    }
    assert_int_equal(notes_count(db), 0);
    db_close(db);
}

/* ---- writing ---- */
struct parked {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int open, result[8], called[8], done;
    struct err err[8];
};
struct parked_one {
    struct parked *all;
    int i;
};

static int wait_for_gate(struct tx *tx, void *arg, struct err *e)
{
    (void)e;
    struct parked *p = arg;
    pthread_mutex_lock(&p->lock);
    while (!p->open)
        pthread_cond_wait(&p->changed, &p->lock);
    pthread_mutex_unlock(&p->lock);
    tx_unaudited(tx, "test: holds the door shut");
    return 0;
}

static void parked_done(void *owner, int result, const struct err *e)
{
    struct parked_one *one = owner;
    pthread_mutex_lock(&one->all->lock);
    one->all->result[one->i] = result;
    one->all->err[one->i] = *e;
    one->all->called[one->i]++;
    one->all->done++;
    pthread_cond_broadcast(&one->all->changed);
    pthread_mutex_unlock(&one->all->lock);
}

static void parked_open(struct parked *p, int wait_for)
{
    pthread_mutex_lock(&p->lock);
    p->open = 1;
    pthread_cond_broadcast(&p->changed);
    while (p->done < wait_for)
        pthread_cond_wait(&p->changed, &p->lock);
    pthread_mutex_unlock(&p->lock);
}

/* One writer on either engine: what waits behind the gate is one group. */
static struct db *open_with_one_writer(const struct place *p)
{
    struct db_options o = { .address = p->address, .migrations = test_migrations, .create = true, .pg_writers = 1 };
    struct db *db = NULL;
    assert_int_equal(db_open(&o, &db, NULL), 0);
    return db;
}

static int looks_only(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    struct db_cursor *c = db_begin(tx_reader(tx), &note_count_stmt, e);
    int rc = c != NULL ? db_step(c, e) : -1;
    db_end(c);
    return rc > 0 ? 0 : -1;
}

static void test_write__a_group_is_committed_once(void **state)
{
    struct db *db = open_with_one_writer(*state);
    struct parked p = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    struct note notes[] = { { .key = "a" }, { .key = "b" }, { .key = "c" } };
    struct parked_one owner[5] = { { &p, 0 }, { &p, 1 }, { &p, 2 }, { &p, 3 }, { &p, 4 } };
    struct db_ticket t[5] = { { .fn = wait_for_gate, .arg = &p },
                              { .fn = note_write, .arg = &notes[0] },
                              { .fn = looks_only }, /* needs no audit: what the others wrote is not its own */
                              { .fn = note_write, .arg = &notes[1] },
                              { .fn = note_write, .arg = &notes[2] } };
    struct db_stats before, after;
    db_stats(db, &before);
    for (int i = 0; i < 5; i++) {
        t[i].done = parked_done;
        t[i].owner = &owner[i];
        assert_int_equal(db_submit(db, &t[i], NULL), 0);
    }
    parked_open(&p, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(p.result[i], 0);
    assert_keys(db, NULL, "a b c");
    db_stats(db, &after);
    assert_in_range(after.groups - before.groups, 1, 2); /* the gate may have been taken alone */
    assert_int_equal(after.writes - before.writes, 5);
    db_close(db);
}

static void test_write__one_of_a_group_that_fails_leaves_the_others(void **state)
{
    struct db *db = open_with_one_writer(*state);
    struct parked p = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    struct note notes[] = {
        { .key = "a" }, { .key = "b", .refuse = true }, { .key = "a" }, { .key = "c", .unaudited = true }, { .key = "d" }
    };
    struct db_ticket t[6];
    struct parked_one owner[6];
    for (int i = 0; i < 6; i++) {
        owner[i] = (struct parked_one) { &p, i };
        t[i] = (struct db_ticket) { .fn = i == 0 ? wait_for_gate : note_write, .done = parked_done, .owner = &owner[i] };
        t[i].arg = i == 0 ? (void *)&p : &notes[i - 1];
        assert_int_equal(db_submit(db, &t[i], NULL), 0);
    }
    parked_open(&p, 6);
    assert_keys(db, NULL, "a d");
    assert_int_equal(p.result[2], -1);
    assert_int_equal(p.err[2].code, ERR_FORBIDDEN);
    assert_int_equal(p.result[1], 0);
    assert_int_equal(p.err[3].code, ERR_CONFLICT);
    assert_int_equal(p.err[4].code, ERR_INTERNAL);
    assert_int_equal(p.result[5], 0);
    for (int i = 0; i < 6; i++)
        assert_int_equal(p.called[i], 1);
    db_close(db);
}

static void test_write__without_audit_is_refused(void **state)
{
    struct db *db = store_open(*state);
    write_refused(db, note_write, &(struct note) { .key = "a", .unaudited = true }, ERR_INTERNAL, "write without audit");
    assert_int_equal(notes_count(db), 0);
    db_close(db);
}

static int adds_twice_and_says_nothing(struct tx *tx, void *arg, struct err *e)
{
    (void)e;
    note_write(tx, arg, NULL);
    note_write(tx, arg, NULL); /* a conflict */
    return 0;
}

static void test_write__that_ignores_a_failed_statement_is_not_kept(void **state)
{
    struct db *db = store_open(*state);
    write_refused(db, adds_twice_and_says_nothing, &(struct note) { .key = "a" }, ERR_CONFLICT, "note_add");
    assert_int_equal(notes_count(db), 0);
    db_close(db);
}

static void test_write__when_the_door_is_full_is_refused_and_never_done(void **state)
{
    const struct place *place = *state;
    struct db_options o = {
        .address = place->address, .migrations = test_migrations, .create = true, .queue = 2, .pg_writers = 1
    };
    struct db *db = NULL;
    assert_int_equal(db_open(&o, &db, NULL), 0);
    struct parked p = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    struct parked_one owner[3] = { { &p, 0 }, { &p, 1 }, { &p, 2 } };
    struct db_ticket t[3];
    for (int i = 0; i < 3; i++)
        t[i] = (struct db_ticket) { .fn = wait_for_gate, .arg = &p, .done = parked_done, .owner = &owner[i] };
    struct err e = { 0 };
    assert_int_equal(db_submit(db, &t[0], &e), 0);
    assert_int_equal(db_submit(db, &t[1], &e), 0);
    assert_int_equal(db_submit(db, &t[2], &e), -1);
    assert_int_equal(e.code, ERR_BUSY);
    parked_open(&p, 2);
    assert_int_equal(p.called[2], 0);
    db_close(db);
    assert_int_equal(p.called[2], 0);
}

static void test_close__waits_for_the_writes_at_the_door(void **state)
{
    struct db *db = store_open(*state);
    static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
    struct parked p = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };
    struct parked_one owner[8];
    struct db_ticket t[8];
    struct note notes[8];
    for (int i = 0; i < 8; i++) {
        owner[i] = (struct parked_one) { &p, i };
        notes[i] = (struct note) { .key = keys[i] };
        t[i] = (struct db_ticket) { .fn = note_write, .arg = &notes[i], .done = parked_done, .owner = &owner[i] };
        assert_int_equal(db_submit(db, &t[i], NULL), 0);
    }
    db_close(db);
    assert_int_equal(p.done, 8);
    db = store_open(*state);
    assert_keys(db, NULL, "a b c d e f g h");
    db_close(db);
}

/* Both read the counter, wait for each other, then write what they read plus one: without serializable transactions one
 * increment would be lost. */
struct race {
    struct db *db;
    pthread_barrier_t both;
    _Atomic int runs;
};

static int read_then_set(struct tx *tx, void *arg, struct err *e)
{
    struct race *race = arg;
    int run = ++race->runs;
    struct db_cursor *c = db_begin(tx_reader(tx), &counter_value_stmt, e);
    if (c == NULL)
        return -1;
    db_bind_int(c, 0, 1);
    int64_t n = db_step(c, e) == 1 ? db_int(c, 0) : -1;
    db_end(c);
    if (run <= 2 && db_engine(race->db) == DB_POSTGRES)
        pthread_barrier_wait(&race->both);
    c = db_begin_tx(tx, &counter_set_stmt, e);
    if (c == NULL)
        return -1;
    db_bind_int(c, 0, n + 1);
    db_bind_int(c, 1, 1);
    tx_mark_audited(tx);
    int rc = db_step(c, e);
    db_end(c);
    return rc;
}

static void *racer_run(void *arg)
{
    struct race *r = arg;
    store_write(r->db, read_then_set, r);
    return NULL;
}

static void test_write__two_that_collide_are_both_applied_once(void **state)
{
    struct race r = { .db = store_open(*state) };
    pthread_barrier_init(&r.both, NULL, 2);
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, racer_run, &r), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(counter_value(r.db, 1), 2);
    struct db_stats s;
    db_stats(r.db, &s);
    if (db_engine(r.db) == DB_POSTGRES) {
        assert_true(r.runs > 2);
        assert_true(s.retries > 0);
    }
    assert_int_equal(s.writes, 2);
    pthread_barrier_destroy(&r.both);
    db_close(r.db);
}

static int two_times(struct tx *tx, void *arg, struct err *e)
{
    struct instant *t = arg;
    (void)e;
    t[0] = tx_now(tx);
    usleep(2000);
    t[1] = tx_now(tx);
    return 0;
}

static void test_write__has_one_clock(void **state)
{
    struct db *db = store_open(*state);
    struct instant t[2] = { { 0 }, { 0 } };
    store_write(db, two_times, t);
    assert_true(t[0].us > 0 && t[0].us == t[1].us);
    db_close(db);
}

/* ---- migrations ---- */
static void test_migrations__a_second_opening_applies_nothing(void **state)
{
    struct db *db = store_open(*state);
    store_write(db, note_write, &(struct note) { .key = "a" });
    db_close(db);
    db = store_open(*state);
    assert_keys(db, NULL, "a");
    db_close(db);
}

static void refused(const struct place *p, const struct db_migration *m, const char *detail)
{
    struct err e = { 0 };
    assert_null(store_open_with(p, m, &e));
    assert_int_equal(e.code, ERR_DB);
    if (strstr(e.detail, detail) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", e.detail, detail);
}

static void test_migrations__a_newer_database_is_refused(void **state)
{
    db_close(store_open(*state));
    struct db_migration older[] = { test_migrations[0], test_migrations[2], { NULL, 0, { NULL, NULL } } };
    refused(*state, older, "migration 2 of module notes, which this program does not know");
}

static void test_migrations__a_missing_number_is_refused(void **state)
{
    struct db_migration gap[] = { test_migrations[0], test_migrations[1], { NULL, 0, { NULL, NULL } } };
    gap[1].number = 3;
    refused(*state, gap, "migration 3 stands where 2 is expected");
}

static void test_migrations__one_that_fails_leaves_those_before_it(void **state)
{
    struct db_migration bad[] = { test_migrations[0],
                                  { "notes",
                                    2,
                                    { "CREATE TABLE half (a text); SELECT * FROM nowhere;",
                                      "CREATE TABLE half (a text); SELECT * FROM nowhere;" } },
                                  { NULL, 0, { NULL, NULL } } };
    refused(*state, bad, "notes");
    struct db *db = store_open(*state); /* the right second one still applies */
    assert_int_equal(counter_value(db, 1), 0);
    db_close(db);
}

/* ---- long tables ---- */

static void test_each__reads_every_row_of_a_long_table(void **state)
{
    struct db *db = store_open(*state);
    bulk_notes(db, 1700);
    struct dbr *r = NULL;
    struct err e = { 0 };
    assert_int_equal(db_read_begin(db, &r, &e), 0);
    for (int stop_at = 1700; stop_at > 0; stop_at -= 1000) { /* to the end, then with a stop in the middle */
        struct db_cursor *c = db_begin(r, &note_each_stmt, &e);
        assert_non_null(c);
        struct arena a;
        arena_init(&a, 1 << 20);
        int rows = 0;
        while (rows < stop_at && db_step(c, &e) == 1) {
            char key[32];
            snprintf(key, sizeof key, "k%07d", rows++);
            assert_true(str_eq(db_text(c, 0, &a), str_of(key)));
        }
        if (stop_at == 1700)
            assert_int_equal(db_step(c, &e), 0);
        db_end(c);
        assert_int_equal(rows, stop_at);
        arena_release(&a);
    }
    db_read_end(r);
    db_close(db);
}

/* ---- keeping ---- */
static void *keep_writing(void *arg)
{
    struct db *db = arg;
    for (int i = 0; i < 200; i++) {
        char key[32];
        snprintf(key, sizeof key, "w%d", i);
        store_write(db, note_write, &(struct note) { .key = key });
    }
    return NULL;
}

static void count_progress(void *ctx, int done, int total)
{
    assert_true(done <= total);
    ++*(int *)ctx;
}

static void test_backup__taken_while_writing_is_whole(void **state)
{
    const struct place *p = *state;
    struct db *db = store_open(p);
    bulk_notes(db, 20000);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, keep_writing, db), 0);
    char copy[300];
    snprintf(copy, sizeof copy, "%s/copy", p->dir);
    struct err e = { 0 };
    int calls = 0;
    if (db_backup(db, copy, count_progress, &calls, &e) != 0)
        fail_msg("%s", e.detail);
    pthread_join(thread, NULL);
    assert_true(calls > 0);
    assert_int_equal(notes_count(db), 20200);
    db_close(db);
    if (p->engine == DB_SQLITE) {
        struct place other = *p;
        snprintf(other.address, sizeof other.address, "%s/copy", p->dir);
        struct db *kept = store_open(&other);
        assert_int_equal(db_integrity(kept, &e), 0);
        int64_t n = notes_count(kept);
        assert_true(n >= 20000 && n <= 20200);
        db_close(kept);
        place_wipe(&other);
    } else {
        assert_int_equal(unlink(copy), 0);
    }
}

static void test_explain__a_right_statement_has_a_plan_and_a_wrong_one_is_refused(void **state)
{
    struct db *db = store_open(*state);
    struct arena a;
    arena_init(&a, 1 << 20);
    struct err e = { 0 };
    struct str plan = STR_NONE;
    static const struct db_stmt *const right[] = { &note_add_stmt,  &note_count_stmt,  &note_body_stmt,
                                                   &note_each_stmt, &counter_set_stmt, &every_type_add_stmt };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        if (db_explain(db, right[i], &a, &plan, &e) != 0)
            fail_msg("%s", e.detail);
    assert_int_equal(db_explain(db, &note_body_stmt, &a, &plan, &e), 0);
    assert_true(str_find(plan, STR("note")) >= 0);
    assert_int_equal(db_explain(db, &note_wrong_stmt, &a, &plan, &e), -1);
    assert_int_equal(e.code, ERR_DB);
    struct db_stmt miscounted = note_count_stmt;
    miscounted.n_out = 2;
    assert_int_equal(db_explain(db, &miscounted, &a, &plan, &e), -1);
    assert_int_equal(notes_count(db), 0);
    arena_release(&a);
    db_close(db);
}

#define T(f) cmocka_unit_test_setup(f, fresh)
static const struct CMUnitTest tests[] = {
    T(test_values__every_type_comes_back_as_it_went_in),
    T(test_values__none_is_null_and_empty_text_is_not),
    T(test_read__sees_one_moment_while_others_write),
    T(test_read__one_statement_may_run_inside_itself),
    T(test_read__a_statement_that_writes_is_refused),
    T(test_read__a_failed_statement_leaves_the_connection_usable),
    T(test_write__a_group_is_committed_once),
    T(test_write__one_of_a_group_that_fails_leaves_the_others),
    T(test_write__without_audit_is_refused),
    T(test_write__that_ignores_a_failed_statement_is_not_kept),
    T(test_write__when_the_door_is_full_is_refused_and_never_done),
    T(test_close__waits_for_the_writes_at_the_door),
    T(test_write__two_that_collide_are_both_applied_once),
    T(test_write__has_one_clock),
    T(test_migrations__a_second_opening_applies_nothing),
    T(test_migrations__a_newer_database_is_refused),
    T(test_migrations__a_missing_number_is_refused),
    T(test_migrations__one_that_fails_leaves_those_before_it),
    T(test_bulk__rows_arrive_and_the_indexes_come_back),
    T(test_each__reads_every_row_of_a_long_table),
    T(test_bulk__a_row_with_too_few_values_fails_the_load),
    T(test_bulk__a_row_that_points_to_nothing_fails_the_load),
    T(test_bulk__a_row_that_is_there_twice_fails_the_load),
    T(test_bulk__many_and_large_rows_arrive_as_they_were_put),
    T(test_backup__taken_while_writing_is_whole),
    T(test_explain__a_right_statement_has_a_plan_and_a_wrong_one_is_refused),
    T(test_faults__a_write_fails_cleanly_or_works),
    T(test_faults__a_read_fails_cleanly_or_works),
    T(test_faults__a_bulk_load_fails_cleanly_or_works),
};

int db_tests(enum db_engine engine)
{
    struct place p;
    if (!place_init(&p, engine)) {
        fprintf(stderr, "PostgreSQL 15 is not installed: its half of these tests cannot run\n");
        place_release(&p);
        return 77; /* meson: skipped */
    }
    struct CMUnitTest with_place[sizeof tests / sizeof *tests];
    memcpy(with_place, tests, sizeof tests);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        with_place[i].initial_state = &p;
    int failed = _cmocka_run_group_tests(engine == DB_SQLITE ? "db on SQLite" : "db on PostgreSQL", with_place,
                                         sizeof tests / sizeof *tests, NULL, NULL);
    place_release(&p);
    return failed;
}
