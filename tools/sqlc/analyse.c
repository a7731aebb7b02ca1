/* analyse.c: asks SQLite which tables a statement uses and what its columns are; gives each parameter and column its type. */
#include "tools/sqlc/sqlc.h"

#include <sqlite3.h>

struct analysis {
    struct sqlc *q;
    struct statement *s;
    sqlite3_stmt *stmt;
    struct names used; /* tables and views that the statement names */
    bool no_memory;
};

#define SAY(x, line, ...) complain((x)->q, (x)->q->job->queries.path, (line), __VA_ARGS__)

/* ---- tables ---- */

/* Called by SQLite while it prepares. No jump may cross SQLite's frames, so memory comes from arena_try. */
static int note_use(void *ctx, int action, const char *table, const char *column, const char *schema, const char *inside)
{
    (void)column;
    (void)schema;
    (void)inside;
    struct analysis *x = ctx;
    bool names_table =
        action == SQLITE_READ || action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if (!names_table || table == NULL || *table == '\0')
        return SQLITE_OK;
    struct str name = str_of(table);
    for (size_t i = 0; i < x->used.n; i++)
        if (str_eq(x->used.v[i], name))
            return SQLITE_OK;
    char *copy = x->used.n < x->used.room ? arena_try(x->q->a, name.n + 1) : NULL;
    if (copy == NULL) {
        x->no_memory = true;
        return SQLITE_DENY;
    }
    for (size_t i = 0; i < name.n; i++)
        copy[i] = name.p[i];
    x->used.v[x->used.n++] = (struct str) { copy, name.n };
    return SQLITE_OK;
}

static int line_of(const struct places *p, size_t at, int otherwise)
{
    int line = otherwise;
    for (size_t i = 0; i < p->n && p->v[i].at <= at; i++)
        line = p->v[i].line;
    return line;
}

static bool prepare(struct analysis *x)
{
    enum { TABLES_MAX = 64 };
    struct sqlc *q = x->q;
    struct places places = { 0 };
    struct str sql = render(q, x->s, DB_SQLITE, &places);
    x->used.v = arena_new_array(q->a, struct str, TABLES_MAX);
    x->used.room = TABLES_MAX;
    sqlite3_set_authorizer(q->db, note_use, x);
    int rc = sqlite3_prepare_v2(q->db, sql.p, (int)sql.n, &x->stmt, NULL);
    sqlite3_set_authorizer(q->db, NULL, NULL);
    if (rc == SQLITE_OK && x->stmt != NULL)
        return true;
    int at = sqlite3_error_offset(q->db);
    int line = at >= 0 ? line_of(&places, (size_t)at, x->s->line) : x->s->line;
    SAY(x, line, "%.*s: %s", STR_ARG(x->s->name), x->no_memory ? "it uses too many tables" : sqlite3_errmsg(q->db));
    return false;
}

/* ---- a column of a table ---- */

struct declared {
    const struct type_name *type; /* NULL: not one of ours */
    bool not_null;
};

static bool declared_column(struct sqlc *q, const char *table, const char *column, struct declared *out)
{
    const char *type = NULL;
    int not_null = 0;
    int key = 0;
    if (sqlite3_table_column_metadata(q->db, NULL, table, column, &type, NULL, &not_null, &key, NULL) != SQLITE_OK)
        return false;
    out->type = type_named(str_of(type));
    out->not_null = not_null || key;
    return true;
}

/* ---- parameters ---- */

/* The type of the columns of that name among the tables used; two tables may share a name, not with two types. */
static void param_from_tables(struct analysis *x, struct param *p)
{
    const char *name = str_cstr(x->q->a, p->name);
    struct str from = STR_NONE;
    for (size_t i = 0; i < x->used.n; i++) {
        struct declared d = { 0 };
        if (!declared_column(x->q, str_cstr(x->q->a, x->used.v[i]), name, &d) || d.type == NULL)
            continue;
        if (p->type != NULL && p->type->type != d.type->type) {
            SAY(x, p->line, "%.*s: $%s could be %.*s.%s (%s) or %.*s.%s (%s): say $%s::type", STR_ARG(x->s->name), name,
                STR_ARG(from), name, p->type->name, STR_ARG(x->used.v[i]), name, d.type->name, name);
            return;
        }
        p->type = d.type;
        from = x->used.v[i];
    }
    if (p->type == NULL)
        SAY(x, p->line, "%.*s: no table here has a column \"%s\": say $%s::type", STR_ARG(x->s->name), name, name);
}

