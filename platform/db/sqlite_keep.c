/* sqlite_keep.c: copies, checks and plans of an SQLite store. The store's own file is never opened here but through SQLite:
 * closing any descriptor of it would drop the locks of the whole process (POSIX fcntl).
 */
#include "platform/db/lite.h"
#include "platform/db/own_sql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SLICE_PAGES   1024
#define SLICE_REST_NS 1000000

static int copy_slices(struct lite_conn *from, sqlite3 *to, void (*progress)(void *, int, int), void *ctx, struct err *e)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from->h, "main");
    if (copy == NULL)
        return ERR(e, ERR_DB, "backup: %s", sqlite3_errmsg(to));
    int rc;
    do {
        rc = fault_now(from->r.db) ? SQLITE_IOERR : sqlite3_backup_step(copy, SLICE_PAGES);
        int total = sqlite3_backup_pagecount(copy);
        if (progress != NULL && (rc == SQLITE_OK || rc == SQLITE_DONE))
            progress(ctx, total - sqlite3_backup_remaining(copy), total);
        if (rc == SQLITE_OK)
            nanosleep(&(struct timespec) { 0, SLICE_REST_NS }, NULL);
    } while (rc == SQLITE_OK);
    sqlite3_backup_finish(copy);
    if (rc == SQLITE_DONE)
        return 0;
    return ERR(e, (rc & 0xff) == SQLITE_FULL ? ERR_DISK_FULL : ERR_DB, "backup: %s", sqlite3_errstr(rc));
}

/* Takes the snapshot first: inside a read transaction the source never changes, so the copy never starts over however much
 * is written meanwhile. The price is a WAL that cannot be reset until the copy is done. */
static int copy_snapshot(struct lite_conn *from, const char *path, void (*progress)(void *, int, int), void *ctx,
                         struct err *e)
{
    if (sqlite3_exec(from->h, "BEGIN; SELECT count(*) FROM schema_migration", NULL, NULL, NULL) != SQLITE_OK)
        return ERR(e, ERR_DB, "backup: %s", sqlite3_errmsg(from->h));
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", NULL, NULL, NULL);
    int result =
        rc == SQLITE_OK ? copy_slices(from, to, progress, ctx, e) : ERR(e, ERR_DB, "%s: %s", path, sqlite3_errmsg(to));
    if (sqlite3_close(to) != SQLITE_OK && result == 0)
        result = ERR(e, ERR_DB, "%s cannot be closed", path);
    return result;
}

int lite_backup(struct db *db, const char *path, void (*progress)(void *, int, int), void *ctx, struct err *e)
{
    char temporary[4096];
    int n = snprintf(temporary, sizeof temporary, "%s.part", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return ERR(e, ERR_INPUT, "the path is too long");
    if (file_begin(temporary, e) != 0)
        return -1;
    struct lite_conn *from = NULL;
    int rc = lite_connect(db, false, &from, e);
    if (rc == 0)
        rc = copy_snapshot(from, temporary, progress, ctx, e);
    lite_disconnect(from);
    if (rc == 0)
        rc = file_replace(temporary, path, e);
    if (rc != 0)
        unlink(temporary);
    return rc;
}

/* One row and its text: "ok", or the first thing found wrong. */
static int keep_first(void *out, int n, char **value, char **name)
{
    (void)name;
    char *first = out;
    if (first[0] == '\0' && n > 0 && value[0] != NULL)
        snprintf(first, 128, "%s", value[0]);
    return 0;
}

int lite_integrity(struct db *db, struct err *e)
{
    struct lite_conn *c = NULL;
    if (lite_connect(db, false, &c, e) != 0)
        return -1;
    char found[128] = "", orphan[128] = "";
    int rc = fault_now(db) ? SQLITE_IOERR : sqlite3_exec(c->h, "PRAGMA integrity_check(1)", keep_first, found, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(c->h, "PRAGMA foreign_key_check", keep_first, orphan, NULL);
    int result = 0;
    if (rc != SQLITE_OK)
        result = lite_fail(c, rc, "integrity check", e);
    else if (strcmp(found, "ok") != 0)
        result = ERR(e, ERR_DB, "the file is damaged: %s; restore a backup", found);
    else if (orphan[0] != '\0')
        result = ERR(e, ERR_DB, "a row of %s points to a row that is not there", orphan);
    lite_disconnect(c);
    return result;
}

uint64_t lite_wal_bytes(struct db *db)
{
    char path[4096];
    struct stat st;
    int n = snprintf(path, sizeof path, "%s-wal", db->address);
    if (n < 0 || (size_t)n >= sizeof path || stat(path, &st) != 0)
        return 0;
    return (uint64_t)st.st_size;
}

static int explain_on(struct lite_conn *c, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e)
{
    sqlite3_stmt *st = NULL;
    struct str sql = str_fmt(a, "EXPLAIN QUERY PLAN %s", s->sql[DB_SQLITE]);
    int rc = sqlite3_prepare_v2(c->h, sql.p, (int)sql.n, &st, NULL);
    if (rc != SQLITE_OK)
        return ERR(e, ERR_DB, "%s (%s): %s", s->name, s->source, sqlite3_errmsg(c->h));
    struct buf b;
    buf_init(&b, a, 64 << 10);
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
        buf_put(&b, str_of((const char *)sqlite3_column_text(st, 3)));
        buf_put_char(&b, '\n');
    }
    sqlite3_finalize(st);
    if (rc != SQLITE_DONE)
        return lite_fail(c, rc, s->name, e);
    *plan = buf_str(&b);
    return 0;
}

int lite_explain(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e)
{
    struct dbr *r = NULL;
    if (db_read_begin(db, &r, e) != 0)
        return -1;
    struct db_cursor *c = cursor_begin(r, &schema_migrations_stmt, false, e);
    int rc = c != NULL ? db_step(c, e)
                       : -1; /* a read makes the connection look whether the schema has changed; a plan does not */
    db_end(c);
    if (rc >= 0) {
        c = cursor_begin(r, s, false, e); /* prepares it: a wrong number of columns is refused here */
        rc = c != NULL ? explain_on(lite_conn(r), s, a, plan, e) : -1;
        db_end(c);
    }
    db_read_end(r);
    return rc;
}
