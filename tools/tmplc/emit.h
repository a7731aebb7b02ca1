/* emit.h: between emit.c (functions) and emit_node.c (statements). */
#ifndef BON_TOOLS_TMPLC_EMIT_H
#define BON_TOOLS_TMPLC_EMIT_H

#include "tools/tmplc/tmplc.h"

struct writer {
    struct buf *out;
    struct arena *a;
    const struct source *src, *marked; /* the file of this function, and the one #line named last */
    struct buf pending;                /* literal bytes not written yet: neighbours become one call */
    int depth, line;                   /* indentation; the template line that the next line of C counts as, 0 unknown */
    unsigned names;                    /* for names of our own */
};

void code(struct writer *w, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* lines of C, indented */
void line_mark(struct writer *w, size_t off); /* #line when the next line of C would count as another one */
void flush(struct writer *w);                 /* writes what is pending */
void open_scope(struct writer *w);
void emit_node(struct writer *w, const struct node *n);
void emit_nodes(struct writer *w, const struct nodes *nodes);
void emit_part(struct writer *w, const struct node *use, const char *part);

#endif
