/* pg.h: what the PostgreSQL files share.
 *
 * Connections live in libpq's pipeline mode: commands are sent without waiting, answers are read in order when somebody
 * needs one. A write that only inserts and is audited thus costs one round trip, BEGIN and COMMIT included.
 */
#ifndef BON_PLATFORM_DB_PG_H
#define BON_PLATFORM_DB_PG_H

#include "platform/db/db_internal.h"

#include "base/rng.h"

#include <libpq-fe.h>

struct pg_cursor {
    struct db_cursor c;
    bool prepared;  /* the server knows it, or will when the pipeline so far succeeds */
    bool sent;      /* this use of it has been sent */
    bool fetching;  /* .each: a server cursor is open */
    bool last;      /* .each: the rows at hand are the last ones */
    uint32_t name;  /* "s<name>" on this connection */
    PGresult *rows; /* at hand, or NULL */
    int row, n_rows;
    const char **value; /* parameters, in libpq's shape: n_in of each */
    int *length, *format;
    Oid *type;
};

enum pg_wait_kind { WAIT_CONTROL, WAIT_PREPARE, WAIT_EXECUTE, WAIT_SYNC };
#define PIPELINE_MOST 64

/* A command that was sent and whose answer has not been read. */
struct pg_wait {
    enum pg_wait_kind kind;
    struct pg_cursor *c;
    uint64_t tx; /* the write that sent it, or 0 */
};

struct pg_conn {
    struct dbr r;
    PGconn *h; /* NULL: not connected yet */
    uint32_t names;
    bool failed; /* a command of this transaction failed; err says how */
    struct err err;
    bool committed; /* the last COMMIT was answered with COMMIT */
    bool ended;     /* the server said that it ends the session: what had not been committed by then never will be */
    bool unsure;    /* the connection went while a COMMIT was on its way */
    bool closing;
    bool fresh; /* a read transaction of which nothing has been seen yet */
    struct pg_wait wait[PIPELINE_MOST + 8];
    int n_wait;
    int unsynced; /* of them, sent after the last sync */
};

struct pg_writer {
    struct db *db;
    struct pg_conn *c;
    pthread_t thread;
    struct rng rng;
    bool running;
};

struct pg {
    struct db *db;
    int n_writers;
    pthread_mutex_t turn;
    _Atomic int calm; /* chains that the writers still run one after the other */
    struct pg_writer writers[64];
};

static inline struct pg *pg_of(const struct db *db)
{
    return db->own;
}

static inline struct pg_conn *pg_conn(struct dbr *r)
{
    return (struct pg_conn *)r;
}

static inline struct pg_cursor *pg_cursor(struct db_cursor *c)
{
    return (struct pg_cursor *)c;
}

/* postgres.c */
int pg_connect(struct db *db, struct pg_conn **out, struct err *e);
void pg_disconnect(struct pg_conn *c);
int pg_read_start(struct dbr *r, struct err *e);
int pg_ready(struct pg_conn *c, struct err *e); /* reads old answers; connects again when the connection is gone */
void pg_rollback(struct dbr *r);                /* whatever is open; waits for the answer */
int pg_script(struct dbr *r, const char *sql, const char *what, struct err *e);
int pg_result_err(const PGresult *res, PGconn *h, const char *what, struct err *e); /* returns -1 */
bool pg_asks_again(const PGresult *res);                                            /* serialization failure, deadlock */

/* postgres_wire.c */
void pg_fail(struct pg_conn *c, const struct err *e); /* keeps the first failure of the transaction */
int pg_send_control(struct pg_conn *c, const char *sql);
int pg_send_rollback(struct pg_conn *c); /* no fault strikes here: what is open must end */
int pg_send_prepare(struct pg_conn *c, struct pg_cursor *s);
int pg_send_execute(struct pg_conn *c, struct pg_cursor *s);
int pg_send_declare(struct pg_conn *c, struct pg_cursor *s);
int pg_send_fetch(struct pg_conn *c, struct pg_cursor *s);
void pg_send_sync(struct pg_conn *c);
void pg_note_end(struct pg_conn *c, const PGresult *res);
int pg_drain(struct pg_conn *c); /* reads every answer; -1: the transaction failed */

/* postgres_stmt.c: as in struct db_ops */
struct db_cursor *pg_prepare(struct dbr *r, const struct db_stmt *s, struct err *e);
void pg_unprepare(struct db_cursor *c);
void pg_bind_null(struct db_cursor *c, int i);
void pg_bind_bytes(struct db_cursor *c, int i, const char *p, size_t n, bool text);
void pg_bind_int(struct db_cursor *c, int i, int64_t v);
void pg_bind_real(struct db_cursor *c, int i, double v);
int pg_step(struct db_cursor *c, struct err *e);
void pg_reset(struct db_cursor *c);
int64_t pg_changes(struct db_cursor *c);
bool pg_is_null(const struct db_cursor *c, int i);
struct str pg_peek(const struct db_cursor *c, int i);
struct str pg_bytes(const struct db_cursor *c, int i, bool text, struct arena *a);
bool pg_blob_into(const struct db_cursor *c, int i, void *p, size_t n);
int64_t pg_integer(const struct db_cursor *c, int i);
double pg_real(const struct db_cursor *c, int i);
Oid pg_type(enum db_type t);

/* postgres_door.c */
int pg_door_start(struct pg *pg, struct err *e);
void pg_door_stop(struct pg *pg);
int pg_settle(struct dbr *r); /* what was sent is answered: the rows a write touched are known */

/* postgres_bulk.c */
int pg_bulk_begin(struct db_bulk *b, struct err *e);
int pg_bulk_rows(struct db_bulk *b, struct err *e);
int pg_bulk_end(struct db_bulk *b, bool keep, struct err *e);

/* postgres_keep.c */
int pg_backup(struct db *db, const char *path, void (*progress)(void *, int, int), void *ctx, struct err *e);
int pg_integrity(struct db *db, struct err *e);
int pg_explain(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e);
int pg_loaded(struct dbr *w, struct err *e);

#endif
