/* Directives that stand for themselves: values, messages, calls, let, slot, attr-if. */
#include "tools/tmplc/parser.h"

struct node *parser_node(struct parser *p, struct nodes *out, enum node_kind kind, size_t off)
{
    struct node *n = vec_push(p->c.a, out);
    n->kind = kind;
    n->off = off;
    return n;
}

/* "name(args)" of a known template, called the right way. */
bool parse_target(struct parser *p, const struct token *t, bool with_slot, struct node *n)
{
    struct str name, args;
    if (!name_and_args(t->text, &name, &args) || !(n->target = unit_find(p->u, name))) {
        refuse(&p->c, t->off, "there is no template of this name.");
        return false;
    }
    if (n->target->has_slot != with_slot) {
        if (with_slot)
            refuse(&p->c, t->off, "%.*s has no {{slot}}: call it {{%.*s(…)}}.", STR_ARG(name), STR_ARG(name));
        else
            refuse(&p->c, t->off, "%.*s has a {{slot}}: write {{use %.*s(…)}} … {{end}}.", STR_ARG(name), STR_ARG(name));
        return false;
    }
    size_t given = expr_count(args);
    if (given != n->target->n_params) {
        refuse(&p->c, t->off, "%.*s takes %zu arguments, here are %zu.", STR_ARG(name), n->target->n_params, given);
        return false;
    }
    n->expr = args;
    return given == 0 || (expr_check(&p->c, t->off, args) && expr_words_check(&p->c, t->off, args));
}

static void parse_call(struct parser *p, const struct token *t, struct nodes *out)
{
    if (p->m.where != IN_TEXT) {
        refuse(&p->c, t->off, "a template can be called only between elements.");
        return;
    }
    struct node n = { .kind = NODE_CALL, .off = t->off };
    if (parse_target(p, t, false, &n))
        *vec_push(p->c.a, out) = n;
    p->m.left = BESIDE_TAG;
}

static void parse_hole(struct parser *p, const struct token *t, struct nodes *out)
{
    struct str expr = t->text;
    const struct type *type = type_of_hole(&expr);
    enum place place = PLACE_TEXT;
    if (!expr_check(&p->c, t->off, expr) || !expr_words_check(&p->c, t->off, expr) ||
        !machine_hole(&p->m, t, type, false, &place))
        return;
    struct node *n = parser_node(p, out, NODE_HOLE, t->off);
    n->type = type;
    n->expr = expr;
    n->place = place;
    if (p->m.where == IN_TEXT || p->m.where == IN_PLAIN)
        p->m.left = BESIDE_TEXT;
}

static const struct message_value *value_named(const struct node *n, struct str name)
{
    for (size_t i = 0; i < n->n_values; i++)
        if (str_eq(n->values[i].name, name))
            return &n->values[i];
    return NULL;
}

static void one_value(struct parser *p, const struct token *t, struct str piece, struct node *n)
{
    struct str rest = str_trim(piece), name;
    if (!str_cut(&rest, '=', &name) || !rest.p) {
        refuse(&p->c, t->off, "behind the bar stand values: {{_ Còn {n} khách | n=int g->count}}.");
        return;
    }
    name = str_trim(name);
    rest = str_trim(rest);
    if (value_named(n, name)) {
        refuse(&p->c, t->off, "the value %.*s is given twice.", STR_ARG(name));
        return;
    }
    struct message_value *v = &n->values[n->n_values++];
    v->name = name;
    v->type = type_of_hole(&rest);
    v->expr = rest;
    expr_check(&p->c, t->off, rest);
}

/* Every {name} has a value and every value is used. */
static void check_values(struct parser *p, const struct token *t, const struct node *n)
{
    struct str name;
    size_t at = 0, used = 0;
    int found;
    while ((found = placeholder_next(n->message, &at, &name)) == 1) {
        if (!value_named(n, name)) {
            refuse(&p->c, t->off, "{%.*s} has no value: add \"| %.*s=…\".", STR_ARG(name), STR_ARG(name));
            return;
        }
        used++;
    }
    if (found < 0)
        refuse(&p->c, t->off, "a brace in a text must be a placeholder: {name}.");
    else if (used < n->n_values)
        refuse(&p->c, t->off, "a value is given that the text does not use.");
}

