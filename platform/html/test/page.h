/* page.h: a page to write into, for tests. */
#ifndef BON_PLATFORM_HTML_TEST_PAGE_H
#define BON_PLATFORM_HTML_TEST_PAGE_H

#include "base/test/check.h"
#include "platform/html/html.h"

#include <string.h>

static inline struct html page_in(struct arena *a, enum lang lang)
{
    struct buf *out = arena_new(a, struct buf);
    buf_init(out, a, 1 << 20);
    return (struct html) { .out = out, .arena = a, .lang = lang, .csrf = STR("t0ken\"<") };
}

static inline struct str written(const struct html *h)
{
    return h->out->n ? buf_str(h->out) : STR("");
}

/* What an escaper makes of a text. */
static inline struct str through(struct arena *a, void (*put)(struct html *, struct str), struct str s)
{
    struct html h = page_in(a, LANG_VI);
    put(&h, s);
    return written(&h);
}

#endif
