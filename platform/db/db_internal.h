/* db_internal.h: what the files of platform/db share and nobody else sees.
 *
 * One engine is a table of functions (struct db_ops). A connection is a struct dbr at the front of the engine's own struct; a
 * statement kept prepared on a connection is a struct db_cursor at the front of the engine's own struct. Both are found by
 * address, so a statement costs no allocation after its first use on a connection.
 */
#ifndef BON_PLATFORM_DB_INTERNAL_H
#define BON_PLATFORM_DB_INTERNAL_H

#include "base/buf.h"
#include "platform/db/db.h"

#include <pthread.h>
#include <stdatomic.h>

#define CACHE_BUCKETS 256
#define CACHE_MOST    400 /* statements kept on one connection; past this the idle ones are dropped */
#define SCRATCH       16  /* bytes a day or a birth date needs as text */

/* A statement on a connection: prepared once, then taken (open) and given back. */
struct db_cursor {
    const struct db_stmt *stmt;
    struct dbr *r;
    struct db_cursor *same;      /* next in its bucket */
    struct db_cursor *next_open; /* next statement in flight on this connection */
    bool open;
    bool writing; /* begun by db_begin_tx */
    int64_t changes;
    char (*scratch)[SCRATCH]; /* one per parameter: text of days and births lives until db_end */
};

struct db_watch {
    const char *const *tables;
    bool touched; /* by the transaction that runs now */
    _Atomic uint64_t count;
};

/* One connection. For its user a read transaction; inside the door also what tx_reader gives. */
struct dbr {
    struct db *db;
    struct tx *tx;          /* the write that runs on it now, or NULL */
    struct db_cursor *open; /* statements in flight */
    struct dbr *next;       /* the pool's */
    struct dbr **held;      /* where an arena that will end this reader knows it, or NULL: db_read_in */
    bool begun;             /* a read transaction is open */
    bool lost;              /* the connection is gone; the pool closes it instead of keeping it */
    bool retry;             /* the engine asks for the same transaction again */
    int n_cached;
    uint64_t n_tx; /* writes that ran on it */
    struct db_cursor *cache[CACHE_BUCKETS];
};

struct tx {
    struct dbr *r;
    struct instant now;
    bool audited;
    bool failed;           /* a statement failed: the write cannot be kept, whatever it returns */
    const char *unaudited; /* why nothing is recorded */
    uint64_t number;       /* on its connection */
    int64_t touched;       /* rows its statements changed */
    struct err err;        /* of the statement that failed */
};

struct db_ops {
    /* Connects, checks, migrates, starts the writers. Leaves nothing behind on failure. */
    int (*open)(struct db *db, const struct db_options *o, struct err *e);
    void (*close)(struct db *db); /* after the door is closed and the pool is empty */

    int (*reader_open)(struct db *db, struct dbr **out, struct err *e);
    void (*reader_close)(struct dbr *r);
    int (*read_start)(struct dbr *r, struct err *e); /* before the first statement of a read transaction */
    void (*read_end)(struct dbr *r);
    struct db_watch *(*watch)(struct db *db, const char *const *tables); /* NULL: cannot tell */

    struct db_cursor *(*prepare)(struct dbr *r, const struct db_stmt *s, struct err *e);
    void (*unprepare)(struct db_cursor *c);
    void (*bind_null)(struct db_cursor *c, int i);
    void (*bind_bytes)(struct db_cursor *c, int i, const char *p, size_t n, bool text);
    void (*bind_int)(struct db_cursor *c, int i, int64_t v);
    void (*bind_real)(struct db_cursor *c, int i, double v);
    int (*step)(struct db_cursor *c, struct err *e);
    void (*reset)(struct db_cursor *c);
    bool (*is_null)(const struct db_cursor *c, int i);
    struct str (*bytes)(const struct db_cursor *c, int i, bool text, struct arena *a); /* copied into a */
    struct str (*peek)(const struct db_cursor *c, int i);                   /* text, borrowed until the next step */
    bool (*blob_into)(const struct db_cursor *c, int i, void *p, size_t n); /* exactly n bytes, else false */
    int64_t (*integer)(const struct db_cursor *c, int i);
    double (*real)(const struct db_cursor *c, int i);
    int64_t (*inserted)(struct db_cursor *c); /* row number of the last INSERT; NULL: the statement itself returns it */
    int64_t (*changes)(struct db_cursor *c); /* NULL: c->changes is true after the last step */
    int (*settle)(struct dbr *r);            /* NULL: each step tells its result at once */

    /* Text with several statements, outside the cache: migrations and housekeeping. */
    int (*script)(struct dbr *r, const char *sql, const char *what, struct err *e);

    int (*bulk_begin)(struct db_bulk *b, struct err *e);
    int (*bulk_rows)(struct db_bulk *b, struct err *e); /* the rows that wait in b; they are not kept there after it */
    int (*bulk_end)(struct db_bulk *b, bool keep, struct err *e);
    /* The writing connection for platform/db's own work; own_give hands it back. */
    struct dbr *(*own_take)(struct db *db, struct err *e);
    void (*own_give)(struct dbr *w);
    void (*rollback)(struct dbr *w);             /* whatever is open */
    int (*indexes_begin)(struct dbr *w, struct err *e); /* many indexes are built next; NULL: as always */
    void (*indexes_end)(struct dbr *w);
    int (*loaded)(struct dbr *w, struct err *e); /* after a load: the planner knows the sizes, all is on the disk */