static void type_params(struct analysis *x)
{
    for (size_t i = 0; i < x->s->params.n; i++)
        if (!x->s->params.v[i].said)
            param_from_tables(x, &x->s->params.v[i]);
}

/* ---- output columns ---- */

static struct out_line *out_line_of(struct statement *s, struct str name)
{
    for (size_t i = 0; i < s->outs.n; i++)
        if (str_eq(s->outs.v[i].name, name))
            return &s->outs.v[i];
    return NULL;
}

static bool is_among(const struct names *names, struct str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq_nocase(names->v[i], name))
            return true;
    return false;
}

/* What the schema says about output column i, when it is a plain column. */
static bool column_from_schema(struct analysis *x, int i, const struct item *item, const struct names *outer,
                               struct column *c)
{
    const char *table = sqlite3_column_table_name(x->stmt, i);
    const char *origin = sqlite3_column_origin_name(x->stmt, i);
    struct declared d = { 0 };
    if (!item->plain || table == NULL || origin == NULL || !declared_column(x->q, table, origin, &d) || d.type == NULL)
        return false;
    c->type = d.type->type;
    c->nullable = !d.not_null || is_among(outer, str_of(table));
    return true;
}

static bool column_type(struct analysis *x, int i, const struct item *item, const struct names *outer, struct column *c)
{
    struct statement *s = x->s;
    struct out_line *o = out_line_of(s, c->name);
    bool plain = column_from_schema(x, i, item, outer, c);
    if (!plain && o == NULL) {
        SAY(x, s->line, "%.*s: column %.*s is no plain column of a table: declare it with \"-- out: %.*s type\"",
            STR_ARG(s->name), STR_ARG(c->name), STR_ARG(c->name));
        return false;
    }
    if (o == NULL)
        return true;
    o->used = true;
    if (plain && type_class(o->type->type)->stored != type_class(c->type)->stored) {
        SAY(x, o->line, "%.*s: column %.*s is stored as %s, it cannot be read as %s", STR_ARG(s->name), STR_ARG(c->name),
            type_pg(c->type), o->type->name);
        return false;
    }
    c->type = o->type->type;
    c->nullable = o->nullable;
    return true;
}

static bool is_field_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return s.n > 0;
}

static void output_columns(struct analysis *x, const struct items *items)
{
    struct statement *s = x->s;
    struct names outer = outer_tables(x->q, s, &x->used);
    for (size_t i = 0; i < items->n; i++) {
        struct column c = { .name = str_dup(x->q->a, str_of(sqlite3_column_name(x->stmt, (int)i))) };
        if (items->v[i].name.p == NULL || !is_field_name(c.name)) {
            SAY(x, s->line, "%.*s: output column %zu needs a name: say AS name", STR_ARG(s->name), i + 1);
            continue;
        }
        if (!column_type(x, (int)i, &items->v[i], &outer, &c))
            continue;
        struct column *slot = vec_push(x->q->a, &s->columns);
        *slot = c;
    }
    for (size_t i = 0; i < s->outs.n; i++)
        if (!s->outs.v[i].used)
            SAY(x, s->outs.v[i].line, "%.*s: -- out: %.*s is no output column", STR_ARG(s->name),
                STR_ARG(s->outs.v[i].name));
}

/* ---- the PostgreSQL text ---- */

/* sum(bigint) is numeric there, a comparison is boolean, length() is integer: an expression is cast to what C reads. */
static void cast_item(struct view *v, const struct item *it, enum db_type type)
{
    static const char *const ends[] = {
        [DB_TEXT] = " AS text)", [DB_INT] = " AS bigint)", [DB_REAL] = " AS double precision)", [DB_BLOB] = " AS bytea)"
    };
    bool flag = type == DB_BOOL; /* PostgreSQL casts boolean to integer, not to bigint */
    v->v[it->from]->before = flag ? "CAST(CAST(" : "CAST(";
    v->v[it->to - 1]->after = flag ? " AS integer) AS bigint)" : ends[type_class(type)->stored];
}

static bool items_match(struct analysis *x, const struct items *items)
{
    const struct statement *s = x->s;
    bool same = items->n == s->columns.n;
    for (size_t i = 0; same && i < items->n; i++)
        same = items->v[i].to > items->v[i].from;
    if (!same)
        SAY(x, s->line, "%.*s: the texts for the two engines give different columns", STR_ARG(s->name));
    return same;
}

