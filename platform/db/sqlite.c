/* sqlite.c: connections of the SQLite engine, and its table of functions.
 *
 * Debian 12's SQLite 3.40.1 can lose commits when one connection checkpoints while another commits (the WAL-reset bug, fixed in
 * 3.51.3). So one connection alone writes and checkpoints; every other is opened read-only, never checkpoints, not even when
 * it closes, and a lock file keeps a second process away from the file.
 */
#include "platform/db/lite.h"
#include "platform/db/own_sql.h"
#include "platform/db/sqlite_stmt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define LOCK_WAIT_MS 2000 /* a server that is just stopping gets this long */
#define PAGES_AT_ONCE 256  /* 1.1 MB a connection */

static const char *const ctl_sql[CTL_N_] = {
    [CTL_BEGIN] = "BEGIN",        [CTL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [CTL_COMMIT] = "COMMIT",      [CTL_ROLLBACK] = "ROLLBACK",
    [CTL_SAVE] = "SAVEPOINT w",   [CTL_RELEASE] = "RELEASE w",
    [CTL_BACK] = "ROLLBACK TO w",
};

/* Page caches are small on purpose: the whole server stays under 64 MB, and the system caches the file anyway. */
static const char writer_pragmas[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                                     "PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0; PRAGMA cache_size = -8000;"
                                     "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 134217728;"
                                     "PRAGMA trusted_schema = OFF;";
static const char reader_pragmas[] = "PRAGMA wal_autocheckpoint = 0; PRAGMA mmap_size = 0; PRAGMA cache_size = -2000;"
                                     "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;";

static enum err_code code_of(sqlite3 *h, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return ERR_DISK_FULL;
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_TOOBIG:
        return ERR_TOO_LARGE;
    case SQLITE_IOERR:
        return h != NULL && sqlite3_system_errno(h) == ENOSPC ? ERR_DISK_FULL : ERR_DB;
    default:
        return ERR_DB;
    }
}

int lite_fail(struct lite_conn *c, int rc, const char *what, struct err *e)
{
    /* A fault made by db_fail_at leaves no message of its own. */
    const char *why = sqlite3_errcode(c->h) == (rc & 0xff) ? sqlite3_errmsg(c->h) : sqlite3_errstr(rc);
    return ERR(e, code_of(c->h, rc), "%s: %s", what, why);
}

int lite_ctl(struct lite_conn *c, enum lite_ctl what, struct err *e)
{
    int rc = SQLITE_OK;
    if (c->ctl[what] == NULL)
        rc = sqlite3_prepare_v3(c->h, ctl_sql[what], -1, SQLITE_PREPARE_PERSISTENT, &c->ctl[what], NULL);
    if (rc == SQLITE_OK && fault_now(c->r.db))
        rc = SQLITE_IOERR;
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(c->ctl[what]);
        if (rc != SQLITE_DONE)
            lite_fail(c, rc, ctl_sql[what], e);
        sqlite3_reset(c->ctl[what]);
        return rc == SQLITE_DONE ? 0 : -1;
    }
    return lite_fail(c, rc, ctl_sql[what], e);
}

void lite_rollback(struct lite_conn *c)
{
    if (!sqlite3_get_autocommit(c->h))
        sqlite3_exec(c->h, "ROLLBACK", NULL, NULL, NULL);
}

