/* lex.c: SQL text to tokens, and which engine reads which. */
#include "tools/sqlc/sqlc.h"

#include "base/text.h"

#include <string.h>

struct lexer {
    struct sqlc *q;
    const struct source *src;
    const char *p, *end;
    int line;
    bool ok;
};

static bool is_word_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_part(char c)
{
    return is_word_start(c) || is_digit(c);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_word(const char *p, const char *end)
{
    while (p < end && is_word_part(*p))
        p++;
    return p;
}

static const char *refuse(struct lexer *x, const char *what)
{
    complain(x->q, x->src->path, x->line, "%s", what);
    x->ok = false;
    return x->end;
}

/* 'text' with '' inside, or "name" with "" inside; PostgreSQL's E'text' also takes a backslash. */
static const char *skip_quoted(struct lexer *x, const char *p, char quote, bool backslash)
{
    for (p++; p < x->end; p++) {
        if (backslash && *p == '\\' && p + 1 < x->end)
            p++;
        else if (*p == quote && p + 1 < x->end && p[1] == quote)
            p++;
        else if (*p == quote)
            return p + 1;
    }
    return refuse(x, "this quotation has no end");
}

static const char *skip_block_comment(struct lexer *x, const char *p)
{
    for (p += 2; p + 1 < x->end; p++) {
        if (p[0] == '*' && p[1] == '/')
            return p + 2;
        if (p[0] == '/' && p[1] == '*')
            return refuse(x, "a comment inside a comment: PostgreSQL nests them, SQLite does not");
    }
    return refuse(x, "this comment has no end");
}

/* $$ … $$ and $tag$ … $tag$: how PostgreSQL quotes a function's body. NULL: not one of these. */
static const char *skip_dollar_quoted(struct lexer *x, const char *p)
{
    const char *tag_end = skip_word(p + 1, x->end);
    if (tag_end == x->end || *tag_end != '$')
        return NULL;
    size_t n = (size_t)(tag_end + 1 - p);
    for (const char *s = tag_end + 1; (size_t)(x->end - s) >= n; s++)
        if (memcmp(s, p, n) == 0)
            return s + n;
    return refuse(x, "this $…$ quotation has no end");
}

/* $name, $name?, $name::type, $name?::type */
static const char *skip_param(struct lexer *x, const char *p)
{
    const char *s = skip_word(p + 1, x->end);
    if (s == p + 1 || is_digit(p[1]))
        return refuse(x, "a parameter is written $name");
    if (s < x->end && *s == '?')
        s++;
    if (x->end - s > 2 && s[0] == ':' && s[1] == ':' && is_word_start(s[2]))
        s = skip_word(s + 2, x->end);
    return s;
}

static const char *skip_number(struct lexer *x, const char *p)
{
    while (p < x->end && (is_word_part(*p) || *p == '.' || ((*p == '+' || *p == '-') && (p[-1] == 'e' || p[-1] == 'E'))))
        p++;
    return p;
}

static const char *skip_op(struct lexer *x, const char *p)
{
    static const char *const pairs[] = { "::", "||", "<=", ">=", "<>", "!=", "==", "->" };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (x->end - p >= 2 && memcmp(p, pairs[i], 2) == 0)
            return p + 2;
    return p + 1;
}

static const char *skip_line_comment(struct lexer *x, const char *p)
{
    while (p < x->end && *p != '\n')
        p++;
    return p;
}

static const char *skip_space(const struct lexer *x, const char *p)
{
    while (p < x->end && is_space(*p))
        p++;
    return p;
}

static enum token_kind kind_at(const char *p, const char *end)
{
    char d = p + 1 < end ? p[1] : '\0';
    if (is_space(*p))
        return T_SPACE;
    if ((*p == '-' && d == '-') || (*p == '/' && d == '*'))
        return T_COMMENT;
    if (*p == '\'')
        return T_STRING;
    if (*p == '"')
        return T_QUOTED;
    if (*p == '$')
        return T_PARAM;
    if (is_word_start(*p))
        return T_WORD;
    return is_digit(*p) ? T_NUMBER : T_OP;
}

/* Where the token at x->p ends. A parameter turns out to be a string when it is $$ … $$. */
static const char *token_end(struct lexer *x, const struct token *last, enum token_kind *kind)
{
    const char *p = x->p;
    const char *dollar_end;
    switch (*kind) {
    case T_SPACE:
        return skip_space(x, p);
    case T_COMMENT:
        return *p == '-' ? skip_line_comment(x, p) : skip_block_comment(x, p);
    case T_STRING:
    case T_QUOTED:
        return skip_quoted(x, p, *p, is_word(last, "e"));
    case T_WORD:
        return skip_word(p, x->end);
    case T_NUMBER:
        return skip_number(x, p);
    case T_PARAM:
        dollar_end = skip_dollar_quoted(x, p);
        if (dollar_end == NULL)
            return skip_param(x, p);
        *kind = T_STRING;
        return dollar_end;
    case T_OP:
        break;
    }
    return skip_op(x, p);
}

static int lines_in(struct str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

bool lex(struct sqlc *q, const struct source *src, struct tokens *out)
{
    struct lexer x = { .q = q, .src = src, .p = src->text.p, .end = src->text.p + src->text.n, .line = 1, .ok = true };
    *out = (struct tokens) { 0 };
    if (src->text.n == 0)
        return true;
    if (!text_is_utf8(src->text) || memchr(src->text.p, '\0', src->text.n) != NULL) {
        complain(q, src->path, 1, "the file is not UTF-8 text");
        return false;
    }
    while (x.p < x.end) {
        const struct token *last = out->n > 0 ? &out->v[out->n - 1] : NULL;
        enum token_kind kind = kind_at(x.p, x.end);
        const char *after = token_end(&x, last, &kind);
        struct token *t = vec_push(q->a, out);
        *t = (struct token) { .kind = kind, .s = { x.p, (size_t)(after - x.p) }, .line = x.line, .engines = FOR_BOTH };
        x.line += lines_in(t->s);
        x.p = after;
    }
    return x.ok;
}

struct str comment_text(const struct token *t)
{
    struct str s = t->s;
    if (str_starts(s, STR("/*")))
        return str_trim((struct str) { s.p + 2, s.n >= 4 ? s.n - 4 : 0 });
    while (s.n > 0 && *s.p == '-')
        s = str_from(s, 1);
    return str_trim(s);
}

int mark_engines(struct tokens *t, bool per_statement)
{
    unsigned now = FOR_BOTH;
    int pieces = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct token *k = &t->v[i];
        if (k->kind == T_COMMENT) {
            struct str s = comment_text(k);
            unsigned was = now;
            now = str_eq(s, STR("@sqlite"))     ? FOR_SQLITE
                  : str_eq(s, STR("@postgres")) ? FOR_POSTGRES
                  : str_eq(s, STR("@both"))     ? FOR_BOTH
                                                : now;
            pieces += now != was && now != FOR_BOTH;
            continue;
        }
        k->engines = now;
        if (per_statement && is_op(k, ";"))
            now = FOR_BOTH;
    }
    return pieces;
}

struct view view_of(struct arena *a, struct token *v, size_t n, enum db_engine engine)
{
    struct view out = { 0 };
    for (size_t i = 0; i < n; i++) {
        struct token *t = &v[i];
        if (t->kind == T_SPACE || t->kind == T_COMMENT || !(t->engines & (1u << engine)))
            continue;
        struct token **slot = vec_push(a, &out);
        *slot = t;
    }
    return out;
}

bool is_word(const struct token *t, const char *word)
{
    return t != NULL && t->kind == T_WORD && str_eq_nocase(t->s, str_of(word));
}

bool is_op(const struct token *t, const char *op)
{
    return t != NULL && t->kind == T_OP && str_eq(t->s, str_of(op));
}

struct token *view_at(const struct view *v, size_t i)
{
    return i < v->n ? v->v[i] : NULL;
}
