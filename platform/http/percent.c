/* percent.c: %XX escapes of URLs and form bodies (RFC 3986 section 2.1, WHATWG URL 5.1). */
#include "platform/http/http.h"

#include <string.h>

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

static bool needs_work(struct str s, bool plus_is_space)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '%' || (plus_is_space && s.p[i] == '+'))
            return true;
    return false;
}

bool parse_percent(struct arena *a, struct str s, bool plus_is_space, struct str *out)
{
    /* Most paths and values carry no escape: they are borrowed as they stand. */
    if (!s.p)
        s = STR("");
    if (!needs_work(s, plus_is_space)) {
        if (memchr(s.p, 0, s.n))
            return false;
        *out = s;
        return true;
    }
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%') {
            bool whole = s.n - i > 2;
            int high = whole ? hex_value(s.p[i + 1]) : -1;
            int low = whole ? hex_value(s.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (plus_is_space && c == '+') {
            c = ' ';
        }
        if (c == 0)
            return false;
        to[n++] = c;
    }
    *out = (struct str) { to, n };
    return true;
}

void urlencode(struct buf *b, struct str value)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c) != NULL;
        if (plain && c) {
            buf_put_char(b, (char)c);
            continue;
        }
        buf_put_char(b, '%');
        buf_put_char(b, hex[c >> 4]);
        buf_put_char(b, hex[c & 15]);
    }
}

void urlencode_param(struct buf *b, const char *name, struct str value)
{
    if (b->n > 0)
        buf_put_char(b, '&');
    buf_put(b, str_of(name));
    buf_put_char(b, '=');
    urlencode(b, value);
}
