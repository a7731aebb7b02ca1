#include "tools/tmplc/emit.h"

static void close_scope(struct writer *w)
{
    w->depth--;
    code(w, "}\n");
}

static void emit_lets(struct writer *w, const struct nodes *nodes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nodes->v[i].kind == NODE_LET)
            emit_node(w, &nodes->v[i]);
}

static bool holds_slot(const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->n; i++)
        if (nodes->v[i].kind == NODE_SLOT || holds_slot(&nodes->v[i].body))
            return true;
    return false;
}

static size_t slot_place(const struct nodes *nodes)
{
    size_t i = 0;
    while (i < nodes->n && nodes->v[i].kind != NODE_SLOT && !holds_slot(&nodes->v[i].body))
        i++;
    return i;
}

void emit_nodes(struct writer *w, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->n; i++)
        emit_node(w, &nodes->v[i]);
}

/* What comes before the slot, and after it. A {{use}} or {{form}} around the slot is entered on both sides. */
static void emit_head(struct writer *w, const struct nodes *nodes)
{
    size_t at = slot_place(nodes);
    for (size_t i = 0; i < at; i++)
        emit_node(w, &nodes->v[i]);
    if (at == nodes->n || nodes->v[at].kind == NODE_SLOT)
        return;
    const struct node *n = &nodes->v[at];
    if (n->kind == NODE_USE)
        emit_part(w, n, "__head");
    open_scope(w);
    emit_head(w, &n->body);
    flush(w);
    close_scope(w);
}

static void emit_tail(struct writer *w, const struct nodes *nodes)
{
    size_t at = slot_place(nodes);
    emit_lets(w, nodes, at);
    if (at < nodes->n && nodes->v[at].kind != NODE_SLOT) {
        const struct node *n = &nodes->v[at];
        open_scope(w);
        emit_tail(w, &n->body);
        flush(w);
        close_scope(w);
        if (n->kind == NODE_USE)
            emit_part(w, n, "__tail");
    }
    for (size_t i = at + 1; i < nodes->n; i++)
        emit_node(w, &nodes->v[i]);
}

static void prototype(struct buf *b, const struct template *t, const char *part)
{
    buf_fmt(b, "void %.*s%s(struct html *h%s%.*s)", STR_ARG(t->name), part, t->params.n ? ", " : "", STR_ARG(t->params));
}

static void function_begin(struct writer *w, const struct template *t, const char *part)
{
    w->src = t->src;
    line_mark(w, t->off);
    prototype(w->out, t, part);
    buf_lit(w->out, "\n{\n");
    for (size_t i = 0; i < t->params.n; i++)
        w->line += t->params.p[i] == '\n';
    w->line += 2;
    w->depth = 1;
    code(w, "(void)h;\n");
    for (size_t i = 0; i < t->n_params; i++)
        code(w, "(void)%.*s;\n", STR_ARG(t->param_names[i]));
}

static void function_end(struct writer *w)
{
    flush(w);
    buf_lit(w->out, "}\n\n");
    w->line += 2;
}

static void emit_template(struct writer *w, const struct template *t)
{
    if (!t->has_slot) {
        function_begin(w, t, "");
        emit_nodes(w, &t->body);
        function_end(w);
        return;
    }
    function_begin(w, t, "__head");
    emit_head(w, &t->body);
    function_end(w);
    function_begin(w, t, "__tail");
    emit_tail(w, &t->body);
    function_end(w);
}

static void guard(struct buf *b, const char *path)
{
    buf_lit(b, "BON_");
    for (; *path; path++) {
        char c = *path;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        buf_put_char(b, is_name(c) ? c : '_');
    }
}

static void emit_includes(const struct unit *u, struct buf *out)
{
    for (size_t i = 0; i < u->files.n; i++)
        for (size_t k = 0; u->files.v[i].own && k < u->files.v[i].includes.n; k++)
            buf_fmt(out, "#include %.*s\n", STR_ARG(u->files.v[i].includes.v[k]));
}

void emit_header(const struct unit *u, struct buf *out)
{
    buf_lit(out, "/* Made by tmplc. */\n#ifndef ");
    guard(out, u->header_as);
    buf_lit(out, "\n#define ");
    guard(out, u->header_as);
    buf_lit(out, "\n\n#include \"platform/html/html.h\"\n");
    emit_includes(u, out);
    buf_lit(out, "\n");
    for (size_t i = 0; i < u->templates.n; i++) {
        const struct template *t = u->templates.v[i];
        if (!t->own)
            continue;
        prototype(out, t, t->has_slot ? "__head" : "");
        buf_lit(out, ";\n");
        if (!t->has_slot)
            continue;
        prototype(out, t, "__tail");
        buf_lit(out, ";\n");
    }
    buf_lit(out, "\n#endif\n");
}

void emit_source(const struct unit *u, struct buf *out)
{
    buf_fmt(out, "/* Made by tmplc. */\n#include \"%s\"\n", u->header_as);
    if (u->components_as)
        buf_fmt(out, "#include \"%s\"\n", u->components_as);
    buf_lit(out, "\n");
    struct writer w = { .out = out, .a = u->arena };
    buf_init(&w.pending, u->arena, 4 << 20);
    for (size_t i = 0; i < u->templates.n; i++)
        if (u->templates.v[i]->own)
            emit_template(&w, u->templates.v[i]);
}
