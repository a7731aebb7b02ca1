/* fake_db.h: the part of platform/db that generated code calls, over one plain SQLite connection, so that the compiler's
 * output is tried without the store above it.
 */
#ifndef BON_TOOLS_SQLC_TEST_FAKE_DB_H
#define BON_TOOLS_SQLC_TEST_FAKE_DB_H

#include "platform/db/db.h"

struct sqlite3;

struct dbr {
    struct sqlite3 *db;
    int open;    /* cursors in flight */
    int fail_in; /* the n-th step from now fails; 0: none */
};

struct tx {
    struct dbr r;
};

/* In memory, with the migrations applied. */
void fake_open(struct tx *tx, const struct db_migration *const *modules, size_t n);
void fake_close(struct tx *tx);

#endif
