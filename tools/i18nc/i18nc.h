/* i18nc.h: the texts of the program and their English. Sources and po files fill one catalog; check.c compares the two sides.
 */
#ifndef BON_TOOLS_I18NC_H
#define BON_TOOLS_I18NC_H

#include "base/map.h"
#include "base/vec.h"
#include "tools/tmplc/source.h"

/* A place in a file. */
struct place {
    const struct source *src;
    size_t off;
};

struct text {
    struct str vi, en;
    struct place used;       /* first use in a source; src NULL: nowhere */
    struct place translated; /* in a po file; src NULL: nowhere */
};

struct catalog {
    struct arena *a;
    struct report *report;
    struct map by_vi;
    VEC(struct text *) texts;
};

void catalog_init(struct catalog *c, struct arena *a, struct report *r);
void catalog_use(struct catalog *c, struct str vi, struct place at);
void catalog_translate(struct catalog *c, struct str vi, struct str en, struct place at);

/* MSG("…") and MSGS("…") of C text; `code` is a part of src->text. */
void collect_c(struct catalog *c, const struct source *src, struct str code);
/* {{_ …}} of a template, and MSGS("…") in its directives. */
void collect_html(struct catalog *c, const struct source *src);
void read_po(struct catalog *c, const struct source *src);

/* One C or po string literal at *i (on its first quote), appended to b; false: it is not ended or has an unknown escape. */
bool read_literal(struct str s, size_t *i, struct buf *b);

/* Missing translations are errors, or counted in one line. */
void catalog_check(struct catalog *c, bool allow_missing);
void catalog_print_missing(const struct catalog *c, struct buf *out); /* as a po file to fill in */
void catalog_emit(const struct catalog *c, struct buf *out);          /* i18n_table.c */

#endif
