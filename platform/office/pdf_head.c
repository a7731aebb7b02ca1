/* pdf_head.c: the top of the first page: agency at the left, nation at the right, number and date below them, then the title. */
#include "platform/office/pdf_inside.h"

/* One style after the other in a column; `rule` under the last, as a share of its length. Returns the height reached. */
struct column {
    double x, width, y;
};

/* A name over several lines is as even as it can be: the narrowest width in which it takes no line more. */
static double balance(PangoLayout *l, double width)
{
    int lines = pango_layout_get_line_count(l);
    double narrow = width;
    while (lines > 1 && narrow > width / 2) {
        pango_layout_set_width(l, (int)((narrow - 3) * PANGO_SCALE));
        if (pango_layout_get_line_count(l) > lines)
            break;
        narrow -= 3;
    }
    pango_layout_set_width(l, (int)(narrow * PANGO_SCALE));
    return (width - narrow) / 2;
}

static void put(struct pdf *p, struct column *c, enum document_style style, struct str text, double rule)
{
    const struct text_style *s = document_style(style);
    PangoLayout *l = pdf_layout(p, style, text, c->width);
    double aside = balance(l, c->width);
    c->y += s->before;
    pdf_show(p, l, s->tag, c->x + aside, c->y);
    c->y += pdf_layout_height(l);
    if (rule > 0) {
        c->y += 2;
        pdf_rule(p, l, c->x, c->width, c->y, rule);
        c->y += 2;
    }
    c->y += s->after;
    g_object_unref(l);
}

static void put_addressees(struct pdf *p)
{
    const document_texts *to = &p->words->to;
    for (size_t i = 0; i < to->n; i++)
        pdf_text(p, i ? STYLE_TO_ONE : STYLE_TO, to->v[i], 0);
    if (to->n)
        p->y += 12;
}

static void put_title(struct pdf *p)
{
    struct column c = { p->left, p->right - p->left, p->y };
    if (p->d->kind.n == 0)
        return;
    put(p, &c, STYLE_KIND, p->d->kind, 0);
    put(p, &c, STYLE_ABOUT, p->d->about, 0.35);
    p->y = c.y + 10;
}

void pdf_head(struct pdf *p)
{
    if (p->d->form.n)
        pdf_text(p, STYLE_FORM, p->d->form, 0);
    double whole = p->right - p->left;
    struct column left = { p->left, whole * HEAD_LEFT, p->y };
    struct column right = { p->left + whole * HEAD_LEFT, whole * (1 - HEAD_LEFT), p->y };
    if (p->d->above.n)
        put(p, &left, STYLE_ABOVE, p->d->above, 0);
    put(p, &left, STYLE_AGENCY, p->d->agency, 0.4);
    put(p, &right, STYLE_NATION, document_nation(), 0);
    put(p, &right, STYLE_MOTTO, document_motto(), 1);
    double level = left.y > right.y ? left.y : right.y;
    left.y = right.y = level;
    put(p, &left, STYLE_NUMBER, p->words->number, 0);
    if (p->d->kind.n == 0 && p->d->about.n)
        put(p, &left, STYLE_ABOUT_LETTER, p->d->about, 0);
    put(p, &right, STYLE_DATE, p->words->date, 0);
    p->y = left.y > right.y ? left.y : right.y;
    put_title(p);
    put_addressees(p);
}
