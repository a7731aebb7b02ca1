/* schema.c: the in-memory SQLite with all migrations applied, and what it must look like. */
#include "tools/sqlc/sqlc.h"

#include <sqlite3.h>
#include <string.h>

static int line_at(struct str text, const char *p)
{
    int line = 1;
    for (const char *s = text.p; s < p && s < text.p + text.n; s++)
        line += *s == '\n';
    return line;
}

bool schema_open(struct sqlc *q)
{
    if (sqlite3_open(":memory:", &q->db) != SQLITE_OK) {
        complain(q, "sqlc", 0, "SQLite does not open: %s", q->db ? sqlite3_errmsg(q->db) : "no memory");
        return false;
    }
    /* "nam" must be a missing column, not the text 'nam'. */
    sqlite3_db_config(q->db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(q->db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    return true;
}

void schema_close(struct sqlc *q)
{
    sqlite3_close(q->db);
    q->db = NULL;
}

/* ---- applying ---- */

static const struct table_place *table_place(const struct sqlc *q, struct str name)
{
    for (size_t i = q->tables.n; i-- > 0;)
        if (str_eq_nocase(q->tables.v[i].name, name))
            return &q->tables.v[i];
    return NULL;
}

static struct str created_table(const struct view *v)
{
    bool creates = is_word(view_at(v, 0), "create") && is_word(view_at(v, 1), "table") && v->n > 2;
    return creates ? v->v[2]->s : STR_NONE;
}

static void note_table(struct sqlc *q, const struct migration *m, int line, const struct view *v)
{
    struct str name = created_table(v);
    if (name.p == NULL)
        return;
    struct table_place *slot = vec_push(q->a, &q->tables);
    name = str_dup(q->a, name); /* the text belongs to SQLite's statement */
    *slot = (struct table_place) { .name = name, .path = m->path, .line = line };
}

/* SQLite does not know which file made the table that stands in the way; we do. */
static const struct table_place *table_in_the_way(struct sqlc *q, const struct migration *m, const char *statement)
{
    struct source src = { m->path, str_of(statement) };
    struct tokens t;
    if (!lex(q, &src, &t))
        return NULL;
    struct view v = view_of(q->a, t.v, t.n, DB_SQLITE);
    struct str name = created_table(&v);
    return name.p != NULL && schema_has_table(q, name) ? table_place(q, name) : NULL;
}

/* A migration runs inside a transaction that platform/db opens, on a database that it has set up. */
static bool may_migrate(const struct token *verb)
{
    static const char *const words[] = { "create", "alter", "drop", "insert", "update", "delete", "with" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(verb, words[i]))
            return true;
    return false;
}

static bool run(struct sqlc *q, const struct migration *m, int line, sqlite3_stmt *s)
{
    struct source src = { m->path, str_of(sqlite3_sql(s)) };
    struct tokens t;
    if (!lex(q, &src, &t))
        return false;
    struct view v = view_of(q->a, t.v, t.n, DB_SQLITE);
    if (!may_migrate(view_at(&v, 0))) {
        complain(q, m->path, line, "a migration creates, alters, drops, inserts, updates or deletes");
        return false;
    }
    note_table(q, m, line, &v);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        ;
    if (rc != SQLITE_DONE)
        complain(q, m->path, line, "%s", sqlite3_errmsg(q->db));
    return rc == SQLITE_DONE;
}

/* Past the blanks and comments before a statement, so that messages name the line where it begins. */
static const char *statement_start(const char *p)
{
    for (;;) {
        p += strspn(p, " \t\r\n");
        if (strncmp(p, "--", 2) == 0) {
            p += strcspn(p, "\n");
            continue;
        }
        const char *end = strncmp(p, "/*", 2) == 0 ? strstr(p + 2, "*/") : NULL;
        if (end == NULL)
            return p;
        p = end + 2;
    }
}

static void complain_unprepared(struct sqlc *q, const struct migration *m, struct str text, const char *statement)
{
    int at = sqlite3_error_offset(q->db);
    struct str said = str_dup(q->a, str_of(sqlite3_errmsg(q->db)));
    int line = line_at(text, at >= 0 ? statement + at : statement);
    const struct table_place *there = table_in_the_way(q, m, statement);
    if (there != NULL)
        complain(q, m->path, line, "table %.*s is made already by %s:%d", STR_ARG(there->name), there->path, there->line);
    else
        complain(q, m->path, line, "%.*s", STR_ARG(said));
}

static void apply(struct sqlc *q, const struct migration *m)
{
    struct str text = m->sql[DB_SQLITE];
    const char *p = str_cstr(q->a, text);
    text.p = p;
    for (p = statement_start(p); *p != '\0'; p = statement_start(p)) {
        sqlite3_stmt *s = NULL;
        const char *tail = p;
        int line = line_at(text, p);
        if (sqlite3_prepare_v2(q->db, p, -1, &s, &tail) != SQLITE_OK) {
            complain_unprepared(q, m, text, p);
            return;
        }
        bool ok = s == NULL || run(q, m, line, s);
        sqlite3_finalize(s);
        if (!ok)
            return;
        p = tail;
    }
}

/* ---- what the schema must look like ---- */

typedef void each_row(struct sqlc *q, sqlite3_stmt *s);

static void ask(struct sqlc *q, const char *sql, each_row *row)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(q->db, sql, -1, &s, NULL) != SQLITE_OK) {
        complain(q, "sqlc", 0, "%s", sqlite3_errmsg(q->db));
        return;
    }
    while (sqlite3_step(s) == SQLITE_ROW)
        row(q, s);
    sqlite3_finalize(s);
}

