/* lite_test.c: what only SQLite has to promise: one process, kill -9, small rights. */
#include "platform/db/test/store.h"
#include "platform/db/lite.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int fresh(void **state)
{
    place_wipe(*state);
    return 0;
}

#define PARKED 32

/* The child's writes: each tells the pipe its number once it is durable, then sends the next. */
struct loader {
    struct db *db;
    struct db_ticket ticket;
    struct note note;
    char key[32];
    int round, i, n, pipe;
};

static void loader_next(struct loader *l);

static void loader_done(void *owner, int result, const struct err *e)
{
    (void)e;
    struct loader *l = owner;
    if (result != 0 || write(l->pipe, l->key, sizeof l->key) != (ssize_t)sizeof l->key)
        _exit(1);
    loader_next(l);
}

static void loader_next(struct loader *l)
{
    memset(l->key, 0, sizeof l->key);
    snprintf(l->key, sizeof l->key, "r%d-%d-%d", l->round, l->i, l->n++);
    l->note = (struct note) { .key = l->key, .body = "acknowledged means kept" };
    l->ticket = (struct db_ticket) { .fn = note_write, .arg = &l->note, .done = loader_done, .owner = l };
    if (db_submit(l->db, &l->ticket, NULL) != 0)
        _exit(1);
}

static pid_t load_in_child(const struct place *p, int round, int pipe)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    struct db *db = store_open(p);
    static struct loader loaders[PARKED];
    for (int i = 0; i < PARKED; i++) {
        loaders[i] = (struct loader) { .db = db, .round = round, .i = i, .pipe = pipe };
        loader_next(&loaders[i]);
    }
    for (;;)
        pause();
}

static void assert_note(struct dbr *r, const char *key)
{
    struct err e = { 0 };
    struct db_cursor *c = db_begin(r, &note_body_stmt, &e);
    assert_non_null(c);
    db_bind_text(c, 0, str_of(key));
    if (db_step(c, &e) != 1)
        fail_msg("the acknowledged write %s is gone", key);
    db_end(c);
}

