/* postgres_bulk.c: COPY FROM STDIN in text form, each load on a connection and in a transaction of its own. */
#include "platform/db/pg.h"

#include <stdio.h>
#include <stdlib.h>

#define CHUNK         (64u << 10)
#define COPY_SQL_MOST 8192

struct pg_load {
    struct pg_conn *c;
    char *out;
    size_t n, room;
};

static int copy_sql(const struct db_bulk *b, char *sql, size_t room, struct err *e)
{
    int n = snprintf(sql, room, "BEGIN; COPY \"%s\" (", b->table);
    for (int i = 0; i < b->n && n > 0 && (size_t)n < room; i++)
        n += snprintf(sql + n, room - (size_t)n, "%s\"%s\"", i > 0 ? ", " : "", b->columns[i]);
    if (n < 0 || (size_t)n + 32 > room)
        return ERR(e, ERR_INTERNAL, "bulk: too many columns in %s", b->table);
    snprintf(sql + n, room - (size_t)n, ") FROM STDIN");
    return 0;
}

static int copy_start(struct pg_load *l, const char *sql, const char *table, struct err *e)
{
    if (fault_now(l->c->r.db))
        return ERR(e, ERR_DB, "%s: planned fault", table);
    PQexitPipelineMode(l->c->h);
    PGresult *res = PQexec(l->c->h, sql);
    int rc = PQresultStatus(res) == PGRES_COPY_IN ? 0 : pg_result_err(res, l->c->h, table, e);
    PQclear(res);
    return rc;
}

static void load_free(struct db_bulk *b, struct pg_load *l)
{
    pg_disconnect(l->c);
    free(l->out);
    free(l);
    b->own = NULL;
}

int pg_bulk_begin(struct db_bulk *b, struct err *e)
{
    char sql[COPY_SQL_MOST];
    if (copy_sql(b, sql, sizeof sql, e) != 0)
        return -1;
    struct pg_load *l = calloc(1, sizeof *l);
    if (l == NULL)
        return ERR(e, ERR_INTERNAL, "no memory");
    b->own = l;
    if (pg_connect(b->db, &l->c, e) == 0 && copy_start(l, sql, b->table, e) == 0)
        return 0;
    load_free(b, l);
    return -1;
}

static bool room_for(struct pg_load *l, size_t n)
{
    if (l->n + n <= l->room)
        return true;
    size_t room = (l->n + n) * 2 + CHUNK;
    char *more = realloc(l->out, room);
    if (more == NULL)
        return false;
    l->out = more;
    l->room = room;
    return true;
}

static size_t put_text(char *to, const char *p, size_t n)
{
    char *at = to;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        char escape = c == '\\' ? '\\' : c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : '\0';
        if (escape != '\0')
            *at++ = '\\';
        *at++ = escape != '\0' ? escape : c;
    }
    return (size_t)(at - to);
}

static size_t put_hex(char *to, const char *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    char *at = to;
    *at++ = '\\';
    *at++ = '\\';
    *at++ = 'x';
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        *at++ = digits[c >> 4];
        *at++ = digits[c & 15];
    }
    return (size_t)(at - to);
}

/* Room for twice the bytes and a number was made before. */
static size_t put_value(char *to, const struct bulk_value *v, const char *bytes)
{
    switch (v->kind) {
    case BULK_INT:
        return (size_t)snprintf(to, 24, "%lld", (long long)v->i);
    case BULK_TEXT:
        return put_text(to, bytes + v->at, v->n);
    case BULK_BLOB:
        return put_hex(to, bytes + v->at, v->n);
    case BULK_NULL:
        break;
    }
    to[0] = '\\';
    to[1] = 'N';
    return 2;
}

static int send_chunk(struct pg_load *l, struct err *e)
{
    if (PQputCopyData(l->c->h, l->out, (int)l->n) != 1)
        return ERR(e, ERR_DB, "bulk: %.200s", PQerrorMessage(l->c->h));
    l->n = 0;
    return 0;
}

int pg_bulk_rows(struct db_bulk *b, struct err *e)
{
    struct pg_load *l = b->own;
    if (fault_now(b->db))
        return ERR(e, ERR_DB, "%s: planned fault", b->table);
    if (!room_for(l, 2 * b->n_bytes + (size_t)b->waiting * (size_t)b->n * 26))
        return ERR(e, ERR_INTERNAL, "no memory");
    for (int row = 0; row < b->waiting; row++) {
        const struct bulk_value *v = bulk_row_values(b, row);
        for (int i = 0; i < b->n; i++) {
            l->n += put_value(l->out + l->n, &v[i], b->bytes);
            l->out[l->n++] = i + 1 < b->n ? '\t' : '\n';
        }
    }
    return l->n >= CHUNK ? send_chunk(l, e) : 0;
}

static int copy_finish(struct db_bulk *b, struct pg_load *l, struct err *e)
{
    if (l->n > 0 && send_chunk(l, e) != 0)
        return -1;
    if (fault_now(b->db))
        return ERR(e, ERR_DB, "%s: planned fault", b->table);
    if (PQputCopyEnd(l->c->h, NULL) != 1)
        return ERR(e, ERR_DB, "bulk: %.200s", PQerrorMessage(l->c->h));
    int rc = 0;
    for (PGresult *res; (res = PQgetResult(l->c->h)) != NULL; PQclear(res))
        if (rc == 0 && PQresultStatus(res) != PGRES_COMMAND_OK)
            rc = pg_result_err(res, l->c->h, b->table, e);
    if (rc != 0)
        return -1;
    PQenterPipelineMode(l->c->h);
    return pg_script(&l->c->r, "COMMIT", "commit", e);
}

/* Without PQputCopyEnd the server forgets the rows when the connection closes. */
int pg_bulk_end(struct db_bulk *b, bool keep, struct err *e)
{
    struct pg_load *l = b->own;
    int rc = keep ? copy_finish(b, l, e) : 0;
    load_free(b, l);
    return rc;
}
