/* urlencoded.c: application/x-www-form-urlencoded bodies and query strings. */
#include "platform/http/inside.h"

static int decode_pair(struct arena *a, struct str pair, size_t max_value, struct param *out, struct err *e)
{
    struct str name = pair, value = STR("");
    ptrdiff_t equals = str_find_char(pair, '=');
    if (equals >= 0) {
        name = str_head(pair, (size_t)equals);
        value = str_from(pair, (size_t)equals + 1);
    }
    if (value.n > max_value)
        return ERR(e, ERR_TOO_LARGE, "a value has %zu bytes, at most %zu are taken", value.n, max_value);
    if (!parse_percent(a, name, true, &name) || !parse_percent(a, value, true, &value))
        return ERR(e, ERR_INPUT, "bad %%-escape or a zero byte");
    if (name.n == 0)
        return ERR(e, ERR_INPUT, "a value without a name");
    *out = (struct param) { name, value };
    return 0;
}

int urlencoded_parse(struct arena *a, struct str s, const struct parse_limits *limits, struct param **out, size_t *n,
                     struct err *e)
{
    VEC(struct param) found = { 0 };
    struct str rest = s, pair;
    while (s.n > 0 && str_cut(&rest, '&', &pair)) {
        if (pair.n == 0)
            continue;
        if (found.n == limits->params)
            return ERR(e, ERR_INPUT, "more than %zu values", limits->params);
        struct param p;
        if (decode_pair(a, pair, limits->value, &p, e) < 0)
            return -1;
        *vec_push(a, &found) = p;
    }
    *out = found.v;
    *n = found.n;
    return 0;
}

int parse_urlencoded(struct arena *a, struct str s, struct param **out, size_t *n, struct err *e)
{
    const struct parse_limits limits = { .params = LIMIT_PARAMS, .value = LIMIT_VALUE };
    return urlencoded_parse(a, s, &limits, out, n, e);
}
