/* docx_body.c: blocks, sections and tables in WordprocessingML. */
#include "platform/office/docx_inside.h"

#include "platform/office/qr.h"

#include <string.h>

/* ---- text ---- */

void docx_put_text(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '&')
            buf_lit(b, "&amp;");
        else if (c == '<')
            buf_lit(b, "&lt;");
        else if (c == '>')
            buf_lit(b, "&gt;");
        else if (c >= 0x20 || c == '\t')
            buf_put_char(b, (char)c);
    }
}

void docx_put_attribute(struct buf *b, struct str s)
{
    struct str piece;
    for (bool first = true; str_cut(&s, '"', &piece); first = false) {
        if (!first)
            buf_lit(b, "&quot;");
        docx_put_text(b, piece);
    }
}

static void put_run(struct buf *b, struct str text)
{
    struct str line;
    bool first = true;
    buf_lit(b, "<w:r>");
    while (str_cut(&text, '\n', &line)) {
        if (!first)
            buf_lit(b, "<w:br/>");
        buf_lit(b, "<w:t xml:space=\"preserve\">");
        docx_put_text(b, line);
        buf_lit(b, "</w:t>");
        first = false;
    }
    buf_lit(b, "</w:r>");
}

void docx_paragraph_aligned(struct buf *b, enum document_style style, enum document_align align, struct str text)
{
    static const char *const aligns[] = { "left", "center", "right", "both" };
    const struct text_style *s = document_style(style);
    buf_fmt(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", s->id);
    if (align != s->align)
        buf_fmt(b, "<w:jc w:val=\"%s\"/>", aligns[align]);
    buf_lit(b, "</w:pPr>");
    if (text.n)
        put_run(b, text);
    buf_lit(b, "</w:p>");
}

void docx_paragraph(struct buf *b, enum document_style style, struct str text)
{
    docx_paragraph_aligned(b, style, document_style(style)->align, text);
}

/* ---- sections ---- */

void docx_section(struct docx *x, bool last)
{
    struct buf *b = x->b;
    int wide = twips(x->sideways ? PAGE_LONG : PAGE_SHORT), high = twips(x->sideways ? PAGE_SHORT : PAGE_LONG);
    if (!last)
        buf_lit(b, "<w:p><w:pPr>");
    buf_lit(b, "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHeader\"/>");
    if (x->sections == 0)
        buf_lit(b, "<w:headerReference w:type=\"first\" r:id=\"rFirst\"/>");
    buf_fmt(b, "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>", wide, high, x->sideways ? " w:orient=\"landscape\"" : "");
    buf_fmt(b,
            "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" "
            "w:gutter=\"0\"/>",
            twips(MARGIN_TOP), twips(MARGIN_RIGHT), twips(MARGIN_BOTTOM), twips(MARGIN_LEFT), twips(MARGIN_TOP / 3.0),
            twips(MARGIN_BOTTOM / 2.0));
    if (x->sections == 0)
        buf_lit(b, "<w:titlePg/>");
    buf_lit(b, "</w:sectPr>");
    if (!last)
        buf_lit(b, "</w:pPr></w:p>");
    x->sections++;
}

static void turn(struct docx *x, bool sideways)
{
    docx_section(x, false);
    x->sideways = sideways;
}

/* ---- tables ---- */

static int text_width(const struct docx *x)
{
    return twips((x->sideways ? PAGE_LONG : PAGE_SHORT) - MARGIN_LEFT - MARGIN_RIGHT);
}

static int column_width(const struct docx *x, const struct document_table *t, size_t i)
{
    int whole = 0;
    for (size_t k = 0; k < t->n; k++)
        whole += t->columns[k].share;
    return text_width(x) * t->columns[i].share / whole;
}

static void put_cell(struct buf *b, int width, size_t span, enum document_style style, enum document_align align,
                     struct str text)
{
    buf_fmt(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", width);
    if (span > 1)
        buf_fmt(b, "<w:gridSpan w:val=\"%zu\"/>", span);
    buf_lit(b, "</w:tcPr>");
    docx_paragraph_aligned(b, style, align, text);
    buf_lit(b, "</w:tc>");
}

static void put_heading(struct docx *x, const struct document_table *t)
{
    buf_lit(x->b, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (size_t i = 0; i < t->n; i++)
        put_cell(x->b, column_width(x, t, i), 1, STYLE_CELL_HEAD, ALIGN_CENTRE, t->columns[i].title);
    buf_lit(x->b, "</w:tr>");
}

static void put_row(struct docx *x, const struct document_table *t, const struct table_row *row)
{
    buf_lit(x->b, "<w:tr><w:trPr><w:cantSplit/></w:trPr>"); /* unless it is longer than a page */
    if (row->group)
        put_cell(x->b, text_width(x), t->n, STYLE_GROUP, ALIGN_LEFT, row->cell[0]);
    for (size_t i = 0; !row->group && i < t->n; i++)
        put_cell(x->b, column_width(x, t, i), 1, STYLE_CELL, t->columns[i].align, i < row->n ? row->cell[i] : STR(""));
    buf_lit(x->b, "</w:tr>");
}

static void put_table(struct docx *x, const struct document_table *t)
{
    static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
    buf_fmt(x->b, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", text_width(x));
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        buf_fmt(x->b, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>", sides[i]);
    buf_lit(
        x->b,
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"50\" w:type=\"dxa\"/><w:left w:w=\"70\" "
        "w:type=\"dxa\"/><w:bottom w:w=\"50\" w:type=\"dxa\"/><w:right w:w=\"70\" "
        "w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < t->n; i++)
        buf_fmt(x->b, "<w:gridCol w:w=\"%d\"/>", column_width(x, t, i));
    buf_lit(x->b, "</w:tblGrid>");
    put_heading(x, t);
    for (size_t i = 0; i < t->rows.n; i++)
        put_row(x, t, &t->rows.v[i]);
    buf_lit(x->b, "</w:tbl>");
    docx_paragraph(x->b, STYLE_CELL, STR("")); /* two tables that touch become one */
}

/* ---- a QR code ---- */

static void put_qr(struct docx *x, struct str text)
{
    struct str png;
    if (qr_png(x->arena, text, &png) != 0)
        return;
    *vec_push(x->arena, &x->pictures) = png;
    size_t n = x->pictures.n;
    int side = (int)(30 * 36000); /* 30 mm in English Metric Units */
    buf_fmt(
        x->b,
        "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%d\" cy=\"%d\"/>"
        "<wp:docPr id=\"%zu\" name=\"QR %zu\" descr=\"QR: ",
        side, side, n, n);
    docx_put_attribute(x->b, text);
    buf_fmt(x->b,
            "\"/><a:graphic><a:graphicData "
            "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
            "<pic:cNvPr id=\"%zu\" name=\"picture%zu.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
            "r:embed=\"rPicture%zu\"/>"
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" "
            "cy=\"%d\"/>"
            "</a:xfrm><a:prstGeom "
            "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
            "</w:drawing></w:r></w:p>",
            n, n, n, side, side);
}

/* ---- blocks ---- */

static void put_block(struct docx *x, const struct document_block *block)
{
    switch (block->kind) {
    case BLOCK_TABLE:
        put_table(x, block->table);
        break;
    case BLOCK_QR:
        put_qr(x, block->text);
        break;
    case BLOCK_SIDEWAYS:
    case BLOCK_UPRIGHT:
        turn(x, block->kind == BLOCK_SIDEWAYS);
        break;
    case BLOCK_SIGNATURE:
        docx_foot(x);
        break;
    default:
        docx_paragraph(x->b, document_block_style(block), block->text);
    }
}

void docx_blocks(struct docx *x)
{
    for (size_t i = 0; i < x->d->blocks.n; i++)
        put_block(x, &x->d->blocks.v[i]);
}
