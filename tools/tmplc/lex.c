#include "tools/tmplc/lex.h"

#include <string.h>

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9');
}

bool skip_c_quote(struct str s, size_t *i)
{
    char quote = s.p[*i];
    for (size_t k = *i + 1; k < s.n && s.p[k] != '\n'; k++) {
        if (s.p[k] == '\\') {
            k++;
        } else if (s.p[k] == quote) {
            *i = k + 1;
            return true;
        }
    }
    return false;
}

static const struct {
    const char *word;
    enum token_kind kind;
} keywords[] = {
    { "include", TOKEN_INCLUDE }, { "template", TOKEN_TEMPLATE }, { "if", TOKEN_IF },   { "elif", TOKEN_ELIF },
    { "else", TOKEN_ELSE },       { "for", TOKEN_FOR },           { "let", TOKEN_LET }, { "use", TOKEN_USE },
    { "slot", TOKEN_SLOT },       { "form", TOKEN_FORM },         { "end", TOKEN_END }, { "attr-if", TOKEN_ATTR_IF },
    { "_", TOKEN_MESSAGE },
};

/* A keyword stands alone or before white space; `form->x` and `end_day` are expressions. */
static enum token_kind keyword_of(struct str body, size_t *len)
{
    for (size_t k = 0; k < sizeof(keywords) / sizeof(keywords[0]); k++) {
        struct str word = str_of(keywords[k].word);
        if (!str_starts(body, word))
            continue;
        if (body.n == word.n || is_space(body.p[word.n])) {
            *len = word.n;
            return keywords[k].kind;
        }
    }
    *len = 0;
    return TOKEN_HOLE;
}

/* From just behind "{{" to the "}}" that closes it; (size_t)-1 when there is none. */
static size_t directive_end(struct str s, size_t from, bool c_text)
{
    int depth = 0;
    for (size_t i = from; i < s.n;) {
        char c = s.p[i];
        if (c_text && (c == '"' || c == '\'')) {
            if (!skip_c_quote(s, &i))
                return (size_t)-1;
            continue;
        }
        if (c == '{')
            depth++;
        else if (c == '}' && depth > 0)
            depth--;
        else if (c == '}' && i + 1 < s.n && s.p[i + 1] == '}')
            return i;
        i++;
    }
    return (size_t)-1;
}

static void push_literal(struct arena *a, struct tokens *out, struct str s, size_t from, size_t to)
{
    if (from == to)
        return;
    *vec_push(a, out) = (struct token) { TOKEN_LITERAL, { s.p + from, to - from }, from };
}

/* The directive whose "{{" stands at `at`; returns where the text goes on, 0 when it is never closed. */
static size_t lex_directive(struct arena *a, struct str s, size_t at, struct tokens *out)
{
    size_t from = at + 2;
    if (from < s.n && s.p[from] == '#') {
        ptrdiff_t close = str_find(str_from(s, from), STR("}}"));
        if (close < 0)
            return 0;
        *vec_push(a, out) = (struct token) { TOKEN_COMMENT, STR_NONE, at };
        return from + (size_t)close + 2;
    }
    bool message = from + 1 < s.n && s.p[from] == '_' && is_space(s.p[from + 1]);
    size_t end = directive_end(s, from, !message);
    if (end == (size_t)-1)
        return 0;
    struct str body = str_trim((struct str) { s.p + from, end - from });
    size_t len;
    enum token_kind kind = keyword_of(body, &len);
    *vec_push(a, out) = (struct token) { kind, str_trim(str_from(body, len)), at };
    return end + 2;
}

bool lex_template(struct arena *a, const struct source *src, struct tokens *out, struct report *r)
{
    struct str s = src->text;
    *out = (struct tokens) { 0 };
    size_t at = 0;
    bool ok = true;
    while (at < s.n) {
        ptrdiff_t open = str_find(str_from(s, at), STR("{{"));
        size_t brace = open < 0 ? s.n : at + (size_t)open;
        push_literal(a, out, s, at, brace);
        at = brace;
        if (brace == s.n)
            break;
        at = lex_directive(a, s, brace, out);
        if (at == 0) {
            report_error(r, src, brace, "this {{ is never closed by }}.");
            ok = false;
            break;
        }
    }
    *vec_push(a, out) = (struct token) { TOKEN_FILE_END, STR_NONE, s.n };
    return ok;
}

/* The bar that begins the arguments: the first one before `name=`. */
static size_t message_bar(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '|')
            continue;
        size_t k = i + 1;
        while (k < s.n && is_space(s.p[k]))
            k++;
        if (k < s.n && is_name_start(s.p[k])) {
            while (k < s.n && is_name(s.p[k]))
                k++;
            if (k < s.n && s.p[k] == '=')
                return i;
        }
    }
    return s.n;
}

struct message message_split(struct arena *a, struct str directive)
{
    size_t bar = message_bar(directive);
    struct str raw = str_trim(str_head(directive, bar));
    struct message m = { STR(""), STR("") };
    if (bar < directive.n)
        m.args = str_trim(str_from(directive, bar + 1));
    char *to = arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        if (!is_space(raw.p[i]))
            to[n++] = raw.p[i];
        else if (n > 0 && to[n - 1] != ' ')
            to[n++] = ' ';
    }
    m.text = (struct str) { to, n };
    return m;
}

int placeholder_next(struct str text, size_t *at, struct str *name)
{
    for (size_t i = *at; i < text.n; i++) {
        if (text.p[i] == '}')
            return -1;
        if (text.p[i] != '{')
            continue;
        size_t k = i + 1;
        while (k < text.n && is_name(text.p[k]))
            k++;
        if (k == i + 1 || k == text.n || text.p[k] != '}')
            return -1;
        *name = (struct str) { text.p + i + 1, k - i - 1 };
        *at = k + 1;
        return 1;
    }
    *at = text.n;
    return 0;
}
