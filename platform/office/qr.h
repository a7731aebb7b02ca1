/* qr.h: the modules of a QR code (ISO/IEC 18004), error correction M. Whoever draws it leaves QR_QUIET modules free around it. */
#ifndef BON_PLATFORM_OFFICE_QR_H
#define BON_PLATFORM_OFFICE_QR_H

#include "base/err.h"

enum { QR_QUIET = 4 };

struct qr {
    const unsigned char *module; /* width * width, 1 is dark */
    int width;
};

/* False: the text is empty, does not fit a code, or the arena is full; it does not jump. */
bool qr_make(struct arena *a, struct str text, struct qr *out);
static inline bool qr_is_dark(const struct qr *q, int x, int y)
{
    return q->module[y * q->width + x] != 0;
}

/* The same as PNG, eight dots a module. -1: as above. */
int qr_png(struct arena *a, struct str text, struct str *out);

#endif
