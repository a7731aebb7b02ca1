/* postgres_stmt.c: statements, parameters and columns on PostgreSQL. Parameters go in binary with their types said, so that
 * `$1 IS NULL OR …` has one; columns come as text, which needs no knowledge of what an expression yields.
 */
#include "platform/db/pg.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701 };

Oid pg_type(enum db_type t)
{
    switch (t) {
    case DB_INT:
    case DB_BOOL:
    case DB_INSTANT:
    case DB_MONEY:
        return OID_INT8;
    case DB_REAL:
        return OID_FLOAT8;
    case DB_BLOB:
    case DB_HASH:
        return OID_BYTEA;
    case DB_TEXT:
    case DB_PID:
    case DB_UNIT:
    case DB_DAY:
    case DB_BIRTH:
        break;
    }
    return OID_TEXT;
}

/* Nothing is sent here: it is prepared together with its first use. */
struct db_cursor *pg_prepare(struct dbr *r, const struct db_stmt *s, struct err *e)
{
    (void)r;
    size_t n = (size_t)s->n_in;
    struct pg_cursor *c = calloc(1, sizeof *c);
    char(*scratch)[SCRATCH] = calloc(n + 1, SCRATCH);
    const char **value = calloc(n + 1, sizeof *value);
    int *numbers = calloc(2 * n + 1, sizeof *numbers);
    Oid *type = calloc(n + 1, sizeof *type);
    if (c == NULL || scratch == NULL || value == NULL || numbers == NULL || type == NULL) {
        free(c);
        free(scratch);
        free(value);
        free(numbers);
        free(type);
        ERR(e, ERR_INTERNAL, "no memory");
        return NULL;
    }
    c->c.scratch = scratch;
    c->value = value;
    c->length = numbers;
    c->format = numbers + n;
    c->type = type;
    c->row = -1;
    for (size_t i = 0; i < n; i++) {
        c->format[i] = 1;
        c->type[i] = pg_type(s->in[i]);
    }
    return &c->c;
}

void pg_unprepare(struct db_cursor *cursor)
{
    struct pg_cursor *c = pg_cursor(cursor);
    struct pg_conn *conn = pg_conn(cursor->r);
    if (!conn->closing && !conn->r.lost) {
        char sql[32];
        snprintf(sql, sizeof sql, "DEALLOCATE s%u", c->name);
        pg_drain(conn); /* its answer may still be on the way */
        if (c->prepared && !conn->failed)
            pg_send_control(conn, sql);
    }
    PQclear(c->rows);
    free(c->c.scratch);
    free(c->value);
    free(c->length);
    free(c->type);
    free(c);
}

void pg_bind_null(struct db_cursor *c, int i)
{
    pg_cursor(c)->value[i] = NULL;
}

void pg_bind_bytes(struct db_cursor *c, int i, const char *p, size_t n, bool text)
{
    (void)text;
    ASSERT(n < INT_MAX);
    pg_cursor(c)->value[i] = p;
    pg_cursor(c)->length[i] = (int)n;
}

static void bind_8(struct db_cursor *c, int i, uint64_t v)
{
    char *p = c->scratch[i];
    for (int b = 7; b >= 0; b--, v >>= 8)
        p[b] = (char)(unsigned char)(v & 0xff);
    pg_cursor(c)->value[i] = p;
    pg_cursor(c)->length[i] = 8;
}

void pg_bind_int(struct db_cursor *c, int i, int64_t v)
{
    bind_8(c, i, (uint64_t)v);
}

void pg_bind_real(struct db_cursor *c, int i, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    bind_8(c, i, bits);
}

static int step_failed(struct pg_conn *conn, struct err *e)
{
    *e = conn->err;
    return -1;
}

static int send_first(struct pg_conn *conn, struct pg_cursor *c)
{
    c->sent = true;
    if (c->c.stmt->each) {
        if (pg_send_declare(conn, c) != 0)
            return -1;
        c->fetching = true;
        return pg_send_fetch(conn, c);
    }
    if (!c->prepared && pg_send_prepare(conn, c) != 0)
        return -1;
    return pg_send_execute(conn, c);
}

