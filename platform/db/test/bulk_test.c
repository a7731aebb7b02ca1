/* bulk_test.c: loading many rows, on either engine. */
#include "platform/db/test/store.h"

#include <stdio.h>
#include <string.h>

static const char *const note_columns[] = { "key", "body" };
static const enum db_type note_types[] = { DB_TEXT, DB_TEXT };

void bulk_notes(struct db *db, int n)
{
    struct err e = { 0 };
    struct db_bulk *b = NULL;
    assert_int_equal(db_bulk_begin(db, "note", note_columns, note_types, 2, &b, &e), 0);
    for (int i = 0; i < n; i++) {
        char key[32];
        int len = snprintf(key, sizeof key, "k%07d", i);
        db_bulk_text(b, (struct str) { key, (size_t)len });
        if (i % 2)
            db_bulk_text(b, STR("tab\there, back\\slash,\nline"));
        else
            db_bulk_null(b);
        if (db_bulk_row(b, &e) != 0)
            fail_msg("%s", e.detail);
    }
    if (db_bulk_end(b, &e) != 0)
        fail_msg("%s", e.detail);
}

void test_bulk__rows_arrive_and_the_indexes_come_back(void **state)
{
    struct db *db = store_open(*state);
    struct err e = { 0 };
    assert_int_equal(db_bulk_indexes_drop(db, note_tables, &e), 0);
    bulk_notes(db, 1000);
    if (db_bulk_indexes_build(db, &e) != 0)
        fail_msg("%s", e.detail);
    assert_int_equal(notes_count(db), 1000);
    struct arena a;
    arena_init(&a, 1 << 16);
    struct dbr *r = NULL;
    assert_int_equal(db_read_begin(db, &r, &e), 0);
    struct db_cursor *c = db_begin(r, &note_body_stmt, &e);
    db_bind_text(c, 0, STR("k0000001"));
    assert_int_equal(db_step(c, &e), 1);
    assert_true(str_eq(db_text(c, 0, &a), STR("tab\there, back\\slash,\nline")));
    db_end(c);
    db_read_end(r);
    arena_release(&a);
    assert_int_equal(db_bulk_indexes_drop(db, note_tables, &e), 0); /* there is something to drop again */
    db_close(db);
    db = store_open(*state); /* a load that died here: the next opening builds them */
    assert_int_equal(db_bulk_indexes_build(db, &e), 0);
    store_write(db, note_write, &(struct note) { .key = "after" });
    assert_int_equal(db_integrity(db, &e), 0);
    db_close(db);
}

void test_bulk__a_row_with_too_few_values_fails_the_load(void **state)
{
    struct db *db = store_open(*state);
    struct err e = { 0 };
    struct db_bulk *b = NULL;
    assert_int_equal(db_bulk_begin(db, "note", note_columns, note_types, 2, &b, &e), 0);
    db_bulk_text(b, STR("a"));
    assert_int_equal(db_bulk_row(b, &e), -1);
    assert_int_equal(e.code, ERR_INTERNAL);
    assert_int_equal(db_bulk_end(b, &e), -1);
    assert_int_equal(notes_count(db), 0);
    store_write(db, note_write, &(struct note) { .key = "after" });
    db_close(db);
}

static int load_reply(struct db *db, int64_t note, const char *body, struct err *e)
{
    static const char *const columns[] = { "note", "body" };
    static const enum db_type types[] = { DB_INT, DB_TEXT };
    struct db_bulk *b = NULL;
    if (db_bulk_begin(db, "reply", columns, types, 2, &b, e) != 0)
        return -1;
    db_bulk_int(b, note);
    db_bulk_text(b, str_of(body));
    int rc = db_bulk_row(b, e);
    return db_bulk_end(b, rc == 0 ? e : NULL) == 0 ? rc : -1;
}

void test_bulk__a_row_that_points_to_nothing_fails_the_load(void **state)
{
    struct db *db = store_open(*state);
    struct err e = { 0 };
    bulk_notes(db, 1);
    assert_int_equal(load_reply(db, 77, "to nobody", &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_int_equal(replies_count(db), 0);
    assert_int_equal(load_reply(db, 1, "to the first", &e), 0);
    assert_int_equal(replies_count(db), 1);
    db_close(db);
}

void test_bulk__a_row_that_is_there_twice_fails_the_load(void **state)
{
    struct db *db = store_open(*state);
    struct err e = { 0 };
    struct db_bulk *b = NULL;
    assert_int_equal(db_bulk_begin(db, "note", note_columns, note_types, 2, &b, &e), 0);
    for (int i = 0; i < 2; i++) {
        db_bulk_text(b, STR("same"));
        db_bulk_null(b);
        db_bulk_row(b, NULL); /* it waits for others: the end tells */
    }
    assert_int_equal(db_bulk_end(b, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_int_equal(notes_count(db), 0);
    db_close(db);
}

/* Rows and bytes past what waits at most, and every kind of value at once. */
void test_bulk__many_and_large_rows_arrive_as_they_were_put(void **state)
{
    enum { ROWS = 600, LARGE = 3000 };
    static const char *const columns[] = { "a", "b", "d" };
    static const enum db_type types[] = { DB_TEXT, DB_INT, DB_BLOB };
    struct db *db = store_open(*state);
    struct err e = { 0 };
    struct db_bulk *b = NULL;
    char text[LARGE];
    memset(text, 'x', sizeof text);
    assert_int_equal(db_bulk_begin(db, "every_type", columns, types, 3, &b, &e), 0);
    for (int i = 0; i < ROWS; i++) {
        size_t n = i % 7 == 0 ? sizeof text : (size_t)(i % 5);
        db_bulk_text(b, (struct str) { text, n });
        db_bulk_int(b, i);
        db_bulk_blob(b, i % 3 == 0 ? NULL : text, n);
        assert_int_equal(db_bulk_row(b, &e), 0);
    }
    assert_int_equal(db_bulk_end(b, &e), 0);

    struct dbr *r = NULL;
    assert_int_equal(db_read_begin(db, &r, &e), 0);
    struct arena a;
    arena_init(&a, 8 << 20);
    struct db_cursor *c = db_begin(r, &every_type_three_stmt, &e);
    for (int i = 0; i < ROWS; i++) {
        size_t n = i % 7 == 0 ? sizeof text : (size_t)(i % 5);
        assert_int_equal(db_step(c, &e), 1);
        assert_true(str_eq(db_text(c, 0, &a), (struct str) { text, n }));
        assert_int_equal(db_int(c, 1), i);
        assert_int_equal(db_is_null(c, 2), i % 3 == 0);
        assert_true(i % 3 == 0 || str_eq(db_blob(c, 2, &a), (struct str) { text, n }));
    }
    assert_int_equal(db_step(c, &e), 0);
    db_end(c);
    db_read_end(r);
    arena_release(&a);
    db_close(db);
}
