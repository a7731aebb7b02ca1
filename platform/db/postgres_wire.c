/* postgres_wire.c: sending without waiting, and reading the answers in order. After an error the server skips what was sent
 * up to the next sync, so the first failure is the one that counts; the rest of the transaction is only rolled back.
 */
#include "platform/db/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FETCH_ROWS "500"

void pg_fail(struct pg_conn *c, const struct err *e)
{
    if (c->failed)
        return;
    c->failed = true;
    c->err = *e;
}

static int lost(struct pg_conn *c, const char *what)
{
    struct err e = { 0 };
    ERR(&e, ERR_DB, "%s: the connection to PostgreSQL is lost: %.120s", what, PQerrorMessage(c->h));
    c->r.lost = true;
    pg_fail(c, &e);
    return -1;
}

/* Makes room for one more command, and lets a planned fault strike. */
static int before_send(struct pg_conn *c, const char *what)
{
    if (c->failed)
        return -1;
    if (fault_now(c->r.db)) {
        struct err e = { 0 };
        ERR(&e, ERR_DB, "%s: planned fault", what);
        pg_fail(c, &e);
        return -1;
    }
    return c->n_wait < PIPELINE_MOST ? 0 : pg_drain(c);
}

static int sent(struct pg_conn *c, int ok, enum pg_wait_kind kind, struct pg_cursor *s, const char *what)
{
    if (!ok)
        return lost(c, what);
    c->wait[c->n_wait++] = (struct pg_wait) { kind, s, c->r.tx != NULL ? c->r.tx->number : 0 };
    c->unsynced++;
    return 0;
}

int pg_send_control(struct pg_conn *c, const char *sql)
{
    if (before_send(c, sql) != 0)
        return -1;
    return sent(c, PQsendQueryParams(c->h, sql, 0, NULL, NULL, NULL, NULL, 0), WAIT_CONTROL, NULL, sql);
}

int pg_send_rollback(struct pg_conn *c)
{
    static const char sql[] = "ROLLBACK";
    return sent(c, PQsendQueryParams(c->h, sql, 0, NULL, NULL, NULL, NULL, 0), WAIT_CONTROL, NULL, sql);
}

static void name_of(const struct pg_cursor *s, char letter, char name[16])
{
    snprintf(name, 16, "%c%u", letter, s->name);
}

int pg_send_prepare(struct pg_conn *c, struct pg_cursor *s)
{
    const struct db_stmt *stmt = s->c.stmt;
    if (before_send(c, stmt->name) != 0)
        return -1;
    char name[16];
    s->name = ++c->names; /* a name whose preparation was skipped is never used again */
    name_of(s, 's', name);
    s->prepared = true;
    return sent(c, PQsendPrepare(c->h, name, stmt->sql[DB_POSTGRES], stmt->n_in, s->type), WAIT_PREPARE, s, stmt->name);
}

int pg_send_execute(struct pg_conn *c, struct pg_cursor *s)
{
    const struct db_stmt *stmt = s->c.stmt;
    if (before_send(c, stmt->name) != 0)
        return -1;
    char name[16];
    name_of(s, 's', name);
    return sent(c, PQsendQueryPrepared(c->h, name, stmt->n_in, s->value, s->length, s->format, 0), WAIT_EXECUTE, s,
                stmt->name);
}

int pg_send_declare(struct pg_conn *c, struct pg_cursor *s)
{
    static const char form[] = "DECLARE e%u NO SCROLL CURSOR FOR %s";
    const struct db_stmt *stmt = s->c.stmt;
    if (before_send(c, stmt->name) != 0)
        return -1;
    size_t room = strlen(stmt->sql[DB_POSTGRES]) + sizeof form + 16;
    char *sql = malloc(room);
    if (sql == NULL)
        return lost(c, "no memory");
    s->name = ++c->names;
    snprintf(sql, room, form, s->name, stmt->sql[DB_POSTGRES]);
    int ok = PQsendQueryParams(c->h, sql, stmt->n_in, s->type, s->value, s->length, s->format, 0);
    free(sql);
    return sent(c, ok, WAIT_CONTROL, NULL, stmt->name);
}

