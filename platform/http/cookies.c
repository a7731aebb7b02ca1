/* cookies.c: the Cookie header (RFC 6265 section 4.2). Browsers keep foreign cookies of the same host too, so one that is
 * oddly written is skipped and not a reason to refuse the page; a header that is too long is.
 */
#include "platform/http/inside.h"

/* token characters, RFC 9110 section 5.6.2 */
static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && str_find_char(STR("!#$%&'*+-.^_`|~"), c) < 0)
            return false;
    }
    return s.n > 0;
}

static bool is_value(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
            return false;
    }
    return true;
}

bool cookie_next(struct str *rest, struct param *out)
{
    struct str piece;
    while (rest->n > 0 && str_cut(rest, ';', &piece)) {
        piece = str_trim(piece);
        ptrdiff_t equals = str_find_char(piece, '=');
        if (equals < 0)
            continue;
        struct str name = str_head(piece, (size_t)equals), value = str_from(piece, (size_t)equals + 1);
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = (struct str) { value.p + 1, value.n - 2 };
        if (!is_name(name) || !is_value(value))
            continue;
        *out = (struct param) { name, value };
        return true;
    }
    return false;
}

int parse_cookies(struct arena *a, struct str header, struct param **out, size_t *n, struct err *e)
{
    if (header.n > LIMIT_VALUE)
        return ERR(e, ERR_INPUT, "the Cookie header has %zu bytes", header.n);
    VEC(struct param) found = { 0 };
    struct param p;
    while (cookie_next(&header, &p)) {
        if (found.n == LIMIT_PARAMS)
            return ERR(e, ERR_INPUT, "more than %d cookies", LIMIT_PARAMS);
        *vec_push(a, &found) = p;
    }
    *out = found.v;
    *n = found.n;
    return 0;
}

struct str req_cookie(const struct req *q, const char *name)
{
    struct str header = req_header(q, "cookie"), wanted = str_of(name);
    struct param p;
    while (cookie_next(&header, &p))
        if (str_eq(p.name, wanted))
            return p.value;
    return STR_NONE;
}
