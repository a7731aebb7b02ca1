/* vietqr.c: the text of a VietQR: tag, two digits of length, value; at its end a checksum over everything before it and its own head. */
#include "engines/payments/payments.h"

enum { VIETQR_MAX = 512, PURPOSE_MAX = 25, ACCOUNT_MAX = 19, BIN_LENGTH = 6, CRC_LENGTH = 4 };
#define NAPAS   STR("A000000727")
#define SERVICE STR("QRIBFTTA")

uint16_t vietqr_crc(struct str s)
{
    unsigned crc = 0xFFFF;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (unsigned)(unsigned char)s.p[i] << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = ((crc & 0x8000u) ? (crc << 1) ^ 0x1021u : crc << 1) & 0xFFFFu;
    }
    return (uint16_t)crc;
}

/* ---- writing ---- */

static void put(struct buf *b, const char *tag, struct str value)
{
    buf_fmt(b, "%s%02zu%.*s", tag, value.n, STR_ARG(value));
}

static bool is_plain(struct str s, size_t most)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' '))
            return false;
    }
    return s.n <= most;
}

static struct str receiver(struct arena *a, const struct vietqr *v)
{
    struct buf inner, outer;
    buf_init(&inner, a, VIETQR_MAX);
    buf_init(&outer, a, VIETQR_MAX);
    put(&inner, "00", v->bin);
    put(&inner, "01", v->account);
    put(&outer, "00", NAPAS);
    put(&outer, "01", buf_str(&inner));
    put(&outer, "02", SERVICE);
    return buf_str(&outer);
}

struct str vietqr_text(struct arena *a, const struct vietqr *v)
{
    struct buf b, more;
    if (!str_is_digits(v->bin) || v->bin.n != BIN_LENGTH || !v->account.n || !is_plain(v->account, ACCOUNT_MAX) ||
        !is_plain(v->purpose, PURPOSE_MAX) || v->amount.dong < 0)
        return STR_NONE;
    buf_init(&b, a, VIETQR_MAX);
    buf_init(&more, a, VIETQR_MAX);
    put(&b, "00", STR("01"));
    put(&b, "01", v->amount.dong ? STR("12") : STR("11"));
    put(&b, "38", receiver(a, v));
    put(&b, "53", STR("704"));
    if (v->amount.dong)
        put(&b, "54", str_fmt(a, "%lld", (long long)v->amount.dong));
    put(&b, "58", STR("VN"));
    if (v->purpose.n) {
        put(&more, "08", v->purpose);
        put(&b, "62", buf_str(&more));
    }
    buf_lit(&b, "6304");
    buf_fmt(&b, "%04X", (unsigned)vietqr_crc(buf_str(&b)));
    return buf_str(&b);
}

/* ---- reading ---- */

/* The next tag of *rest. False: the end, or no tag. */
static bool next(struct str *rest, struct str *tag, struct str *value)
{
    int64_t n;
    if (rest->n < 4 || !str_is_digits(str_head(*rest, 4)) || !str_to_i64((struct str) { rest->p + 2, 2 }, &n) ||
        rest->n < 4 + (size_t)n)
        return false;
    *tag = str_head(*rest, 2);
    *value = (struct str) { rest->p + 4, (size_t)n };
    *rest = str_from(*rest, 4 + (size_t)n);
    return true;
}

static struct str tagged(struct str in, const char *tag)
{
    struct str t, value;
    while (next(&in, &t, &value))
        if (str_eq(t, str_of(tag)))
            return value;
    return STR_NONE;
}

static bool is_whole(struct str rest)
{
    struct str tag, value;
    while (next(&rest, &tag, &value))
        ;
    return rest.n == 0;
}

int vietqr_read(struct arena *a, struct str text, struct vietqr *out, struct err *e)
{
    struct str body = str_head(text, text.n > CRC_LENGTH ? text.n - CRC_LENGTH : 0);
    struct str sum = str_fmt(a, "%04X", (unsigned)vietqr_crc(body)), amount = tagged(text, "54");
    struct str to = tagged(text, "38"), inner = tagged(to, "01");
    struct vietqr v = { .bin = tagged(inner, "00"), .account = tagged(inner, "01"),
                        .purpose = str_or_empty(tagged(tagged(text, "62"), "08")) };
    if (text.n > VIETQR_MAX || !is_whole(text) || !str_ends(body, STR("6304")) || !str_eq(sum, str_from(text, body.n)))
        return ERR(e, ERR_INPUT, "no VietQR, or its checksum does not fit");
    if (!str_eq(tagged(to, "00"), NAPAS) || v.bin.n != BIN_LENGTH || !v.account.n || !str_eq(tagged(text, "53"), STR("704")))
        return ERR(e, ERR_INPUT, "a QR for payment, but none of NAPAS to an account in đồng");
    if (amount.n && (!str_is_digits(amount) || amount.n > 13 || !str_to_i64(amount, &v.amount.dong)))
        return ERR(e, ERR_INPUT, "its amount is no whole number of đồng");
    *out = v;
    return 0;
}
