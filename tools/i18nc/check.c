/* Do sources and translations agree? */
#include "tools/i18nc/i18nc.h"
#include "tools/tmplc/lex.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Valid UTF-8 in composed form (NFC): the table is looked up by bytes, and "ệ" has three spellings. */
static bool is_nfc(struct str s)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    bool same = n >= 0 && str_eq((struct str) { (const char *)composed, (size_t)n }, s);
    free(composed);
    return same;
}

static bool has_placeholder(struct str text, struct str name)
{
    size_t at = 0;
    struct str found;
    while (placeholder_next(text, &at, &found) == 1)
        if (str_eq(found, name))
            return true;
    return false;
}

/* A placeholder of x that y lacks goes to *name; false when there is none. */
static bool placeholder_lacking(struct str x, struct str y, struct str *name)
{
    size_t at = 0;
    while (placeholder_next(x, &at, name) == 1)
        if (!has_placeholder(y, *name))
            return true;
    return false;
}

static bool braces_are_plain(struct str text)
{
    size_t at = 0;
    struct str name;
    int found;
    while ((found = placeholder_next(text, &at, &name)) == 1)
        continue;
    return found == 0;
}

static void check_form(struct report *r, struct str text, struct place at)
{
    if (!is_nfc(text))
        report_error(r, at.src, at.off, "\"%.*s\" is not NFC: type it again with a composing keyboard, or convert the file.",
                     STR_ARG(text));
    if (!braces_are_plain(text))
        report_error(r, at.src, at.off, "\"%.*s\": a brace must be a placeholder, {name}.", STR_ARG(text));
}

static void check_pair(struct report *r, const struct text *t)
{
    struct str name;
    if (placeholder_lacking(t->vi, t->en, &name))
        report_error(r, t->translated.src, t->translated.off, "the translation of \"%.*s\" lacks {%.*s}.", STR_ARG(t->vi),
                     STR_ARG(name));
    if (placeholder_lacking(t->en, t->vi, &name))
        report_error(r, t->translated.src, t->translated.off,
                     "the translation of \"%.*s\" has {%.*s}, which the text has not.", STR_ARG(t->vi), STR_ARG(name));
}

/* One line for all of them: while the program grows, this is read at every build. */
static void count_missing(struct catalog *c)
{
    VEC(const struct source *) files = { 0 };
    int n = 0;
    for (size_t i = 0; i < c->texts.n; i++) {
        const struct text *t = c->texts.v[i];
        if (!t->used.src || t->translated.src)
            continue;
        n++;
        size_t k = 0;
        while (k < files.n && files.v[k] != t->used.src)
            k++;
        if (k == files.n)
            *vec_push(c->a, &files) = t->used.src;
    }
    if (n == 0)
        return;
    c->report->warnings++;
    buf_fmt(&c->report->text, "i18nc: %d texts in %zu files have no English yet; --print-missing lists them.\n", n, files.n);
}

static void check_text(struct catalog *c, const struct text *t, bool allow_missing)
{
    struct report *r = c->report;
    if (t->used.src)
        check_form(r, t->vi, t->used);
    if (t->translated.src)
        check_form(r, t->en, t->translated);
    if (t->used.src && !t->translated.src && !allow_missing)
        report_error(r, t->used.src, t->used.off, "\"%.*s\" has no English in any po/en.po.", STR_ARG(t->vi));
    if (t->translated.src && !t->used.src)
        report_error(r, t->translated.src, t->translated.off, "\"%.*s\" is used nowhere: the text has changed or is gone.",
                     STR_ARG(t->vi));
    if (t->translated.src && t->used.src)
        check_pair(r, t);
}

void catalog_check(struct catalog *c, bool allow_missing)
{
    for (size_t i = 0; i < c->texts.n; i++)
        check_text(c, c->texts.v[i], allow_missing);
    if (allow_missing)
        count_missing(c);
}