int pg_send_fetch(struct pg_conn *c, struct pg_cursor *s)
{
    if (before_send(c, s->c.stmt->name) != 0)
        return -1;
    char sql[48];
    snprintf(sql, sizeof sql, "FETCH " FETCH_ROWS " FROM e%u", s->name);
    return sent(c, PQsendQueryParams(c->h, sql, 0, NULL, NULL, NULL, NULL, 0), WAIT_EXECUTE, s, s->c.stmt->name);
}

void pg_send_sync(struct pg_conn *c)
{
    if (c->unsynced == 0 || c->r.lost)
        return;
    if (!PQpipelineSync(c->h)) {
        lost(c, "sync");
        return;
    }
    c->wait[c->n_wait++] = (struct pg_wait) { WAIT_SYNC, NULL, 0 };
    c->unsynced = 0;
}

static void took_rows(struct pg_conn *c, const struct pg_wait *w, PGresult *res)
{
    struct pg_cursor *s = w->c;
    const char *touched = PQcmdTuples(res);
    s->c.changes = touched[0] != '\0' ? strtoll(touched, NULL, 10) : 0;
    if (s->c.writing && c->r.tx != NULL && c->r.tx->number == w->tx) /* not an earlier write of the group */
        c->r.tx->touched += s->c.changes;
    if (PQresultStatus(res) != PGRES_TUPLES_OK || !s->c.open || !s->sent) {
        PQclear(res);
        return;
    }
    PQclear(s->rows);
    s->rows = res;
    s->row = -1;
    s->n_rows = PQntuples(res);
}

static void answer(struct pg_conn *c, const struct pg_wait *w, PGresult *res)
{
    struct err e = { 0 };
    switch (PQresultStatus(res)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
        if (w->kind == WAIT_EXECUTE) {
            took_rows(c, w, res);
            return;
        }
        if (w->kind == WAIT_CONTROL)
            c->committed = strcmp(PQcmdStatus(res), "COMMIT") == 0;
        break;
    case PGRES_PIPELINE_ABORTED:
        if (w->kind == WAIT_PREPARE)
            w->c->prepared = false;
        break;
    default:
        if (w->kind == WAIT_PREPARE)
            w->c->prepared = false;
        pg_result_err(res, c->h, w->c != NULL ? w->c->c.stmt->name : "transaction", &e);
        c->r.retry = c->r.retry || pg_asks_again(res);
        pg_fail(c, &e);
        break;
    }
    PQclear(res);
}

/* 57P01 … 57P03: shut down, crashed, starting. An error that libpq makes itself has no state. */
void pg_note_end(struct pg_conn *c, const PGresult *res)
{
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    if (state != NULL && strncmp(state, "57P", 3) == 0)
        c->ended = true;
}

/* One answer and the end mark behind it. */
static int read_answer(struct pg_conn *c, const struct pg_wait *w)
{
    PGresult *res = PQgetResult(c->h);
    pg_note_end(c, res);
    if (res == NULL || PQstatus(c->h) == CONNECTION_BAD) {
        PQclear(res);
        return lost(c, "answer");
    }
    if (w->kind == WAIT_SYNC) {
        bool synced = PQresultStatus(res) == PGRES_PIPELINE_SYNC;
        PQclear(res);
        return synced ? 0 : lost(c, "sync");
    }
    answer(c, w, res);
    while ((res = PQgetResult(c->h)) != NULL)
        PQclear(res);
    return 0;
}

int pg_drain(struct pg_conn *c)
{
    pg_send_sync(c);
    for (int i = 0; i < c->n_wait && !c->r.lost; i++)
        read_answer(c, &c->wait[i]);
    c->n_wait = 0;
    c->unsynced = 0;
    return c->failed ? -1 : 0;
}
