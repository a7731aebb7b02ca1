/* The C between the braces: enough of it to find its pieces and to refuse what is no plain expression. The C compiler checks
 * the rest, at the template's line. */
#include "tools/tmplc/tmplc.h"

#include <string.h>

static const struct type types[] = {
    { "", "html_str(", ")" },
    { "int", "html_int(h, (int64_t)(", "))" },
    { "num", "html_num(h, (int64_t)(", "))" },
    { "day", "html_day(h, ", ")" },
    { "instant", "html_instant(h, ", ")" },
    { "clock", "html_clock(h, ", ")" },
    { "birth", "html_birth(h, ", ")" },
    { "money", "html_money(h, ", ")" },
    { "pid", "html_pid(h, ", ")" },
    { "pid_masked", "html_pid_masked(h, ", ")" },
    { "tr", "tr(h->lang, ", ")" },
    { "json", "", "" },
};

bool type_is(const struct type *t, const char *word)
{
    return strcmp(t->word, word) == 0;
}

const struct type *type_of_hole(struct str *body)
{
    size_t n = 0;
    while (n < body->n && is_name(body->p[n]))
        n++;
    if (n == 0 || n == body->n || !is_space(body->p[n]))
        return &types[0];
    for (size_t i = 1; i < sizeof(types) / sizeof(types[0]); i++) {
        if (str_eq(str_head(*body, n), str_of(types[i].word))) {
            *body = str_trim(str_from(*body, n));
            return &types[i];
        }
    }
    return &types[0];
}

static bool is_operator(char c)
{
    return c != '\0' && strchr("=!<>+-*/%&|^~", c) != NULL;
}

/* A run of operator characters may compare, but not assign, count up or begin a comment. */
static bool operator_is_plain(struct str run)
{
    static const char *const never[] = { "++", "--", "//", "/*", NULL };
    for (const char *const *p = never; *p; p++)
        if (str_find(run, str_of(*p)) >= 0)
            return false;
    if (str_find_char(run, '=') < 0)
        return true;
    if (run.n < 2 || run.p[1] != '=' || !strchr("=!<>", run.p[0]))
        return false;
    return str_find_char(str_from(run, 2), '=') < 0;
}

static char closing_of(char open)
{
    return open == '(' ? ')' : open == '[' ? ']' : '\0';
}

static bool has_foreign_letters(struct str literal)
{
    for (size_t i = 0; i < literal.n; i++)
        if ((unsigned char)literal.p[i] >= 0xC3 && (unsigned char)literal.p[i] < 0xE2)
            return true; /* Latin with marks and Vietnamese (U+00C0 to U+1EFF); dashes and arrows lie above */
    return false;
}

/* What is wrong with the expression, or NULL; *at says where. */
static const char *expr_fault(struct str e, size_t *at)
{
    enum { DEPTH_MAX = 64 };
    char due[DEPTH_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < e.n;) {
        char c = e.p[i];
        *at = i;
        if (c == '"' || c == '\'') {
            if (!skip_c_quote(e, &i))
                return "a quote is not closed.";
            continue;
        }
        if (c == ';' || c == '{' || c == '}' || c == '#' || c == '\\')
            return "this must be one C expression, without statements or braces.";
        if (is_operator(c)) {
            size_t k = i;
            while (k < e.n && is_operator(e.p[k]))
                k++;
            if (!operator_is_plain((struct str) { e.p + i, k - i }))
                return "an expression in a template changes nothing: no assignment, no ++ or --, no comment.";
            i = k;
            continue;
        }
        if (closing_of(c)) {
            if (depth == DEPTH_MAX)
                return "the brackets nest too deeply.";
            due[depth++] = closing_of(c);
        }
        if ((c == ')' || c == ']') && (depth == 0 || due[--depth] != c))
            return "the brackets do not match.";
        i++;
    }
    *at = e.n;
    return depth ? "a bracket is not closed." : NULL;
}

