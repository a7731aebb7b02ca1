/* Directives that hold others: if, for, use, form. */
#include "tools/tmplc/parser.h"

enum { DEPTH_MAX = 60 };

static bool enter(struct parser *p, const struct token *t)
{
    if (++p->depth > DEPTH_MAX)
        refuse(&p->c, t->off, "blocks nest more than %d deep; make a template of the inner ones.", DEPTH_MAX);
    return !p->c.failed;
}

/* One branch, and what it left of the tag or URL that it stands in. */
static void branch(struct parser *p, struct mark at, struct nodes *body)
{
    machine_again(&p->m, at);
    if (p->m.where == IN_TEXT || p->m.where == IN_PLAIN)
        p->m.left = BESIDE_OPEN;
    parse_block(p, body);
    machine_block_end(&p->m, at, parser_token(p)->off);
}

struct joined {
    bool spaced;
    struct url url;
};

static struct joined state_of(const struct machine *m)
{
    return (struct joined) { m->tag.spaced, m->attr.url };
}

static struct joined join(struct joined x, struct joined y)
{
    return (struct joined) { x.spaced && y.spaced, url_join(x.url, y.url) };
}

static void close_block(struct parser *p, const struct token *begin, struct mark at, struct joined all)
{
    parse_end(p, begin);
    p->m.floor = at.floor;
    machine_join(&p->m, all.spaced, all.url);
    if (p->m.where == IN_TEXT || p->m.where == IN_PLAIN)
        p->m.left = BESIDE_TAG;
    p->depth--;
}

/* {{elif}} and {{else}} of an if whose first branch is read; nested ifs in `other` are how C has it too. */
static struct joined parse_rest_of_if(struct parser *p, struct mark at, struct node *n, struct joined all)
{
    bool has_else = false;
    while (!p->c.failed && !has_else) {
        const struct token *t = parser_token(p);
        if (t->kind != TOKEN_ELIF && t->kind != TOKEN_ELSE)
            break;
        p->i++;
        struct nodes *body = &n->other;
        has_else = t->kind == TOKEN_ELSE;
        if (has_else && t->text.n)
            refuse(&p->c, t->off, "{{else}} stands alone; for another condition there is {{elif …}}.");
        if (!has_else) {
            struct node *inner = parser_node(p, &n->other, NODE_IF, t->off);
            inner->expr = t->text;
            expr_check(&p->c, t->off, t->text);
            n = inner;
            body = &inner->body;
        }
        branch(p, at, body);
        all = join(all, state_of(&p->m));
    }
    return has_else ? all : join(all, (struct joined) { at.spaced, at.url });
}

void parse_if(struct parser *p, const struct token *t, struct nodes *out)
{
    if (!enter(p, t) || !expr_check(&p->c, t->off, t->text))
        return;
    struct node n = { .kind = NODE_IF, .off = t->off, .expr = t->text };
    struct mark at = machine_block(&p->m);
    p->control++;
    branch(p, at, &n.body);
    struct joined all = parse_rest_of_if(p, at, &n, state_of(&p->m));
    p->control--;
    close_block(p, t, at, all);
    *vec_push(p->c.a, out) = n;
}

/* The offset of " in " outside brackets and quotes, or -1. */
static ptrdiff_t find_in(struct str s)
{
    for (size_t i = 1; i + 3 < s.n; i++)
        if (is_space(s.p[i - 1]) && s.p[i] == 'i' && s.p[i + 1] == 'n' && is_space(s.p[i + 2]))
            return (ptrdiff_t)i;
    return -1;
}

static bool for_head(struct parser *p, const struct token *t, struct node *n)
{
    ptrdiff_t in = find_in(t->text);
    struct str type, name;
    if (in < 0 || !declaration_split(str_head(t->text, (size_t)in), &type, &name)) {
        refuse(&p->c, t->off, "write {{for const struct guest *g in list}} or {{for i in 0..n}}.");
        return false;
    }
    struct str what = str_trim(str_from(t->text, (size_t)in + 2));
    ptrdiff_t dots = str_find(what, STR(".."));
    n->name = name;
    if (type.n == 0 && dots < 0) {
        refuse(&p->c, t->off, "%.*s needs a type (\"const struct guest *%.*s in list\") or two bounds (\"0..n\").",
               STR_ARG(name), STR_ARG(name));
        return false;
    }
    if (type.n == 0) {
        n->kind = NODE_COUNT;
        n->from = str_trim(str_head(what, (size_t)dots));
        n->expr = str_trim(str_from(what, (size_t)dots + 2));
        return expr_check(&p->c, t->off, n->from) && expr_check(&p->c, t->off, n->expr);
    }
    n->kind = NODE_EACH;
    n->declare = str_trim(str_head(t->text, (size_t)in));
    n->by_value = !str_ends(type, STR("*"));
    n->expr = what;
    return expr_check(&p->c, t->off, what);
}

