/* fault_test.c: every engine call fails once; the result is then an error, and nothing is half done. Part of the tests of db_test.c. */
#include "platform/db/test/store.h"

#include <stdio.h>

static const char *const note_columns[] = { "key", "body" };
static const enum db_type note_types[] = { DB_TEXT, DB_TEXT };

void test_faults__a_write_fails_cleanly_or_works(void **state)
{
    struct db *db = store_open(*state);
    store_write(db, note_write, &(struct note) { .key = "first" });
    int64_t expected = 1, n;
    for (n = 1; n < 200; n++) {
        char key[32];
        snprintf(key, sizeof key, "f%d", (int)n);
        struct err e = { 0 };
        db_fail_at(db, n);
        int rc = db_write(db, note_write, &(struct note) { .key = key }, &e);
        db_fail_at(db, 0);
        expected += rc == 0;
        if (rc != 0 && e.code != ERR_DB)
            fail_msg("%s: %s", err_name(e.code), e.detail);
        assert_int_equal(notes_count(db), expected);
        if (rc == 0)
            break;
    }
    assert_in_range(n, 3, 100); /* begin, step and commit at least can fail */
    db_close(db);
}

void test_faults__a_read_fails_cleanly_or_works(void **state)
{
    struct db *db = store_open(*state);
    store_write(db, note_write, &(struct note) { .key = "first" });
    int64_t n;
    for (n = 1; n < 100; n++) {
        struct err e = { 0 };
        struct dbr *r = NULL;
        int rows = 0, rc = -1;
        db_fail_at(db, n);
        if (db_read_begin(db, &r, &e) == 0) {
            struct db_cursor *c = db_begin(r, &note_keys_stmt, &e);
            while (c != NULL && (rc = db_step(c, &e)) > 0)
                rows++;
            db_end(c);
            db_read_end(r);
        }
        db_fail_at(db, 0);
        if (rc == 0)
            break;
        assert_int_equal(e.code, ERR_DB);
    }
    assert_in_range(n, 2, 50);
    assert_int_equal(notes_count(db), 1);
    db_close(db);
}

void test_faults__a_bulk_load_fails_cleanly_or_works(void **state)
{
    struct db *db = store_open(*state);
    int64_t n;
    for (n = 1; n < 200; n++) {
        struct err e = { 0 };
        struct db_bulk *b = NULL;
        char key[32];
        int len = snprintf(key, sizeof key, "b%d", (int)n);
        db_fail_at(db, n);
        int rc = db_bulk_indexes_drop(db, note_tables, &e);
        if (rc == 0)
            rc = db_bulk_begin(db, "note", note_columns, note_types, 2, &b, &e);
        if (rc == 0) {
            db_bulk_text(b, (struct str) { key, (size_t)len });
            db_bulk_null(b);
            rc = db_bulk_row(b, &e);
            rc = db_bulk_end(b, rc == 0 ? &e : NULL) == 0 ? rc : -1;
        }
        if (rc == 0)
            rc = db_bulk_indexes_build(db, &e);
        db_fail_at(db, 0);
        if (rc == 0)
            break;
        assert_int_equal(db_bulk_indexes_build(db, &e), 0);
        store_write(db, note_write, &(struct note) { .key = key + 1 });
    }
    assert_in_range(n, 8, 150);
    struct err e = { 0 };
    assert_int_equal(db_integrity(db, &e), 0);
    db_close(db);
}
