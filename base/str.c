#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *cstring)
{
    return cstring ? (struct str) { cstring, strlen(cstring) } : STR_NONE;
}

struct str str_or_empty(struct str s)
{
    return s.p ? s : STR("");
}

bool str_eq(struct str a, struct str b)
{
    if (!a.p || !b.p)
        return !a.p && !b.p;
    return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (!a.p || !b.p)
        return !a.p && !b.p;
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b)
{
    if (!a.p || !b.p)
        return (a.p != NULL) - (b.p != NULL);
    int d = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return prefix.n == 0 || (s.n >= prefix.n && memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return suffix.n == 0 || (s.n >= suffix.n && memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

struct str str_from(struct str s, size_t at)
{
    if (!s.p)
        return s;
    if (at > s.n)
        at = s.n;
    return (struct str) { s.p + at, s.n - at };
}

struct str str_head(struct str s, size_t n)
{
    return (struct str) { s.p, n < s.n ? n : s.n };
}

ptrdiff_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0)
        return 0;
    const char *hit = s.n < needle.n ? NULL : memmem(s.p, s.n, needle.p, needle.n);
    return hit ? hit - s.p : -1;
}

ptrdiff_t str_find_char(struct str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? hit - s.p : -1;
}

bool str_cut(struct str *rest, char sep, struct str *piece)
{
    if (!rest->p)
        return false;
    ptrdiff_t at = str_find_char(*rest, sep);
    if (at < 0) {
        *piece = *rest;
        *rest = STR_NONE;
    } else {
        *piece = str_head(*rest, (size_t)at);
        *rest = str_from(*rest, (size_t)at + 1);
    }
    return true;
}

bool str_has_word(struct str words, struct str word)
{
    struct str rest = words, one;
    while (word.n > 0 && rest.n > 0 && str_cut(&rest, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

bool str_to_u64(struct str s, uint64_t *out)
{
    uint64_t v = 0;
    if (!str_is_digits(s))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (__builtin_mul_overflow(v, 10u, &v) || __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    *out = v;
    return true;
}

bool str_to_i64(struct str s, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    uint64_t v, most = (uint64_t)INT64_MAX + (minus ? 1 : 0);
    if (!str_to_u64(minus ? str_from(s, 1) : s, &v) || v > most)
        return false;
    *out = minus ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

/* strtod reads more than decimal numbers (inf, hex, white space), so the letters are checked first. */
bool str_to_double(struct str s, double *out)
{
    char copy[64];
    if (!s.n || s.n >= sizeof copy)
        return false;
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        if (!memchr("0123456789+-.eE", s.p[i], 15))
            return false;
        digit |= s.p[i] >= '0' && s.p[i] <= '9';
    }
    if (!digit)
        return false;
    memcpy(copy, s.p, s.n);
    copy[s.n] = 0;
    char *end;
    errno = 0;
    double v = strtod(copy, &end);
    if (*end || (errno == ERANGE && (v > 1 || v < -1)))
        return false;
    *out = v;
    return true;
}

bool str_is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

struct str str_dup(struct arena *a, struct str s)
{
    return s.p ? (struct str) { str_cstr(a, s), s.n } : STR_NONE;
}

char *str_cstr(struct arena *a, struct str s)
{
    char *p = arena_array(a, s.n + 1, 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

struct str str_vfmt(struct arena *a, const char *fmt, va_list ap)
{
    char quick[256];
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(quick, sizeof quick, fmt, ap);
    if (n < 0) {
        va_end(again);
        return STR("");
    }
    char *p = arena_alloc(a, (size_t)n + 1);
    if ((size_t)n < sizeof quick)
        memcpy(p, quick, (size_t)n);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str) { p, (size_t)n };
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str s = str_vfmt(a, fmt, ap);
    va_end(ap);
    return s;
}
