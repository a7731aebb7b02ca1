/* pdf_sign.c: the signature as an update at the end of the file: its dictionary, an invisible field on the first page, the form that
 * lists it. The signature stands over everything but its own hexadecimal digits.
 */
#include "platform/office/pdf_sign.h"

#include "platform/office/pdf_update.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define RANGE_BLANK "0000000000 0000000000 0000000000 0000000000"

/* A text of PDF: UTF-16 with its mark, in hexadecimal, so that no letter has to be escaped (7.9.2.2). */
static void put_text(struct buf *b, struct str s)
{
    buf_lit(b, "<FEFF");
    for (size_t at = 0; at < s.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &c);
        at += n > 0 ? (size_t)n : 1;
        unsigned u = n > 0 ? (unsigned)c : 0xFFFD;
        if (u >= 0x10000)
            buf_fmt(b, "%04X%04X", 0xD800u + ((u - 0x10000) >> 10), 0xDC00u + ((u - 0x10000) & 0x3FF));
        else
            buf_fmt(b, "%04X", u);
    }
    buf_lit(b, ">");
}

/* "D:20260102100500+07'00'" (7.9.4). */
static void put_time(struct buf *b, struct instant at)
{
    struct day d;
    int hour, minute, second, year, month, day;
    instant_local(at, &d, &hour, &minute, &second);
    day_to_ymd(d, &year, &month, &day);
    buf_fmt(b, "(D:%04d%02d%02d%02d%02d%02d+07'00')", year, month, day, hour, minute, second);
}

/* Where the blanks stand that are filled in later. */
struct blanks {
    size_t range, contents;
};

static struct blanks put_signature(struct pdf_update *u, int64_t number, const struct pdf_signature *what)
{
    struct blanks at;
    pdf_update_object(u, number);
    buf_lit(&u->b, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached\n/Name ");
    put_text(&u->b, what->name);
    buf_lit(&u->b, " /Reason ");
    put_text(&u->b, what->reason);
    buf_lit(&u->b, " /Location ");
    put_text(&u->b, what->place);
    buf_lit(&u->b, " /M ");
    put_time(&u->b, what->at);
    buf_lit(&u->b, "\n/ByteRange [");
    at.range = u->b.n;
    buf_lit(&u->b, RANGE_BLANK "]\n/Contents <");
    at.contents = u->b.n;
    for (size_t i = 0; i < PDF_CMS_MAX; i++)
        buf_lit(&u->b, "00");
    buf_lit(&u->b, "> >>");
    pdf_update_object_end(u);
    return at;
}

static int put_field(struct pdf_update *u, int64_t field, int64_t signature, struct err *e)
{
    struct str catalog, pages, page;
    int64_t tree, first;
    if (pdf_update_dictionary(u, u->root, &catalog, e))
        return -1;
    if (!pdf_number_after(catalog, STR("/Pages"), &tree) || pdf_update_dictionary(u, tree, &pages, e) ||
        !pdf_number_after(pages, STR("/Kids"), &first) || pdf_update_dictionary(u, first, &page, e) ||
        str_find(page, STR("/Annots")) >= 0 || str_find(catalog, STR("/AcroForm")) >= 0)
        return ERR(e, ERR_INTERNAL, "PDF: no first page where a signature could stand");
    pdf_update_object(u, field);
    buf_fmt(&u->b, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /F 132 /Rect [0 0 0 0] /P %lld 0 R /V %lld 0 R >>",
            (long long)first, (long long)signature);
    pdf_update_object_end(u);
    pdf_update_object(u, first);
    buf_fmt(&u->b, "<<%.*s   /Annots [ %lld 0 R ]\n>>", STR_ARG(page), (long long)field);
    pdf_update_object_end(u);
    pdf_update_object(u, u->root);
    buf_fmt(&u->b, "<<%.*s   /AcroForm << /Fields [ %lld 0 R ] /SigFlags 3 >>\n>>", STR_ARG(catalog), (long long)field);
    pdf_update_object_end(u);
    return 0;
}

int pdf_sign_begin(struct arena *a, struct str pdf, const struct pdf_signature *what, struct pdf_to_sign *out, struct err *e)
{
    struct pdf_update u;
    char range[sizeof RANGE_BLANK];
    if (pdf_update_begin(a, pdf, 2 * PDF_CMS_MAX + pdf.n + 8192, &u, e))
        return -1;
    int64_t signature = pdf_update_new(&u), field = pdf_update_new(&u);
    struct blanks at = put_signature(&u, signature, what);
    if (put_field(&u, field, signature, e))
        return -1;
    pdf_update_end(&u);
    size_t before = at.contents - 1, after = at.contents + 2 * PDF_CMS_MAX + 1; /* the brackets belong to what is left out */
    snprintf(range, sizeof range, "%010d %010zu %010zu %010zu", 0, before, after, u.b.n - after);
    memcpy(u.b.p + at.range, range, sizeof range - 1);
    *out = (struct pdf_to_sign) { .arena = a, .before = { u.b.p, before }, .after = { u.b.p + after, u.b.n - after } };
    out->hash = sha256_two(out->before, out->after);
    return 0;
}

int pdf_sign_end(const struct pdf_to_sign *s, struct str cms, struct str *pdf, struct err *e)
{
    static const char digits[] = "0123456789ABCDEF";
    if (cms.n == 0 || cms.n > PDF_CMS_MAX)
        return ERR(e, ERR_SIGNER, "a signature of %zu bytes, at most %d", cms.n, PDF_CMS_MAX);
    size_t gap = 2 * PDF_CMS_MAX + 2;
    struct buf b;
    buf_init(&b, s->arena, s->before.n + gap + s->after.n);
    buf_put(&b, s->before);
    buf_lit(&b, "<");
    for (size_t i = 0; i < PDF_CMS_MAX; i++) {
        unsigned char c = i < cms.n ? (unsigned char)cms.p[i] : 0;
        buf_fmt(&b, "%c%c", digits[c >> 4], digits[c & 15]);
    }
    buf_lit(&b, ">");
    buf_put(&b, s->after);
    ASSERT(!b.full);
    *pdf = buf_str(&b);
    return 0;
}
