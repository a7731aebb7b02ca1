/* scan_quality.c: size of a JPEG (ISO/IEC 10918-1 B.2) or PNG (ISO/IEC 15948 11.2.2), and bytes a point.
 *
 * Measured on pages at 150 points an inch: a white sheet as JPEG of quality 75 takes 0.04 to 0.13 bits a point, a printed page 0.5
 * and more; as PNG under 0.01 and above 0.05.
 */
#include "engines/counter/scan_quality.h"

#include "platform/http/module.h"

enum { LONG_SIDE = 1170, JPEG_LEAST_MILLIBITS = 160, PNG_LEAST_MILLIBITS = 12 };

static int64_t be16(struct str s, size_t at)
{
    return (int64_t)(unsigned char)s.p[at] << 8 | (unsigned char)s.p[at + 1];
}

static bool png_size(struct str s, struct scan_look *out)
{
    if (s.n < 33 || !str_eq(str_head(s, 8), STR("\x89PNG\r\n\x1a\n")) || !str_eq(str_head(str_from(s, 12), 4), STR("IHDR")))
        return false;
    out->width = be16(s, 16) << 16 | be16(s, 18);
    out->height = be16(s, 20) << 16 | be16(s, 22);
    return true;
}

/* Frame headers are C0 to CF but for tables (C4), an extension (C8) and arithmetic coding (CC). */
static bool is_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool jpeg_size(struct str s, struct scan_look *out)
{
    size_t at = 2;
    if (s.n < 4 || !str_eq(str_head(s, 2), STR("\xff\xd8")))
        return false;
    while (at + 9 <= s.n && (unsigned char)s.p[at] == 0xff) {
        unsigned char marker = (unsigned char)s.p[at + 1];
        if (is_frame(marker)) {
            out->height = be16(s, at + 5);
            out->width = be16(s, at + 7);
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

struct scan_look scan_look(struct str bytes)
{
    struct scan_look look = { .doubt = SCAN_UNKNOWN };
    bool png = png_size(bytes, &look);
    if ((!png && !jpeg_size(bytes, &look)) || look.width <= 0 || look.height <= 0)
        return look;
    int64_t longer = look.width > look.height ? look.width : look.height;
    int64_t least = png ? PNG_LEAST_MILLIBITS : JPEG_LEAST_MILLIBITS;
    look.doubt = SCAN_FINE;
    if (longer < LONG_SIDE)
        look.doubt = SCAN_SMALL;
    else if ((int64_t)bytes.n * 8000 / look.width / look.height < least)
        look.doubt = SCAN_EMPTY;
    return look;
}

struct str scan_doubt_label(enum scan_doubt d)
{
    static const struct str labels[SCAN_DOUBTS_] = {
        [SCAN_FINE] = STR_INIT(""),
        [SCAN_UNKNOWN] = STR_INIT(""),
        [SCAN_SMALL] = MSG("Bản chụp quá nhỏ, chữ có thể không đọc được: xin quét lại từ 150 DPI."),
        [SCAN_EMPTY] = MSG("Bản chụp gần như trắng hoặc quá mờ (ước theo dung lượng tệp): xin xem lại, quét lại nếu cần."),
    };
    return labels[d];
}
