/* pg_test.c: what only PostgreSQL has to promise: servers that start together, connections that go. */
#include "platform/db/test/store.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fresh(void **state)
{
    place_wipe(*state);
    return 0;
}

static void psql(const struct place *p, const char *sql)
{
    char command[600];
    snprintf(command, sizeof command, "psql -q -X -t -o /dev/null '%s' -c \"%s\"", p->address, sql);
    assert_int_equal(system(command), 0);
}

static void write_ok(struct db *db, const char *key)
{
    struct err e = { 0 };
    struct note n = { .key = key };
    if (db_write(db, note_write, &n, &e) != 0)
        fail_msg("%s: %s", err_name(e.code), e.detail);
}

static const char cut_all[] =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bon' AND pid <> pg_backend_pid()";

static void test_connections__that_were_cut_are_made_again(void **state)
{
    struct db *db = store_open(*state);
    write_ok(db, "a");
    assert_keys(db, NULL, "a");
    psql(*state, cut_all);
    write_ok(db, "b");
    assert_keys(db, NULL, "a b");
    psql(*state, cut_all);
    assert_keys(db, NULL, "a b");
    for (int i = 0; i < 8; i++) { /* each of the writers finds its connection gone */
        char key[16];
        snprintf(key, sizeof key, "c%d", i);
        write_ok(db, key);
    }
    assert_int_equal(notes_count(db), 10);
    db_close(db);
}

/* Cut in the middle of the write, before COMMIT: nothing was kept, so it runs again. */
struct cut {
    const struct place *p;
    int runs;
};

static int cut_once(struct tx *tx, void *arg, struct err *e)
{
    struct cut *cut = arg;
    struct note n = { .key = "a" };
    if (note_write(tx, &n, e) != 0)
        return -1;
    if (++cut->runs == 1)
        psql(cut->p, cut_all);
    struct db_cursor *c = db_begin(tx_reader(tx), &note_count_stmt, e); /* the first run learns here that it is cut */
    int rc = c != NULL ? db_step(c, e) : -1;
    db_end(c);
    return rc < 0 ? -1 : 0;
}

static void test_write__whose_connection_is_cut_is_applied_once(void **state)
{
    struct db *db = store_open(*state);
    struct cut cut = { .p = *state };
    struct err e = { 0 };
    if (db_write(db, cut_once, &cut, &e) != 0)
        fail_msg("%s: %s", err_name(e.code), e.detail);
    assert_int_equal(cut.runs, 2);
    assert_keys(db, NULL, "a");
    db_close(db);
}

static void *open_one(void *place)
{
    struct err e = { 0 };
    struct db *db = store_open_with(place, test_migrations, &e);
    if (db == NULL)
        fprintf(stderr, "%s\n", e.detail);
    return db;
}

static void test_open__servers_that_start_together_migrate_once(void **state)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, open_one, *state), 0);
    for (int i = 0; i < 4; i++) {
        void *db = NULL;
        pthread_join(threads[i], &db);
        assert_non_null(db);
        assert_int_equal(counter_value(db, 1), 0);
        db_close(db);
    }
}

static void test_open__a_server_that_is_not_there_is_named(void **state)
{
    (void)state;
    struct place nowhere = { .engine = DB_POSTGRES, .address = "postgresql:///bon?host=/nonexistent" };
    struct err e = { 0 };
    assert_null(store_open_with(&nowhere, test_migrations, &e));
    assert_int_equal(e.code, ERR_DB);
    assert_non_null(strstr(e.detail, "PostgreSQL does not answer"));
}

static void test_domains__refuse_what_no_program_should_write(void **state)
{
    db_close(store_open(*state));
    char command[600];
    const struct place *p = *state;
    snprintf(command, sizeof command, "psql -q -X '%s' -c \"INSERT INTO every_type (f) VALUES ('67090000123')\" 2>/dev/null",
             p->address);
    assert_int_not_equal(system(command), 0);
}

int main(void)
{
    struct place p;
    if (!place_init(&p, DB_POSTGRES)) {
        place_release(&p);
        return 77; /* meson: skipped, PostgreSQL is not installed */
    }
#define T(f)                   \
    {                          \
#f, f, fresh, NULL, &p \
    }
    const struct CMUnitTest tests[] = {
        T(test_connections__that_were_cut_are_made_again),      T(test_write__whose_connection_is_cut_is_applied_once),
        T(test_open__servers_that_start_together_migrate_once), T(test_open__a_server_that_is_not_there_is_named),
        T(test_domains__refuse_what_no_program_should_write),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    place_release(&p);
    return failed;
}
