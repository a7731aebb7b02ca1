/* machine.h: follows the HTML of a template, literal span by literal span. Between spans stands a directive; the machine
 * says whether one may stand there and how a value must be escaped.
 */
#ifndef BON_TOOLS_TMPLC_MACHINE_H
#define BON_TOOLS_TMPLC_MACHINE_H

#include "tools/tmplc/tmplc.h"

enum where {
    IN_TEXT,
    IN_TAG,   /* of a start tag, between attributes */
    IN_VALUE, /* of a quoted attribute */
    IN_PLAIN, /* title, textarea: characters only */
    IN_RAW    /* script, style */
};

/* What stands beside white space; decides whether a line break is worth a space. */
enum beside { BESIDE_OPEN, BESIDE_CLOSE, BESIDE_TAG, BESIDE_TEXT };

/* elements.c */
enum element_bits {
    EL_VOID = 1,  /* no end tag */
    EL_RAW = 2,   /* script, style */
    EL_PLAIN = 4, /* title, textarea */
    EL_REFUSED = 8,
    EL_ENDS_P = 16,     /* the browser closes an open <p> before it */
    EL_P_SCOPE = 32,    /* a <p> outside it is not closed */
    EL_NOT_NESTED = 64, /* a, form, button */
    EL_KEEPS_SPACE = 128,
    EL_ANY_TEXT = 256 /* code, kbd: not prose */
};
unsigned element_bits(struct str name);

/* ATTR_LINK leads away or shows something; ATTR_URL loads code or sends data, so a value in it stays on this site. */
enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_LINK, ATTR_NO_HOLE, ATTR_NEVER };
enum attr_kind attr_kind(struct str element, struct str attr);
bool attr_is_visible(struct str attr); /* people read or hear it */
bool attr_is_boolean(struct str attr);

/* visible.c: letters that no translation covers; the offset in s of the first such word, or -1. */
ptrdiff_t untranslated_word(struct str s, struct str *word);

/* url.c */
enum url_phase {
    URL_START,  /* nothing yet */
    URL_PREFIX, /* literal so far, kept in prefix */
    URL_PATH,
    URL_QUERY,
    URL_WHOLE, /* a hole was the whole beginning */
    URL_MIXED  /* branches ended in different parts */
};
struct url {
    enum url_phase phase;
    bool after_hole;      /* in a path, directly behind a hole */
    bool first_component; /* … and that hole was the first component: a '/' may not follow */
    struct str prefix;
};
void url_literal(struct ctx *c, size_t off, struct url *u, struct str s);
bool url_hole(struct ctx *c, size_t off, struct url *u, bool digits, enum place *place);
struct url url_join(struct url a, struct url b);

struct element {
    struct str name;
    size_t off;
    unsigned bits;
    bool no_translate;
};

struct attr {
    struct str name;
    size_t off;
    enum attr_kind kind;
    char quote;
    bool has_hole;
    struct buf value; /* the literal bytes */
    struct url url;
    unsigned serial;
};

struct tag {
    struct str name;
    size_t off;
    unsigned serial;
    bool spaced; /* an attribute may begin here */
    bool no_translate;
    bool json;  /* type="application/json" */
    bool posts; /* method="post" */
    bool http_equiv;
    bool content_hole;
    bool has_alt;
    bool labelled_by_value; /* an input whose value is its label */
    size_t value_off;
    struct str value;
    VEC(struct str) seen;
};

struct machine {
    struct ctx *c;
    enum where where;
    VEC(struct element) open;
    size_t floor; /* elements below were opened outside the current block */
    enum beside left;
    struct tag tag;
    struct attr attr;
    unsigned serial;
    unsigned branch; /* depth of {{if}}/{{for}} inside the current tag */
};

/* Feeds one literal span; what is sent goes to out. right: what stands behind the span. */
void machine_literal(struct machine *m, const struct token *t, const struct token *next, struct nodes *out);
/* A directive stands here; false: refused. */
bool machine_directive(struct machine *m, const struct token *t);
/* A value stands here: how to escape it. */
bool machine_hole(struct machine *m, const struct token *t, const struct type *type, bool message, enum place *place);

/* Blocks: mark before, check after each branch. */
struct mark {
    enum where where;
    size_t open, floor;
    unsigned tag_serial, attr_serial;
    bool spaced;
    struct url url;
};
struct mark machine_block(struct machine *m);                          /* a branch begins */
void machine_block_end(struct machine *m, struct mark at, size_t off); /* … ends: same place, all elements closed */
void machine_again(struct machine *m, struct mark at);                 /* the next branch begins where the first did */
void machine_join(struct machine *m, bool spaced, struct url url);     /* after all branches */

void machine_push(struct machine *m, struct str name, size_t off);

/* Inside the machine. */
struct span {
    struct str s;
    size_t off, i;        /* of s in the file; next byte */
    enum beside right;    /* what follows the span */
    enum token_kind next; /* … exactly */
    struct nodes *out;
};
void literal_put(struct machine *m, struct nodes *out, struct str s);
bool machine_in(const struct machine *m, const char *element);
bool machine_prose(const struct machine *m); /* text here must be translated */
void scan_text(struct machine *m, struct span *s);
void scan_plain(struct machine *m, struct span *s);
void scan_raw(struct machine *m, struct span *s);
void scan_markup(struct machine *m, struct span *s);
void scan_tag(struct machine *m, struct span *s);
void scan_value(struct machine *m, struct span *s);
void put_escaped_ampersands(struct machine *m, struct nodes *out, struct str s);

#endif
