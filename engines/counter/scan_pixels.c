/* scan_pixels.c: a JPEG is unpacked at the fraction of its size that is needed, which costs little; a PNG whole and then thinned. */
#include "engines/counter/scan_pixels.h"

#include <png.h>
#include <stdlib.h>
#include <turbojpeg.h>

/* ---- JPEG ---- */

/* The smallest fraction at which the longer side keeps GREY_SIDE points. */
static void pick_scale(const struct scan_size *size, int *width, int *height)
{
    int n = 0;
    tjscalingfactor *all = tjGetScalingFactors(&n);
    int longer = (int)(size->width > size->height ? size->width : size->height), best = longer;
    *width = (int)size->width;
    *height = (int)size->height;
    for (int i = 0; all && i < n; i++) {
        int scaled = TJSCALED(longer, all[i]);
        if (scaled < best && scaled >= GREY_SIDE) {
            best = scaled;
            *width = TJSCALED((int)size->width, all[i]);
            *height = TJSCALED((int)size->height, all[i]);
        }
    }
}

static enum grey_result read_jpeg(struct str bytes, const struct scan_size *size, struct grey *out)
{
    struct grey g;
    if (size->progressive && size->width * size->height > GREY_PASSES_MAX)
        return GREY_TOO_MUCH;
    pick_scale(size, &g.width, &g.height);
    if ((int64_t)g.width * g.height > GREY_WHOLE_MAX)
        return GREY_TOO_MUCH;
    tjhandle t = tjInitDecompress();
    g.p = malloc((size_t)g.width * (size_t)g.height);
    /* A file may have thousands of passes: the library stops at five hundred. A warning is a cut or damaged file. */
    bool done = t && g.p &&
                tjDecompress2(t, (const unsigned char *)bytes.p, (unsigned long)bytes.n, g.p, g.width, 0, g.height, TJPF_GRAY,
                              TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) == 0;
    if (t)
        tjDestroy(t);
    if (!done) {
        free(g.p);
        return GREY_BROKEN;
    }
    *out = g;
    return GREY_DONE;
}

/* ---- PNG ---- */

/* Every k-th mean of k by k points. */
static void thin(struct grey *g)
{
    int longer = g->width > g->height ? g->width : g->height, k = longer / GREY_SIDE;
    if (k < 2)
        return;
    int width = g->width / k, height = g->height / k;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int sum = 0;
            for (int i = 0; i < k * k; i++)
                sum += g->p[(size_t)(y * k + i / k) * (size_t)g->width + (size_t)(x * k + i % k)];
            g->p[(size_t)y * (size_t)width + (size_t)x] = (unsigned char)(sum / (k * k)); /* never ahead of what is still read */
        }
    g->width = width;
    g->height = height;
}

static enum grey_result read_png(struct str bytes, const struct scan_size *size, struct grey *out)
{
    static const png_color white = { 255, 255, 255 };
    png_image image = { .version = PNG_IMAGE_VERSION };
    struct grey g = { .p = NULL };
    if (size->width * size->height > GREY_WHOLE_MAX)
        return GREY_TOO_MUCH;
    if (png_image_begin_read_from_memory(&image, bytes.p, bytes.n)) {
        image.format = PNG_FORMAT_GRAY;
        g.width = (int)image.width;
        g.height = (int)image.height;
        bool fits = image.width == (png_uint_32)size->width && image.height == (png_uint_32)size->height;
        g.p = fits ? malloc(PNG_IMAGE_SIZE(image)) : NULL;
        if (g.p && png_image_finish_read(&image, &white, g.p, 0, NULL) && !PNG_IMAGE_FAILED(image)) {
            thin(&g);
            *out = g;
            return GREY_DONE;
        }
    }
    png_image_free(&image);
    free(g.p);
    return GREY_BROKEN;
}

enum grey_result grey_read(struct str bytes, const struct scan_size *size, struct grey *out)
{
    return size->kind == SCAN_PNG ? read_png(bytes, size, out) : read_jpeg(bytes, size, out);
}
