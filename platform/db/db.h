/* db.h: one data store, two engines. SQLite when the address is a path, PostgreSQL when it begins with "postgres:" or
 * "postgresql:". Nothing above this header knows which; statements come typed from sqlc (tools/sqlc/README.md), never
 * from strings.
 *
 * Reading: struct dbr is a read transaction; rows see one moment. Writing: struct tx exists only inside a db_write_fn, at the
 * door. On SQLite one writer thread owns the only writing connection: it opens a transaction, gives each waiting write its
 * own savepoint, commits once (WAL, synchronous=FULL) and then tells all of them. On PostgreSQL several writers do the same in
 * serializable transactions; writes that could not be kept together each run in one of their own, again on conflict. A write may
 * therefore run more than once: it touches rows and its own argument, nothing else.
 */
#ifndef BON_PLATFORM_DB_H
#define BON_PLATFORM_DB_H

#include "base/ident.h"
#include "base/money.h"
#include "base/vec.h"

struct db;  /* the store: thread-safe */
struct dbr; /* a read transaction: one thread */
struct tx;  /* a writing transaction: inside the door only */

enum db_engine { DB_SQLITE, DB_POSTGRES, DB_ENGINES_ };

/* Storage classes. The declared column type names its class by its last word: pid_text, instant_int, hash_blob … */
enum db_type {
    DB_TEXT,    /* text            struct str */
    DB_INT,     /* integer, id_int int64_t */
    DB_REAL,    /* real            double */
    DB_BLOB,    /* blob            struct str */
    DB_BOOL,    /* bool_int        bool */
    DB_PID,     /* pid_text        struct pid */
    DB_UNIT,    /* unit_text       struct unit_code */
    DB_DAY,     /* day_text        struct day, "2024-02-16" */
    DB_BIRTH,   /* birth_text      struct birth, "1990", "1990-02", "1990-02-01" */
    DB_INSTANT, /* instant_int     struct instant, microseconds */
    DB_MONEY,   /* money_int       struct money */
    DB_HASH,    /* hash_blob       struct hash32 */
};

/* One statement as sqlc emits it. Its address is its identity: connections keep it prepared under it. */
struct db_stmt {
    const char *name;
    const char *sql[DB_ENGINES_]; /* SQLite text with ?1 ?2 …; PostgreSQL text with $1 $2 … */
    int n_in, n_out;
    const enum db_type *in, *out;
    const char *source; /* file:line */
    bool writes;
    bool each; /* :each: has no LIMIT; PostgreSQL reads it through a cursor, some hundred rows at a time */
};

/* One migration step: engine texts after translation by sqlc, in module order then by number. */
struct db_migration {
    const char *module; /* "stays" */
    int number;
    const char *sql[DB_ENGINES_];
};

struct db_options {
    const char *address;          /* path of the SQLite file, or a libpq connection string */
    int readers;                  /* connections kept for reading; 0 = 4 */
    int queue;                    /* writes that may wait at the door before ERR_BUSY; 0 = 4096 */
    int pg_writers;               /* writing connections on PostgreSQL; 0 = 4 */
    const struct db_migration *migrations; /* ended by .module == NULL */
    bool create;                  /* make the file when it is missing */
    struct instant (*clock)(void *); /* what tx_now tells; NULL: the machine's */
    void *clock_ctx;
};

/* Opens, checks the schema version, applies what is missing (each migration in its own transaction; one runs at a time even
 * when many servers start together). ERR_DB with a detail that says what to do. */
int db_open(const struct db_options *o, struct db **out, struct err *e);

/* Waits for the writes at the door, checkpoints, closes. NULL-safe. */
void db_close(struct db *db);

enum db_engine db_engine(const struct db *db);

/* ---- reading ---- */
int db_read_begin(struct db *db, struct dbr **out, struct err *e); /* ERR_BUSY when no connection came free within 2 s */
/* The same where allocations from `a` may jump out while it is read: the reader ends with the arena at the latest. */
int db_read_in(struct db *db, struct arena *a, struct dbr **out, struct err *e);
void db_read_end(struct dbr *r);                                   /* NULL-safe */

