/* queries.c: queries.sql cut into statements, with what the comments above each say. */
#include "tools/sqlc/sqlc.h"

/* A statement while it is being read. */
struct draft {
    struct str name;
    enum kind kind;
    int line; /* of -- name:, or of the first word */
    struct buf doc;
    bool all;
    VEC(struct out_line) outs;
    struct row_line row;
    size_t from;      /* index of its first token */
    unsigned engines; /* which engines its words serve */
    bool closed;      /* a comment that follows ; on its line says nothing about the next statement */
};

struct reader {
    struct sqlc *q;
    const char *path;
    struct tokens t;
    struct draft d;
};

static void draft_begin(struct reader *x, size_t from)
{
    x->d = (struct draft) { .from = from, .closed = from > 0 };
    buf_init(&x->d.doc, x->q->a, 4096);
}

static struct str take_word(struct str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && s->p[n] != ' ' && s->p[n] != '\t')
        n++;
    struct str word = str_head(*s, n);
    *s = str_trim(str_from(*s, n));
    return word;
}

static bool is_identifier(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return s.n > 0;
}

/* ---- the comments ---- */

static bool kind_named(struct str s, enum kind *out)
{
    static const char *const kinds[] = {
        [KIND_EXEC] = ":exec", [KIND_ID] = ":id", [KIND_ONE] = ":one", [KIND_MANY] = ":many", [KIND_EACH] = ":each",
    };
    for (enum kind k = KIND_EXEC; k <= KIND_EACH; k++) {
        if (!str_eq(s, str_of(kinds[k])))
            continue;
        *out = k;
        return true;
    }
    return false;
}

/* -- name: stay_guests :many */
static void read_name(struct reader *x, struct str rest, int line)
{
    struct str name = take_word(&rest);
    if (x->d.name.p != NULL)
        complain(x->q, x->path, line, "%.*s has no statement: another name follows", STR_ARG(x->d.name));
    x->d.name = name;
    x->d.line = line;
    if (!is_identifier(name))
        complain(x->q, x->path, line, "a name is lower-case letters, digits and _: \"%.*s\"", STR_ARG(name));
    if (!kind_named(rest, &x->d.kind))
        complain(x->q, x->path, line, "%.*s: after the name stands :exec, :id, :one, :many or :each", STR_ARG(name));
}

/* -- out: n integer?, several may stand in one line, parted by commas */
static void read_outs(struct reader *x, struct str rest, int line)
{
    struct str piece;
    while (str_cut(&rest, ',', &piece)) {
        struct str name = take_word(&piece);
        struct str type = take_word(&piece);
        bool nullable = str_ends(type, STR("?"));
        const struct type_name *t = type_named(str_head(type, type.n - (nullable ? 1 : 0)));
        if (t == NULL || piece.n > 0) {
            complain(x->q, x->path, line, "-- out: %.*s has an unknown type \"%.*s\"; there are: %s", STR_ARG(name),
                     STR_ARG(type), type_names());
            continue;
        }
        struct out_line *o = vec_push(x->q->a, &x->d.outs);
        *o = (struct out_line) { .name = name, .type = t, .nullable = nullable, .line = line };
    }
}

static bool is_header(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/';
        if (!plain)
            return false;
    }
    return str_ends(s, STR(".h"));
}

/* -- row: guests, or -- row: struct guest in engines/stays/stays.h */
static void read_row(struct reader *x, struct str rest, int line)
{
    struct row_line *row = &x->d.row;
    if (row->said) {
        complain(x->q, x->path, line, "a statement has one row; another is said at line %d", row->line);
        return;
    }
    *row = (struct row_line) { .name = take_word(&rest), .header = STR_NONE, .said = true, .line = line };
    bool readable = true;
    if (str_eq(row->name, STR("struct"))) {
        row->name = take_word(&rest);
        readable = str_eq(take_word(&rest), STR("in"));
        row->header = take_word(&rest);
        readable = readable && is_header(row->header);
    }
    if (!readable || !is_identifier(row->name) || rest.n > 0)
        complain(x->q, x->path, line, "after -- row: stands the name that rows share, or \"struct NAME in HEADER.h\"");
}

static void read_comment(struct reader *x, const struct token *t)
{
    struct str s = comment_text(t);
    if (str_starts(s, STR("name:")))
        read_name(x, str_from(s, 5), t->line);
    else if (str_starts(s, STR("out:")))
        read_outs(x, str_from(s, 4), t->line);
    else if (str_starts(s, STR("row:")))
        read_row(x, str_from(s, 4), t->line);
    else if (str_starts(s, STR("all:")))
        x->d.all = str_trim(str_from(s, 4)).n > 0;
    else if (!x->d.closed && x->d.engines == 0 && !str_starts(s, STR("@"))) {
        if (x->d.doc.n > 0)
            buf_put_char(&x->d.doc, '\n');
        buf_put(&x->d.doc, s);
    }
}

/* ---- statements ---- */

static struct statement *find(struct sqlc *q, struct str name)
{
    for (size_t i = 0; i < q->statements.n; i++)
        if (str_eq(q->statements.v[i].name, name))
            return &q->statements.v[i];
    return NULL;
}