int lite_script(struct dbr *r, const char *sql, const char *what, struct err *e)
{
    struct lite_conn *c = lite_conn(r);
    int rc = fault_now(r->db) ? SQLITE_IOERR : sqlite3_exec(c->h, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? 0 : lite_fail(c, rc, what, e);
}

static int configure(struct lite_conn *c, bool writer)
{
    sqlite3_extended_result_codes(c->h, 1);
    sqlite3_db_config(c->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(c->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(c->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(c->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                      NULL); /* the writer checkpoints itself, by lite_checkpoint */
    sqlite3_busy_timeout(c->h, writer ? 0 : 2000);
    return sqlite3_exec(c->h, writer ? writer_pragmas : reader_pragmas, NULL, NULL, NULL);
}

int lite_connect(struct db *db, bool writer, struct lite_conn **out, struct err *e)
{
    struct lite_conn *c = calloc(1, sizeof *c);
    if (c == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    c->r.db = db;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    const char *vfs = writer ? lite_of(db)->wal.name : NULL;
    int rc = fault_now(db) ? SQLITE_CANTOPEN : sqlite3_open_v2(db->address, &c->h, flags, vfs);
    if (rc == SQLITE_OK)
        rc = configure(c, writer);
    if (rc != SQLITE_OK) {
        ERR(e, code_of(c->h, rc), "%s: %s", db->address, c->h != NULL ? sqlite3_errmsg(c->h) : sqlite3_errstr(rc));
        lite_disconnect(c);
        return -1;
    }
    *out = c;
    return 0;
}

void lite_disconnect(struct lite_conn *c)
{
    if (c == NULL)
        return;
    cursors_free(&c->r);
    for (int i = 0; i < CTL_N_; i++)
        sqlite3_finalize(c->ctl[i]);
    sqlite3_close(c->h);
    free(c);
}

static int reader_open(struct db *db, struct dbr **out, struct err *e)
{
    struct lite_conn *c = NULL;
    if (lite_connect(db, false, &c, e) != 0)
        return -1;
    *out = &c->r;
    return 0;
}

static void reader_close(struct dbr *r)
{
    lite_disconnect(lite_conn(r));
}

static void sleep_ms(int ms)
{
    nanosleep(&(struct timespec) { ms / 1000, (long)(ms % 1000) * 1000000 }, NULL);
}

/* The lock lives as long as the process, however it ends; the file itself stays. */
static int take_lock(struct lite *l, const char *address, struct err *e)
{
    size_t room = strlen(address) + sizeof "-lock";
    char *path = malloc(room);
    if (path == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    snprintf(path, room, "%s-lock", address);
    l->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    free(path);
    if (l->lock_fd < 0)
        return ERR(e, ERR_DB, "%s-lock: %s", address, strerror(errno));
    for (int waited = 0; flock(l->lock_fd, LOCK_EX | LOCK_NB) != 0; waited += 50) {
        if (waited >= LOCK_WAIT_MS)
            return ERR(e, ERR_BUSY, "%s is open in another process; ask that server, or stop it first", address);
        sleep_ms(50);
    }
    return 0;
}

/* Personal data: nobody else on the machine reads it. The WAL takes its rights from the file. */
static int make_file(const struct db_options *o, struct err *e)
{
    int fd = open(o->address, O_RDWR | O_CLOEXEC | (o->create ? O_CREAT : 0), 0600);
    if (fd < 0)
        return ERR(e, ERR_DB, "%s: %s%s", o->address, strerror(errno),
                   errno == ENOENT && !o->create ? "; run `bon init` to make it" : "");
    close(fd);
    return 0;
}

/* SQLite calls it once a commit is visible, before anybody is told of it. */
static int count_wal(void *ctx, sqlite3 *h, const char *name, int pages)
{
    (void)h;
    (void)name;
    struct lite *l = ctx;
    l->wal_pages = pages;
    lite_changed(l);
    lite_watches_count(l);
    return SQLITE_OK;
}

static struct dbr *own_take(struct db *db, struct err *e)
{
    (void)e;
    lite_hold(lite_of(db), HELD_BY_BULK);
    return &lite_of(db)->w->r;
}

static void own_give(struct dbr *w)
{
    lite_let_go(lite_of(w->db));
}

static void rollback(struct dbr *w)
{
    lite_rollback(lite_conn(w));
}

static void lite_free(struct lite *l)
{
    lite_disconnect(l->w);
    lite_wal_end(&l->wal);
    if (l->lock_fd >= 0)
        close(l->lock_fd);
    pthread_cond_destroy(&l->hold_free);
    pthread_mutex_destroy(&l->hold_lock);
    l->db->own = NULL;
    free(l);
}

static int lite_start(struct lite *l, const struct db_options *o, struct err *e)
{
    struct db *db = l->db;
    if (lite_wal_start(&l->wal, e) != 0 || take_lock(l, o->address, e) != 0 || make_file(o, e) != 0 ||
        lite_connect(db, true, &l->w, e) != 0)
        return -1;
    sqlite3_wal_hook(l->w->h, count_wal, l);
    struct dbr *w = &l->w->r;
    if (lite_rows_table(l, e) != 0 || lite_script(w, schema_sql[DB_SQLITE], "schema tables", e) != 0 || migrate(w, o->migrations, e) != 0)
        return -1;
    bool unfinished = false; /* a load that died before its indexes were built again */
    if (indexes_build(w, &unfinished, e) != 0)
        return -1;
    if (unfinished && (lite_keys_hold(l, NULL, e) != 0 || lite_loaded(w, e) != 0))
        return -1;
    return lite_door_start(l, e);
}

static int lite_open(struct db *db, const struct db_options *o, struct err *e)
{
    /* Counting each allocation would take a lock that all threads share. Refused, and harmless, when SQLite runs already. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    /* Each connection takes the room of its pages at once: a reader throws all of them away after every commit, and handing them back
     * to malloc one by one costs more than reading them again. */
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, PAGES_AT_ONCE);
    struct lite *l = calloc(1, sizeof *l);
    if (l == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    l->db = db;
    l->lock_fd = -1;
    pthread_mutex_init(&l->hold_lock, NULL);
    pthread_cond_init(&l->hold_free, NULL);
    db->own = l;
    if (lite_start(l, o, e) == 0)
        return 0;
    lite_free(l);
    return -1;
}

static void lite_close(struct db *db)
{
    struct lite *l = lite_of(db);
    lite_door_stop(l);
    pool_drain(db); /* readers hold the WAL back */
    lite_checkpoint(l, SQLITE_CHECKPOINT_TRUNCATE, NULL);
    lite_free(l);
}

const struct db_ops lite_ops = {
    .open = lite_open,
    .close = lite_close,
    .reader_open = reader_open,
    .reader_close = reader_close,
    .read_start = lite_read_start,
    .read_end = lite_read_end,
    .watch = lite_watch,
    .prepare = lite_prepare,
    .unprepare = lite_unprepare,
    .bind_null = lite_bind_null,
    .bind_bytes = lite_bind_bytes,
    .bind_int = lite_bind_int,
    .bind_real = lite_bind_real,
    .step = lite_step,
    .reset = lite_reset,
    .inserted = lite_inserted,
    .is_null = lite_is_null,
    .bytes = lite_bytes,
    .peek = lite_peek,
    .blob_into = lite_blob_into,
    .integer = lite_integer,
    .real = lite_real,
    .script = lite_script,
    .bulk_begin = lite_bulk_begin,
    .bulk_rows = lite_bulk_rows,
    .bulk_end = lite_bulk_end,
    .own_take = own_take,
    .own_give = own_give,
    .rollback = rollback,
    .indexes_begin = lite_indexes_begin,
    .indexes_end = lite_indexes_end,
    .loaded = lite_loaded,
    .backup = lite_backup,
    .integrity = lite_integrity,
    .wal_bytes = lite_wal_bytes,
    .explain = lite_explain,
};
