/* postgres.c: connections of the PostgreSQL engine, and its table of functions. */
#include "platform/db/own_sql.h"
#include "platform/db/pg.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

static enum err_code code_of(const char *state)
{
    static const struct {
        const char *prefix;
        enum err_code code;
    } codes[] = {
        { "23", ERR_CONFLICT },     { "P0001", ERR_CONFLICT }, /* constraint; a trigger's RAISE */
        { "53100", ERR_DISK_FULL }, { "40001", ERR_BUSY },     { "40P01", ERR_BUSY }, { "55P03", ERR_BUSY },
        { "57014", ERR_BUSY },      { "53300", ERR_BUSY },     { "57P03", ERR_BUSY }, { "54", ERR_TOO_LARGE },
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strncmp(state, codes[i].prefix, strlen(codes[i].prefix)) == 0)
            return codes[i].code;
    return ERR_DB;
}

static const char *state_of(const PGresult *res)
{
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    return state != NULL ? state : "";
}

bool pg_asks_again(const PGresult *res)
{
    const char *state = state_of(res);
    return strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0;
}

/* The first line only: PostgreSQL's detail line shows the row's values, which have no place in a log. */
int pg_result_err(const PGresult *res, PGconn *h, const char *what, struct err *e)
{
    const char *message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
    if (message == NULL)
        message = PQerrorMessage(h);
    return ERR(e, code_of(state_of(res)), "%s: %s (%s)", what, message, state_of(res));
}

/* A farewell that arrives while nothing is asked comes as a notice; other notices are of no interest. */
static void take_notice(void *ctx, const PGresult *res)
{
    pg_note_end(ctx, res);
}

static int simple(struct pg_conn *c, const char *sql, const char *what, struct err *e)
{
    PGresult *res = PQexec(c->h, sql);
    ExecStatusType s = PQresultStatus(res);
    int rc = s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK ? 0 : pg_result_err(res, c->h, what, e);
    PQclear(res);
    if (PQstatus(c->h) == CONNECTION_BAD)
        c->r.lost = true;
    return rc;
}

static int connect_now(struct pg_conn *c, struct err *e)
{
    static const char *const words[] = { "connect_timeout", "fallback_application_name", "dbname", "client_encoding", NULL };
    const char *values[] = { "5", "bon", c->r.db->address, "UTF8", NULL };
    PQfinish(c->h);
    c->h = NULL;
    if (fault_now(c->r.db))
        return ERR(e, ERR_DB, "PostgreSQL: planned fault");
    c->h = PQconnectdbParams(words, values, 1);
    if (PQstatus(c->h) != CONNECTION_OK)
        return ERR(e, ERR_DB, "PostgreSQL does not answer: %.200s", PQerrorMessage(c->h));
    PQsetNoticeReceiver(c->h, take_notice, c);
    if (simple(c, pg_session_sql, "session", e) != 0)
        return -1;
    if (!PQenterPipelineMode(c->h))
        return ERR(e, ERR_DB, "PostgreSQL: no pipeline mode");
    c->r.lost = c->failed = c->ended = false;
    c->n_wait = c->unsynced = 0;
    for (size_t i = 0; i < CACHE_BUCKETS; i++)
        for (struct db_cursor *s = c->r.cache[i]; s != NULL; s = s->same)
            pg_cursor(s)->prepared = false;
    return 0;
}