/* ---- writing ---- */
/* 0: keep the change. -1: this write's own rows are undone, e goes to its owner, others in the group are untouched. A write in
 * which any statement failed is never kept, whatever it returns (PostgreSQL could not keep it; where a row may be there
 * already, the statement says ON CONFLICT). Writes must not call db_write, and never jump out of the door: an arena that is used
 * here needs its on_full inside the write (db_write_in). */
typedef int db_write_fn(struct tx *tx, void *arg, struct err *e);

/* At the door, waiting for the disk. For jobs and commands. */
int db_write(struct db *db, db_write_fn *fn, void *arg, struct err *e);
/* The same for a write that allocates from `a`: when that is full, the write is undone and the answer is ERR_BUSY. */
int db_write_in(struct db *db, struct arena *a, db_write_fn *fn, void *arg, struct err *e);

/* At the door without waiting: done(owner, result, e) is called on the writer's thread once the change is durable or has
 * failed; it must be quick (wake a connection). -1 with ERR_BUSY: the queue is full and done will not be called. */
typedef void db_done_fn(void *owner, int result, const struct err *e);
struct db_ticket {
    db_write_fn *fn;
    void *arg;
    db_done_fn *done;
    void *owner;
    struct db_ticket *next; /* the door's own */
    struct err err;         /* the door's own */
    int result;             /* the door's own */
};
int db_submit(struct db *db, struct db_ticket *t, struct err *e);

/* What the write may look at. */
struct dbr *tx_reader(struct tx *tx);
struct instant tx_now(const struct tx *tx); /* the moment the write began: the one clock of its rows */

/* Every transaction must pass this once, or it does not commit ("audit is part of the write"); engines/audit calls it. */
void tx_mark_audited(struct tx *tx);
/* For the few writes that record nothing about anyone (session touch, seal, job state): says why, for the reader. */
void tx_unaudited(struct tx *tx, const char *why);

/* ---- what has changed ---- */
/* For what is read again and again and rarely changes: its reader keeps it in memory together with the count it had *before* its read
 * transaction began, and takes it from there while the count is still the same. Registered at the start, before anything is served;
 * `tables` (ended by NULL; none of them WITHOUT ROWID) lives as long as the store. NULL: this store cannot tell, since other servers
 * write too (PostgreSQL). */
struct db_watch;
struct db_watch *db_watch(struct db *db, const char *const *tables);
uint64_t db_watch_count(const struct db_watch *w); /* commits that changed a row of its tables; from 1 on */

/* ---- what generated code calls ---- */
struct db_cursor; /* a statement in flight; ends by db_end or by the row after the last */

struct db_cursor *db_begin(struct dbr *r, const struct db_stmt *s, struct err *e); /* NULL: e says why */
struct db_cursor *db_begin_tx(struct tx *tx, const struct db_stmt *s, struct err *e);
void db_bind_null(struct db_cursor *c, int i); /* i from 0; text and blobs must live until db_end */
void db_bind_text(struct db_cursor *c, int i, struct str v); /* v.p == NULL binds NULL; same for blob */
void db_bind_blob(struct db_cursor *c, int i, struct str v);
void db_bind_int(struct db_cursor *c, int i, int64_t v);
void db_bind_real(struct db_cursor *c, int i, double v);
void db_bind_bool(struct db_cursor *c, int i, bool v);
void db_bind_pid(struct db_cursor *c, int i, const struct pid *v); /* "none" binds NULL; same for unit */
void db_bind_unit(struct db_cursor *c, int i, const struct unit_code *v);
void db_bind_day(struct db_cursor *c, int i, struct day v);
void db_bind_birth(struct db_cursor *c, int i, struct birth v); /* year 0 binds NULL */
void db_bind_instant(struct db_cursor *c, int i, struct instant v);
void db_bind_money(struct db_cursor *c, int i, struct money v);
void db_bind_hash(struct db_cursor *c, int i, const struct hash32 *v);

