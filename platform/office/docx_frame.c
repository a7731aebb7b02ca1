/* docx_frame.c: the two-column tables without lines above and below the text: agency and nation, receivers and signature. */
#include "platform/office/docx_inside.h"

/* A rule below a line: the line's own lower edge would be as wide as the column, so it is an empty paragraph whose upper edge is
 * drawn, drawn in by half of what is left. Widths are guessed; a few points more or less are not seen. */
static double guess_width_mm(struct str text, double size)
{
    double em = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c & 0xC0) == 0x80)
            continue;
        em += c == ' ' || c == '-' || c == '.' ? 0.27 : (c >= 'A' && c <= 'Z') ? 0.7 : c >= 0x80 ? 0.6 : 0.5;
    }
    return em * size / 72 * 25.4;
}

static void put_rule(struct buf *b, struct str above, double size, double column_mm, double share)
{
    double length = guess_width_mm(above, size);
    length = (length > column_mm ? column_mm : length) * share;
    int indent = twips((column_mm - length) / 2);
    buf_fmt(b,
            "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr><w:spacing "
            "w:before=\"20\" "
            "w:after=\"0\" w:line=\"60\" w:lineRule=\"exact\"/><w:ind w:left=\"%d\" w:right=\"%d\"/></w:pPr></w:p>",
            indent, indent);
}

static double left_mm(double share)
{
    return (PAGE_SHORT - MARGIN_LEFT - MARGIN_RIGHT) * share;
}

static void begin_table(struct buf *b, int left, int right)
{
    buf_fmt(
        b,
        "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" "
        "w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol "
        "w:w=\"%d\"/><w:gridCol "
        "w:w=\"%d\"/></w:tblGrid>",
        left + right, left, right);
}

static void begin_row(struct buf *b, int left)
{
    buf_fmt(b, "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", left);
}

static void next_cell(struct buf *b, int right)
{
    buf_fmt(b, "</w:tc><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", right);
}

static void put_head_table(struct docx *x)
{
    struct buf *b = x->b;
    double left = left_mm(HEAD_LEFT), right = left_mm(1 - HEAD_LEFT);
    begin_table(b, twips(left), twips(right));
    begin_row(b, twips(left));
    if (x->d->above.n)
        docx_paragraph(b, STYLE_ABOVE, x->d->above);
    docx_paragraph(b, STYLE_AGENCY, x->d->agency);
    put_rule(b, x->d->agency, document_style(STYLE_AGENCY)->size, left, 0.4);
    next_cell(b, twips(right));
    docx_paragraph(b, STYLE_NATION, document_nation());
    docx_paragraph(b, STYLE_MOTTO, document_motto());
    put_rule(b, document_motto(), document_style(STYLE_MOTTO)->size, right, 1);
    buf_lit(b, "</w:tc></w:tr>");
    begin_row(b, twips(left));
    docx_paragraph(b, STYLE_NUMBER, x->words->number);
    if (x->d->kind.n == 0 && x->d->about.n)
        docx_paragraph(b, STYLE_ABOUT_LETTER, x->d->about);
    next_cell(b, twips(right));
    docx_paragraph(b, STYLE_DATE, x->words->date);
    buf_lit(b, "</w:tc></w:tr></w:tbl>");
}

void docx_head(struct docx *x)
{
    const document_texts *to = &x->words->to;
    if (x->d->form.n)
        docx_paragraph(x->b, STYLE_FORM, x->d->form);
    put_head_table(x);
    if (x->d->kind.n) {
        docx_paragraph(x->b, STYLE_KIND, x->d->kind);
        docx_paragraph(x->b, STYLE_ABOUT, x->d->about);
        put_rule(x->b, x->d->about, document_style(STYLE_ABOUT)->size, PAGE_SHORT - MARGIN_LEFT - MARGIN_RIGHT, 0.35);
    }
    docx_paragraph(x->b, STYLE_CELL, STR(""));
    for (size_t i = 0; i < to->n; i++)
        docx_paragraph(x->b, i ? STYLE_TO_ONE : STYLE_TO, to->v[i]);
    if (to->n)
        docx_paragraph(x->b, STYLE_CELL, STR(""));
}

/* Empty lines between the office and the name, where the hand signs. */
static void put_signature_room(struct buf *b)
{
    buf_fmt(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:spacing w:before=\"%d\"/></w:pPr></w:p>",
            document_style(STYLE_SIGNER)->id, (SIGNATURE_ROOM - 16) * 20);
}

void docx_foot(struct docx *x)
{
    struct buf *b = x->b;
    const document_texts *receivers = &x->words->receivers;
    double left = left_mm(FOOT_LEFT), right = left_mm(1 - FOOT_LEFT);
    docx_paragraph(b, STYLE_CELL, STR(""));
    begin_table(b, twips(left), twips(right));
    begin_row(b, twips(left));
    for (size_t i = 0; i < receivers->n; i++)
        docx_paragraph(b, i ? STYLE_RECEIVER : STYLE_RECEIVERS, receivers->v[i]);
    if (receivers->n == 0)
        docx_paragraph(b, STYLE_RECEIVER, STR(""));
    next_cell(b, twips(right));
    for (size_t i = 0; i < x->d->authority.n; i++)
        docx_paragraph(b, STYLE_AUTHORITY, x->d->authority.v[i]);
    put_signature_room(b);
    docx_paragraph(b, STYLE_SIGNER, x->d->signer);
    buf_lit(b, "</w:tc></w:tr></w:tbl>");
    docx_paragraph(b, STYLE_CELL, STR("")); /* a body does not end with a table */
}