int pg_connect(struct db *db, struct pg_conn **out, struct err *e)
{
    struct pg_conn *c = calloc(1, sizeof *c);
    if (c == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    c->r.db = db;
    if (connect_now(c, e) != 0) {
        pg_disconnect(c);
        return -1;
    }
    *out = c;
    return 0;
}

void pg_disconnect(struct pg_conn *c)
{
    if (c == NULL)
        return;
    c->closing = true;
    c->failed = true; /* nothing more is sent */
    cursors_free(&c->r);
    PQfinish(c->h);
    free(c);
}

/* Something to read while nothing was asked: a notice, or the server's farewell. */
static bool still_there(struct pg_conn *c)
{
    for (int i = 0; i < 8; i++) {
        struct pollfd fd = { .fd = PQsocket(c->h), .events = POLLIN };
        if (c->ended || poll(&fd, 1, 0) <= 0)
            return !c->ended && PQstatus(c->h) == CONNECTION_OK;
        if (!PQconsumeInput(c->h) || PQstatus(c->h) == CONNECTION_BAD)
            return false;
        PQisBusy(c->h); /* takes what was read out of the buffer */
    }
    return false;
}

int pg_ready(struct pg_conn *c, struct err *e)
{
    if (c->n_wait > 0)
        pg_drain(c);
    if (!c->r.lost && c->h != NULL)
        c->r.lost = !still_there(c);
    if ((c->r.lost || c->h == NULL) && connect_now(c, e) != 0) {
        c->r.lost = true;
        return -1;
    }
    c->failed = false;
    return 0;
}

void pg_rollback(struct dbr *r)
{
    struct pg_conn *c = pg_conn(r);
    if (r->lost)
        return;
    pg_drain(c);
    if (!r->lost && pg_send_rollback(c) == 0)
        pg_drain(c);
    c->failed = false;
}

int pg_script(struct dbr *r, const char *sql, const char *what, struct err *e)
{
    struct pg_conn *c = pg_conn(r);
    if (pg_drain(c) != 0) {
        if (e != NULL)
            *e = c->err;
        return -1;
    }
    if (fault_now(r->db))
        return ERR(e, ERR_DB, "%s: planned fault", what);
    if (!PQexitPipelineMode(c->h))
        return ERR(e, ERR_DB, "%s: %s", what, PQerrorMessage(c->h));
    int rc = simple(c, sql, what, e);
    PQenterPipelineMode(c->h);
    return rc;
}

static int reader_open(struct db *db, struct dbr **out, struct err *e)
{
    struct pg_conn *c = NULL;
    if (pg_connect(db, &c, e) != 0)
        return -1;
    *out = &c->r;
    return 0;
}

static void reader_close(struct dbr *r)
{
    pg_disconnect(pg_conn(r));
}

int pg_read_start(struct dbr *r, struct err *e)
{
    struct pg_conn *c = pg_conn(r);
    if (pg_ready(c, e) != 0)
        return -1;
    if (pg_send_control(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") != 0) {
        *e = c->err;
        return -1;
    }
    r->begun = true;
    c->fresh = true;
    return 0;
}

/* Nobody waits for the answer: it is read when the connection is used next. A sync before it makes sure that an error in what was
 * sent earlier does not swallow it. */
static void read_end(struct dbr *r)
{
    struct pg_conn *c = pg_conn(r);
    pg_send_sync(c);
    if (!r->lost && pg_send_rollback(c) == 0)
        pg_send_sync(c);
}

static struct dbr *own_take(struct db *db, struct err *e)
{
    struct pg_conn *c = NULL;
    return pg_connect(db, &c, e) == 0 ? &c->r : NULL;
}

static void own_give(struct dbr *w)
{
    pg_disconnect(pg_conn(w));
}

/* Order and ranges of text must be those of the bytes, as on SQLite: keys made by text_sort_key depend on it. */
static int check_database(struct dbr *w, struct err *e)
{
    struct db_cursor *c = cursor_begin(w, &pg_database_stmt, false, e);
    if (c == NULL || db_step(c, e) != 1) {
        db_end(c);
        return -1;
    }
    struct str collate = pg_peek(c, 0), encoding = pg_peek(c, 1);
    bool bytewise = str_eq(collate, STR("C")) || str_eq(collate, STR("POSIX")) || str_starts(collate, STR("C."));
    int rc = 0;
    if (pg_integer(c, 2) < 130000)
        rc = ERR(e, ERR_DB, "PostgreSQL 13 or newer is needed");
    else if (!bytewise || !str_eq(encoding, STR("UTF8")))
        rc = ERR(e, ERR_DB,
                 "the database has collation %.*s and encoding %.*s; make it with TEMPLATE template0 "
                 "LC_COLLATE 'C' ENCODING 'UTF8'",
                 STR_ARG(collate), STR_ARG(encoding));
    db_end(c);
    return rc;
}

static int prepare_database(struct dbr *w, const struct db_options *o, struct err *e)
{
    if (own_begin(w, e) != 0 || own_end(w, check_database(w, e), e) != 0)
        return -1;
    /* Held until this connection closes: servers that start together come through one by one. */
    if (pg_script(w, pg_migration_lock_sql, "migration lock", e) != 0 ||
        pg_script(w, schema_sql[DB_POSTGRES], "schema tables", e) != 0 || migrate(w, o->migrations, e) != 0)
        return -1;
    bool unfinished = false;
    if (indexes_build(w, &unfinished, e) != 0)
        return -1;
    return unfinished ? pg_loaded(w, e) : 0;
}

static void pg_close(struct db *db)
{
    pg_door_stop(pg_of(db));
    pool_drain(db);
    pthread_mutex_destroy(&pg_of(db)->turn);
    free(db->own);
    db->own = NULL;
}

static int pg_open(struct db *db, const struct db_options *o, struct err *e)
{
    struct pg *pg = calloc(1, sizeof *pg);
    if (pg == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    pg->db = db;
    pthread_mutex_init(&pg->turn, NULL);
    db->own = pg;
    int most = (int)(sizeof pg->writers / sizeof *pg->writers);
    pg->n_writers = o->pg_writers <= 0 ? 4 : o->pg_writers < most ? o->pg_writers : most;
    struct dbr *w = own_take(db, e);
    int rc = w != NULL ? prepare_database(w, o, e) : -1;
    if (w != NULL)
        own_give(w);
    if (rc == 0)
        rc = pg_door_start(pg, e);
    if (rc == 0)
        return 0;
    door_close(&db->door);
    pg_close(db);
    return -1;
}

static uint64_t no_wal(struct db *db)
{
    (void)db;
    return 0;
}

const struct db_ops pg_ops = {
    .open = pg_open,
    .close = pg_close,
    .reader_open = reader_open,
    .reader_close = reader_close,
    .read_start = pg_read_start,
    .read_end = read_end,
    .prepare = pg_prepare,
    .unprepare = pg_unprepare,
    .bind_null = pg_bind_null,
    .bind_bytes = pg_bind_bytes,
    .bind_int = pg_bind_int,
    .bind_real = pg_bind_real,
    .step = pg_step,
    .reset = pg_reset,
    .changes = pg_changes,
    .settle = pg_settle,
    .is_null = pg_is_null,
    .bytes = pg_bytes,
    .peek = pg_peek,
    .blob_into = pg_blob_into,
    .integer = pg_integer,
    .real = pg_real,
    .script = pg_script,
    .bulk_begin = pg_bulk_begin,
    .bulk_rows = pg_bulk_rows,
    .bulk_end = pg_bulk_end,
    .own_take = own_take,
    .own_give = own_give,
    .rollback = pg_rollback,
    .loaded = pg_loaded,
    .backup = pg_backup,
    .integrity = pg_integrity,
    .wal_bytes = no_wal,
    .explain = pg_explain,
};