static void cast_items(struct analysis *x)
{
    struct statement *s = x->s;
    struct view *v = &s->view[DB_POSTGRES];
    struct items items;
    for (size_t arm = 0; items_of(x->q->a, v, arm, &items); arm++) {
        if (!items_match(x, &items))
            return;
        for (size_t i = 0; i < items.n; i++) {
            bool named = str_eq_nocase(items.v[i].name, s->columns.v[i].name);
            if (arm == 0 && !named)
                SAY(x, s->line, "%.*s: column %zu is %.*s on SQLite and %.*s on PostgreSQL", STR_ARG(s->name), i + 1,
                    STR_ARG(s->columns.v[i].name), STR_ARG(items.v[i].name));
            if (!items.v[i].plain)
                cast_item(v, &items.v[i], s->columns.v[i].type);
        }
    }
}

/* ---- what becomes C ---- */

static bool flag_clashes(struct str name, struct str other)
{
    return str_starts(other, STR("has_")) && str_eq(str_from(other, 4), name);
}

static void check_fields(struct analysis *x)
{
    const struct statement *s = x->s;
    for (size_t i = 0; i < s->columns.n; i++)
        for (size_t j = 0; j < s->columns.n; j++) {
            const struct column *c = &s->columns.v[i];
            struct str other = s->columns.v[j].name;
            if ((j > i && str_eq(c->name, other)) || (has_flag(c->type, c->nullable) && flag_clashes(c->name, other)))
                SAY(x, s->line, "%.*s: columns %.*s and %.*s clash in C: rename one with AS", STR_ARG(s->name),
                    STR_ARG(c->name), STR_ARG(other));
        }
    for (size_t i = 0; i < s->params.n; i++)
        for (size_t j = 0; j < s->params.n; j++) {
            const struct param *p = &s->params.v[i];
            if (p->type && has_flag(p->type->type, p->nullable) && flag_clashes(p->name, s->params.v[j].name))
                SAY(x, p->line, "%.*s: $%.*s and $%.*s clash in C", STR_ARG(s->name), STR_ARG(p->name),
                    STR_ARG(s->params.v[j].name));
        }
}

/* Is the one column an INSERT gives back SQLite's own row number (INTEGER PRIMARY KEY)? Then the connection knows it, and
 * RETURNING, which SQLite runs through a temporary b-tree each time, need not stand in its text. */
static bool gives_row_number(struct analysis *x)
{
    const struct view *v = &x->s->view[DB_SQLITE];
    size_t into = find_outside(v, 0, "into");
    if (x->s->kind != KIND_ID || into + 1 >= v->n)
        return false;
    const char *declared = NULL;
    int key = 0;
    int rc = sqlite3_table_column_metadata(x->q->db, NULL, str_cstr(x->q->a, v->v[into + 1]->s),
                                           str_cstr(x->q->a, x->s->columns.v[0].name), &declared, NULL, NULL, &key, NULL);
    return rc == SQLITE_OK && key && declared != NULL && sqlite3_stricmp(declared, "INTEGER") == 0;
}

static void drop_returning(struct statement *s)
{
    const struct view *v = &s->view[DB_SQLITE];
    const struct token *returning = v->v[find_outside(v, 0, "returning")];
    struct sql_text *text = &s->text[DB_SQLITE];
    for (size_t i = 0; i < text->n; i++)
        if (&text->v[i] == returning)
            text->n = i;
}

static void analyse(struct analysis *x)
{
    struct statement *s = x->s;
    struct items items = { 0 };
    bool gives = items_of(x->q->a, &s->view[DB_SQLITE], 0, &items);
    int n = sqlite3_column_count(x->stmt);
    if (gives && items.n != (size_t)n) {
        SAY(x, s->line, "%.*s: the list of output columns cannot be read", STR_ARG(s->name));
        return;
    }
    int before = x->q->n_complaints;
    type_params(x);
    if (gives)
        output_columns(x, &items);
    if (s->kind == KIND_ID && (s->columns.n != 1 || s->columns.v[0].type != DB_INT))
        SAY(x, s->line, "%.*s: :id gives one integer: RETURNING id", STR_ARG(s->name));
    if (x->q->n_complaints > before)
        return;
    cast_items(x);
    check_fields(x);
    if (gives_row_number(x))
        drop_returning(s);
    s->sql[DB_SQLITE] = render(x->q, s, DB_SQLITE, NULL);
    s->sql[DB_POSTGRES] = render(x->q, s, DB_POSTGRES, NULL);
}

void statement_analyse(struct sqlc *q, struct statement *s)
{
    struct analysis x = { .q = q, .s = s };
    if (prepare(&x))
        analyse(&x);
    sqlite3_finalize(x.stmt);
}
