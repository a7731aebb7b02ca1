/* postgres_keep.c: copies, checks and plans of a PostgreSQL store. */
#include "platform/db/own_sql.h"
#include "platform/db/pg.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int pg_loaded(struct dbr *w, struct err *e)
{
    return pg_script(w, "ANALYZE", "analyze", e);
}

/* The address without its password, which would be seen in the list of processes. */
static struct str address_for_others(struct arena *a, const char *address, struct str *password)
{
    PQconninfoOption *options = PQconninfoParse(address, NULL);
    struct buf b;
    buf_init(&b, a, 8192);
    for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++) {
        if (o->val == NULL || o->val[0] == '\0')
            continue;
        if (strcmp(o->keyword, "password") == 0) {
            *password = str_fmt(a, "PGPASSWORD=%s", o->val);
            continue;
        }
        buf_fmt(&b, "%s='", o->keyword);
        for (const char *p = o->val; *p != '\0'; p++) {
            if (*p == '\'' || *p == '\\')
                buf_put_char(&b, '\\');
            buf_put_char(&b, *p);
        }
        buf_lit(&b, "' ");
    }
    PQconninfoFree(options);
    return buf_str(&b);
}

static char **environment_with(struct arena *a, struct str more)
{
    size_t n = 0;
    while (environ[n] != NULL)
        n++;
    char **env = arena_array(a, n + 2, sizeof *env);
    memcpy(env, environ, n * sizeof *env);
    if (more.p != NULL)
        env[n] = str_cstr(a, more);
    return env;
}

static int dump(struct arena *a, const char *address, const char *file, struct err *e)
{
    struct str password = STR_NONE;
    char *where = str_cstr(a, address_for_others(a, address, &password));
    char name[] = "pg_dump", format[] = "-Fc", to[] = "-f", from[] = "-d";
    char *args[] = { name, format, to, str_cstr(a, str_of(file)), from, where, NULL };
    char **env = environment_with(a, password);
    pid_t child;
    if (posix_spawnp(&child, "pg_dump", NULL, NULL, args, env) != 0 &&
        posix_spawn(&child, "/usr/lib/postgresql/15/bin/pg_dump", NULL, NULL, args, env) != 0)
        return ERR(e, ERR_DB, "pg_dump cannot be started; install postgresql-client-15");
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return ERR(e, ERR_DB, "pg_dump ended with status %d; what it said is in the log", status);
    return 0;
}

int pg_backup(struct db *db, const char *path, void (*progress)(void *, int, int), void *ctx, struct err *e)
{
    char temporary[4096];
    int n = snprintf(temporary, sizeof temporary, "%s.part", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return ERR(e, ERR_INPUT, "the path is too long");
    if (file_begin(temporary, e) != 0)
        return -1;
    if (progress != NULL)
        progress(ctx, 0, 1);
    struct arena a;
    arena_init(&a, 1 << 20);
    int rc = dump(&a, db->address, temporary, e);
    arena_release(&a);
    if (rc == 0)
        rc = file_replace(temporary, path, e);
    if (rc != 0)
        unlink(temporary);
    else if (progress != NULL)
        progress(ctx, 1, 1);
    return rc;
}

static int read_table(struct dbr *w, struct arena *a, struct str table, struct err *e)
{
    struct str sql = str_fmt(a, "SELECT sum(length(t::text)) FROM ONLY \"%.*s\" t", STR_ARG(table));
    return pg_script(w, str_cstr(a, sql), "integrity", e);
}

/* Every row of every table is read and written out as text: a damaged page or a broken TOAST value shows itself. */
static int read_all(struct dbr *w, struct arena *a, struct err *e)
{
    VEC(struct str) tables = { 0 };
    struct db_cursor *c = cursor_begin(w, &tables_stmt, false, e);
    int rc = c != NULL ? 1 : -1;
    while (rc > 0 && (rc = db_step(c, e)) > 0) {
        struct str name = db_text(c, 0, a);
        *vec_push(a, &tables) = name;
    }
    db_end(c);
    for (size_t i = 0; i < tables.n && rc == 0; i++)
        rc = read_table(w, a, tables.v[i], e);
    return rc;
}

int pg_integrity(struct db *db, struct err *e)
{
    struct pg_conn *w = NULL;
    if (pg_connect(db, &w, e) != 0)
        return -1;
    struct arena a;
    arena_init(&a, 1 << 20);
    int rc = own_begin(&w->r, e);
    if (rc == 0)
        rc = own_end(&w->r, read_all(&w->r, &a, e), e);
    arena_release(&a);
    pg_disconnect(w);
    return rc;
}

static int counts_agree(PGconn *h, const struct db_stmt *s, struct err *e)
{
    PGresult *res = PQdescribePrepared(h, "plan");
    int in = PQnparams(res), out = PQnfields(res);
    PQclear(res);
    if (in == s->n_in && out == s->n_out)
        return 0;
    return ERR(e, ERR_INTERNAL, "%s (%s): %d parameters and %d columns, declared %d and %d", s->name, s->source, in, out,
               s->n_in, s->n_out);
}

static int prepare_plan(PGconn *h, const struct db_stmt *s, struct arena *a, struct err *e)
{
    Oid *types = arena_array(a, (size_t)s->n_in + 1, sizeof *types);
    for (int i = 0; i < s->n_in; i++)
        types[i] = pg_type(s->in[i]);
    PGresult *res = PQprepare(h, "plan", s->sql[DB_POSTGRES], s->n_in, types);
    int rc = PQresultStatus(res) == PGRES_COMMAND_OK ? 0 : pg_result_err(res, h, s->name, e);
    PQclear(res);
    return rc;
}

static int read_plan(PGconn *h, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e)
{
    struct buf b;
    buf_init(&b, a, 64 << 10);
    buf_lit(&b, "EXPLAIN EXECUTE plan");
    for (int i = 0; i < s->n_in; i++)
        buf_fmt(&b, "%sNULL", i == 0 ? "(" : ", ");
    if (s->n_in > 0)
        buf_put_char(&b, ')');
    PGresult *res = PQexec(h, str_cstr(a, buf_str(&b)));
    int rc = PQresultStatus(res) == PGRES_TUPLES_OK ? 0 : pg_result_err(res, h, s->name, e);
    buf_clear(&b);
    for (int i = 0; i < PQntuples(res); i++)
        buf_fmt(&b, "%s\n", PQgetvalue(res, i, 0));
    PQclear(res);
    if (rc == 0)
        *plan = buf_str(&b);
    return rc;
}

/* The generic plan: what is prepared is planned without knowing its values, and NULL would fold conditions away. */
int pg_explain(struct db *db, const struct db_stmt *s, struct arena *a, struct str *plan, struct err *e)
{
    struct dbr *r = NULL;
    if (db_read_begin(db, &r, e) != 0)
        return -1;
    struct pg_conn *c = pg_conn(r);
    int rc = pg_ready(c, e);
    if (rc == 0)
        rc = pg_script(r, pg_explain_begin_sql, "explain", e);
    if (rc == 0 && PQexitPipelineMode(c->h)) {
        rc = prepare_plan(c->h, s, a, e);
        if (rc == 0)
            rc = counts_agree(c->h, s, e);
        if (rc == 0)
            rc = read_plan(c->h, s, a, plan, e);
        PQclear(PQexec(c->h, "ROLLBACK"));
        PQclear(PQexec(c->h, "DEALLOCATE ALL"));
        PQenterPipelineMode(c->h);
    }
    r->lost = true; /* a connection that forgot its prepared statements is not kept */
    db_read_end(r);
    return rc;
}