void parse_for(struct parser *p, const struct token *t, struct nodes *out)
{
    struct node n = { .off = t->off };
    if (!enter(p, t) || !for_head(p, t, &n))
        return;
    struct mark at = machine_block(&p->m);
    p->control++;
    branch(p, at, &n.body);
    struct joined all = join(state_of(&p->m), (struct joined) { at.spaced, at.url });
    if (!p->c.failed && parser_token(p)->kind == TOKEN_ELSE) {
        p->i++;
        branch(p, at, &n.other);
        all = join(all, state_of(&p->m));
    }
    p->control--;
    close_block(p, t, at, all);
    *vec_push(p->c.a, out) = n;
}

static void body_of(struct parser *p, const struct token *t, struct nodes *body)
{
    struct mark at = machine_block(&p->m);
    branch(p, at, body);
    close_block(p, t, at, state_of(&p->m));
}

void parse_use(struct parser *p, const struct token *t, struct nodes *out)
{
    struct node n = { .kind = NODE_USE, .off = t->off };
    if (!enter(p, t) || !parse_target(p, t, true, &n))
        return;
    body_of(p, t, &n.body);
    *vec_push(p->c.a, out) = n;
}

/* Markup that the compiler writes goes through the machine like written markup. */
static void feed(struct parser *p, const struct token *t, struct str markup, enum token_kind next, struct nodes *out)
{
    struct token literal = { TOKEN_LITERAL, markup, t->off };
    struct token behind = { .kind = next };
    machine_literal(&p->m, &literal, &behind, out);
}

static void feed_hole(struct parser *p, const struct token *t, struct str expr, struct nodes *out)
{
    struct token hole = { TOKEN_HOLE, expr, t->off };
    if (!p->c.failed && machine_directive(&p->m, &hole))
        parse_directive(p, &hole, out);
}

static bool next_word(struct str *rest, struct str *word)
{
    *rest = str_trim(*rest);
    return rest->n && expr_cut(rest, ' ', word);
}

static bool is_attribute(struct str word)
{
    size_t i = 0;
    while (i < word.n && (is_name(word.p[i]) || word.p[i] == '-' || word.p[i] == ':'))
        i++;
    return i > 0 && i + 1 < word.n && word.p[i] == '=' && word.p[i + 1] == '"';
}

struct form_head {
    bool post;
    struct str action, key;
    struct buf attrs;
};

/* {{form "POST" action key attr="…" …}}: action is a literal path or an expression, key may be left out. */
static bool form_head(struct parser *p, const struct token *t, struct form_head *f)
{
    struct str rest = t->text, method, word;
    buf_init(&f->attrs, p->c.a, 64 << 10);
    bool ok = next_word(&rest, &method) && next_word(&rest, &f->action);
    f->post = ok && str_eq(method, STR("\"POST\""));
    ok = f->post || (ok && str_eq(method, STR("\"GET\"")));
    while (ok && next_word(&rest, &word)) {
        if (is_attribute(word)) {
            buf_put_char(&f->attrs, ' ');
            buf_put(&f->attrs, word);
        } else if (!f->key.p && f->attrs.n == 0 && f->post) {
            f->key = word;
        } else {
            ok = false;
        }
    }
    if (!ok)
        refuse(&p->c, t->off, "write {{form \"POST\" \"/path\" key class=\"…\"}}; key and attributes may be left out.");
    return ok;
}

static void form_open(struct parser *p, const struct token *t, const struct form_head *f, struct nodes *out)
{
    feed(p, t, f->post ? STR("<form method=\"post\" action=\"") : STR("<form method=\"get\" action=\""), TOKEN_HOLE, out);
    if (f->action.p[0] == '"')
        feed(p, t, (struct str) { f->action.p + 1, f->action.n - 2 }, TOKEN_HOLE, out);
    else
        feed_hole(p, t, f->action, out);
    feed(p, t, str_fmt(p->c.a, "\"%.*s>", STR_ARG(buf_str(&f->attrs))), TOKEN_FORM, out);
    if (!f->key.p)
        return;
    feed(p, t, STR("<input type=\"hidden\" name=\"_key\" value=\""), TOKEN_HOLE, out);
    feed_hole(p, t, f->key, out);
    feed(p, t, STR("\">"), TOKEN_FORM, out);
}

void parse_form(struct parser *p, const struct token *t, struct nodes *out)
{
    struct form_head f = { 0 };
    if (!enter(p, t) || !form_head(p, t, &f))
        return;
    form_open(p, t, &f, out);
    struct node n = { .kind = NODE_SCOPE, .off = t->off };
    if (!p->c.failed)
        body_of(p, t, &n.body);
    *vec_push(p->c.a, out) = n;
    if (!p->c.failed)
        feed(p, t, STR("</form>"), TOKEN_FORM, out);
}
