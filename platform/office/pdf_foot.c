/* pdf_foot.c: receivers at the left, the signature at the right: together on one page. */
#include "platform/office/pdf_inside.h"

struct spot {
    double x, width, y;
    bool draw; /* false: only measured */
};

static void put(struct pdf *p, struct spot *at, enum document_style style, struct str text)
{
    PangoLayout *l = pdf_layout(p, style, text, at->width);
    if (at->draw)
        pdf_show(p, l, document_style(style)->tag, at->x, at->y);
    at->y += pdf_layout_height(l);
    g_object_unref(l);
}

static void receivers(struct pdf *p, struct spot *at)
{
    const document_texts *list = &p->words->receivers;
    for (size_t i = 0; i < list->n; i++)
        put(p, at, i ? STYLE_RECEIVER : STYLE_RECEIVERS, list->v[i]);
}

static void signature(struct pdf *p, struct spot *at)
{
    for (size_t i = 0; i < p->d->authority.n; i++)
        put(p, at, STYLE_AUTHORITY, p->d->authority.v[i]);
    if (p->d->authority.n)
        at->y += SIGNATURE_ROOM;
    if (p->d->signer.n)
        put(p, at, STYLE_SIGNER, p->d->signer);
}

static double both(struct pdf *p, double y, bool draw)
{
    double whole = p->right - p->left;
    struct spot left = { p->left, whole * FOOT_LEFT, y, draw };
    struct spot right = { p->left + whole * FOOT_LEFT, whole * (1 - FOOT_LEFT), y, draw };
    receivers(p, &left);
    signature(p, &right);
    return left.y > right.y ? left.y : right.y;
}

void pdf_foot(struct pdf *p)
{
    p->y += 12;
    pdf_need(p, both(p, 0, false));
    p->y = both(p, p->y, true);
}