static void parse_message(struct parser *p, const struct token *t, struct nodes *out)
{
    struct message msg = message_split(p->c.a, t->text);
    struct node n = { .kind = NODE_MESSAGE, .off = t->off, .message = msg.text };
    if (msg.text.n == 0) {
        refuse(&p->c, t->off, "the text is missing: {{_ Nộp hồ sơ}}.");
        return;
    }
    n.values = arena_new_array(p->c.a, struct message_value, expr_count(msg.args));
    struct str rest = msg.args, piece;
    while (msg.args.n && !p->c.failed && expr_cut(&rest, ',', &piece))
        one_value(p, t, piece, &n);
    if (!p->c.failed)
        check_values(p, t, &n);
    if (p->c.failed || !machine_hole(&p->m, t, NULL, true, &n.place))
        return;
    *vec_push(p->c.a, out) = n;
    if (p->m.where == IN_TEXT || p->m.where == IN_PLAIN)
        p->m.left = BESIDE_TEXT;
}

static void parse_let(struct parser *p, const struct token *t, struct nodes *out)
{
    struct str rest = t->text, declare, type, name;
    if (!expr_cut(&rest, '=', &declare) || !rest.p || !declaration_split(declare, &type, &name) || type.n == 0) {
        refuse(&p->c, t->off, "write {{let type name = expression}}.");
        return;
    }
    struct node *n = parser_node(p, out, NODE_LET, t->off);
    n->declare = str_trim(declare);
    n->name = name;
    n->expr = str_trim(rest);
    expr_check(&p->c, t->off, n->expr);
}

static void parse_slot(struct parser *p, const struct token *t, struct nodes *out)
{
    if (p->control)
        refuse(&p->c, t->off, "{{slot}} cannot stand inside {{if}} or {{for}}: its place must not depend on values.");
    else if (t->text.n)
        refuse(&p->c, t->off, "{{slot}} stands alone.");
    else
        parser_node(p, out, NODE_SLOT, t->off);
    p->m.left = BESIDE_TAG;
}

static void parse_attr_if(struct parser *p, const struct token *t, struct nodes *out)
{
    struct str s = t->text;
    size_t from = s.n ? s.n - 1 : 0;
    while (from > 0 && s.p[from - 1] != '"')
        from--;
    if (s.n < 4 || s.p[s.n - 1] != '"' || from == 0) {
        refuse(&p->c, t->off, "write {{attr-if expression \"checked\"}}.");
        return;
    }
    struct str name = { s.p + from, s.n - 1 - from };
    struct str expr = str_trim(str_head(s, from - 1));
    if (!attr_is_boolean(name)) {
        refuse(&p->c, t->off, "%.*s is no attribute that is simply there or not; use {{if}}.", STR_ARG(name));
        return;
    }
    if (!expr_check(&p->c, t->off, expr))
        return;
    struct node *n = parser_node(p, out, NODE_ATTR_IF, t->off);
    n->expr = expr;
    n->name = name;
    p->m.tag.spaced = false;
}

void parse_directive(struct parser *p, const struct token *t, struct nodes *out)
{
    switch (t->kind) {
    case TOKEN_IF:
        parse_if(p, t, out);
        return;
    case TOKEN_FOR:
        parse_for(p, t, out);
        return;
    case TOKEN_LET:
        parse_let(p, t, out);
        return;
    case TOKEN_USE:
        parse_use(p, t, out);
        return;
    case TOKEN_SLOT:
        parse_slot(p, t, out);
        return;
    case TOKEN_FORM:
        parse_form(p, t, out);
        return;
    case TOKEN_CALL:
        parse_call(p, t, out);
        return;
    case TOKEN_ATTR_IF:
        parse_attr_if(p, t, out);
        return;
    case TOKEN_MESSAGE:
        parse_message(p, t, out);
        return;
    default:
        parse_hole(p, t, out);
    }
}
