/* Bytes as text: hex and base64url, and the comparison of secrets. Part of str.h. */
#include "base/str.h"

struct str str_hex(struct arena *a, const void *bytes, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *from = bytes;
    char *p = arena_array(a, n, 2);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = digit[from[i] >> 4];
        p[2 * i + 1] = digit[from[i] & 15];
    }
    return (struct str) { p, 2 * n };
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool str_unhex(struct str s, void *bytes, size_t n)
{
    unsigned char *to = bytes;
    if (s.n % 2 || s.n / 2 != n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (hex_value(s.p[i]) < 0)
            return false;
    for (size_t i = 0; i < n; i++)
        to[i] = (unsigned char)(hex_value(s.p[2 * i]) * 16 + hex_value(s.p[2 * i + 1]));
    return true;
}

struct str str_base64url(struct arena *a, const void *bytes, size_t n)
{
    static const char sign[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const unsigned char *from = bytes;
    char *p = arena_array(a, n / 3 + 1, 4);
    size_t out = 0;
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned v = (unsigned)from[i] << 16;
        if (left > 1)
            v |= (unsigned)from[i + 1] << 8;
        if (left > 2)
            v |= from[i + 2];
        p[out++] = sign[v >> 18];
        p[out++] = sign[v >> 12 & 63];
        if (left > 1)
            p[out++] = sign[v >> 6 & 63];
        if (left > 2)
            p[out++] = sign[v & 63];
    }
    return (struct str) { p, out };
}

static int base64url_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-')
        return 62;
    return c == '_' ? 63 : -1;
}

/* One text for one value: padding, foreign signs and leftover bits that are not zero are refused, so that two different
 * tokens never mean the same bytes. */
bool str_unbase64url(struct arena *a, struct str s, struct str *out)
{
    if (!s.p || s.n % 4 == 1)
        return false;
    char *p = arena_alloc(a, s.n / 4 * 3 + 3);
    size_t n = 0;
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < s.n; i++) {
        int v = base64url_value(s.p[i]);
        if (v < 0)
            return false;
        held = held << 6 | (unsigned)v;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            p[n++] = (char)(unsigned char)(held >> bits & 255);
        }
        held &= (1u << bits) - 1;
    }
    if (held)
        return false;
    *out = (struct str) { p, n };
    return true;
}

bool str_eq_secret(struct str a, struct str b)
{
    if (!a.p || !b.p || a.n != b.n)
        return false;
    volatile unsigned char different = 0;
    for (size_t i = 0; i < a.n; i++)
        different = (unsigned char)(different | ((unsigned char)a.p[i] ^ (unsigned char)b.p[i]));
    return different == 0;
}
