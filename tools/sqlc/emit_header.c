/* emit_header.c: the C header: a struct for parameters, one for a row (of one statement or of several), one function for each statement. */
#include "tools/sqlc/sqlc.h"

const char *source_name(const char *path)
{
    while (path[0] == '.' && path[1] == '.' && path[2] == '/')
        path += 3;
    return path;
}

/* Words that cannot name a member: C's own, and macros that compilers and <stdbool.h> define. */
static bool is_reserved(struct str s)
{
    static const char *const words[] = {
        "auto",     "break",  "case",     "char",   "const",  "continue", "default", "do",     "double",  "else",
        "enum",     "extern", "float",    "for",    "goto",   "if",       "inline",  "int",    "long",    "register",
        "restrict", "return", "short",    "signed", "sizeof", "static",   "struct",  "switch", "typedef", "union",
        "unsigned", "void",   "volatile", "while",  "asm",    "typeof",   "bool",    "true",   "false",   "unix",
        "linux",    "i386",   "errno",    "stdin",  "stdout", "stderr",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(s, str_of(words[i])))
            return true;
    return false;
}

struct str field_name(struct arena *a, struct str column)
{
    return is_reserved(column) ? str_fmt(a, "%.*s_", STR_ARG(column)) : column;
}

bool has_flag(enum db_type type, bool nullable)
{
    return nullable && !type_class(type)->has_none;
}

static void put_field(struct buf *b, struct str name, enum db_type type, bool nullable)
{
    if (has_flag(type, nullable))
        buf_fmt(b, "    bool has_%.*s;\n", STR_ARG(name));
    struct str field = field_name(b->arena, name);
    buf_fmt(b, "    %s %.*s;%s\n", type_class(type)->c_type, STR_ARG(field), nullable ? " /* may be NULL */" : "");
}

void emit_fields(struct buf *b, const struct statement *s)
{
    for (size_t i = 0; i < s->columns.n; i++)
        put_field(b, s->columns.v[i].name, s->columns.v[i].type, s->columns.v[i].nullable);
}

static void put_in(struct buf *b, const struct statement *s)
{
    if (s->params.n > 0) {
        buf_fmt(b, "struct %.*s_in {\n", STR_ARG(s->name));
        for (size_t i = 0; i < s->params.n; i++)
            put_field(b, s->params.v[i].name, s->params.v[i].type->type, s->params.v[i].nullable);
        buf_lit(b, "};\n");
    }
}

static bool is_first_list(const struct sqlc *q, const struct statement *s)
{
    const struct statement *first = q->statements.v;
    while (first->kind != KIND_MANY || first->model != s->model)
        first++;
    return first == s;
}

/* The row where the first of those that share it stands, the list of rows where the first stands that gives one. */
static void put_row(struct buf *b, const struct sqlc *q, const struct statement *s)
{
    if (s == s->model && s->row.header.p)
        buf_fmt(b, "struct %.*s; /* %.*s */\n", STR_ARG(s->tag), STR_ARG(s->row.header));
    else if (s == s->model) {
        buf_fmt(b, "struct %.*s {\n", STR_ARG(s->tag));
        emit_fields(b, s);
        buf_lit(b, "};\n");
    }
    if (s->kind == KIND_MANY && is_first_list(q, s))
        buf_fmt(b, "struct %.*s_rows {\n    struct %.*s *v;\n    size_t n;\n};\n", STR_ARG(s->row.name), STR_ARG(s->tag));
}

void emit_signature(struct buf *b, const struct statement *s)
{
    buf_fmt(b, "int %.*s(%s", STR_ARG(s->name), s->writes ? "struct tx *tx" : "struct dbr *r");
    if (row_gives(s))
        buf_lit(b, ", struct arena *a");
    if (s->params.n > 0)
        buf_fmt(b, ", const struct %.*s_in *in", STR_ARG(s->name));
    switch (s->kind) {
    case KIND_EXEC:
        buf_lit(b, ", int64_t *changed");
        break;
    case KIND_ID:
        buf_lit(b, ", int64_t *id");
        break;
    case KIND_ONE:
        buf_fmt(b, ", struct %.*s *out", STR_ARG(s->tag));
        break;
    case KIND_MANY:
        buf_fmt(b, ", struct %.*s_rows *out", STR_ARG(s->row.name));
        break;
    case KIND_EACH:
        buf_fmt(b, ", int (*each)(void *ctx, const struct %.*s *row), void *ctx", STR_ARG(s->tag));
        break;
    }
    buf_lit(b, ", struct err *e)");
}

/* The writer's own words, as a C comment: nothing in them may open or end one. */
static void put_doc(struct buf *b, const struct sqlc *q, const struct statement *s)
{
    buf_lit(b, "\n/* ");
    for (size_t i = 0; i < s->doc.n; i++) {
        char c = s->doc.p[i];
        char last = i > 0 ? s->doc.p[i - 1] : '\0';
        if ((c == '/' && last == '*') || (c == '*' && last == '/'))
            buf_put_char(b, ' ');
        buf_put_char(b, c);
        if (c == '\n')
            buf_lit(b, " * ");
    }
    buf_fmt(b, "%s%s:%d */\n", s->doc.n > 0 ? "\n * " : "", source_name(q->job->queries.path), s->line);
}

struct str emit_header(struct sqlc *q)
{
    struct buf b;
    buf_init(&b, q->a, EMIT_MAX);
    buf_fmt(&b, "/* Written by sqlc from the SQL of the module %s. Change that, not this. */\n", q->job->module);
    buf_fmt(&b, "#ifndef BON_GEN_%s_QUERIES_H\n#define BON_GEN_%s_QUERIES_H\n\n#include \"platform/db/db.h\"\n",
            q->job->module, q->job->module);
    for (size_t i = 0; i < q->statements.n; i++) {
        const struct statement *s = &q->statements.v[i];
        put_doc(&b, q, s);
        put_in(&b, s);
        if (row_gives(s))
            put_row(&b, q, s);
        emit_signature(&b, s);
        buf_lit(&b, ";\n");
    }
    buf_fmt(&b, "\nextern const struct db_stmt *const %s_statements[]; /* ended by NULL */\n", q->job->module);
    buf_fmt(&b, "extern const struct db_migration %s_migrations[];  /* ended by .module == NULL */\n\n#endif\n",
            q->job->module);
    if (b.full)
        complain(q, q->job->module, 0, "the header is too long");
    return buf_str(&b);
}
