/* pdf_catalog.c: what cairo 1.16 cannot say of a paper: its language, and that its title belongs in the window's bar.
 * Said in an update at the end of the file (ISO 32000-1, 7.5.6): the catalog once more with two entries added, a cross-reference
 * section for it, a trailer that leads back. What cairo wrote stays as it is.
 */
#include "platform/office/pdf_inside.h"

#include "base/buf.h"

#include <stdio.h>
#include <string.h>

static int strange(struct err *e, const char *what)
{
    return ERR(e, ERR_INTERNAL, "PDF: %s not found where cairo 1.16 writes it", what);
}

/* The last place where `word` stands, or -1. */
static ptrdiff_t find_last(struct str s, struct str word)
{
    for (size_t at = s.n; at-- > 0;)
        if (str_starts(str_from(s, at), word))
            return (ptrdiff_t)at;
    return -1;
}

/* The digits that stand behind `word` (and blanks) in s. */
static bool number_after(struct str s, struct str word, int64_t *out)
{
    ptrdiff_t at = str_find(s, word);
    if (at < 0)
        return false;
    struct str rest = str_trim(str_from(s, (size_t)at + word.n));
    size_t n = 0;
    while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
        n++;
    return str_to_i64(str_head(rest, n), out);
}

/* The dictionary of the catalog without its closing ">>". */
static bool catalog_of(struct arena *a, struct str pdf, int64_t root, struct str *dictionary)
{
    struct str head = str_fmt(a, "\n%lld 0 obj\n<<", (long long)root);
    ptrdiff_t at = find_last(pdf, head);
    if (at < 0)
        return false;
    struct str from = str_from(pdf, (size_t)at + head.n);
    ptrdiff_t end = str_find(from, STR("endobj"));
    ptrdiff_t close = end < 0 ? -1 : find_last(str_head(from, (size_t)end), STR(">>"));
    if (close < 0)
        return false;
    *dictionary = str_head(from, (size_t)close);
    return true;
}

int pdf_complete(struct arena *a, struct str pdf, struct str *out, struct err *e)
{
    int64_t root = 0, info = 0, size = 0, start = 0;
    struct str dictionary;
    ptrdiff_t trailer = find_last(pdf, STR("trailer"));
    if (trailer < 0)
        return strange(e, "the trailer");
    struct str end = str_from(pdf, (size_t)trailer);
    if (!number_after(end, STR("/Root"), &root) || !number_after(end, STR("/Info"), &info) ||
        !number_after(end, STR("/Size"), &size) || !number_after(end, STR("startxref"), &start))
        return strange(e, "a number of the trailer");
    if (!catalog_of(a, pdf, root, &dictionary))
        return strange(e, "the catalog");

    struct buf b;
    buf_init(&b, a, pdf.n + dictionary.n + 1024);
    buf_put(&b, pdf);
    size_t object = b.n;
    buf_fmt(&b,
            "%lld 0 obj\n<<%.*s   /Lang (vi-VN)\n   /ViewerPreferences << /DisplayDocTitle "
            "true >>\n>>\nendobj\n",
            (long long)root, STR_ARG(dictionary));
    size_t table = b.n;
    buf_fmt(&b, "xref\n%lld 1\n%010zu 00000 n \n", (long long)root, object);
    buf_fmt(&b, "trailer\n<< /Size %lld /Root %lld 0 R /Info %lld 0 R /Prev %lld >>\nstartxref\n%zu\n%%%%EOF\n",
            (long long)size, (long long)root, (long long)info, (long long)start, table);
    ASSERT(!b.full);
    *out = buf_str(&b);
    return 0;
}
