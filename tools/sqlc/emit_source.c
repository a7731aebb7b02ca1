/* emit_source.c: the C source: texts for both engines, and functions that bind, step and read. */
#include "tools/sqlc/sqlc.h"

struct writer {
    struct buf b;
    const struct sqlc *q;
    size_t counted; /* bytes of b whose lines are in `lines` */
    int lines;
};

#define put(w, ...) buf_fmt(&(w)->b, __VA_ARGS__)

/* The number of the line that comes next. */
static int next_line(struct writer *w)
{
    for (; w->counted < w->b.n; w->counted++)
        w->lines += w->b.p[w->counted] == '\n';
    return w->lines + 1;
}

/* ---- texts ---- */

static void put_escaped(struct buf *b, char last, char c)
{
    switch (c) {
    case '\n':
        buf_lit(b, "\\n");
        break;
    case '\t':
        buf_lit(b, "\\t");
        break;
    case '\r':
        buf_lit(b, "\\r");
        break;
    case '"':
        buf_lit(b, "\\\"");
        break;
    case '\\':
        buf_lit(b, "\\\\");
        break;
    case '?':
        if (last == '?') /* no trigraphs */
            buf_put_char(b, '\\');
        buf_put_char(b, c);
        break;
    default:
        if ((unsigned char)c < ' ')
            buf_fmt(b, "\\%03o", (unsigned)c);
        else
            buf_put_char(b, c);
    }
}

/* A C string, one piece for each line of the text. */
static void put_string(struct writer *w, struct str s, const char *indent)
{
    put(w, "\"");
    for (size_t i = 0; i < s.n; i++) {
        put_escaped(&w->b, i > 0 ? s.p[i - 1] : '\0', s.p[i]);
        if (s.p[i] == '\n' && i + 1 < s.n)
            put(w, "\"\n%s\"", indent);
    }
    put(w, "\"");
}

static void put_types(struct writer *w, const struct statement *s, const char *what, size_t n)
{
    if (n == 0)
        return;
    bool in = *what == 'i';
    put(w, "static const enum db_type %.*s_%s[] = {", STR_ARG(s->name), what);
    for (size_t i = 0; i < n; i++)
        put(w, "%s %s", i > 0 ? "," : "", type_class(in ? s->params.v[i].type->type : s->columns.v[i].type)->enum_name);
    put(w, " };\n");
}

static void put_type_ref(struct writer *w, const struct statement *s, const char *what, size_t n)
{
    if (n > 0)
        put(w, "    .%s = %.*s_%s,\n    .n_%s = %zu,\n", what, STR_ARG(s->name), what, what, n);
}

static void put_statement(struct writer *w, const struct statement *s)
{
    put_types(w, s, "in", s->params.n);
    put_types(w, s, "out", s->columns.n);
    put(w,
        "static const struct db_stmt %.*s_stmt = {\n    .name = \"%.*s\",\n    .sql = {\n        [DB_SQLITE] =\n           "
        " ",
        STR_ARG(s->name), STR_ARG(s->name));
    put_string(w, s->sql[DB_SQLITE], "            ");
    put(w, ",\n        [DB_POSTGRES] =\n            ");
    put_string(w, s->sql[DB_POSTGRES], "            ");
    put(w, ",\n    },\n");
    put_type_ref(w, s, "in", s->params.n);
    put_type_ref(w, s, "out", s->columns.n);
    put(w, "    .source = ");
    put_string(w, str_fmt(w->b.arena, "%s:%d", source_name(w->q->job->queries.path), s->line), "");
    put(w, ",\n    .writes = %s,\n%s};\n\n", s->writes ? "true" : "false", s->kind == KIND_EACH ? "    .each = true,\n" : "");
}

/* ---- functions ---- */

/* Reads one row; statements that share a row share this. */
static void put_read(struct writer *w, const struct statement *s)
{
    bool arena = false;
    for (size_t i = 0; i < s->columns.n; i++)
        arena |= type_class(s->columns.v[i].type)->in_arena;
    put(w, "static void %.*s_read_row(const struct db_cursor *c, struct arena *a, struct %.*s *row)\n{\n", STR_ARG(s->row.name),
        STR_ARG(s->tag));
    if (!arena)
        put(w, "    (void)a;\n");
    for (size_t i = 0; i < s->columns.n; i++) {
        const struct column *c = &s->columns.v[i];
        const struct type_class *type = type_class(c->type);
        struct str field = field_name(w->b.arena, c->name);
        if (has_flag(c->type, c->nullable))
            put(w, "    row->has_%.*s = !db_is_null(c, %zu);\n    if (row->has_%.*s)\n    ", STR_ARG(c->name), i,
                STR_ARG(c->name));
        put(w, "    row->%.*s = db_%s(c, %zu%s);\n", STR_ARG(field), type->verb, i, type->in_arena ? ", a" : "");
    }
    put(w, "}\n\n");
}