    int (*backup)(struct db *db, const char *path, void (*progress)(void *, int, int), void *ctx, struct err *e);
    int (*integrity)(struct db *db, struct err *e);
    uint64_t (*wal_bytes)(struct db *db);
    int (*explain)(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e);
};
extern const struct db_ops lite_ops, pg_ops;

/* ---- door.c: tickets that wait. Many push, one or several writers take. ---- */
struct door {
    _Atomic(struct db_ticket *) inbox; /* newest first */
    _Atomic int waiting;               /* pushed and not yet done */
    int most;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t wake;
    struct db_ticket *first, *last; /* in order of arrival */
    bool closing;
};
int door_init(struct door *d, int most, struct err *e);
void door_release(struct door *d);
int door_push(struct door *d, struct db_ticket *t, struct err *e);
/* Up to `most` tickets in order of arrival, chained by .next. NULL: closing and empty, or idle for idle_ms (0: wait for ever). */
struct db_ticket *door_take(struct door *d, int most, int idle_ms, bool *closing);
void door_put_back(struct door *d, struct db_ticket *first); /* in front of the others */
bool door_is_empty(const struct door *d);
void door_close(struct door *d); /* refuses new tickets, wakes the writers so that they finish the rest */

/* ---- pool.c: connections for reading, opened when first needed ---- */
struct pool {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct dbr *idle;
    int n, most;
};
int pool_init(struct pool *p, int most, struct err *e);
int pool_take(struct db *db, struct dbr **out, struct err *e);
void pool_give(struct db *db, struct dbr *r);
/* While nobody can take one: what fn does is short. */
void pool_each_idle(struct pool *p, void (*fn)(struct dbr *r));
void pool_drain(struct db *db); /* closes all; every connection must have come back */
void pool_release(struct db *db);

struct db {
    enum db_engine engine;
    const struct db_ops *ops;
    void *own; /* struct lite or struct pg */
    char *address;
    struct pool pool;
    struct door door;
    struct instant (*clock)(void *);
    void *clock_ctx;
    _Atomic int64_t fail_at;
    _Atomic uint64_t writes, groups, retries, refused, write_us_max;
    pthread_t bulk_thread; /* who loads rows now: its own writes would wait for itself */
    _Atomic int bulks;
};

/* ---- faults ---- */
bool fault_count(struct db *db);
static inline bool fault_now(struct db *db)
{
    return atomic_load_explicit(&db->fail_at, memory_order_relaxed) != 0 && fault_count(db);
}

/* ---- cursor.c ---- */
struct db_cursor *cursor_begin(struct dbr *r, const struct db_stmt *s, bool writing, struct err *e);
void cursors_end(struct dbr *r);  /* all that are still in flight */
void cursors_free(struct dbr *r); /* the connection goes */
/* Keeps the first failure of a write, so that it cannot commit. Returns -1. */
int dbr_failed(struct dbr *r, const struct err *e);

/* ---- write.c: what both doors do with one ticket ---- */
void err_reset(struct err *e);
/* Runs the write; 0 when it may be kept. */
int ticket_run(struct dbr *r, struct db_ticket *t);
void tickets_done(struct db *db, struct db_ticket *first); /* tells every owner; the tickets are not touched afterwards */
bool loads_rows_itself(struct db *db);                     /* this thread has a bulk load open */
void note_longest(struct db *db, int64_t us);

/* ---- migrate.c ---- */
/* On a connection that may write and that no other process migrates on at this moment. */
int migrate(struct dbr *w, const struct db_migration *list, struct err *e);
/* A transaction of platform/db itself on a writing connection; own_end commits when rc is 0, else rolls back, and returns rc. */
int own_begin(struct dbr *w, struct err *e);
int own_end(struct dbr *w, int rc, struct err *e);

/* ---- bulk.c ---- */
enum bulk_kind { BULK_NULL, BULK_INT, BULK_TEXT, BULK_BLOB };
struct bulk_value {
    enum bulk_kind kind;
    uint32_t n; /* bytes of a text or blob */
    union {
        size_t at; /* where they begin in db_bulk.bytes */
        int64_t i;
    };
};
enum {
    BULK_COLUMNS = 64,         /* most of one table */
    BULK_WAIT = 256,           /* rows that wait for the engine at most */
    BULK_WAIT_BYTES = 1 << 17, /* and what their texts take before no further row is waited for */
};
struct db_bulk {
    struct db *db;
    const char *table;
    const char *const *columns;
    int n, put;           /* columns; values so far of the row that is being put */
    int waiting;          /* rows put and not yet handed to the engine */
    bool broken;
    struct err err;       /* why, when broken */
    struct bulk_value *v; /* BULK_WAIT rows of n values, and one more that takes what is too much */
    char *bytes;          /* texts and blobs of the rows that wait */
    size_t n_bytes, room;
    int64_t rows;
    void *own; /* the engine's */
};
static inline const struct bulk_value *bulk_row_values(const struct db_bulk *b, int row)
{
    return b->v + (size_t)row * (size_t)b->n;
}
bool plain_name(const char *name); /* a-z 0-9 _: may stand in a statement text */

/* ---- indexes.c ---- */
int indexes_drop(struct dbr *w, const char *const *tables, struct err *e);
int indexes_build(struct dbr *w, bool *any, struct err *e); /* *any: some had been waiting */

/* ---- keep.c ---- */
int file_begin(const char *path, struct err *e);                          /* empty, readable by its owner alone */
int file_replace(const char *temporary, const char *path, struct err *e); /* syncs it, renames it, syncs the directory */

#endif
