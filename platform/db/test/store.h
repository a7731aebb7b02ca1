/* store.h: a store for one test, on either engine, with statements written by hand as sqlc would write them. */
#ifndef BON_PLATFORM_DB_TEST_STORE_H
#define BON_PLATFORM_DB_TEST_STORE_H

#include "platform/db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Where the tests' stores stand: a temporary directory, and for PostgreSQL a server of its own (tests/pg.sh). */
struct place {
    enum db_engine engine;
    char dir[64];
    char address[256];
};

bool place_init(struct place *p, enum db_engine engine); /* false: PostgreSQL is not installed */
void place_release(struct place *p);
void place_wipe(const struct place *p); /* the next opening finds an empty store */

extern const struct db_migration test_migrations[];
extern const char *const note_tables[]; /* whose indexes a load of notes drops */
extern const struct db_stmt note_add_stmt;       /* in: key text, body text; a second note of one key is a conflict */
extern const struct db_stmt note_count_stmt;     /* out: n */
extern const struct db_stmt reply_count_stmt;    /* out: n */
extern const struct db_stmt note_keys_stmt;      /* out: key; in order */
extern const struct db_stmt note_body_stmt;      /* in: key; out: body */
extern const struct db_stmt note_each_stmt;      /* out: key; every row */
extern const struct db_stmt note_wrong_stmt;     /* names a table that is not there */
extern const struct db_stmt counter_add_stmt;    /* in: id; adds 1 */
extern const struct db_stmt counter_set_stmt;    /* in: n, id */
extern const struct db_stmt counter_value_stmt;  /* in: id; out: n */
extern const struct db_stmt every_type_add_stmt; /* in: one of each class, in the order of enum db_type */
extern const struct db_stmt every_type_stmt;     /* out: the same */
extern const struct db_stmt every_type_three_stmt; /* out: text, integer, blob; by the integer */

struct db *store_open(const struct place *p);
struct db *store_open_with(const struct place *p, const struct db_migration *m, struct err *e); /* NULL: e says why */

/* A write that adds one note. */
struct note {
    const char *key, *body;
    bool refuse;    /* adds it, then refuses */
    bool unaudited; /* says nothing about the audit */
};
int note_write(struct tx *tx, void *arg, struct err *e);
void store_write(struct db *db, db_write_fn *fn, void *arg); /* fails the test when it is refused */
int64_t notes_count(struct db *db);
int64_t replies_count(struct db *db);
int64_t counter_value(struct db *db, int64_t id);
/* "a b c": the keys in order, from a read transaction of the caller or (r == NULL) a new one. */
void assert_keys(struct db *db, struct dbr *r, const char *expected);

/* bulk_test.c */
void bulk_notes(struct db *db, int n); /* keys k0000000 and on */
void test_bulk__rows_arrive_and_the_indexes_come_back(void **state);
void test_bulk__a_row_with_too_few_values_fails_the_load(void **state);
void test_bulk__a_row_that_points_to_nothing_fails_the_load(void **state);
void test_bulk__a_row_that_is_there_twice_fails_the_load(void **state);
void test_bulk__many_and_large_rows_arrive_as_they_were_put(void **state);

/* fault_test.c */
void test_faults__a_write_fails_cleanly_or_works(void **state);
void test_faults__a_read_fails_cleanly_or_works(void **state);
void test_faults__a_bulk_load_fails_cleanly_or_works(void **state);

/* db_test.c: all tests of db.h on one engine; the number that failed. */
int db_tests(enum db_engine engine);

#endif