static void put_bind(struct writer *w, const struct param *p, size_t i)
{
    const struct type_class *type = type_class(p->type->type);
    struct str field = field_name(w->b.arena, p->name);
    bool flag = has_flag(p->type->type, p->nullable);
    if (flag)
        put(w, "    if (in->has_%.*s)\n    ", STR_ARG(p->name));
    put(w, "    db_bind_%s(c, %zu, %sin->%.*s);\n", type->verb, i, type->by_pointer ? "&" : "", STR_ARG(field));
    if (flag)
        put(w, "    else\n        db_bind_null(c, %zu);\n", i);
}

static const char exec_tail[] = "    int got = db_step(c, e);\n"
                                "    if (got >= 0 && changed != NULL)\n"
                                "        *changed = db_changes(c);\n"
                                "    db_end(c);\n"
                                "    return got < 0 ? -1 : 0;\n";

static void put_id(struct writer *w, const struct statement *s)
{
    put(w,
        "    int64_t made;\n"
        "    int got = db_insert(c, &made, e);\n"
        "    db_end(c);\n"
        "    if (got < 0)\n"
        "        return -1;\n"
        "    if (got == 0)\n"
        "        return ERR(e, ERR_CONFLICT, \"%.*s made no row\");\n"
        "    if (id != NULL)\n"
        "        *id = made;\n"
        "    return 0;\n",
        STR_ARG(s->name));
}

static void put_one(struct writer *w, const struct statement *s)
{
    put(w,
        "    struct %.*s row = { 0 };\n"
        "    int got = db_step(c, e);\n"
        "    if (got == 1)\n"
        "        %.*s_read_row(c, a, &row);\n"
        "    db_end(c);\n"
        "    if (got == 1)\n"
        "        *out = row;\n"
        "    return got;\n",
        STR_ARG(s->tag), STR_ARG(s->row.name));
}

static void put_many(struct writer *w, const struct statement *s)
{
    put(w,
        "    VEC(struct %.*s) rows = { 0 };\n"
        "    int got;\n"
        "    while ((got = db_step(c, e)) == 1)\n"
        "        %.*s_read_row(c, a, vec_push(a, &rows));\n"
        "    db_end(c);\n"
        "    if (got < 0)\n"
        "        return -1;\n"
        "    out->v = rows.v;\n"
        "    out->n = rows.n;\n"
        "    return 0;\n",
        STR_ARG(s->tag), STR_ARG(s->row.name));
}

static void put_each(struct writer *w, const struct statement *s)
{
    put(w,
        "    struct arena *row_arena = arena_child(a); /* one row at a time, so that an export may be longer than memory "
        "*/\n"
        "    int got = 0;\n"
        "    int said = 0;\n"
        "    while (said == 0 && (got = db_step(c, e)) == 1) {\n"
        "        struct %.*s row = { 0 };\n"
        "        %.*s_read_row(c, row_arena, &row);\n"
        "        said = each(ctx, &row);\n"
        "        arena_clear(row_arena);\n"
        "    }\n"
        "    db_end(c);\n"
        "    arena_release(row_arena);\n"
        "    return got < 0 || said < 0 ? -1 : 0;\n",
        STR_ARG(s->tag), STR_ARG(s->row.name));
}

static void put_tail(struct writer *w, const struct statement *s)
{
    switch (s->kind) {
    case KIND_EXEC:
        buf_put(&w->b, str_of(exec_tail));
        break;
    case KIND_ID:
        put_id(w, s);
        break;
    case KIND_ONE:
        put_one(w, s);
        break;
    case KIND_MANY:
        put_many(w, s);
        break;
    case KIND_EACH:
        put_each(w, s);
        break;
    }
}

/* What the compiler says of the next line is said of queries.sql; then it speaks of this file again. */
static void put_line(struct writer *w, int line)
{
    put(w, "#line %d ", line);
    put_string(w, str_of(w->q->job->queries.path), "");
    put(w, "\n");
}

static void put_own_line(struct writer *w)
{
    put(w, "#line %d ", next_line(w) + 1);
    put_string(w, str_of(w->q->job->source_path), "");
    put(w, "\n");
}

/* ---- a struct that a person declared ---- */

static void put_member_check(struct writer *w, const struct statement *s, struct str member, const char *c_type)
{
    put_line(w, s->row.line);
    put(w,
        "_Static_assert(_Generic(((struct %.*s *)0)->%.*s, %s: 1, default: 0) && "
        "offsetof(struct %.*s, %.*s) == offsetof(struct %.*s_said, %.*s), "
        "\"struct %.*s does not have %s %.*s where the row of %.*s has it\");\n",
        STR_ARG(s->tag), STR_ARG(member), c_type, STR_ARG(s->tag), STR_ARG(member), STR_ARG(s->tag), STR_ARG(member),
        STR_ARG(s->tag), c_type, STR_ARG(member), STR_ARG(s->name));
}

