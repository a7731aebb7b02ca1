/* lex.h: a template as a row of literal spans and {{directives}}. i18nc reads the same tokens for {{_ …}}. */
#ifndef BON_TOOLS_TMPLC_LEX_H
#define BON_TOOLS_TMPLC_LEX_H

#include "base/vec.h"
#include "tools/tmplc/source.h"

enum token_kind {
    TOKEN_LITERAL,
    TOKEN_COMMENT,
    TOKEN_INCLUDE,
    TOKEN_TEMPLATE,
    TOKEN_IF,
    TOKEN_ELIF,
    TOKEN_ELSE,
    TOKEN_FOR,
    TOKEN_LET,
    TOKEN_USE,
    TOKEN_SLOT,
    TOKEN_FORM,
    TOKEN_ATTR_IF,
    TOKEN_END,
    TOKEN_MESSAGE, /* {{_ …}} */
    TOKEN_HOLE,    /* {{expr}}, {{type expr}} */
    TOKEN_CALL,    /* {{template(args)}}: a hole until the templates' names are known */
    TOKEN_FILE_END
};

struct token {
    enum token_kind kind;
    struct str text; /* the literal bytes, or what follows the keyword, trimmed */
    size_t off;      /* where it begins in the file: a directive's at its {{ */
};

struct tokens {
    struct token *v;
    size_t n, room;
};

/* Always ends with TOKEN_FILE_END. False: a {{ is never closed, or a message holds a stray brace. */
bool lex_template(struct arena *a, const struct source *src, struct tokens *out, struct report *r);

/* {{_ text | name=type expr, name=expr}}: the text with its white space folded, which is the key of the translation. */
struct message {
    struct str text;
    struct str args; /* after the bar, or empty */
};
struct message message_split(struct arena *a, struct str directive);

/* The next {name} of a text at or after *at; *at moves behind it. 1 found, 0 none left, -1 a brace that is no placeholder. */
int placeholder_next(struct str text, size_t *at, struct str *name);

bool is_space(char c);
bool is_name_start(char c); /* of a C identifier */
bool is_name(char c);
/* Steps over a C string or character constant that begins at *i; false when it does not end. */
bool skip_c_quote(struct str s, size_t *i);

#endif
