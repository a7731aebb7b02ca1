/* qr.c: a QR code as one SVG path of runs of dark modules. */
#include "platform/html/components.h"

#include "platform/office/qr.h"

enum { MAX_PATH = 160 * 1024 };

static void draw_row(struct buf *b, const struct qr *q, int y)
{
    for (int x = 0; x < q->width; x++) {
        if (!qr_is_dark(q, x, y))
            continue;
        int start = x;
        while (x < q->width && qr_is_dark(q, x, y))
            x++;
        buf_fmt(b, "M%d %dh%dv1h-%dz", start + QR_QUIET, y + QR_QUIET, x - start, x - start);
    }
}

struct qr_image qr_image(const struct html *h, struct str text)
{
    struct qr_image out = { 0 };
    struct qr q;
    if (!qr_make(h->arena, text, &q))
        return out;
    struct buf b;
    buf_init(&b, h->arena, MAX_PATH);
    for (int y = 0; y < q.width; y++)
        draw_row(&b, &q, y);
    if (b.full)
        return out;
    out.side = q.width + 2 * QR_QUIET;
    out.path = buf_str(&b);
    out.box = str_fmt(h->arena, "0 0 %lld %lld", (long long)out.side, (long long)out.side);
    return out;
}
