/* html.h: what generated templates write through. A template is a C function made by tmplc from html/<name>.html (language:
 * tools/tmplc/README.md); the compiler knows at each hole whether it stands in text, an attribute, a URL or a query, and
 * calls the fitting escaper below. Nobody writes markup from C.
 */
#ifndef BON_PLATFORM_HTML_H
#define BON_PLATFORM_HTML_H

#include "base/buf.h"
#include "base/ident.h"
#include "base/money.h"
#include "platform/i18n/i18n.h"

struct html {
    struct buf *out;
    struct arena *arena;
    enum lang lang;
    struct str csrf;        /* the hidden field `_csrf` of every form; read it with html_csrf */
    /* Makes the token at its first use: a page without a form costs no MAC and sets no cookie. May be NULL. */
    struct str (*csrf_make)(struct html *h);
    struct str path;        /* path of this page: current menu entry, language switch */
    const void *page;       /* the frame's own data (platform/http fills it): menu, actor, banner */
};

/* What {{form}} writes into `_csrf` (and the idempotency key into `_key`). */
static inline struct str html_csrf(struct html *h)
{
    if (!h->csrf.p && h->csrf_make)
        h->csrf = h->csrf_make(h);
    return h->csrf;
}

void html_raw(struct html *h, const char *p, size_t n);   /* literal template bytes only: tmplc emits it */
void html_text(struct html *h, struct str s);             /* text content: & < > */
void html_attr(struct html *h, struct str s);             /* inside a quoted attribute: & < > " ' */
void html_query(struct html *h, struct str s);            /* one query component: percent-encoded */
/* One path component: percent-encoded; "." and "..", which browsers would resolve, become "-". */
void html_path(struct html *h, struct str s);
/* A whole URL in the href of a link or the src of an image: only a path of this site ("/…" but not "//"), https://, mailto: or
 * tel:; anything else becomes "#refused". */
void html_url(struct html *h, struct str s);
/* As html_url, but only a path of this site: where data is sent or code is loaded (action, formaction, hx-*, src of script,
 * href of link, …). */
void html_site_url(struct html *h, struct str s);
void html_json(struct html *h, struct str json);          /* in a JSON script: < > & and U+2028/9 as \u */
void html_tr(struct html *h, struct str vi);              /* translated, then as text */
void html_tr_attr(struct html *h, struct str vi);

/* What a plain hole takes: a struct str or a C string (NULL is nothing). html_str(x) expands to
 * _Generic((x), struct str: html_str_self, const char *: str_of, char *: str_of)(x). */
static inline struct str html_str_self(struct str s)
{
    return s;
}
#define html_str(x) _Generic((x), struct str: html_str_self, const char *: str_of, char *: str_of)(x)

/* Text forms of typed values: holes with a type go through these, then through the escaper of the place. */
struct str html_int(struct html *h, int64_t v);           /* 12.345 in Vietnamese, 12,345 in English */
struct str html_num(struct html *h, int64_t v);           /* 12345: ids, attribute values */
struct str html_day(struct html *h, struct day d);        /* 16/02/2024 */
struct str html_instant(struct html *h, struct instant t);/* 22:10 16/02/2024 */
struct str html_clock(struct html *h, struct instant t);  /* 22:10 */
struct str html_birth(struct html *h, struct birth b);
struct str html_money(struct html *h, struct money m);    /* 12.000 đ in Vietnamese, 12,000 VND in English */
struct str html_pid(struct html *h, struct pid p);
struct str html_pid_masked(struct html *h, struct pid p);

#endif
