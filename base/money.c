#include "base/money.h"

bool money_add(struct money a, struct money b, struct money *sum)
{
    int64_t total;
    if (__builtin_add_overflow(a.dong, b.dong, &total))
        return false;
    sum->dong = total;
    return true;
}

/* Takes a currency word off the end, with the spaces before it. */
static struct str without_currency(struct str s)
{
    static const struct str words[] = { STR_INIT("đồng"), STR_INIT("đ"), STR_INIT("₫"), STR_INIT("VNĐ"), STR_INIT("VND") };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ends(s, words[i]))
            return str_trim(str_head(s, s.n - words[i].n));
    return s;
}

/* What stands between groups of three: a dot, a space or a no-break space; its length in bytes, 0 for none. */
static size_t separator(struct str s, size_t at)
{
    if (at < s.n && (s.p[at] == '.' || s.p[at] == ' '))
        return 1;
    return str_starts(str_from(s, at), STR("\u00a0")) ? 2 : 0;
}

/* Copies the digits. Either no group is marked or every one is, all with the same sign: "1.2" and "12.00" are no amounts. */
static bool ungroup(struct str s, char digits[19], size_t *n_digits)
{
    size_t n = 0, group = 0, groups = 1;
    struct str mark = STR_NONE;
    for (size_t i = 0; i < s.n;) {
        size_t sep = separator(s, i);
        if (sep) {
            struct str here = { s.p + i, sep };
            if (group == 0 || group > 3 || (groups > 1 && (group != 3 || !str_eq(mark, here))))
                return false;
            mark = here;
            group = 0;
            groups++;
            i += sep;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || n == 19)
            return false;
        digits[n++] = s.p[i++];
        group++;
    }
    *n_digits = n;
    return groups == 1 || group == 3;
}

bool money_parse(struct str s, struct money *out)
{
    char digits[19];
    size_t n = 0;
    int64_t dong;
    s = without_currency(str_trim(s));
    while (str_ends(s, STR("\u00a0")))
        s.n -= 2;
    bool minus = s.n && s.p[0] == '-';
    if (!ungroup(minus ? str_from(s, 1) : s, digits, &n) || !str_to_i64((struct str) { digits, n }, &dong))
        return false;
    out->dong = minus ? -dong : dong;
    return true;
}

struct str money_vi(struct arena *a, struct money m)
{
    char text[40];
    size_t at = sizeof text;
    uint64_t left = m.dong < 0 ? 0 - (uint64_t)m.dong : (uint64_t)m.dong;
    for (int digits = 0; left || digits == 0; digits++) {
        if (digits && digits % 3 == 0)
            text[--at] = '.';
        text[--at] = (char)('0' + left % 10);
        left /= 10;
    }
    if (m.dong < 0)
        text[--at] = '-';
    return str_fmt(a, "%.*s đ", (int)(sizeof text - at), text + at);
}
