/* parser.h: between parse.c and directive.c. */
#ifndef BON_TOOLS_TMPLC_PARSER_H
#define BON_TOOLS_TMPLC_PARSER_H

#include "tools/tmplc/machine.h"

struct parser {
    struct ctx c;
    struct unit *u;
    struct file *f;
    struct template *current;
    struct machine m;
    size_t i;         /* next token */
    unsigned control; /* how many {{if}} and {{for}} are open */
    unsigned depth;   /* how many blocks are open */
};

static inline const struct token *parser_token(const struct parser *p)
{
    return &p->f->tokens.v[p->i < p->f->tokens.n ? p->i : p->f->tokens.n - 1];
}

void parse_block(struct parser *p, struct nodes *out);
void parse_end(struct parser *p, const struct token *begin);
void parse_directive(struct parser *p, const struct token *t, struct nodes *out);

/* directive_block.c */
void parse_if(struct parser *p, const struct token *t, struct nodes *out);
void parse_for(struct parser *p, const struct token *t, struct nodes *out);
void parse_use(struct parser *p, const struct token *t, struct nodes *out);
void parse_form(struct parser *p, const struct token *t, struct nodes *out);
struct node *parser_node(struct parser *p, struct nodes *out, enum node_kind kind, size_t off);
bool parse_target(struct parser *p, const struct token *t, bool with_slot, struct node *n);

#endif