static void one_round(const struct place *p, int round)
{
    static char keys[4000][32];
    int pipes[2], n = 0;
    int stop_at = 200 + 371 * round;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = load_in_child(p, round, pipes[1]);
    close(pipes[1]);
    bool killed = false;
    while (n < 4000 && read(pipes[0], keys[n], sizeof keys[n]) == (ssize_t)sizeof keys[n]) {
        n++;
        if (n >= stop_at && !killed) {
            kill(child, SIGKILL);
            killed = true; /* what the pipe still holds was acknowledged too */
        }
    }
    close(pipes[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(n >= stop_at);
    struct db *db = store_open(p);
    struct err e = { 0 };
    struct dbr *r = NULL;
    assert_int_equal(db_integrity(db, &e), 0);
    assert_int_equal(db_read_begin(db, &r, &e), 0);
    for (int i = 0; i < n; i++)
        assert_note(r, keys[i]);
    db_read_end(r);
    db_close(db);
}

static void test_kill__nine_under_load_loses_no_acknowledged_write(void **state)
{
    for (int round = 0; round < 5; round++)
        one_round(*state, round);
}

static void test_open__a_second_time_is_refused_as_busy(void **state)
{
    struct db *db = store_open(*state);
    struct err e = { 0 };
    assert_null(store_open_with(*state, test_migrations, &e));
    assert_int_equal(e.code, ERR_BUSY);
    assert_non_null(strstr(e.detail, "open in another process"));
    db_close(db);
    db_close(store_open(*state));
}

static void test_open__a_missing_file_is_refused_unless_it_may_be_made(void **state)
{
    const struct place *p = *state;
    struct db_options o = { .address = p->address, .migrations = test_migrations };
    struct db *db = NULL;
    struct err e = { 0 };
    assert_int_equal(db_open(&o, &db, &e), -1);
    assert_int_equal(e.code, ERR_DB);
    assert_non_null(strstr(e.detail, "bon init"));
    assert_null(db);
}

static void test_open__what_is_no_database_is_refused(void **state)
{
    const struct place *p = *state;
    FILE *f = fopen(p->address, "w");
    assert_non_null(f);
    for (int i = 0; i < 1000; i++)
        fputs("not a database ", f);
    fclose(f);
    struct err e = { 0 };
    assert_null(store_open_with(p, test_migrations, &e));
    assert_int_equal(e.code, ERR_DB);
}

static void test_open__only_the_owner_may_read_the_files(void **state)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    const struct place *p = *state;
    struct db *db = store_open(p);
    for (size_t i = 0; i < 3; i++) {
        char path[300];
        struct stat st;
        snprintf(path, sizeof path, "%s%s", p->address, tails[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 077, 0);
    }
    db_close(db);
}

static const enum db_type text_1[] = { DB_TEXT };
static const struct db_stmt by_body_stmt = { .name = "by_body",
                                             .sql = { "SELECT key FROM note WHERE body = ?1", "" },
                                             .n_in = 1,
                                             .n_out = 1,
                                             .in = text_1,
                                             .out = text_1,
                                             .source = "platform/db/test/lite_test.c" };

static bool plan_says(struct db *db, struct str word)
{
    struct arena a;
    struct err e = { 0 };
    struct str plan = STR_NONE;
    arena_init(&a, 1 << 20);
    assert_int_equal(db_explain(db, &by_body_stmt, &a, &plan, &e), 0);
    bool says = str_find(plan, word) >= 0;
    arena_release(&a);
    return says;
}

static void test_open__indexes_lost_in_a_load_are_built_again(void **state)
{
    struct db *db = store_open(*state);
    assert_true(plan_says(db, STR("note_by_body")));
    assert_int_equal(db_bulk_indexes_drop(db, note_tables, NULL), 0);
    assert_false(plan_says(db, STR("note_by_body")));
    db_close(db);
    db = store_open(*state);
    assert_true(plan_says(db, STR("note_by_body")));
    db_close(db);
}

static void test_open__in_a_missing_folder_is_refused(void **state)
{
    const struct place *p = *state;
    struct place missing = *p;
    snprintf(missing.address, sizeof missing.address, "%s/no/such/folder/x.db", p->dir);
    struct err e = { 0 };
    assert_null(store_open_with(&missing, test_migrations, &e));
    assert_int_equal(e.code, ERR_DB);
}

static void read_once(struct db *db, const char *expected)
{
    struct dbr *r = NULL;
    assert_int_equal(db_read_begin(db, &r, NULL), 0);
    assert_keys(db, r, expected);
    db_read_end(r);
}

static struct lite_conn *idle_reader(struct db *db)
{
    assert_non_null(db->pool.idle);
    return lite_conn(db->pool.idle);
}

static void test_reader__keeps_its_snapshot_until_something_is_committed(void **state)
{
    struct db *db = store_open(*state);
    struct note a = { .key = "a", .body = "" }, b = { .key = "b", .body = "" };
    store_write(db, note_write, &a);
    read_once(db, "a");
    uint64_t began = idle_reader(db)->seen;
    assert_true(idle_reader(db)->kept);
    read_once(db, "a");
    assert_int_equal(idle_reader(db)->seen, began);
    store_write(db, note_write, &b);
    read_once(db, "a b");
    assert_int_not_equal(idle_reader(db)->seen, began);
    db_close(db);
}

/* A reader that was given a newer state may not show an older one: one snapshot for a whole request. */
static void test_reader__sees_one_state_while_others_write(void **state)
{
    struct db *db = store_open(*state);
    struct dbr *r = NULL;
    struct note a = { .key = "a", .body = "" }, b = { .key = "b", .body = "" };
    store_write(db, note_write, &a);
    assert_int_equal(db_read_begin(db, &r, NULL), 0);
    assert_keys(db, r, "a");
    store_write(db, note_write, &b);
    assert_keys(db, r, "a");
    db_read_end(r);
    assert_false(idle_reader(db)->kept);
    read_once(db, "a b");
    db_close(db);
}

static void test_checkpoint__idle_readers_let_the_log_start_anew(void **state)
{
    struct db *db = store_open(*state);
    struct lite *l = lite_of(db);
    struct note a = { .key = "a", .body = "" }, b = { .key = "b", .body = "" };
    store_write(db, note_write, &a);
    read_once(db, "a");
    lite_hold(l, HELD_BY_BULK);
    assert_int_equal(lite_checkpoint(l, SQLITE_CHECKPOINT_PASSIVE, NULL), 0);
    assert_false(idle_reader(db)->kept);
    lite_let_go(l);
    read_once(db, "a");
    int before = l->wal_pages;
    store_write(db, note_write, &b);
    assert_true(l->wal_pages < before);
    db_close(db);
}

static int note_refused(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    struct note n = { .key = "never", .body = "", .refuse = true };
    return note_write(tx, &n, e);
}

static void test_watch__counts_commits_that_touched_its_tables(void **state)
{
    static const char *const notes[] = { "note", NULL }, *const counters[] = { "counter", "every_type", NULL };
    struct db *db = store_open(*state);
    const struct db_watch *on_notes = db_watch(db, notes), *on_counters = db_watch(db, counters);
    struct note a = { .key = "a", .body = "" };
    assert_non_null(on_notes);
    assert_non_null(on_counters);
    uint64_t before = db_watch_count(on_notes), other = db_watch_count(on_counters);
    assert_true(before > 0);
    store_write(db, note_write, &a);
    assert_int_equal(db_watch_count(on_notes), before + 1);
    assert_int_equal(db_watch_count(on_counters), other);
    assert_int_equal(db_write(db, note_refused, NULL, NULL), -1);
    assert_int_equal(db_watch_count(on_counters), other);
    db_close(db);
}

/* ---- a commit's pages go to the WAL together ---- */

static int writes, fail_write; /* the one that fails, counted from 1; 0: none */

static ssize_t counted_write(int fd, const void *p, size_t n, off_t at)
{
    writes++;
    if (writes == fail_write) {
        errno = ENOSPC;
        return -1;
    }
    return pwrite(fd, p, n, at);
}

static void count_writes(bool on)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    sqlite3_syscall_ptr call = on ? (sqlite3_syscall_ptr)counted_write : NULL;
    if (vfs->xSetSystemCall(vfs, "pwrite64", call) != SQLITE_OK)
        assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite", call), SQLITE_OK);
}

static char *long_text(size_t n)
{
    char *text = malloc(n + 1);
    assert_non_null(text);
    memset(text, 'a', n);
    text[n] = '\0';
    return text;
}

static void test_commit__sends_its_pages_in_a_few_writes(void **state)
{
    enum { PAGES = 80 };
    struct db *db = store_open(*state);
    char *body = long_text((size_t)PAGES * 4096);
    struct note a = { .key = "a", .body = body };
    writes = fail_write = 0;
    count_writes(true);
    store_write(db, note_write, &a);
    count_writes(false);
    assert_in_range(writes, 1, PAGES / 10);
    read_once(db, "a");
    db_close(db);
    db = store_open(*state);
    read_once(db, "a");
    assert_int_equal(db_integrity(db, NULL), 0);
    db_close(db);
    free(body);
}

/* Whichever of its writes finds the disk full: nothing of the commit is kept, and the next one goes through. */
static void test_commit__whose_write_fails_leaves_nothing(void **state)
{
    struct db *db = store_open(*state);
    char *body = long_text((size_t)80 * 4096);
    struct note a = { .key = "a", .body = body }, b = { .key = "b", .body = body };
    store_write(db, note_write, &a);
    count_writes(true);
    for (int nth = 1; nth <= 3; nth++) {
        struct err e = { 0 };
        writes = 0;
        fail_write = nth;
        assert_int_equal(db_write(db, note_write, &b, &e), -1);
        assert_int_equal(e.code, ERR_DISK_FULL);
        read_once(db, "a");
    }
    count_writes(false);
    store_write(db, note_write, &b);
    read_once(db, "a b");
    assert_int_equal(db_integrity(db, NULL), 0);
    db_close(db);
    free(body);
}

int main(void)
{
    struct place p;
    assert_true(place_init(&p, DB_SQLITE));
#define T(f)                   \
    {                          \
#f, f, fresh, NULL, &p \
    }
    const struct CMUnitTest tests[] = {
        T(test_kill__nine_under_load_loses_no_acknowledged_write),
        T(test_open__a_second_time_is_refused_as_busy),
        T(test_open__a_missing_file_is_refused_unless_it_may_be_made),
        T(test_open__what_is_no_database_is_refused),
        T(test_open__only_the_owner_may_read_the_files),
        T(test_open__indexes_lost_in_a_load_are_built_again),
        T(test_open__in_a_missing_folder_is_refused),
        T(test_reader__keeps_its_snapshot_until_something_is_committed),
        T(test_reader__sees_one_state_while_others_write),
        T(test_checkpoint__idle_readers_let_the_log_start_anew),
        T(test_commit__sends_its_pages_in_a_few_writes),
        T(test_commit__whose_write_fails_leaves_nothing),
        T(test_watch__counts_commits_that_touched_its_tables),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    place_release(&p);
    return failed;
}
