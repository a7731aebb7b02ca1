#include "tools/sqlc/test/fake_db.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct db_cursor {
    sqlite3_stmt *s;
    struct dbr *r;
};

void fake_open(struct tx *tx, const struct db_migration *const *modules, size_t n)
{
    *tx = (struct tx) { 0 };
    ASSERT(sqlite3_open(":memory:", &tx->r.db) == SQLITE_OK);
    for (size_t i = 0; i < n; i++)
        for (const struct db_migration *m = modules[i]; m->module; m++)
            ASSERT(sqlite3_exec(tx->r.db, m->sql[DB_SQLITE], NULL, NULL, NULL) == SQLITE_OK);
}

void fake_close(struct tx *tx)
{
    ASSERT(sqlite3_close(tx->r.db) == SQLITE_OK);
}

struct dbr *tx_reader(struct tx *tx)
{
    return &tx->r;
}

struct db_cursor *db_begin(struct dbr *r, const struct db_stmt *s, struct err *e)
{
    struct db_cursor *c = calloc(1, sizeof *c);
    ASSERT(c != NULL);
    c->r = r;
    if (sqlite3_prepare_v2(r->db, s->sql[DB_SQLITE], -1, &c->s, NULL) != SQLITE_OK) {
        ERR(e, ERR_DB, "%s: %s", s->source, sqlite3_errmsg(r->db));
        free(c);
        return NULL;
    }
    int n_out = s->writes && sqlite3_column_count(c->s) == 0 ? 0 : s->n_out;
    ASSERT(sqlite3_bind_parameter_count(c->s) == s->n_in && sqlite3_column_count(c->s) == n_out);
    ASSERT(!sqlite3_stmt_readonly(c->s) == s->writes);
    r->open++;
    return c;
}

struct db_cursor *db_begin_tx(struct tx *tx, const struct db_stmt *s, struct err *e)
{
    return db_begin(&tx->r, s, e);
}

int db_step(struct db_cursor *c, struct err *e)
{
    if (c->r->fail_in > 0 && --c->r->fail_in == 0)
        return ERR(e, ERR_DB, "a fault for the test");
    int rc = sqlite3_step(c->s);
    if (rc == SQLITE_ROW)
        return 1;
    return rc == SQLITE_DONE ? 0 : ERR(e, ERR_DB, "%s", sqlite3_errmsg(c->r->db));
}

int db_insert(struct db_cursor *c, int64_t *id, struct err *e)
{
    int got = db_step(c, e);
    if (got == 1)
        *id = sqlite3_column_int64(c->s, 0);
    if (got != 0 || sqlite3_changes64(c->r->db) == 0)
        return got;
    *id = sqlite3_last_insert_rowid(c->r->db);
    return 1;
}

void db_end(struct db_cursor *c)
{
    if (!c)
        return;
    c->r->open--;
    sqlite3_finalize(c->s);
    free(c);
}

int64_t db_changes(const struct db_cursor *c)
{
    return sqlite3_changes64(c->r->db);
}

/* ---- in ---- */