int db_step(struct db_cursor *c, struct err *e); /* 1 a row, 0 no more, -1 failed */
/* Runs an INSERT that makes one row and gives its number: 1 made, 0 no row (ON CONFLICT DO NOTHING), -1 failed. */
int db_insert(struct db_cursor *c, int64_t *id, struct err *e);
void db_end(struct db_cursor *c);                /* NULL-safe */
int64_t db_changes(const struct db_cursor *c);   /* rows an :exec statement touched; after the last step */

bool db_is_null(const struct db_cursor *c, int i);
struct str db_text(const struct db_cursor *c, int i, struct arena *a); /* copied into a; NULL gives STR_NONE */
struct str db_blob(const struct db_cursor *c, int i, struct arena *a);
int64_t db_int(const struct db_cursor *c, int i);
double db_real(const struct db_cursor *c, int i);
bool db_bool(const struct db_cursor *c, int i);
struct pid db_pid(const struct db_cursor *c, int i);
struct unit_code db_unit(const struct db_cursor *c, int i);
struct day db_day(const struct db_cursor *c, int i);
struct birth db_birth(const struct db_cursor *c, int i);
struct instant db_instant(const struct db_cursor *c, int i);
struct money db_money(const struct db_cursor *c, int i);
struct hash32 db_hash(const struct db_cursor *c, int i);

/* ---- bulk ---- */
/* Loads rows into an empty store that nobody serves yet: SQLite with inserts of many rows in large transactions and indexes
 * built afterwards, PostgreSQL with COPY. `columns` (64 at most) are typed; each row is put value by value in column order,
 * values are copied. Rows wait for others: one that is refused may be told by a later call, db_bulk_end at the latest. Several tables
 * may be loaded at once by one thread; writes at the door wait meanwhile, and that thread must not db_write. What a row refers to is
 * ended first. On SQLite a load that fails keeps the slices of 100,000 rows before: load into a new store. */
struct db_bulk;
int db_bulk_begin(struct db *db, const char *table, const char *const *columns, const enum db_type *types, int n,
                  struct db_bulk **out, struct err *e);
void db_bulk_text(struct db_bulk *b, struct str v); /* v.p == NULL: NULL; DB_DAY, DB_BIRTH, DB_PID, DB_UNIT go as their text */
void db_bulk_blob(struct db_bulk *b, const void *p, size_t n);
void db_bulk_int(struct db_bulk *b, int64_t v);
void db_bulk_null(struct db_bulk *b);
int db_bulk_row(struct db_bulk *b, struct err *e); /* ends one row */
int db_bulk_end(struct db_bulk *b, struct err *e);

/* Drops the secondary indexes of these tables (NULL ends the list), and builds all that are missing again: around a bulk load. */
int db_bulk_indexes_drop(struct db *db, const char *const *tables, struct err *e);
int db_bulk_indexes_build(struct db *db, struct err *e);

/* ---- keeping ---- */
/* A consistent copy while serving (SQLite online backup in slices; pg_dump custom format for PostgreSQL). progress may be NULL. */
int db_backup(struct db *db, const char *path, void (*progress)(void *, int done, int total), void *ctx, struct err *e);
int db_integrity(struct db *db, struct err *e); /* SQLite integrity_check / PostgreSQL a read of every table */

struct db_stats {
    uint64_t writes, groups, retries, refused; /* counters since open */
    uint64_t waiting;                          /* at the door now */
    uint64_t write_us_max;                     /* longest single write at the door; PostgreSQL: longest group with its commit */
    uint64_t wal_bytes;
};
void db_stats(struct db *db, struct db_stats *out);
/* Groups of writes so far. Goes up once they are visible to readers and before their owners are told: whoever finds the count as it was
 * before has missed no write of this program that anybody knows of. */
uint64_t db_groups(const struct db *db);

/* Prepares and EXPLAINs one statement on a spare connection: what the tests run over every statement. */
int db_explain(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e);

/* Faults for `make torture`: the n-th engine call from now fails. 0 switches it off. */
void db_fail_at(struct db *db, int64_t nth);
bool db_fault_waits(const struct db *db); /* armed, and not struck yet */

#endif
