/* docx_styles.c: the table of document_style.c as Word's styles; the page's header. */
#include "platform/office/docx_inside.h"

static const char *const aligns[] = { "left", "center", "right", "both" };

static void put_paragraph_properties(struct buf *b, const struct text_style *s)
{
    buf_lit(b, "<w:pPr>");
    if (s->outline)
        buf_lit(b, "<w:keepNext/>");
    buf_fmt(b, "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"%d\" w:lineRule=\"auto\"/>", (int)(s->before * 20),
            (int)(s->after * 20), (int)(s->spacing * 240));
    buf_fmt(b, "<w:ind w:left=\"%d\" w:firstLine=\"%d\"/><w:jc w:val=\"%s\"/>", twips(s->left), twips(s->first),
            aligns[s->align]);
    if (s->outline)
        buf_fmt(b, "<w:outlineLvl w:val=\"%d\"/>", s->outline - 1);
    buf_lit(b, "</w:pPr>");
}

static void put_style(struct buf *b, const struct text_style *s)
{
    buf_fmt(b,
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn "
            "w:val=\"Normal\"/>"
            "<w:qFormat/>",
            s->id, s->id);
    put_paragraph_properties(b, s);
    buf_lit(b, "<w:rPr>");
    if (s->bold)
        buf_lit(b, "<w:b/>");
    if (s->italic)
        buf_lit(b, "<w:i/>");
    if (s == document_style(STYLE_MODE))
        buf_lit(b, "<w:color w:val=\"B3001A\"/>");
    buf_fmt(b, "<w:sz w:val=\"%d\"/></w:rPr></w:style>", (int)(s->size * 2));
}

struct str docx_styles(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, 64 * 1024);
    buf_lit(&b, XML_HEAD
            "<w:styles " WORD_NAMESPACES "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
            "w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/>"
            "<w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>");
    for (int i = 0; i < STYLES_; i++)
        put_style(&b, document_style((enum document_style)i));
    buf_lit(&b, "</w:styles>");
    ASSERT(!b.full);
    return buf_str(&b);
}

/* The mode at the left, the number in the middle; the first page has no number. */
struct str docx_header(const struct docx *x, bool first)
{
    struct buf b;
    buf_init(&b, x->arena, 16 * 1024);
    buf_lit(&b, XML_HEAD "<w:hdr " WORD_NAMESPACES ">");
    if (x->d->mode.n)
        docx_paragraph(&b, STYLE_MODE, x->d->mode);
    if (!first)
        buf_fmt(
            &b,
            "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> "
            "PAGE "
            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar "
            "w:fldCharType=\"end\"/></w:r></w:p>",
            document_style(STYLE_PAGE_NUMBER)->id);
    else if (!x->d->mode.n)
        docx_paragraph(&b, STYLE_PAGE_NUMBER, STR(""));
    buf_lit(&b, "</w:hdr>");
    return buf_str(&b);
}
