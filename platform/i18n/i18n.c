#include "platform/i18n/i18n_table.h"

#include <string.h>

struct str tr(enum lang lang, struct str vi)
{
    if (lang == LANG_VI || vi.n == 0)
        return vi;
    size_t low = 0, high = i18n_table_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(vi, i18n_table[middle].vi);
        if (order == 0)
            return i18n_table[middle].en;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return vi;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* "{name}" at the start of s: the name's length, or 0. */
static size_t placeholder_length(struct str s)
{
    size_t n = 1;
    while (n < s.n && is_name(s.p[n]))
        n++;
    return n > 1 && n < s.n && s.p[n] == '}' ? n - 1 : 0;
}

static const struct str *value_of(struct str name, const struct tr_arg *args, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(args[i].name) == name.n && memcmp(args[i].name, name.p, name.n) == 0)
            return &args[i].value;
    return NULL;
}

/* Calls put for each piece of the filled text, in order; values are never looked into again. */
static void fill_pieces(struct str text, const struct tr_arg *args, size_t n, void (*put)(void *, struct str), void *to)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '{')
            continue;
        size_t len = placeholder_length(str_from(text, i));
        const struct str *value = len ? value_of((struct str) { text.p + i + 1, len }, args, n) : NULL;
        if (!value)
            continue;
        put(to, (struct str) { text.p + from, i - from });
        put(to, *value);
        i += len + 1;
        from = i + 1;
    }
    put(to, str_from(text, from));
}

static void count_piece(void *to, struct str s)
{
    *(size_t *)to += s.n;
}

static void copy_piece(void *to, struct str s)
{
    char **at = to;
    if (s.n)
        memcpy(*at, s.p, s.n);
    *at += s.n;
}

struct str tr_fill(struct arena *a, enum lang lang, struct str vi, const struct tr_arg *args, size_t n_args)
{
    struct str text = tr(lang, vi);
    size_t n = 0;
    fill_pieces(text, args, n_args, count_piece, &n);
    char *p = arena_alloc(a, n);
    char *at = p;
    fill_pieces(text, args, n_args, copy_piece, &at);
    return (struct str) { p, n };
}

const char *lang_tag(enum lang l)
{
    return l == LANG_EN ? "en" : "vi";
}
