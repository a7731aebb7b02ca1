/* qr.c: a QR code (ISO/IEC 18004) as one SVG path of runs of dark modules, error correction M, quiet zone of four modules. */
#include "platform/html/components.h"

#include <qrencode.h>
#include <string.h>

enum {
    QUIET = 4,
    MAX_TEXT = 2331, /* bytes in a version 40 code at level M */
    MAX_PATH = 160 * 1024,
};

static void draw_row(struct buf *b, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width; x++) {
        if (!(row[x] & 1))
            continue;
        int start = x;
        while (x < width && row[x] & 1)
            x++;
        buf_fmt(b, "M%d %dh%dv1h-%dz", start + QUIET, y + QUIET, x - start, x - start);
    }
}

/* The modules in the arena, or NULL; the library's own memory is given back before anything here can jump away. */
static unsigned char *modules(struct arena *a, struct str text, int *width)
{
    QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!code)
        return NULL;
    size_t n = (size_t)code->width * (size_t)code->width;
    unsigned char *copy = arena_try(a, n);
    if (copy)
        memcpy(copy, code->data, n);
    *width = code->width;
    QRcode_free(code);
    return copy;
}

struct qr_image qr_image(const struct html *h, struct str text)
{
    struct qr_image out = { 0 };
    int width = 0;
    if (!text.n || text.n > MAX_TEXT)
        return out;
    const unsigned char *rows = modules(h->arena, text, &width);
    if (!rows)
        return out;
    struct buf b;
    buf_init(&b, h->arena, MAX_PATH);
    for (int y = 0; y < width; y++)
        draw_row(&b, rows + (size_t)y * (size_t)width, width, y);
    if (b.full)
        return out;
    out.side = width + 2 * QUIET;
    out.path = buf_str(&b);
    out.box = str_fmt(h->arena, "0 0 %lld %lld", (long long)out.side, (long long)out.side);
    return out;
}