static void put_column_check(struct writer *w, const struct statement *s, const struct column *c)
{
    if (has_flag(c->type, c->nullable))
        put_member_check(w, s, str_fmt(w->b.arena, "has_%.*s", STR_ARG(c->name)), "bool");
    put_member_check(w, s, field_name(w->b.arena, c->name), type_class(c->type)->c_type);
}

/* The struct is the same as the one that sqlc would have made, or the C compiler says at "-- row:" what is not. */
static void put_check(struct writer *w, const struct statement *s)
{
    put(w, "struct %.*s_said {\n", STR_ARG(s->tag));
    emit_fields(&w->b, s);
    put(w, "};\n");
    for (size_t i = 0; i < s->columns.n; i++)
        put_column_check(w, s, &s->columns.v[i]);
    put_line(w, s->row.line);
    put(w, "_Static_assert(sizeof(struct %.*s) == sizeof(struct %.*s_said), "
        "\"struct %.*s has members that the row of %.*s does not fill\");\n",
        STR_ARG(s->tag), STR_ARG(s->tag), STR_ARG(s->tag), STR_ARG(s->name));
    put_own_line(w);
    put(w, "\n");
}

static void put_row(struct writer *w, const struct statement *s)
{
    if (s->row.header.p)
        put_check(w, s);
    put_read(w, s);
}

/* A wrong call or a clash of names is shown at the statement's line in queries.sql. */
static void put_function(struct writer *w, const struct statement *s)
{
    if (s == s->model)
        put_row(w, s);
    put_line(w, s->line);
    emit_signature(&w->b, s);
    put(w, "\n");
    put_own_line(w);
    put(w, "{\n    struct db_cursor *c = %s, &%.*s_stmt, e);\n    if (c == NULL)\n        return -1;\n",
        s->writes ? "db_begin_tx(tx" : "db_begin(r", STR_ARG(s->name));
    for (size_t i = 0; i < s->params.n; i++)
        put_bind(w, &s->params.v[i], i);
    put_tail(w, s);
    put(w, "}\n\n");
}

/* ---- tables ---- */

static void put_statement_table(struct writer *w)
{
    put(w, "const struct db_stmt *const %s_statements[] = {\n", w->q->job->module);
    for (size_t i = 0; i < w->q->statements.n; i++)
        put(w, "    &%.*s_stmt,\n", STR_ARG(w->q->statements.v[i].name));
    put(w, "    NULL,\n};\n\n");
}

static void put_migration_table(struct writer *w)
{
    const struct sqlc *q = w->q;
    put(w, "const struct db_migration %s_migrations[] = {\n", q->job->module);
    for (size_t i = q->n_earlier; i < q->migrations.n; i++) {
        const struct migration *m = &q->migrations.v[i];
        put(w,
            "    {\n        .module = \"%s\",\n        .number = %d, /* %s */\n        .sql = {\n            [DB_SQLITE] "
            "=\n                ",
            q->job->module, m->number, source_name(m->path));
        put_string(w, m->sql[DB_SQLITE], "                ");
        put(w, ",\n            [DB_POSTGRES] =\n                ");
        put_string(w, m->sql[DB_POSTGRES], "                ");
        put(w, ",\n        },\n    },\n");
    }
    put(w, "    { .module = NULL },\n};\n");
}

/* Where people declared rows; each header once. */
static void put_row_headers(struct writer *w)
{
    const struct sqlc *q = w->q;
    for (size_t i = 0; i < q->statements.n; i++) {
        const struct statement *s = &q->statements.v[i];
        size_t before = 0;
        while (before < i && !str_eq(q->statements.v[before].row.header, s->row.header))
            before++;
        if (s->row.header.p && before == i)
            put(w, "#include \"%.*s\"\n", STR_ARG(s->row.header));
    }
    put(w, "\n");
}

struct str emit_source(struct sqlc *q)
{
    struct writer w = { .q = q };
    buf_init(&w.b, q->a, EMIT_MAX);
    put(&w, "/* Written by sqlc from the SQL of the module %s. Change that, not this. */\n#include \"%s\"\n",
        q->job->module, q->job->include_as);
    put_row_headers(&w);
    for (size_t i = 0; i < q->statements.n; i++) {
        put_statement(&w, &q->statements.v[i]);
        put_function(&w, &q->statements.v[i]);
    }
    put_statement_table(&w);
    put_migration_table(&w);
    if (w.b.full)
        complain(q, q->job->module, 0, "the C source is too long");
    return buf_str(&w.b);
}