static int rows_arrive(struct pg_conn *conn, struct pg_cursor *c, struct err *e)
{
    if (pg_drain(conn) != 0)
        return step_failed(conn, e);
    if (c->rows != NULL && PQnfields(c->rows) != c->c.stmt->n_out)
        return ERR(e, ERR_INTERNAL, "%s (%s): %d columns, declared %d", c->c.stmt->name, c->c.stmt->source,
                   PQnfields(c->rows), c->c.stmt->n_out);
    c->last = !c->fetching || c->n_rows == 0;
    return 0;
}

/* What gives no rows is not waited for: its answer is read with a later one, at COMMIT at the latest. */
static int first_step(struct pg_conn *conn, struct pg_cursor *c, struct err *e)
{
    if (send_first(conn, c) != 0)
        return step_failed(conn, e);
    return c->c.stmt->n_out > 0 ? rows_arrive(conn, c, e) : 0;
}

int pg_step(struct db_cursor *cursor, struct err *e)
{
    struct pg_cursor *c = pg_cursor(cursor);
    struct pg_conn *conn = pg_conn(cursor->r);
    if (!c->sent) {
        int rc = first_step(conn, c, e);
        if (rc != 0 && conn->fresh && conn->r.lost && pg_read_start(cursor->r, e) == 0)
            rc = first_step(conn, c, e); /* nobody has seen a row of this transaction: a new connection serves as well */
        conn->fresh = false;
        if (rc != 0 || cursor->stmt->n_out == 0)
            return rc;
    } else if (c->row + 1 >= c->n_rows && !c->last) {
        if (pg_send_fetch(conn, c) != 0 || rows_arrive(conn, c, e) != 0)
            return conn->failed ? step_failed(conn, e) : -1;
    }
    if (c->row + 1 >= c->n_rows)
        return 0;
    c->row++;
    return 1;
}

void pg_reset(struct db_cursor *cursor)
{
    struct pg_cursor *c = pg_cursor(cursor);
    struct pg_conn *conn = pg_conn(cursor->r);
    if (c->fetching && !conn->failed && !conn->r.lost) {
        char sql[24];
        snprintf(sql, sizeof sql, "CLOSE e%u", c->name);
        pg_send_control(conn, sql);
    }
    PQclear(c->rows);
    c->rows = NULL;
    c->sent = c->fetching = c->last = false;
    c->row = -1;
    c->n_rows = 0;
}

int64_t pg_changes(struct db_cursor *c)
{
    pg_drain(pg_conn(c->r));
    return c->changes;
}

static const struct pg_cursor *at(const struct db_cursor *c)
{
    return (const struct pg_cursor *)c;
}

bool pg_is_null(const struct db_cursor *c, int i)
{
    return PQgetisnull(at(c)->rows, at(c)->row, i) != 0;
}

struct str pg_peek(const struct db_cursor *c, int i)
{
    if (pg_is_null(c, i))
        return STR_NONE;
    return (struct str) { PQgetvalue(at(c)->rows, at(c)->row, i), (size_t)PQgetlength(at(c)->rows, at(c)->row, i) };
}

/* bytea arrives as \x and hexadecimal digits. */
static bool is_hex(struct str s)
{
    return s.n >= 2 && s.p[0] == '\\' && s.p[1] == 'x';
}

struct str pg_bytes(const struct db_cursor *c, int i, bool text, struct arena *a)
{
    struct str s = pg_peek(c, i);
    size_t n = !text && is_hex(s) ? (s.n - 2) / 2 : s.n;
    char *copy = arena_alloc(a, n);
    if (!text && is_hex(s))
        str_unhex(str_from(s, 2), copy, n);
    else if (n > 0)
        memcpy(copy, s.p, n);
    return (struct str) { copy, n };
}

bool pg_blob_into(const struct db_cursor *c, int i, void *p, size_t n)
{
    struct str s = pg_peek(c, i);
    return is_hex(s) && s.n == 2 + 2 * n && str_unhex(str_from(s, 2), p, n);
}

/* What an expression yields may be boolean or numeric where SQLite has an integer. */
int64_t pg_integer(const struct db_cursor *c, int i)
{
    struct str s = pg_peek(c, i);
    int64_t v = 0;
    if (s.n == 0 || str_to_i64(s, &v))
        return v;
    if (s.n == 1)
        return s.p[0] == 't';
    return (int64_t)strtod(s.p, NULL);
}

double pg_real(const struct db_cursor *c, int i)
{
    struct str s = pg_peek(c, i);
    return s.n > 0 ? strtod(s.p, NULL) : 0;
}
