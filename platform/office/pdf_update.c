/* pdf_update.c: finds the few places of a finished PDF that an update must name, and writes the update. */
#include "platform/office/pdf_update.h"

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

bool pdf_number_after(struct str s, struct str word, int64_t *out)
{
    ptrdiff_t at = str_find(s, word);
    if (at < 0)
        return false;
    struct str rest = str_trim(str_from(s, (size_t)at + word.n));
    if (str_starts(rest, STR("[")))
        rest = str_trim(str_from(rest, 1));
    size_t n = 0;
    while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
        n++;
    return str_to_i64(str_head(rest, n), out);
}

int pdf_update_dictionary(const struct pdf_update *u, int64_t number, struct str *out, struct err *e)
{
    struct str head = str_fmt(u->arena, "\n%lld 0 obj\n<<", (long long)number);
    ptrdiff_t at = find_last(u->base, head);
    if (at < 0)
        return strange(e, "an object");
    struct str from = str_from(u->base, (size_t)at + head.n);
    ptrdiff_t end = str_find(from, STR("endobj"));
    ptrdiff_t close = end < 0 ? -1 : find_last(str_head(from, (size_t)end), STR(">>"));
    if (close < 0)
        return strange(e, "an object's end");
    *out = str_head(from, (size_t)close);
    return 0;
}

int pdf_update_begin(struct arena *a, struct str pdf, size_t room, struct pdf_update *u, struct err *e)
{
    ptrdiff_t trailer = find_last(pdf, STR("trailer"));
    *u = (struct pdf_update) { .arena = a, .base = pdf };
    if (trailer < 0)
        return strange(e, "the trailer");
    struct str end = str_from(pdf, (size_t)trailer);
    if (!pdf_number_after(end, STR("/Root"), &u->root) || !pdf_number_after(end, STR("/Info"), &u->info) ||
        !pdf_number_after(end, STR("/Size"), &u->size) || !pdf_number_after(end, STR("startxref"), &u->start))
        return strange(e, "a number of the trailer");
    buf_init(&u->b, a, pdf.n + room);
    buf_put(&u->b, pdf);
    return 0;
}

int64_t pdf_update_new(struct pdf_update *u)
{
    return u->size++;
}

void pdf_update_object(struct pdf_update *u, int64_t number)
{
    ASSERT(u->n < PDF_UPDATE_OBJECTS);
    u->number[u->n] = number;
    u->at[u->n++] = u->b.n;
    buf_fmt(&u->b, "%lld 0 obj\n", (long long)number);
}

void pdf_update_object_end(struct pdf_update *u)
{
    buf_lit(&u->b, "\nendobj\n");
}

void pdf_update_end(struct pdf_update *u)
{
    size_t table = u->b.n;
    buf_lit(&u->b, "xref\n");
    for (size_t i = 0; i < u->n; i++)
        buf_fmt(&u->b, "%lld 1\n%010zu 00000 n \n", (long long)u->number[i], u->at[i]);
    buf_fmt(&u->b, "trailer\n<< /Size %lld /Root %lld 0 R /Info %lld 0 R /Prev %lld >>\nstartxref\n%zu\n%%%%EOF\n",
            (long long)u->size, (long long)u->root, (long long)u->info, (long long)u->start, table);
    ASSERT(!u->b.full);
}
