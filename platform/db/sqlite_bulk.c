/* sqlite_bulk.c: loading many rows on the writing connection while the door waits. Loads that are open together share one
 * transaction, committed about every BULK_ROWS. synchronous is NORMAL meanwhile: a power cut can lose the last commits of a load,
 * never the file; the last step syncs all.
 */
#include "platform/db/lite.h"

#include <stdio.h>
#include <stdlib.h>

#define BULK_ROWS     100000
#define BULK_SQL_MOST 8192

/* A CHECK with a list of more than two values makes SQLite build a small tree for each row; loads are made by generators, whose rows
 * a test checks whole (PRAGMA integrity_check), and PostgreSQL checks them as they come. Foreign keys are checked table by table when
 * a load ends: that is one pass in order instead of a search for each row. */
static const char begin_pragmas[] = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -64000; PRAGMA temp_store = FILE;"
                                    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;";

/* Sorting runs on a second thread only where its runs lie in files, and a small cache makes the runs short enough to keep both busy.
 * A lost commit is an index that the next opening builds again. */
static const char indexes_begin_pragmas[] = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2000; PRAGMA temp_store = FILE;"
                                            "PRAGMA threads = 1;";

/* As writer_pragmas of sqlite.c left them. */
static const char end_pragmas[] = "PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA threads = 0;"
                                  "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF;";

/* OR FAIL: a row that is refused ends the whole load, so SQLite need not be able to take back one statement alone. */
static int insert_sql(const struct db_bulk *b, char *sql, size_t room, struct err *e)
{
    int n = snprintf(sql, room, "INSERT OR FAIL INTO \"%s\" (", b->table);
    for (int i = 0; i < b->n && n > 0 && (size_t)n < room; i++)
        n += snprintf(sql + n, room - (size_t)n, "%s\"%s\"", i > 0 ? ", " : "", b->columns[i]);
    for (int i = 0; i < b->n && n > 0 && (size_t)n < room; i++)
        n += snprintf(sql + n, room - (size_t)n, "%sc%d", i > 0 ? ", " : ") SELECT ", i);
    if (n < 0 || (size_t)n + sizeof " FROM bulk_rows" > room)
        return ERR(e, ERR_INTERNAL, "bulk: too many columns in %s", b->table);
    snprintf(sql + n, room - (size_t)n, " FROM bulk_rows");
    return 0;
}

/* The first of the open loads takes the connection. */
static int loads_begin(struct lite *l, struct err *e)
{
    struct db *db = l->db;
    if (loads_rows_itself(db))
        return 0;
    lite_hold(l, HELD_BY_BULK);
    l->bulk_rows = 0;
    l->bulk_broken = false;
    db->bulk_thread = pthread_self();
    if (lite_script(&l->w->r, begin_pragmas, "bulk", e) == 0 && lite_ctl(l->w, CTL_BEGIN_WRITE, e) == 0)
        return 0;
    sqlite3_exec(l->w->h, end_pragmas, NULL, NULL, NULL);
    lite_let_go(l);
    return -1;
}

/* The last of them commits, makes the store durable again and lets the door go on. */
static int loads_end(struct lite *l, struct err *e)
{
    int rc = l->bulk_broken ? ERR(e, ERR_DB, "bulk: another load that was open at the same time failed")
                            : lite_ctl(l->w, CTL_COMMIT, e);
    lite_rollback(l->w);
    sqlite3_exec(l->w->h, end_pragmas, NULL, NULL, NULL);
    sqlite3_db_release_memory(l->w->h);
    if (rc == 0)
        rc = lite_sync(l, e);
    lite_let_go(l);
    return rc;
}

int lite_bulk_begin(struct db_bulk *b, struct err *e)
{
    struct lite *l = lite_of(b->db);
    char sql[BULK_SQL_MOST];
    if (insert_sql(b, sql, sizeof sql, e) != 0 || loads_begin(l, e) != 0)
        return -1;
    sqlite3_stmt *st = NULL;
    int rc = fault_now(b->db) ? SQLITE_IOERR : sqlite3_prepare_v3(l->w->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc != SQLITE_OK) {
        lite_fail(l->w, rc, b->table, e);
        if (atomic_load(&b->db->bulks) == 0)
            loads_end(l, NULL);
        return -1;
    }
    atomic_fetch_add(&b->db->bulks, 1);
    b->own = st;
    return 0;
}

static int slice_end(struct lite *l, struct err *e)
{
    l->bulk_rows = 0;
    if (lite_ctl(l->w, CTL_COMMIT, e) != 0)
        return -1;
    if (lite_checkpoint(l, SQLITE_CHECKPOINT_PASSIVE, e) != 0)
        return -1;
    return lite_ctl(l->w, CTL_BEGIN_WRITE, e);
}

int lite_bulk_rows(struct db_bulk *b, struct err *e)
{
    struct lite *l = lite_of(b->db);
    sqlite3_stmt *st = b->own;
    l->bulk = b;
    int rc = fault_now(b->db) ? SQLITE_IOERR : sqlite3_step(st);
    if (rc != SQLITE_DONE)
        lite_fail(l->w, rc, b->table, e);
    sqlite3_reset(st);
    l->bulk = NULL;
    l->bulk_rows += b->waiting;
    if (rc == SQLITE_DONE && (l->bulk_rows < BULK_ROWS || slice_end(l, e) == 0))
        return 0;
    l->bulk_broken = true;
    return -1;
}

int lite_keys_hold(struct lite *l, const char *table, struct err *e)
{
    char sql[128] = "PRAGMA foreign_key_check";
    if (table != NULL)
        snprintf(sql, sizeof sql, "PRAGMA foreign_key_check(\"%s\")", table);
    sqlite3_stmt *st = NULL;
    int rc = fault_now(l->db) ? SQLITE_IOERR : sqlite3_prepare_v2(l->w->h, sql, -1, &st, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(st);
    if (rc == SQLITE_ROW)
        ERR(e, ERR_CONFLICT, "bulk: a row of %s points to a row of %s that is not there", sqlite3_column_text(st, 0),
            sqlite3_column_text(st, 2));
    else if (rc != SQLITE_DONE)
        lite_fail(l->w, rc, "foreign keys", e);
    sqlite3_finalize(st);
    return rc == SQLITE_DONE ? 0 : -1;
}

int lite_bulk_end(struct db_bulk *b, bool keep, struct err *e)
{
    struct lite *l = lite_of(b->db);
    sqlite3_finalize(b->own);
    int rc = keep ? lite_keys_hold(l, b->table, e) : 0;
    if (!keep || rc != 0)
        l->bulk_broken = true;
    if (atomic_fetch_sub(&b->db->bulks, 1) > 1)
        return rc;
    return loads_end(l, rc == 0 ? e : NULL) == 0 ? rc : -1;
}

int lite_indexes_begin(struct dbr *w, struct err *e)
{
    return lite_script(w, indexes_begin_pragmas, "indexes", e);
}

void lite_indexes_end(struct dbr *w)
{
    sqlite3_exec(lite_conn(w)->h, end_pragmas, NULL, NULL, NULL);
}

int lite_loaded(struct dbr *w, struct err *e)
{
    if (lite_script(w, "PRAGMA analysis_limit = 1000; ANALYZE;", "analyze", e) != 0)
        return -1;
    sqlite3_db_release_memory(lite_conn(w)->h);
    return lite_sync(lite_of(w->db), e);
}