/* A piece without a name that serves one engine goes on with the statement above it. */
static struct statement *statement_above(struct reader *x)
{
    struct sqlc *q = x->q;
    if (x->d.engines == FOR_BOTH || q->statements.n == 0)
        return NULL;
    struct statement *s = &q->statements.v[q->statements.n - 1];
    return x->d.engines == FOR_SQLITE ? (s->text[DB_SQLITE].v ? NULL : s) : (s->text[DB_POSTGRES].v ? NULL : s);
}

static struct statement *statement_for(struct reader *x)
{
    struct sqlc *q = x->q;
    if (x->d.name.p == NULL) {
        struct statement *above = statement_above(x);
        if (above == NULL)
            complain(q, x->path, x->d.line, "a statement without a name: write \"-- name: what_it_is :kind\" above it");
        return above;
    }
    struct statement *s = find(q, x->d.name);
    if (s != NULL && s->kind == x->d.kind)
        return s;
    if (s != NULL) {
        complain(q, x->path, x->d.line, "%.*s has another kind at line %d", STR_ARG(x->d.name), s->line);
        return NULL;
    }
    s = vec_push(q->a, &q->statements);
    *s = (struct statement) { .name = x->d.name, .kind = x->d.kind, .line = x->d.line };
    s->row = (struct row_line) { .name = s->name, .header = STR_NONE, .line = s->line };
    return s;
}

static void take_text(struct reader *x, struct statement *s, size_t to)
{
    bool shared = x->d.engines == FOR_BOTH;
    for (enum db_engine e = 0; e < DB_ENGINES_; e++) {
        if (!(x->d.engines & (1u << e)))
            continue;
        struct sql_text *text = &s->text[e];
        if (text->v != NULL && text->shared == shared) {
            complain(x->q, x->path, x->d.line, "%.*s stands twice, first at line %d", STR_ARG(s->name), s->line);
            return;
        }
        if (text->v == NULL || text->shared)
            *text = (struct sql_text) { .v = &x->t.v[x->d.from], .n = to - x->d.from, .shared = shared };
    }
}

static void draft_end(struct reader *x, size_t to)
{
    struct sqlc *q = x->q;
    if (x->d.engines == 0) {
        if (x->d.name.p != NULL)
            complain(q, x->path, x->d.line, "%.*s has no statement", STR_ARG(x->d.name));
        return;
    }
    struct statement *s = statement_for(x);
    if (s == NULL)
        return;
    take_text(x, s, to);
    s->all |= x->d.all;
    if (s->doc.n == 0)
        s->doc = buf_str(&x->d.doc);
    if (x->d.row.said && !s->row.said)
        s->row = x->d.row;
    if (s->outs.n > 0)
        return; /* the first text's declarations stand for both */
    s->outs.v = x->d.outs.v;
    s->outs.n = x->d.outs.n;
    s->outs.room = x->d.outs.room;
}

/* A blank line parts a heading from the statement's own comment; it also ends the line of the ; before. */
static void read_space(struct reader *x, const struct token *t)
{
    size_t lines = 0;
    for (size_t i = 0; i < t->s.n; i++)
        lines += t->s.p[i] == '\n';
    if (lines > 0)
        x->d.closed = false;
    bool after_comment = t > x->t.v && t[-1].kind == T_COMMENT;
    if (lines > 1 && after_comment && x->d.name.p == NULL && x->d.engines == 0)
        buf_clear(&x->d.doc);
}

static void read_statements(struct reader *x)
{
    draft_begin(x, 0);
    for (size_t i = 0; i < x->t.n; i++) {
        const struct token *t = &x->t.v[i];
        if (t->kind == T_SPACE) {
            read_space(x, t);
        } else if (t->kind == T_COMMENT) {
            read_comment(x, t);
        } else if (is_op(t, ";")) {
            draft_end(x, i);
            draft_begin(x, i + 1);
        } else {
            if (x->d.line == 0)
                x->d.line = t->line;
            x->d.engines |= t->engines;
        }
    }
    draft_end(x, x->t.n);
}

/* ---- both engines ---- */

static bool tokens_differ(const struct sql_text *text)
{
    for (size_t i = 0; i < text->n; i++)
        if (text->v[i].engines != FOR_BOTH && text->v[i].kind != T_SPACE && text->v[i].kind != T_COMMENT)
            return true;
    return false;
}

static bool complete(struct sqlc *q, struct statement *s)
{
    for (enum db_engine e = 0; e < DB_ENGINES_; e++) {
        if (s->text[e].v == NULL) {
            complain(q, q->job->queries.path, s->line, "%.*s has no text for %s", STR_ARG(s->name),
                     e == DB_SQLITE ? "SQLite" : "PostgreSQL");
            return false;
        }
        s->view[e] = view_of(q->a, s->text[e].v, s->text[e].n, e);
        mark_casts(&s->view[e]);
        s->variant |= !s->text[e].shared || tokens_differ(&s->text[e]);
    }
    q->variants += s->variant;
    return true;
}

void queries_read(struct sqlc *q)
{
    struct reader x = { .q = q, .path = q->job->queries.path };
    if (!lex(q, &q->job->queries, &x.t))
        return;
    mark_engines(&x.t, true);
    read_statements(&x);
    for (size_t i = 0; i < q->statements.n; i++) {
        struct statement *s = &q->statements.v[i];
        if (!complete(q, s) || !statement_check(q, s))
            continue;
        params_collect(q, s);
        statement_analyse(q, s);
    }
    if (q->n_complaints == 0)
        rows_share(q);
}
