/* scan_pixels.h: a scan as points of grey, at the size at which letters are judged: libjpeg-turbo and libpng unpack it, within bounds. */
#ifndef BON_ENGINES_COUNTER_SCAN_PIXELS_H
#define BON_ENGINES_COUNTER_SCAN_PIXELS_H

#include "engines/cases/scan_size.h"

struct grey {
    int width, height;
    unsigned char *p; /* row after row; free() */
};
/* What is kept whole for a moment: the points of a PNG or of a JPEG's fraction, a byte each; of a JPEG in several passes all its
 * coefficients, six bytes a point. */
enum { GREY_WHOLE_MAX = 20 * 1000 * 1000, GREY_PASSES_MAX = 8 * 1000 * 1000 };
/* The longer side has at least this many points when the scan does, and less than twice as many. */
enum { GREY_SIDE = 1600 };
enum grey_result { GREY_DONE, GREY_TOO_MUCH, GREY_BROKEN };
/* size: of these bytes, not too large. */
enum grey_result grey_read(struct str bytes, const struct scan_size *size, struct grey *out);

#endif
