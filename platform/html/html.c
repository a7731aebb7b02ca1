/* The escapers. Each walks to the next byte that matters and copies what lies before it in one piece. */
#include "platform/html/html.h"

#include <string.h>

void html_raw(struct html *h, const char *p, size_t n)
{
    buf_put_bytes(h->out, p, n);
}

/* What replaces a byte, by its code; index 0 is "the byte itself". */
static const struct str entities[] = {
    STR_INIT(""), STR_INIT("&amp;"), STR_INIT("&lt;"), STR_INIT("&gt;"), STR_INIT("&quot;"), STR_INIT("&#39;"),
};

static const uint8_t text_code[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3 };
static const uint8_t attr_code[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };

static void put_escaped(struct buf *out, struct str s, const uint8_t code[256])
{
    const char *p = s.p, *end = s.p + s.n, *from = s.p;
    for (; p < end; p++) {
        uint8_t k = code[(unsigned char)*p];
        if (!k)
            continue;
        buf_put_bytes(out, from, (size_t)(p - from));
        buf_put(out, entities[k]);
        from = p + 1;
    }
    buf_put_bytes(out, from, (size_t)(end - from));
}

void html_text(struct html *h, struct str s)
{
    if (s.n)
        put_escaped(h->out, s, text_code);
}

void html_attr(struct html *h, struct str s)
{
    if (s.n)
        put_escaped(h->out, s, attr_code);
}

/* RFC 3986 section 2.3: unreserved characters stand for themselves, every other byte is %XX. */
static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void html_query(struct html *h, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_unreserved(c))
            continue;
        char code[3] = { '%', hex[c >> 4], hex[c & 15] };
        buf_put_bytes(h->out, s.p + from, i - from);
        buf_put_bytes(h->out, code, sizeof(code));
        from = i + 1;
    }
    if (from < s.n)
        buf_put_bytes(h->out, s.p + from, s.n - from);
}

void html_path(struct html *h, struct str s)
{
    bool dots = str_eq(s, STR(".")) || str_eq(s, STR(".."));
    html_query(h, dots ? STR("-") : s);
}

/* Browsers drop tabs and line breaks inside a URL and read \ as /, so "/\t/evil" and "/\evil" would be other hosts. */
static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return true;
    return false;
}

static bool url_is_ours(struct str s)
{
    static const struct str schemes[] = { STR_INIT("https://"), STR_INIT("mailto:"), STR_INIT("tel:") };
    if (s.n == 0 || has_control(s))
        return false;
    if (s.p[0] == '/')
        return s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\');
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (s.n > schemes[i].n && str_eq_nocase(str_head(s, schemes[i].n), schemes[i]))
            return true;
    return false;
}

void html_url(struct html *h, struct str s)
{
    html_attr(h, url_is_ours(s) ? s : STR("#refused"));
}

/* U+2028 and U+2029 are E2 80 A8 and E2 80 A9; older JavaScript takes them for line ends. */
static size_t json_special(const unsigned char *p, size_t left, const char **as)
{
    switch (*p) {
    case '<':
        *as = "\\u003c";
        return 1;
    case '>':
        *as = "\\u003e";
        return 1;
    case '&':
        *as = "\\u0026";
        return 1;
    case 0xE2:
        if (left < 3 || p[1] != 0x80 || (p[2] & 0xFE) != 0xA8)
            return 0;
        *as = p[2] == 0xA8 ? "\\u2028" : "\\u2029";
        return 3;
    default:
        return 0;
    }
}

void html_json(struct html *h, struct str json)
{
    size_t from = 0;
    for (size_t i = 0; i < json.n;) {
        const char *as;
        size_t n = json_special((const unsigned char *)json.p + i, json.n - i, &as);
        if (n == 0) {
            i++;
            continue;
        }
        buf_put_bytes(h->out, json.p + from, i - from);
        buf_put_bytes(h->out, as, 6);
        from = i += n;
    }
    if (from < json.n)
        buf_put_bytes(h->out, json.p + from, json.n - from);
}

void html_tr(struct html *h, struct str vi)
{
    html_text(h, tr(h->lang, vi));
}

void html_tr_attr(struct html *h, struct str vi)
{
    html_attr(h, tr(h->lang, vi));
}