bool expr_check(struct ctx *c, size_t off, struct str expr)
{
    if (str_trim(expr).n == 0) {
        refuse(c, off, "an expression is missing here.");
        return false;
    }
    size_t at = 0;
    const char *fault = expr_fault(expr, &at);
    if (!fault)
        return true;
    size_t in_file = (size_t)(expr.p - c->src->text.p);
    refuse(c, in_file < c->src->text.n ? in_file + at : off, "%s", fault);
    return false;
}

bool expr_words_check(struct ctx *c, size_t off, struct str expr)
{
    for (size_t i = 0; i < expr.n;) {
        size_t from = i;
        if ((expr.p[i] != '"' && expr.p[i] != '\'') || !skip_c_quote(expr, &i)) {
            i++;
            continue;
        }
        bool marked = str_ends(str_trim(str_head(expr, from)), STR("MSGS("));
        if (marked || !has_foreign_letters((struct str) { expr.p + from, i - from }))
            continue;
        refuse(c, off, "text that people read is marked MSGS(\"…\") and shown with {{tr …}}.");
        return false;
    }
    return true;
}

bool expr_cut(struct str *rest, char sep, struct str *piece)
{
    if (!rest->p)
        return false;
    int depth = 0;
    for (size_t i = 0; i < rest->n;) {
        char c = rest->p[i];
        if ((c == '"' || c == '\'') && skip_c_quote(*rest, &i))
            continue;
        bool here = sep == ' ' ? is_space(c) : c == sep;
        if (here && depth == 0) {
            *piece = str_head(*rest, i);
            *rest = str_from(*rest, i + 1);
            return true;
        }
        depth += c == '(' || c == '[';
        depth -= c == ')' || c == ']';
        i++;
    }
    *piece = *rest;
    *rest = STR_NONE;
    return true;
}

size_t expr_count(struct str args)
{
    struct str rest = str_trim(args), piece;
    if (rest.n == 0)
        return 0;
    size_t n = 0;
    while (expr_cut(&rest, ',', &piece))
        n++;
    return n;
}

bool name_and_args(struct str s, struct str *name, struct str *args)
{
    size_t n = 0;
    while (n < s.n && is_name(s.p[n]))
        n++;
    if (n == 0 || !is_name_start(s.p[0]) || n == s.n || s.p[n] != '(')
        return false;
    int depth = 0;
    for (size_t i = n; i < s.n;) {
        char c = s.p[i];
        if ((c == '"' || c == '\'') && skip_c_quote(s, &i))
            continue;
        depth += c == '(';
        depth -= c == ')';
        i++;
        if (depth == 0 && i < s.n)
            return false;
    }
    if (depth != 0)
        return false;
    *name = str_head(s, n);
    *args = str_trim((struct str) { s.p + n + 1, s.n - n - 2 });
    return true;
}

bool declaration_split(struct str s, struct str *type, struct str *name)
{
    s = str_trim(s);
    size_t n = s.n;
    while (n > 0 && is_name(s.p[n - 1]))
        n--;
    if (n == s.n || !is_name_start(s.p[n]))
        return false;
    *name = str_from(s, n);
    *type = str_trim(str_head(s, n));
    for (size_t i = 0; i < type->n; i++)
        if (!is_name(type->p[i]) && !is_space(type->p[i]) && type->p[i] != '*')
            return false;
    return true;
}

bool template_params(struct ctx *c, size_t off, struct template *t)
{
    t->n_params = 0;
    if (str_eq(t->params, STR("void")))
        t->params = STR("");
    t->param_names = arena_new_array(c->a, struct str, expr_count(t->params));
    struct str rest = t->params, piece;
    while (t->params.n && expr_cut(&rest, ',', &piece)) {
        struct str type, name;
        piece = str_trim(piece);
        if (str_ends(piece, STR("[]")))
            piece.n -= 2;
        if (!declaration_split(piece, &type, &name) || type.n == 0) {
            refuse(c, off, "a parameter is a type and a name: \"const struct guest_view *g\".");
            return false;
        }
        if (str_eq(name, STR("h"))) {
            refuse(c, off, "h is the page that is written; call the parameter something else.");
            return false;
        }
        t->param_names[t->n_params++] = name;
    }
    return true;
}
