/* String literals of C and of po files: the same escapes. */
#include "tools/i18nc/i18nc.h"

#include <utf8proc.h>

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* \uXXXX, \UXXXXXXXX: exactly `digits` digits. */
static bool read_code_point(struct str s, size_t *i, int digits, struct buf *b)
{
    utf8proc_int32_t code = 0;
    for (int k = 0; k < digits; k++, ++*i) {
        int v = *i < s.n ? hex_value(s.p[*i]) : -1;
        if (v < 0 || code > 0x10FFFF)
            return false;
        code = code * 16 + v;
    }
    utf8proc_uint8_t utf8[4];
    if (!utf8proc_codepoint_valid(code))
        return false;
    buf_put_bytes(b, utf8, (size_t)utf8proc_encode_char(code, utf8));
    return true;
}

/* \x41, \101: up to `digits` digits of that base; not zero, which would end the C string. */
static bool read_number(struct str s, size_t *i, int digits, int base, struct buf *b)
{
    int value = 0, k = 0;
    for (; k < digits && *i < s.n; k++, ++*i) {
        int v = hex_value(s.p[*i]);
        if (v < 0 || v >= base)
            break;
        value = value * base + v;
    }
    if (k == 0 || value == 0 || value > 255)
        return false;
    buf_put_char(b, (char)value);
    return true;
}

static bool read_escape(struct str s, size_t *i, struct buf *b)
{
    static const char from[] = "nrt\"\\'?", to[] = "\n\r\t\"\\'?";
    char c = *i < s.n ? s.p[*i] : '\0';
    if (c >= '0' && c <= '7')
        return read_number(s, i, 3, 8, b);
    ++*i;
    if (c == 'x')
        return read_number(s, i, 2, 16, b);
    if (c == 'u' || c == 'U')
        return read_code_point(s, i, c == 'u' ? 4 : 8, b);
    for (size_t k = 0; from[k]; k++) {
        if (from[k] == c) {
            buf_put_char(b, to[k]);
            return true;
        }
    }
    return false;
}

bool read_literal(struct str s, size_t *i, struct buf *b)
{
    ++*i;
    while (*i < s.n && s.p[*i] != '\n') {
        char c = s.p[(*i)++];
        if (c == '"')
            return true;
        if (c != '\\')
            buf_put_char(b, c);
        else if (!read_escape(s, i, b))
            return false;
    }
    return false;
}
