/* The escapers. Each walks to the next byte that matters and copies what lies before it in one piece. */
#include "platform/html/html.h"

#include <string.h>

/* buf_put_bytes with the usual case, that there is room, in line: most values are a few bytes long. */
static inline void put(struct buf *b, const char *p, size_t n)
{
    if (n > b->room - b->n || b->full) {
        buf_put_bytes(b, p, n);
        return;
    }
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
}

void html_raw(struct html *h, const char *p, size_t n)
{
    put(h->out, p, n);
}

/* What replaces a byte, by its code; code 0 is "the byte itself". */
static const struct str entities[] = {
    STR_INIT(""), STR_INIT("&amp;"), STR_INIT("&lt;"), STR_INIT("&gt;"), STR_INIT("&quot;"), STR_INIT("&#39;"),
};

static const uint8_t text_code[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3 };
static const uint8_t attr_code[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };

/* 16 bytes at once: a vector type of gcc and clang, one register on x86-64 and ARM. */
typedef uint8_t block __attribute__((vector_size(16)));

static inline block block_at(const char *p)
{
    block b;
    memcpy(&b, p, sizeof(b));
    return b;
}

/* All of 1 to 15 bytes, and nothing but them: some stand there twice. */
static inline block block_of_few(const char *p, size_t n)
{
    uint32_t first, last;
    block b;
    if (n >= 8) {
        memcpy(&b, p, 8);
        memcpy((char *)&b + 8, p + n - 8, 8);
        return b;
    }
    if (n >= 4) {
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
    } else {
        const char few[4] = { p[0], p[n / 2], p[n - 1], p[0] };
        memcpy(&first, few, 4);
        last = first;
    }
    const uint32_t all[4] = { first, last, first, last };
    memcpy(&b, all, sizeof(b));
    return b;
}

static inline bool any(block hit)
{
    uint64_t found[2];
    memcpy(found, &hit, sizeof(found));
    return (found[0] | found[1]) != 0;
}

static inline block marks(block b)
{
    return (block)(b == '&') | (block)(b == '<') | (block)(b == '>') | (block)(b == '"') | (block)(b == '\'');
}

/* Bytes that browsers drop from a URL. */
static inline block controls(block b)
{
    return (block)(b < 0x20) | (block)(b == 0x7F);
}

/* Whether `look` finds something in s. */
static inline bool found_in(struct str s, block (*look)(block))
{
    if (s.n == 0)
        return false;
    if (s.n < sizeof(block))
        return any(look(block_of_few(s.p, s.n)));
    block hit = look(block_at(s.p + s.n - sizeof(block)));
    for (size_t i = 0; i + sizeof(block) < s.n; i += sizeof(block))
        hit |= look(block_at(s.p + i));
    return any(hit);
}

static void put_escaped(struct buf *out, struct str s, const uint8_t code[256])
{
    if (!found_in(s, marks)) { /* needs no entity, in text or attribute: nearly every value */
        put(out, s.p, s.n);
        return;
    }
    const char *end = s.p + s.n, *from = s.p;
    for (const char *p = s.p; p < end; p++) {
        uint8_t k = code[(unsigned char)*p];
        if (!k)
            continue;
        put(out, from, (size_t)(p - from));
        put(out, entities[k].p, entities[k].n);
        from = p + 1;
    }
    put(out, from, (size_t)(end - from));
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

/* Through a small buffer, because nearly every byte of Vietnamese becomes three. */
void html_query(struct html *h, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char part[192];
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (n > sizeof(part) - 3) {
            put(h->out, part, n);
            n = 0;
        }
        if (is_unreserved(c)) {
            part[n++] = (char)c;
            continue;
        }
        part[n++] = '%';
        part[n++] = hex[c >> 4];
        part[n++] = hex[c & 15];
    }
    put(h->out, part, n);
}

void html_path(struct html *h, struct str s)
{
    bool dots = str_eq(s, STR(".")) || str_eq(s, STR(".."));
    html_query(h, dots ? STR("-") : s);
}

/* Browsers drop tabs and line breaks inside a URL and read \ as /, so "/\t/evil" and "/\evil" would be other hosts. */
static bool has_control(struct str s)
{
    return found_in(s, controls);
}

static bool url_is_ours(struct str s)
{
    if (s.n == 0 || s.p[0] != '/' || has_control(s))
        return false;
    return s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\');
}

static bool url_is_harmless(struct str s)
{
    static const struct str schemes[] = { STR_INIT("https://"), STR_INIT("mailto:"), STR_INIT("tel:") };
    if (has_control(s))
        return false;
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (s.n > schemes[i].n && str_eq_nocase(str_head(s, schemes[i].n), schemes[i]))
            return true;
    return false;
}

void html_url(struct html *h, struct str s)
{
    html_attr(h, url_is_ours(s) || url_is_harmless(s) ? s : STR("#refused"));
}

void html_site_url(struct html *h, struct str s)
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
