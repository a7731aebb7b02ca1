/* tmplc.h: the compiler's inside. tokens (lex.h) -> parse.c walks the directives, machine_*.c follow the HTML between them
 * -> nodes -> emit.c writes C. The first mistake of a file stops that file: what follows it would only echo.
 */
#ifndef BON_TOOLS_TMPLC_H
#define BON_TOOLS_TMPLC_H

#include "tools/tmplc/lex.h"

/* Where a value stands, which is how it is escaped. */
enum place { PLACE_TEXT, PLACE_ATTR, PLACE_URL, PLACE_SITE_URL, PLACE_PATH, PLACE_QUERY, PLACE_JSON };

enum node_kind {
    NODE_LITERAL, /* literal */
    NODE_HOLE,    /* type, expr, place */
    NODE_MESSAGE, /* message, values, place */
    NODE_CALL,    /* target, expr = arguments */
    NODE_USE,     /* target, expr = arguments, body */
    NODE_SLOT,
    NODE_IF,      /* expr, body, other */
    NODE_EACH,    /* declare, name, by_value, expr = list, body, other */
    NODE_COUNT,   /* name, from, expr = end, body, other */
    NODE_LET,     /* declare, name, expr */
    NODE_SCOPE,   /* body: a {{form}}'s */
    NODE_ATTR_IF, /* expr, name */
    NODE_CSRF     /* the value of the hidden field */
};

struct node;
struct nodes {
    struct node *v;
    size_t n, room;
};

struct type; /* expr.c: how {{type expr}} becomes text */

/* One value of a message: {name}. */
struct message_value {
    struct str name, expr;
    const struct type *type;
};

struct node {
    enum node_kind kind;
    size_t off;
    enum place place;
    struct buf literal;
    const struct type *type;
    struct str expr, name, declare, from;
    bool by_value;
    struct str message;
    struct message_value *values;
    size_t n_values;
    const struct template *target;
    struct nodes body, other;
};

struct template
{
    const struct source *src;
    size_t off;
    struct str name, params; /* params as written, without "struct html *h" */
    struct str *param_names;
    size_t n_params;
    bool has_slot, own;
    struct nodes body;
};

struct file {
    struct source src;
    struct tokens tokens;
    bool own;
    VEC(struct str) includes; /* with their quotes */
};

struct unit {
    struct arena *arena;
    struct report *report;
    VEC(struct file) files;
    VEC(struct template *) templates;
    const char *header_as, *components_as; /* how the source includes them; components_as may be NULL */
};

/* What every step needs to complain. */
struct ctx {
    struct arena *a;
    struct report *r;
    const struct source *src;
    bool failed; /* something was refused: stop */
};
void refuse(struct ctx *c, size_t off, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* ---- unit.c: files in, templates known by name, C out ---- */
void unit_init(struct unit *u, struct arena *a, struct report *r);
void unit_add(struct unit *u, struct source src, bool own);
bool unit_parse(struct unit *u); /* false: the report says why */
const struct template *unit_find(const struct unit *u, struct str name);

/* ---- emit.c ---- */
void emit_header(const struct unit *u, struct buf *out);
void emit_source(const struct unit *u, struct buf *out);

/* ---- expr.c: the C between the braces ---- */
struct type {
    const char *word;           /* "day" */
    const char *before, *after; /* what makes a struct str of an expression: "html_day(h, " and ")" */
};
const struct type *type_of_hole(struct str *body); /* takes the type word off; never NULL, the first is plain struct str */
bool type_is(const struct type *t, const char *word);

bool expr_check(struct ctx *c, size_t off, struct str expr); /* no assignment, no statement, balanced, not empty */
/* Of a value that is shown: a Vietnamese literal in it must be marked MSGS(). */
bool expr_words_check(struct ctx *c, size_t off, struct str expr);
/* Takes what stands before `sep` outside brackets and quotes off *rest; false when *rest is used up. */
bool expr_cut(struct str *rest, char sep, struct str *piece);
size_t expr_count(struct str args);                                       /* arguments of a call */
bool name_and_args(struct str s, struct str *name, struct str *args);     /* "name(args)" and nothing else */
bool declaration_split(struct str s, struct str *type, struct str *name); /* "const struct x *c" */
bool template_params(struct ctx *c, size_t off, struct template *t);

/* ---- parse.c ---- */
bool parse_signatures(struct unit *u, struct file *f);
bool parse_file(struct unit *u, struct file *f);

#endif
