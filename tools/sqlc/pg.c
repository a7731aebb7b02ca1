/* pg.c: the same migrations and statements on a real PostgreSQL. All happens in a schema of its own inside a transaction
 * that is rolled back, so any database will do and stays as it was.
 */
#include "tools/sqlc/sqlc.h"

#include <libpq-fe.h>

struct pg_check {
    struct sqlc *q;
    PGconn *conn;
};

/* Runs text without parameters. False: *said is PostgreSQL's one-line message, *at the character where it sees the fault (0: none). */
static bool run(struct pg_check *x, const char *sql, struct str *said, size_t *at)
{
    PGresult *res = PQexec(x->conn, sql);
    ExecStatusType status = PQresultStatus(res);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    if (!ok && said != NULL) {
        const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
        const char *place = PQresultErrorField(res, PG_DIAG_STATEMENT_POSITION);
        int64_t n = 0;
        *said = str_dup(x->q->a, str_of(text ? text : PQerrorMessage(x->conn)));
        *at = place != NULL && str_to_i64(str_of(place), &n) && n > 0 ? (size_t)n : 0;
    }
    PQclear(res);
    return ok;
}

/* Byte of the n-th character (from 1): PostgreSQL counts characters, we count bytes. */
static size_t byte_of(struct str s, size_t nth)
{
    size_t i = 0;
    for (size_t seen = 0; i < s.n; i++) {
        seen += ((unsigned char)s.p[i] & 0xc0) != 0x80;
        if (seen == nth)
            break;
    }
    return i;
}

/* ---- migrations ---- */

static int line_of(struct str text, size_t nth)
{
    int line = 1;
    size_t end = nth > 0 ? byte_of(text, nth) : 0;
    for (size_t i = 0; i < end && i < text.n; i++)
        line += text.p[i] == '\n';
    return line;
}

/* The domains that platform/db makes before the first migration; a database of its own has them in another schema. */
static const char domains[] = "CREATE SCHEMA sqlc_check; SET LOCAL search_path = sqlc_check;"
                              "CREATE DOMAIN id_int AS bigint; CREATE DOMAIN bool_int AS bigint CHECK (VALUE IN (0, 1));"
                              "CREATE DOMAIN pid_text AS text; CREATE DOMAIN unit_text AS text;"
                              "CREATE DOMAIN day_text AS text; CREATE DOMAIN birth_text AS text;"
                              "CREATE DOMAIN instant_int AS bigint; CREATE DOMAIN money_int AS bigint;"
                              "CREATE DOMAIN hash_blob AS bytea;";

static bool migrate(struct pg_check *x)
{
    struct sqlc *q = x->q;
    struct str said = STR_NONE;
    size_t at = 0;
    if (!run(x, domains, &said, &at)) {
        complain(q, "sqlc", 0, "PostgreSQL: %.*s", STR_ARG(said));
        return false;
    }
    for (size_t i = 0; i < q->migrations.n; i++) {
        const struct migration *m = &q->migrations.v[i];
        if (run(x, str_cstr(q->a, m->sql[DB_POSTGRES]), &said, &at))
            continue;
        complain(q, m->path, line_of(m->sql[DB_POSTGRES], at), "PostgreSQL: %.*s", STR_ARG(said));
        return false;
    }
    return true;
}

/* ---- statements ---- */

static int statement_line(struct sqlc *q, const struct statement *s, size_t nth)
{
    struct places places = { 0 };
    struct str sql = render(q, s, DB_POSTGRES, &places);
    size_t at = nth > 0 ? byte_of(sql, nth) : 0;
    int line = s->line;
    for (size_t i = 0; nth > 0 && i < places.n && places.v[i].at <= at; i++)
        line = places.v[i].line;
    return line;
}

/* What C reads must be what PostgreSQL sends: the base type of the class. */
static bool check_columns(struct pg_check *x, const struct statement *s, const PGresult *res)
{
    enum { BYTEA = 17, BIGINT = 20, TEXT = 25, DOUBLE = 701 }; /* pg_type.oid, fixed since PostgreSQL began */
    static const Oid oids[] = { [DB_TEXT] = TEXT, [DB_INT] = BIGINT, [DB_REAL] = DOUBLE, [DB_BLOB] = BYTEA };
    for (size_t i = 0; i < s->columns.n; i++) {
        const struct column *c = &s->columns.v[i];
        if (PQftype(res, (int)i) == oids[type_class(c->type)->stored])
            continue;
        complain(x->q, x->q->job->queries.path, s->line, "%.*s: PostgreSQL does not give column %.*s as %s",
                 STR_ARG(s->name), STR_ARG(c->name), type_pg(c->type));
        return false;
    }
    return true;
}

static bool describe(struct pg_check *x, const struct statement *s)
{
    PGresult *res = PQdescribePrepared(x->conn, "");
    bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
    if (!ok)
        complain(x->q, x->q->job->queries.path, s->line, "%.*s: PostgreSQL: %s", STR_ARG(s->name),
                 PQresultErrorMessage(res));
    else
        ok = check_columns(x, s, res);
    PQclear(res);
    return ok;
}

static void check_statement(struct pg_check *x, const struct statement *s)
{
    struct sqlc *q = x->q;
    run(x, "SAVEPOINT one", NULL, NULL);
    PGresult *res = PQprepare(x->conn, "", str_cstr(q->a, s->sql[DB_POSTGRES]), 0, NULL);
    if (PQresultStatus(res) == PGRES_COMMAND_OK) {
        describe(x, s);
    } else {
        const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
        const char *place = PQresultErrorField(res, PG_DIAG_STATEMENT_POSITION);
        int64_t n = 0;
        bool known = place != NULL && str_to_i64(str_of(place), &n) && n > 0;
        complain(q, q->job->queries.path, statement_line(q, s, known ? (size_t)n : 0), "%.*s: PostgreSQL: %s",
                 STR_ARG(s->name), text ? text : PQerrorMessage(x->conn));
    }
    PQclear(res);
    run(x, "ROLLBACK TO SAVEPOINT one", NULL, NULL);
}

int check_pg(struct sqlc *q, const char *conninfo)
{
    struct pg_check x = { .q = q, .conn = PQconnectdb(conninfo) };
    int before = q->n_complaints;
    if (PQstatus(x.conn) != CONNECTION_OK) {
        complain(q, "sqlc", 0, "PostgreSQL: %s", PQerrorMessage(x.conn));
    } else if (run(&x, "BEGIN", NULL, NULL) && migrate(&x)) {
        for (size_t i = 0; i < q->statements.n; i++)
            check_statement(&x, &q->statements.v[i]);
    }
    PQfinish(x.conn); /* an open transaction is rolled back */
    return q->n_complaints > before ? -1 : 0;
}
