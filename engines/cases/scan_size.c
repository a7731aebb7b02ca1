/* scan_size.c: size of a JPEG (ISO/IEC 10918-1 B.2) or PNG (ISO/IEC 15948 11.2.2). */
#include "engines/cases/scan_size.h"

static int64_t be16(struct str s, size_t at)
{
    return (int64_t)(unsigned char)s.p[at] << 8 | (unsigned char)s.p[at + 1];
}

static bool png_size(struct str s, struct scan_size *out)
{
    if (s.n < 33 || !str_eq(str_head(s, 8), STR("\x89PNG\r\n\x1a\n")) || !str_eq(str_head(str_from(s, 12), 4), STR("IHDR")))
        return false;
    *out = (struct scan_size) {
        .kind = SCAN_PNG, .width = be16(s, 16) << 16 | be16(s, 18), .height = be16(s, 20) << 16 | be16(s, 22)
    };
    return true;
}

/* Frame headers are C0 to CF but for tables (C4), an extension (C8) and arithmetic coding (CC). */
static bool is_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool jpeg_size(struct str s, struct scan_size *out)
{
    size_t at = 2;
    if (s.n < 4 || !str_eq(str_head(s, 2), STR("\xff\xd8")))
        return false;
    while (at + 9 <= s.n && (unsigned char)s.p[at] == 0xff) {
        unsigned char marker = (unsigned char)s.p[at + 1];
        if (is_frame(marker)) {
            *out = (struct scan_size) {
                .kind = SCAN_JPEG, .progressive = marker != 0xc0 && marker != 0xc1, .height = be16(s, at + 5), .width = be16(s, at + 7)
            };
            return true;
        }
        if (marker == 0xff) { /* filling */
            at++;
            continue;
        }
        at += 2 + (size_t)be16(s, at + 2);
    }
    return false;
}

struct scan_size scan_size_of(struct str bytes)
{
    struct scan_size size = { .kind = SCAN_NO_PICTURE };
    if ((!png_size(bytes, &size) && !jpeg_size(bytes, &size)) || size.width <= 0 || size.height <= 0)
        return (struct scan_size) { .kind = SCAN_NO_PICTURE };
    return size;
}

bool scan_too_large(const struct scan_size *s)
{
    return s->width > SCAN_SIDE_MAX || s->height > SCAN_SIDE_MAX || s->width * s->height > SCAN_POINTS_MAX;
}