static bool is_own(const struct sqlc *q, const struct table_place *t)
{
    for (size_t i = q->n_earlier; i < q->migrations.n; i++)
        if (t != NULL && q->migrations.v[i].path == t->path)
            return true;
    return false;
}

static const char *column_text(sqlite3_stmt *s, int i)
{
    const char *p = (const char *)sqlite3_column_text(s, i);
    return p ? p : "";
}

static void loose_key(struct sqlc *q, sqlite3_stmt *s)
{
    const char *table = column_text(s, 0);
    const struct table_place *t = table_place(q, str_of(table));
    if (is_own(q, t))
        complain(q, t->path, t->line, "%s.%s is in the primary key: say NOT NULL (SQLite would take NULL, PostgreSQL not)",
                 table, column_text(s, 1));
}

static void lost_parent(struct sqlc *q, sqlite3_stmt *s)
{
    const char *table = column_text(s, 0);
    const struct table_place *t = table_place(q, str_of(table));
    if (is_own(q, t))
        complain(q, t->path, t->line, "%s refers to %s, which no module before this one makes", table, column_text(s, 1));
}

static void check_schema(struct sqlc *q)
{
    ask(q,
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk > 0"
        " AND c.\"notnull\" = 0 AND c.type <> 'INTEGER' ORDER BY t.rowid",
        loose_key);
    ask(q,
        "SELECT DISTINCT t.name, f.\"table\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'"
        " AND NOT EXISTS (SELECT 1 FROM sqlite_schema p WHERE p.type = 'table' AND lower(p.name) = lower(f.\"table\"))"
        " ORDER BY t.rowid",
        lost_parent);
}

void schema_apply(struct sqlc *q)
{
    for (size_t i = 0; i < q->migrations.n; i++)
        apply(q, &q->migrations.v[i]);
    if (q->n_complaints == 0)
        check_schema(q);
}

/* ---- questions ---- */

static struct str sql_of(struct sqlc *q, const char *type, struct str name)
{
    sqlite3_stmt *s = NULL;
    struct str sql = STR_NONE;
    if (sqlite3_prepare_v2(q->db, "SELECT sql FROM sqlite_schema WHERE type = ?1 AND lower(name) = lower(?2)", -1, &s,
                           NULL) != SQLITE_OK)
        return STR_NONE;
    sqlite3_bind_text(s, 1, type, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, name.p, (int)name.n, SQLITE_STATIC);
    if (sqlite3_step(s) == SQLITE_ROW)
        sql = str_dup(q->a, str_of(column_text(s, 0)));
    sqlite3_finalize(s);
    return sql;
}

bool schema_has_table(struct sqlc *q, struct str name)
{
    return sql_of(q, "table", name).p != NULL;
}

struct str schema_sql_of_view(struct sqlc *q, struct str name)
{
    return sql_of(q, "view", name);
}