static void bind_bytes(struct db_cursor *c, int i, struct str v, bool text)
{
    if (!v.p)
        sqlite3_bind_null(c->s, i + 1);
    else if (text)
        sqlite3_bind_text64(c->s, i + 1, v.p, v.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    else
        sqlite3_bind_blob64(c->s, i + 1, v.p, v.n, SQLITE_TRANSIENT);
}

void db_bind_null(struct db_cursor *c, int i)
{
    sqlite3_bind_null(c->s, i + 1);
}

void db_bind_text(struct db_cursor *c, int i, struct str v)
{
    bind_bytes(c, i, v, true);
}

void db_bind_blob(struct db_cursor *c, int i, struct str v)
{
    bind_bytes(c, i, v, false);
}

void db_bind_int(struct db_cursor *c, int i, int64_t v)
{
    sqlite3_bind_int64(c->s, i + 1, v);
}

void db_bind_real(struct db_cursor *c, int i, double v)
{
    sqlite3_bind_double(c->s, i + 1, v);
}

void db_bind_bool(struct db_cursor *c, int i, bool v)
{
    db_bind_int(c, i, v);
}

void db_bind_pid(struct db_cursor *c, int i, const struct pid *v)
{
    db_bind_text(c, i, pid_str(v));
}

void db_bind_unit(struct db_cursor *c, int i, const struct unit_code *v)
{
    db_bind_text(c, i, unit_code_str(v));
}

static void bind_arena_text(struct db_cursor *c, int i, struct arena *a, struct str v)
{
    db_bind_text(c, i, v);
    arena_release(a);
}

void db_bind_day(struct db_cursor *c, int i, struct day v)
{
    struct arena a;
    arena_init(&a, 1024);
    bind_arena_text(c, i, &a, day_iso(&a, v));
}

void db_bind_birth(struct db_cursor *c, int i, struct birth v)
{
    struct arena a;
    arena_init(&a, 1024);
    bind_arena_text(c, i, &a, v.year ? birth_iso(&a, v) : STR_NONE);
}

void db_bind_instant(struct db_cursor *c, int i, struct instant v)
{
    db_bind_int(c, i, v.us);
}

void db_bind_money(struct db_cursor *c, int i, struct money v)
{
    db_bind_int(c, i, v.dong);
}

void db_bind_hash(struct db_cursor *c, int i, const struct hash32 *v)
{
    bind_bytes(c, i, (struct str) { (const char *)v->b, sizeof v->b }, false);
}

/* ---- out ---- */

static struct str bytes_of(const struct db_cursor *c, int i)
{
    const char *p = sqlite3_column_blob(c->s, i);
    size_t n = (size_t)sqlite3_column_bytes(c->s, i);
    return sqlite3_column_type(c->s, i) == SQLITE_NULL ? STR_NONE : (struct str) { p ? p : "", n };
}

bool db_is_null(const struct db_cursor *c, int i)
{
    return sqlite3_column_type(c->s, i) == SQLITE_NULL;
}

struct str db_text(const struct db_cursor *c, int i, struct arena *a)
{
    return str_dup(a, bytes_of(c, i));
}

struct str db_blob(const struct db_cursor *c, int i, struct arena *a)
{
    return str_dup(a, bytes_of(c, i));
}

int64_t db_int(const struct db_cursor *c, int i)
{
    return sqlite3_column_int64(c->s, i);
}

double db_real(const struct db_cursor *c, int i)
{
    return sqlite3_column_double(c->s, i);
}

bool db_bool(const struct db_cursor *c, int i)
{
    return db_int(c, i) != 0;
}

struct pid db_pid(const struct db_cursor *c, int i)
{
    struct pid v = { 0 };
    struct str s = bytes_of(c, i);
    if (s.n == 12)
        memcpy(v.v, s.p, 12);
    return v;
}

struct unit_code db_unit(const struct db_cursor *c, int i)
{
    struct unit_code v = { 0 };
    ASSERT(unit_code_parse(bytes_of(c, i), &v));
    return v;
}

struct day db_day(const struct db_cursor *c, int i)
{
    struct day v = { 0 };
    ASSERT(day_parse_iso(bytes_of(c, i), &v));
    return v;
}

struct birth db_birth(const struct db_cursor *c, int i)
{
    struct birth v = { 0 };
    struct str s = bytes_of(c, i);
    ASSERT(s.p == NULL || birth_parse(s, &v));
    return v;
}

struct instant db_instant(const struct db_cursor *c, int i)
{
    return (struct instant) { db_int(c, i) };
}

struct money db_money(const struct db_cursor *c, int i)
{
    return (struct money) { db_int(c, i) };
}

struct hash32 db_hash(const struct db_cursor *c, int i)
{
    struct hash32 v = { 0 };
    struct str s = bytes_of(c, i);
    ASSERT(s.n == sizeof v.b);
    memcpy(v.b, s.p, s.n);
    return v;
}
