/* vietqr.c: the text of a VietQR code: EMVCo's identifier, length, value; NAPAS's application in field 38; CRC-16/CCITT-FALSE over all of
 * it, the head of the checksum's own field included.
 */
#include "models/m02_kiosk/kiosk.h"

enum { VIETQR_MAX = 300 };

uint16_t vietqr_crc(struct str s)
{
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < s.n; i++) {
        crc = (uint16_t)(crc ^ (unsigned)(unsigned char)s.p[i] << 8);
        for (int bit = 0; bit < 8; bit++)
            crc = (uint16_t)(crc & 0x8000 ? (unsigned)crc << 1 ^ 0x1021u : (unsigned)crc << 1);
    }
    return crc;
}

static struct str field(struct arena *a, const char *id, struct str value)
{
    return str_fmt(a, "%s%02zu%.*s", id, value.n, STR_ARG(value));
}

static struct str joined(struct arena *a, struct str x, struct str y)
{
    return str_fmt(a, "%.*s%.*s", STR_ARG(x), STR_ARG(y));
}

struct str vietqr_text(struct arena *a, const struct vietqr *v)
{
    struct buf b;
    struct str bank = joined(a, field(a, "00", v->bin), field(a, "01", v->account));
    struct str transfer = joined(a, field(a, "00", STR("A000000727")), joined(a, field(a, "01", bank), field(a, "02", STR("QRIBFTTA"))));
    buf_init(&b, a, VIETQR_MAX);
    buf_put(&b, field(a, "00", STR("01")));
    buf_put(&b, field(a, "01", STR("12")));
    buf_put(&b, field(a, "38", transfer));
    buf_put(&b, field(a, "53", STR("704")));
    buf_put(&b, field(a, "54", str_fmt(a, "%lld", (long long)v->sum.dong)));
    buf_put(&b, field(a, "58", STR("VN")));
    buf_put(&b, field(a, "62", field(a, "08", v->reference)));
    buf_lit(&b, "6304");
    buf_fmt(&b, "%04X", vietqr_crc(buf_str(&b)));
    return b.full ? STR_NONE : buf_str(&b);
}
