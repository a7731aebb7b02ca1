/* lite.h: what the SQLite files share. */
#ifndef BON_PLATFORM_DB_LITE_H
#define BON_PLATFORM_DB_LITE_H

#include "platform/db/db_internal.h"

#include <sqlite3.h>

/* Statements that steer transactions, prepared when first needed. */
enum lite_ctl { CTL_BEGIN, CTL_BEGIN_WRITE, CTL_COMMIT, CTL_ROLLBACK, CTL_SAVE, CTL_RELEASE, CTL_BACK, CTL_N_ };

struct lite_conn {
    struct dbr r;
    sqlite3 *h;
    sqlite3_stmt *ctl[CTL_N_];
    bool kept;       /* idle with its snapshot open (sqlite_readers.c) */
    uint64_t seen;   /* lite.changes when the snapshot began */
};

struct lite_cursor {
    struct db_cursor c;
    sqlite3_stmt *st;
};

enum lite_holder { HELD_BY_NOBODY, HELD_BY_DOOR, HELD_BY_BULK };

enum { LITE_WATCHES = 8 };

/* sqlite_wal.c: the writing connection's way to its files. */
struct lite_wal {
    sqlite3_vfs vfs; /* first: SQLite gives its address back */
    sqlite3_vfs *real;
    char name[32];
    bool on;
    sqlite3_int64 at; /* where the collected bytes belong in the WAL */
    int n;
    unsigned char *bytes;
};
int lite_wal_start(struct lite_wal *g, struct err *e);
void lite_wal_end(struct lite_wal *g);
/* While a commit runs, what it writes to the WAL is collected until it syncs. Off: what was not synced is forgotten. */
void lite_wal_collect(struct lite_wal *g, bool on);

struct lite {
    struct db *db;
    struct lite_wal wal;
    struct lite_conn *w; /* the only connection that writes and checkpoints */
    int lock_fd;         /* flock: no second process writes this file */
    pthread_t thread;
    bool running;

    pthread_mutex_t hold_lock; /* guards holder */
    pthread_cond_t hold_free;
    enum lite_holder holder; /* who uses w now */

    _Atomic uint64_t changes; /* commits and checkpoints so far: a snapshot from before the last one is old */
    int wal_pages;    /* pages in the WAL after the last commit; written by w's user only */
    int wal_done;     /* pages at the last checkpoint that finished or could get no further */
    int bulk_rows;    /* of all open bulk loads since their last commit */
    const struct db_bulk *bulk; /* whose rows go in now (sqlite_rows.c) */
    bool bulk_broken; /* one of them failed: none is kept from its last commit on */
    int group_n;      /* writes in the last group (sqlite_door.c) */
    struct db_watch watches[LITE_WATCHES]; /* sqlite_watch.c */
    int n_watches;
    int careful;      /* groups that still run with a savepoint for each write (sqlite_door.c) */
};

static inline struct lite *lite_of(const struct db *db)
{
    return db->own;
}

static inline struct lite_conn *lite_conn(struct dbr *r)
{
    return (struct lite_conn *)r;
}

/* sqlite.c */
int lite_connect(struct db *db, bool writer, struct lite_conn **out, struct err *e);
void lite_disconnect(struct lite_conn *c);
int lite_ctl(struct lite_conn *c, enum lite_ctl what, struct err *e);
void lite_rollback(struct lite_conn *c); /* whatever is open; cannot fail in a way that matters */
int lite_fail(struct lite_conn *c, int rc, const char *what, struct err *e); /* returns -1 */
int lite_script(struct dbr *r, const char *sql, const char *what, struct err *e);

/* sqlite_readers.c */
int lite_read_start(struct dbr *r, struct err *e);
void lite_read_end(struct dbr *r);
void lite_changed(struct lite *l);          /* what begins from now on must see something new */
void lite_readers_let_go(struct lite *l);   /* idle connections give their snapshots back */

/* sqlite_watch.c */
struct db_watch *lite_watch(struct db *db, const char *const *tables);
void lite_watches_count(struct lite *l); /* a commit is visible */

/* sqlite_door.c */
int lite_door_start(struct lite *l, struct err *e);
void lite_door_stop(struct lite *l); /* after door_close: waits for the writes at the door */
void lite_hold(struct lite *l, enum lite_holder who);
void lite_let_go(struct lite *l);
int lite_sync(struct lite *l, struct err *e); /* all that is committed is in the file and on the disk */
int lite_checkpoint(struct lite *l, int mode, struct err *e);

/* sqlite_rows.c */
int lite_rows_table(struct lite *l, struct err *e); /* the writing connection knows the table bulk_rows from now on */

/* sqlite_bulk.c */
int lite_bulk_begin(struct db_bulk *b, struct err *e);
int lite_bulk_rows(struct db_bulk *b, struct err *e);
int lite_bulk_end(struct db_bulk *b, bool keep, struct err *e);
int lite_indexes_begin(struct dbr *w, struct err *e);
void lite_indexes_end(struct dbr *w);
int lite_loaded(struct dbr *w, struct err *e);
/* Every row of the table (NULL: of all) has the rows it points to, also those of slices that were committed before. */
int lite_keys_hold(struct lite *l, const char *table, struct err *e);

/* sqlite_keep.c */
int lite_backup(struct db *db, const char *path, void (*progress)(void *, int, int), void *ctx, struct err *e);
int lite_integrity(struct db *db, struct err *e);
uint64_t lite_wal_bytes(struct db *db);
int lite_explain(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e);

#endif
