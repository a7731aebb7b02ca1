/* qr.c: see qr.h. */
#include "platform/office/qr.h"

#include "platform/office/memory_file.h"

#include <cairo.h>
#include <qrencode.h>

enum {
    DOTS = 8,
    PNG_MAX = 1 << 20,
    TEXT_MAX = 2331, /* bytes in a version 40 code at level M */
};

/* The library's own memory is given back before anything could jump away. */
bool qr_make(struct arena *a, struct str text, struct qr *out)
{
    QRcode *code = NULL;
    if (text.n && text.n <= TEXT_MAX)
        code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    size_t n = (size_t)code->width * (size_t)code->width;
    unsigned char *copy = arena_try(a, n);
    for (size_t i = 0; copy && i < n; i++)
        copy[i] = code->data[i] & 1;
    *out = (struct qr) { copy, code->width };
    QRcode_free(code);
    return copy != NULL;
}

static cairo_status_t put_bytes(void *file, const unsigned char *bytes, unsigned n)
{
    return memory_file_put(file, bytes, n) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void draw(cairo_t *cr, const struct qr *q)
{
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int y = 0; y < q->width; y++)
        for (int x = 0; x < q->width; x++)
            if (qr_is_dark(q, x, y))
                cairo_rectangle(cr, (x + QR_QUIET) * DOTS, (y + QR_QUIET) * DOTS, DOTS, DOTS);
    cairo_fill(cr);
}

int qr_png(struct arena *a, struct str text, struct str *out)
{
    struct memory_file file = { .max = PNG_MAX };
    struct qr q;
    if (!qr_make(a, text, &q))
        return -1;
    int side = (q.width + 2 * QR_QUIET) * DOTS;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(surface);
    draw(cr, &q);
    cairo_destroy(cr);
    if (cairo_surface_write_to_png_stream(surface, put_bytes, &file) != CAIRO_STATUS_SUCCESS)
        file.failed = true;
    cairo_surface_destroy(surface);
    return memory_file_take(&file, a, out);
}
