/* Files and blocks: which directive stands where. What a single directive says is read in directive.c. */
#include "tools/tmplc/parser.h"

static struct template *signature(struct ctx *c, struct unit *u, const struct file *f, const struct token *t)
{
    struct str name, params;
    if (!name_and_args(t->text, &name, &params)) {
        refuse(c, t->off, "a template begins {{template name(parameters)}}.");
        return NULL;
    }
    const struct template *before = unit_find(u, name);
    if (before) {
        int line, column;
        source_place(before->src, before->off, &line, &column);
        refuse(c, t->off, "the template %.*s exists already: %s:%d.", STR_ARG(name), before->src->path, line);
        return NULL;
    }
    struct template *made = arena_new(u->arena, struct template);
    *made = (struct template) { .src = &f->src, .off = t->off, .name = name, .params = params, .own = f->own };
    if (!template_params(c, t->off, made))
        return NULL;
    *vec_push(u->arena, &u->templates) = made;
    return made;
}

bool parse_signatures(struct unit *u, struct file *f)
{
    struct ctx c = { u->arena, u->report, &f->src, false };
    struct template *current = NULL;
    for (size_t i = 0; i < f->tokens.n && !c.failed; i++) {
        const struct token *t = &f->tokens.v[i];
        if (t->kind == TOKEN_TEMPLATE)
            current = signature(&c, u, f, t);
        if (t->kind == TOKEN_SLOT && current) {
            if (current->has_slot)
                refuse(&c, t->off, "a template has one {{slot}}.");
            current->has_slot = true;
        }
        if (t->kind == TOKEN_INCLUDE) {
            if (t->text.n < 3 || t->text.p[0] != '"' || t->text.p[t->text.n - 1] != '"')
                refuse(&c, t->off, "an include names its header in quotes: {{include \"engines/stays/view.h\"}}.");
            *vec_push(u->arena, &f->includes) = t->text;
        }
    }
    return !c.failed;
}

static bool ends_block(enum token_kind k)
{
    return k == TOKEN_END || k == TOKEN_ELSE || k == TOKEN_ELIF;
}

/* Nodes up to the token that ends the block; the parser stands on that token, or on the file's end. */
void parse_block(struct parser *p, struct nodes *out)
{
    while (!p->c.failed) {
        const struct token *t = parser_token(p);
        if (t->kind == TOKEN_FILE_END || ends_block(t->kind))
            return;
        if (t->kind == TOKEN_TEMPLATE || t->kind == TOKEN_INCLUDE) {
            refuse(&p->c, t->off, "this stands at the top of a file, not inside a template; is an {{end}} missing above?");
            return;
        }
        p->i++;
        if (t->kind == TOKEN_LITERAL)
            machine_literal(&p->m, t, parser_token(p), out);
        else if (t->kind != TOKEN_COMMENT && machine_directive(&p->m, t))
            parse_directive(p, t, out);
    }
}

/* Steps over {{end}}; anything else here is a mistake of the block that began with `begin`. */
void parse_end(struct parser *p, const struct token *begin)
{
    const struct token *t = parser_token(p);
    if (p->c.failed)
        return;
    if (t->kind == TOKEN_FILE_END)
        refuse(&p->c, begin->off, "this block is never closed by {{end}}.");
    else if (t->kind != TOKEN_END)
        refuse(&p->c, t->off, "{{else}} and {{elif}} belong to an {{if}} or {{for}}.");
    else if (t->text.n)
        refuse(&p->c, t->off, "{{end}} stands alone.");
    p->i++;
}

static void parse_template(struct parser *p, const struct token *t)
{
    struct str name, params;
    if (!name_and_args(t->text, &name, &params))
        return;
    p->current = (struct template *)unit_find(p->u, name);
    p->m = (struct machine) { .c = &p->c, .left = BESIDE_OPEN };
    p->i++;
    parse_block(p, &p->current->body);
    const struct token *end = parser_token(p);
    struct mark start = { .where = IN_TEXT };
    machine_block_end(&p->m, start, end->off);
    parse_end(p, t);
}

static void parse_top(struct parser *p, const struct token *t)
{
    switch (t->kind) {
    case TOKEN_TEMPLATE:
        parse_template(p, t);
        return;
    case TOKEN_LITERAL:
        if (str_trim(t->text).n)
            refuse(&p->c, t->off + (size_t)(str_trim(t->text).p - t->text.p), "this stands outside of any {{template …}}.");
        break;
    case TOKEN_COMMENT:
    case TOKEN_INCLUDE:
        break;
    default:
        refuse(&p->c, t->off, "this stands outside of any {{template …}}; is there one {{end}} too many above?");
    }
    p->i++;
}

static void mark_calls(const struct unit *u, struct tokens *t)
{
    struct str name, args;
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].kind == TOKEN_HOLE && name_and_args(t->v[i].text, &name, &args) && unit_find(u, name))
            t->v[i].kind = TOKEN_CALL;
}

bool parse_file(struct unit *u, struct file *f)
{
    mark_calls(u, &f->tokens);
    struct parser p = { .c = { u->arena, u->report, &f->src, false }, .u = u, .f = f };
    while (!p.c.failed && parser_token(&p)->kind != TOKEN_FILE_END)
        parse_top(&p, parser_token(&p));
    return !p.c.failed;
}
