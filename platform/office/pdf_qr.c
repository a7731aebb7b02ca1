/* pdf_qr.c: a QR code, 30 mm with its quiet zone, at the left edge. */
#include "platform/office/pdf_inside.h"

#include "platform/office/qr.h"

enum { QR_MM = 30 };

void pdf_qr(struct pdf *p, struct str text)
{
    double side = QR_MM * POINTS_PER_MM;
    struct qr q;
    if (!qr_make(p->d->arena, text, &q))
        return;
    pdf_need(p, side);
    double module = side / (q.width + 2 * QR_QUIET);
    pdf_tag_begin(p, "Figure");
    for (int y = 0; y < q.width; y++)
        for (int x = 0; x < q.width; x++)
            if (qr_is_dark(&q, x, y))
                cairo_rectangle(p->cr, p->left + (x + QR_QUIET) * module, p->y + (y + QR_QUIET) * module, module, module);
    cairo_fill(p->cr);
    pdf_tag_end(p);
    p->y += side;
}
