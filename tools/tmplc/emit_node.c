#include "tools/tmplc/emit.h"

void code(struct writer *w, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str s = str_vfmt(w->a, fmt, ap);
    va_end(ap);
    for (int i = 0; i < w->depth; i++)
        buf_lit(w->out, "    ");
    buf_put(w->out, s);
    for (size_t i = 0; i < s.n; i++)
        w->line += s.p[i] == '\n';
}

void line_mark(struct writer *w, size_t off)
{
    int line, column;
    source_place(w->src, off, &line, &column);
    if (w->marked == w->src && w->line == line)
        return;
    buf_fmt(w->out, "#line %d ", line);
    put_c_string(w->out, str_of(w->src->path));
    buf_lit(w->out, "\n");
    w->marked = w->src;
    w->line = line;
}

void open_scope(struct writer *w)
{
    flush(w);
    code(w, "{\n");
    w->depth++;
}

static size_t piece_length(struct str s)
{
    enum { PIECE = 100 };
    if (s.n <= PIECE)
        return s.n;
    size_t n = PIECE;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

void flush(struct writer *w)
{
    struct str s = w->pending.n ? buf_str(&w->pending) : STR("");
    if (s.n == 0)
        return;
    code(w, "html_raw(h,");
    for (size_t i = 0; i < s.n;) {
        size_t n = piece_length(str_from(s, i));
        buf_lit(w->out, " ");
        if (i > 0) {
            buf_lit(w->out, "\n        ");
            w->line++;
        }
        put_c_string(w->out, (struct str) { s.p + i, n });
        i += n;
    }
    buf_fmt(w->out, ", %zu);\n", s.n);
    w->line++;
    buf_clear(&w->pending);
}

static void statement(struct writer *w, size_t off)
{
    flush(w);
    line_mark(w, off);
}

static const char *writer_of(enum place p)
{
    static const char *const names[] = { "html_text", "html_attr",  "html_url", "html_site_url",
                                         "html_path", "html_query", "html_json" };
    return names[p];
}

static bool is_tr(const struct node *n)
{
    return type_is(n->type, "tr") && (n->place == PLACE_TEXT || n->place == PLACE_ATTR);
}

static void emit_hole(struct writer *w, const struct node *n)
{
    statement(w, n->off);
    if (is_tr(n))
        code(w, "%s(h, %.*s);\n", n->place == PLACE_TEXT ? "html_tr" : "html_tr_attr", STR_ARG(n->expr));
    else
        code(w, "%s(h, %s%.*s%s);\n", writer_of(n->place), n->type->before, STR_ARG(n->expr), n->type->after);
}

static void emit_message(struct writer *w, const struct node *n)
{
    struct buf text;
    buf_init(&text, w->a, 64 << 10);
    put_c_string(&text, n->message);
    statement(w, n->off);
    if (n->n_values == 0) {
        code(w, "%s(h, STR(%.*s));\n", n->place == PLACE_TEXT ? "html_tr" : "html_tr_attr", STR_ARG(buf_str(&text)));
        return;
    }
    struct buf values;
    buf_init(&values, w->a, 64 << 10);
    for (size_t i = 0; i < n->n_values; i++) {
        const struct message_value *v = &n->values[i];
        buf_fmt(&values, "%s{ \"%.*s\", %s%.*s%s }", i ? ", " : "", STR_ARG(v->name), v->type->before, STR_ARG(v->expr),
                v->type->after);
    }
    code(w, "%s(h, tr_fill(h->arena, h->lang, STR(%.*s), (const struct tr_arg[]){ %.*s }, %zu));\n", writer_of(n->place),
         STR_ARG(buf_str(&text)), STR_ARG(buf_str(&values)), n->n_values);
}

static void call(struct writer *w, const struct node *n, const char *part)
{
    statement(w, n->off);
    code(w, "%.*s%s(h%s%.*s);\n", STR_ARG(n->target->name), part, n->expr.n ? ", " : "", STR_ARG(n->expr));
}

void emit_part(struct writer *w, const struct node *use, const char *part)
{
    call(w, use, part);
}

static void block(struct writer *w, const struct nodes *body)
{
    w->depth++;
    emit_nodes(w, body);
    flush(w);
    w->depth--;
}

static void emit_if(struct writer *w, const struct node *n)
{
    statement(w, n->off);
    code(w, "if (%.*s) {\n", STR_ARG(n->expr));
    block(w, &n->body);
    if (n->other.n) {
        code(w, "} else {\n");
        block(w, &n->other);
    }
    code(w, "}\n");
}

static void emit_otherwise(struct writer *w, const struct node *n, struct str condition)
{
    if (n->other.n == 0)
        return;
    code(w, "if (%.*s) {\n", STR_ARG(condition));
    block(w, &n->other);
    code(w, "}\n");
}

static void emit_each(struct writer *w, const struct node *n)
{
    unsigned k = ++w->names;
    statement(w, n->off);
    code(w, "{\n");
    w->depth++;
    line_mark(w, n->off);
    code(w, "__extension__ __auto_type list__%u = (%.*s);\n", k, STR_ARG(n->expr));
    code(w, "for (size_t at__%u = 0; at__%u < list__%u.n; at__%u++) {\n", k, k, k, k);
    w->depth++;
    line_mark(w, n->off);
    code(w, "%.*s = %slist__%u.v[at__%u];\n", STR_ARG(n->declare), n->by_value ? "" : "&", k, k);
    code(w, "(void)%.*s;\n", STR_ARG(n->name));
    w->depth--;
    block(w, &n->body);
    code(w, "}\n");
    emit_otherwise(w, n, str_fmt(w->a, "list__%u.n == 0", k));
    w->depth--;
    code(w, "}\n");
}

/* The index has the type of its bounds, so that it can be handed to functions that take that. */
static void emit_count(struct writer *w, const struct node *n)
{
    unsigned k = ++w->names;
    statement(w, n->off);
    code(w, "for (__typeof__((%.*s) + (%.*s)) %.*s = (%.*s), end__%u = (%.*s); %.*s < end__%u; %.*s++) {\n",
         STR_ARG(n->from), STR_ARG(n->expr), STR_ARG(n->name), STR_ARG(n->from), k, STR_ARG(n->expr), STR_ARG(n->name), k,
         STR_ARG(n->name));
    block(w, &n->body);
    code(w, "}\n");
    emit_otherwise(w, n, str_fmt(w->a, "(%.*s) >= (%.*s)", STR_ARG(n->from), STR_ARG(n->expr)));
}

static void emit_let(struct writer *w, const struct node *n)
{
    statement(w, n->off);
    code(w, "%.*s = %.*s;\n", STR_ARG(n->declare), STR_ARG(n->expr));
    code(w, "(void)%.*s;\n", STR_ARG(n->name));
}

static void emit_use(struct writer *w, const struct node *n)
{
    call(w, n, "__head");
    code(w, "{\n");
    block(w, &n->body);
    code(w, "}\n");
    call(w, n, "__tail");
}

void emit_node(struct writer *w, const struct node *n)
{
    switch (n->kind) {
    case NODE_LITERAL:
        buf_put(&w->pending, buf_str(&n->literal));
        return;
    case NODE_HOLE:
        emit_hole(w, n);
        return;
    case NODE_MESSAGE:
        emit_message(w, n);
        return;
    case NODE_CALL:
        call(w, n, "");
        return;
    case NODE_USE:
        emit_use(w, n);
        return;
    case NODE_SLOT:
        return;
    case NODE_IF:
        emit_if(w, n);
        return;
    case NODE_EACH:
        emit_each(w, n);
        return;
    case NODE_COUNT:
        emit_count(w, n);
        return;
    case NODE_LET:
        emit_let(w, n);
        return;
    case NODE_SCOPE:
        open_scope(w);
        emit_nodes(w, &n->body);
        flush(w);
        w->depth--;
        code(w, "}\n");
        return;
    case NODE_ATTR_IF:
        statement(w, n->off);
        code(w, "if (%.*s)\n", STR_ARG(n->expr));
        code(w, "    html_raw(h, \" %.*s\", %zu);\n", STR_ARG(n->name), n->name.n + 1);
        return;
    case NODE_CSRF:
        statement(w, n->off);
        code(w, "html_attr(h, html_csrf(h));\n");
        return;
    }
}
