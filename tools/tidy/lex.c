/* Tells code, comments and literals apart: a rule about code must not stumble over a word in a comment. */
#include "tools/tidy/tidy.h"

struct lexer {
    struct arena *arena;
    struct str text;
    size_t at;
    int line;
    char *code; /* copy of text, blanked as we go */
    struct buf literal;
    int literal_line; /* 0: none begun */
    struct c_text *out;
};

static char here(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.n ? l->text.p[l->at + ahead] : 0;
}

/* Steps over one byte; a blanked one becomes a space, but a line break stays. */
static void step(struct lexer *l, bool blank)
{
    if (l->text.p[l->at] == '\n')
        l->line++;
    else if (blank)
        l->code[l->at] = ' ';
    l->at++;
}

static void line_comment(struct lexer *l)
{
    while (l->at < l->text.n && here(l, 0) != '\n')
        step(l, true);
}

static void block_comment(struct lexer *l)
{
    step(l, true);
    step(l, true);
    while (l->at < l->text.n && !(here(l, 0) == '*' && here(l, 1) == '/'))
        step(l, true);
    for (int i = 0; i < 2 && l->at < l->text.n; i++)
        step(l, true);
}

/* The literal's quotes stay in the code, so that two tokens never grow together. */
static void quoted(struct lexer *l, char quote)
{
    bool keep = quote == '"';
    if (keep && !l->literal_line)
        l->literal_line = l->line;
    step(l, false);
    while (l->at < l->text.n && here(l, 0) != quote && here(l, 0) != '\n') {
        size_t n = here(l, 0) == '\\' && here(l, 1) ? 2 : 1;
        for (size_t i = 0; i < n; i++) {
            if (keep)
                buf_put_char(&l->literal, here(l, 0));
            step(l, true);
        }
    }
    if (l->at < l->text.n)
        step(l, false);
}

static void end_literal(struct lexer *l)
{
    if (!l->literal_line)
        return;
    struct literal found = { l->literal_line, str_dup(l->arena, buf_str(&l->literal)) };
    *vec_push(l->arena, &l->out->literals) = found;
    buf_clear(&l->literal);
    l->literal_line = 0;
}

struct c_text tidy_lex(struct arena *a, struct str text)
{
    struct c_text out = { 0 };
    struct lexer l = { .arena = a, .text = text, .line = 1, .out = &out };
    l.code = str_cstr(a, text);
    buf_init(&l.literal, a, SIZE_MAX / 2);
    while (l.at < text.n) {
        char c = here(&l, 0);
        if (c == '/' && here(&l, 1) == '/')
            line_comment(&l);
        else if (c == '/' && here(&l, 1) == '*')
            block_comment(&l);
        else if (c == '"')
            quoted(&l, c);
        else {
            if (c != ' ' && c != '\n' && c != '\t' && c != '\\')
                end_literal(&l);
            if (c == '\'')
                quoted(&l, c);
            else
                step(&l, false);
        }
    }
    end_literal(&l);
    out.code = (struct str) { l.code, text.n };
    return out;
}
