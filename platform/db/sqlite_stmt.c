/* sqlite_stmt.c: statements, parameters and columns on SQLite. */
#include "platform/db/lite.h"

#include <stdlib.h>
#include <string.h>

#include "platform/db/sqlite_stmt.h"

static struct lite_cursor *lite_cursor(struct db_cursor *c)
{
    return (struct lite_cursor *)c;
}

static sqlite3_stmt *stmt_of(const struct db_cursor *c)
{
    return ((const struct lite_cursor *)c)->st;
}

struct db_cursor *lite_prepare(struct dbr *r, const struct db_stmt *s, struct err *e)
{
    struct lite_conn *conn = lite_conn(r);
    sqlite3_stmt *st = NULL;
    int rc = fault_now(r->db) ? SQLITE_IOERR
                              : sqlite3_prepare_v3(conn->h, s->sql[DB_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc != SQLITE_OK) {
        lite_fail(conn, rc, s->name, e);
        return NULL;
    }
    /* An INSERT that gives its row number does so without a column: lite_inserted. */
    int n_out = s->writes && sqlite3_column_count(st) == 0 ? 0 : s->n_out;
    if (sqlite3_bind_parameter_count(st) != s->n_in || sqlite3_column_count(st) != n_out) {
        ERR(e, ERR_INTERNAL, "%s (%s): %d parameters and %d columns, declared %d and %d", s->name, s->source,
            sqlite3_bind_parameter_count(st), sqlite3_column_count(st), s->n_in, s->n_out);
        sqlite3_finalize(st);
        return NULL;
    }
    struct lite_cursor *c = calloc(1, sizeof *c + (size_t)s->n_in * SCRATCH);
    if (c == NULL) {
        sqlite3_finalize(st);
        ERR(e, ERR_INTERNAL, "no memory");
        return NULL;
    }
    c->st = st;
    c->c.scratch = (char(*)[SCRATCH])(c + 1);
    return &c->c;
}

void lite_unprepare(struct db_cursor *c)
{
    sqlite3_finalize(stmt_of(c));
    free(lite_cursor(c));
}

void lite_bind_null(struct db_cursor *c, int i)
{
    sqlite3_bind_null(stmt_of(c), i + 1);
}

/* A bind on a statement that is not running fails only for bad numbers (checked above) or for more than 1 GB. */
void lite_bind_bytes(struct db_cursor *c, int i, const char *p, size_t n, bool text)
{
    if (text)
        sqlite3_bind_text64(stmt_of(c), i + 1, p, n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_blob64(stmt_of(c), i + 1, p, n, SQLITE_STATIC);
}

void lite_bind_int(struct db_cursor *c, int i, int64_t v)
{
    sqlite3_bind_int64(stmt_of(c), i + 1, v);
}

void lite_bind_real(struct db_cursor *c, int i, double v)
{
    sqlite3_bind_double(stmt_of(c), i + 1, v);
}

int lite_step(struct db_cursor *c, struct err *e)
{
    struct lite_conn *conn = lite_conn(c->r);
    int rc = fault_now(c->r->db) ? SQLITE_IOERR : sqlite3_step(stmt_of(c));
    if (rc == SQLITE_ROW) {
        if (c->writing && c->r->tx != NULL)
            c->r->tx->touched++; /* RETURNING: the caller may not come for the end */
        return 1;
    }
    if (rc != SQLITE_DONE)
        return lite_fail(conn, rc, c->stmt->name, e);
    if (c->writing) {
        c->changes = sqlite3_changes64(conn->h);
        if (c->r->tx != NULL)
            c->r->tx->touched += c->changes;
    }
    return 0;
}

void lite_reset(struct db_cursor *c)
{
    sqlite3_reset(stmt_of(c));
    sqlite3_clear_bindings(stmt_of(c)); /* they point at memory of the caller */
}

int64_t lite_inserted(struct db_cursor *c)
{
    return sqlite3_last_insert_rowid(lite_conn(c->r)->h);
}

bool lite_is_null(const struct db_cursor *c, int i)
{
    return sqlite3_column_type(stmt_of(c), i) == SQLITE_NULL;
}

struct str lite_peek(const struct db_cursor *c, int i)
{
    const char *p = (const char *)sqlite3_column_text(stmt_of(c), i);
    return (struct str) { p, p != NULL ? (size_t)sqlite3_column_bytes(stmt_of(c), i) : 0 };
}

struct str lite_bytes(const struct db_cursor *c, int i, bool text, struct arena *a)
{
    const char *p = text ? (const char *)sqlite3_column_text(stmt_of(c), i) : sqlite3_column_blob(stmt_of(c), i);
    size_t n = p != NULL ? (size_t)sqlite3_column_bytes(stmt_of(c), i) : 0;
    char *copy = arena_alloc(a, n);
    if (n > 0)
        memcpy(copy, p, n);
    return (struct str) { copy, n };
}

bool lite_blob_into(const struct db_cursor *c, int i, void *p, size_t n)
{
    const void *blob = sqlite3_column_blob(stmt_of(c), i);
    if (blob == NULL || (size_t)sqlite3_column_bytes(stmt_of(c), i) != n)
        return false;
    memcpy(p, blob, n);
    return true;
}

int64_t lite_integer(const struct db_cursor *c, int i)
{
    return sqlite3_column_int64(stmt_of(c), i);
}

double lite_real(const struct db_cursor *c, int i)
{
    return sqlite3_column_double(stmt_of(c), i);
}
