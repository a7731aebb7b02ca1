#include "engines/signon/uri.h"

#include "base/buf.h"

#include <string.h>

enum { URI_MAX = 1000 };

static bool is_printable(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f || strchr("\\\"<>^`{|}*", s.p[i]))
            return false;
    return true;
}

static bool is_scheme(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
            return false;
    }
    return s.n > 1;
}

/* Small letters, digits, dots and hyphens; no label is empty, so there is no dot at the end. Or an IPv6 address in brackets. */
static bool is_host(struct str s)
{
    struct str rest = s, label;
    if (s.n > 2 && s.p[0] == '[')
        return s.p[s.n - 1] == ']' && str_find_char(str_from(s, 1), '[') < 0;
    if (s.n == 0 || s.n > 253)
        return false;
    while (str_cut(&rest, '.', &label)) {
        if (label.n == 0 || label.n > 63)
            return false;
        for (size_t i = 0; i < label.n; i++) {
            char c = label.p[i];
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0)))
                return false;
        }
    }
    return s.p[s.n - 1] != '.';
}

/* What servers and browsers fold away in different ways has no place in an address that is compared to the letter. */
static bool is_plain_path(struct str path)
{
    static const char *const escaped[] = { "%2e", "%2E", "%2f", "%2F", "%5c", "%5C", "%00", "//" };
    struct str rest = path, segment;
    for (size_t i = 0; i < sizeof escaped / sizeof *escaped; i++)
        if (str_find(path, str_of(escaped[i])) >= 0)
            return false;
    while (rest.n > 0 && str_cut(&rest, '/', &segment))
        if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
            return false;
    return true;
}

static bool split_authority(struct str authority, struct uri *out)
{
    if (str_find_char(authority, '@') >= 0)
        return false;
    out->host = authority;
    size_t from = authority.n > 0 && authority.p[0] == '[' ? (size_t)(str_find_char(authority, ']') + 1) : 0;
    ptrdiff_t colon = str_find_char(str_from(authority, from), ':');
    if (colon >= 0) {
        out->host = str_head(authority, from + (size_t)colon);
        out->port = str_from(authority, from + (size_t)colon + 1);
        if (!str_is_digits(out->port) || out->port.n > 5)
            return false;
    }
    return is_host(out->host);
}

bool uri_parse(struct str s, struct uri *out)
{
    struct uri u = { 0 };
    ptrdiff_t colon = str_find_char(s, ':');
    if (s.n > URI_MAX || !is_printable(s) || str_find_char(s, '#') >= 0 || colon <= 0)
        return false;
    u.scheme = str_head(s, (size_t)colon);
    struct str rest = str_from(s, (size_t)colon + 1);
    ptrdiff_t mark = str_find_char(rest, '?');
    u.query = mark < 0 ? STR_NONE : str_from(rest, (size_t)mark + 1);
    rest = mark < 0 ? rest : str_head(rest, (size_t)mark);
    if (str_starts(rest, STR("//"))) {
        rest = str_from(rest, 2);
        ptrdiff_t slash = str_find_char(rest, '/');
        struct str authority = slash < 0 ? rest : str_head(rest, (size_t)slash);
        if (!split_authority(authority, &u))
            return false;
        rest = slash < 0 ? STR("") : str_from(rest, (size_t)slash);
    }
    u.path = rest;
    if (!is_scheme(u.scheme) || !is_plain_path(u.path))
        return false;
    *out = u;
    return true;
}

static bool is_this_machine(struct str host)
{
    return str_eq(host, STR("127.0.0.1")) || str_eq(host, STR("[::1]")) || str_eq(host, STR("localhost"));
}

bool uri_is_https(struct str s)
{
    struct uri u;
    if (!uri_parse(s, &u) || u.host.n == 0)
        return false;
    return str_eq(u.scheme, STR("https")) || (str_eq(u.scheme, STR("http")) && is_this_machine(u.host));
}

bool uri_is_redirect(struct str s)
{
    struct uri u;
    if (!uri_parse(s, &u))
        return false;
    bool own = str_find_char(u.scheme, '.') > 0 && u.path.n > 0;
    return own || uri_is_https(s);
}

struct str uri_origin(struct arena *a, const struct uri *u)
{
    return str_fmt(a, "%.*s://%.*s%s%.*s", STR_ARG(u->scheme), STR_ARG(u->host), u->port.n > 0 ? ":" : "", STR_ARG(u->port));
}

static struct str small_letters(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (struct str) { p, s.n };
}

struct str uri_bare(struct arena *a, struct str s)
{
    struct str rest = s, bare;
    str_cut(&rest, '#', &bare);
    rest = bare;
    str_cut(&rest, '?', &bare);
    ptrdiff_t slashes = str_find(bare, STR("://"));
    if (slashes < 0)
        return bare;
    struct str after = str_from(bare, (size_t)slashes + 3);
    ptrdiff_t slash = str_find_char(after, '/');
    size_t head_n = slash < 0 ? bare.n : (size_t)slashes + 3 + (size_t)slash;
    struct str head = small_letters(a, str_head(bare, head_n)), path = str_from(bare, head_n);
    const struct {
        struct str scheme, port;
    } presets[] = { { STR("https:"), STR(":443") }, { STR("http:"), STR(":80") } };
    for (size_t i = 0; i < 2; i++)
        if (str_starts(head, presets[i].scheme) && str_ends(head, presets[i].port))
            head = str_head(head, head.n - presets[i].port.n);
    struct buf b; /* by lengths: a text from outside may have a NUL inside, where a format would end */
    buf_init(&b, a, head.n + path.n + 1);
    buf_put(&b, head);
    buf_put(&b, path.n > 0 ? path : STR("/"));
    return buf_str(&b);
}
