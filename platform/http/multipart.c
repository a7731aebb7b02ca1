/* multipart.c: multipart/form-data (RFC 7578). The body is whole in memory and already under the route's limit; parts are
 * slices of it, nothing is copied. Browsers' exact form is asked for: CRLF line ends, a boundary of at most 70 characters
 * (RFC 2046 section 5.1.1), a name on every part, no nested multipart.
 */
#include "platform/http/inside.h"

#include <string.h>

#define BOUNDARY_MOST    70
#define PART_HEAD_MOST   2048
#define CONTENT_DISPOSED STR("content-disposition")

static ptrdiff_t find_in(struct str s, struct str needle)
{
    if (!s.p || needle.n == 0 || s.n < needle.n)
        return -1;
    const char *at = memmem(s.p, s.n, needle.p, needle.n);
    return at ? at - s.p : -1;
}

/* The value of `name` in `…; name=value; other="quoted value"`. Browsers escape a quote as %22 and never as \". */
static struct str parameter(struct str header, struct str name)
{
    struct str rest = header, piece;
    str_cut(&rest, ';', &piece);
    while (rest.n > 0) {
        rest = str_trim(rest);
        ptrdiff_t equals = str_find_char(rest, '=');
        if (equals < 0)
            return STR_NONE;
        struct str key = str_trim(str_head(rest, (size_t)equals)), value;
        rest = str_from(rest, (size_t)equals + 1);
        if (rest.n > 0 && rest.p[0] == '"') {
            rest = str_from(rest, 1);
            ptrdiff_t quote = str_find_char(rest, '"');
            if (quote < 0)
                return STR_NONE;
            value = str_head(rest, (size_t)quote);
            rest = str_trim(str_from(rest, (size_t)quote + 1));
            if (rest.n > 0 && rest.p[0] != ';')
                return STR_NONE;
            rest = str_from(rest, 1);
        } else if (!str_cut(&rest, ';', &value)) {
            return STR_NONE;
        }
        if (str_eq_nocase(key, name))
            return value.p ? value : STR("");
    }
    return STR_NONE;
}

static bool is_boundary(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7f)
            return false;
    }
    return s.n > 0 && s.n <= BOUNDARY_MOST;
}

/* A browser writes a quote, CR and LF inside a name as %22, %0D, %0A; other characters stand as they are. */
static struct str unquote(struct arena *a, struct str s)
{
    if (find_in(s, STR("%22")) < 0 && find_in(s, STR("%0")) < 0)
        return s;
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct str three = str_head(str_from(s, i), 3);
        if (str_eq(three, STR("%22")) || str_eq(three, STR("%0D")) || str_eq(three, STR("%0A"))) {
            to[n++] = s.p[i + 1] == '2' ? '"' : ' ';
            i += 2;
        } else {
            to[n++] = s.p[i];
        }
    }
    return (struct str) { to, n };
}

/* One part's header lines. */
static int read_head(struct arena *a, struct str head, struct part *p, struct err *e)
{
    while (head.n > 0) {
        ptrdiff_t end = find_in(head, STR("\r\n"));
        struct str line = end < 0 ? head : str_head(head, (size_t)end);
        head = end < 0 ? STR("") : str_from(head, (size_t)end + 2);
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon <= 0)
            return ERR(e, ERR_INPUT, "a part has a header line without a name");
        struct str name = str_head(line, (size_t)colon), value = str_trim(str_from(line, (size_t)colon + 1));
        if (str_eq_nocase(name, CONTENT_DISPOSED)) {
            if (!str_eq_nocase(str_head(value, 9), STR("form-data")))
                return ERR(e, ERR_INPUT, "a part is not form-data");
            p->name = unquote(a, parameter(value, STR("name")));
            p->filename = parameter(value, STR("filename"));
            if (p->filename.p)
                p->filename = unquote(a, p->filename);
        } else if (str_eq_nocase(name, STR("content-type"))) {
            if (str_eq_nocase(str_head(value, 10), STR("multipart/")))
                return ERR(e, ERR_INPUT, "a part is itself multipart");
            p->type = value;
        }
    }
    if (p->name.n == 0)
        return ERR(e, ERR_INPUT, "a part without a name");
    return 0;
}

static int read_part(struct arena *a, struct str *rest, struct str delimiter, struct part *p, struct err *e)
{
    /* A part without any header line has no name and is refused by read_head. */
    ptrdiff_t head_end = find_in(str_head(*rest, PART_HEAD_MOST), STR("\r\n\r\n"));
    if (head_end < 0)
        return ERR(e, ERR_INPUT, "a part's headers do not end within %d bytes", PART_HEAD_MOST);
    if (read_head(a, str_head(*rest, (size_t)head_end), p, e) < 0)
        return -1;
    *rest = str_from(*rest, (size_t)head_end + 4);
    ptrdiff_t end = find_in(*rest, delimiter);
    if (end < 0)
        return ERR(e, ERR_INPUT, "the body ends inside a part");
    p->bytes = str_head(*rest, (size_t)end);
    *rest = str_from(*rest, (size_t)end + delimiter.n);
    return 0;
}

int multipart_parse(struct arena *a, struct str content_type, struct str body, size_t most, struct part **out, size_t *n,
                    struct err *e)
{
    struct str boundary = parameter(content_type, STR("boundary"));
    if (!str_eq_nocase(str_head(content_type, 19), STR("multipart/form-data")) || !is_boundary(boundary))
        return ERR(e, ERR_INPUT, "not multipart/form-data with a boundary");
    struct str delimiter = str_fmt(a, "\r\n--%.*s", STR_ARG(boundary));
    struct str first = str_from(delimiter, 2);
    if (!str_starts(body, first))
        return ERR(e, ERR_INPUT, "the body does not begin with its boundary");
    struct str rest = str_from(body, first.n);
    VEC(struct part) found = { 0 };
    while (!str_starts(rest, STR("--"))) {
        if (!str_starts(rest, STR("\r\n")))
            return ERR(e, ERR_INPUT, "bytes between a boundary and its line end");
        if (found.n == most)
            return ERR(e, ERR_INPUT, "more than %zu parts", most);
        rest = str_from(rest, 2);
        struct part p = { 0 };
        if (read_part(a, &rest, delimiter, &p, e) < 0)
            return -1;
        *vec_push(a, &found) = p;
    }
    struct str after = str_from(rest, 2);
    if (after.n > 0 && !str_eq(after, STR("\r\n")))
        return ERR(e, ERR_INPUT, "bytes after the last boundary");
    *out = found.v;
    *n = found.n;
    return 0;
}

int parse_multipart(struct arena *a, struct str content_type, struct str body, struct part **out, size_t *n, struct err *e)
{
    return multipart_parse(a, content_type, body, LIMIT_PARAMS, out, n, e);
}
