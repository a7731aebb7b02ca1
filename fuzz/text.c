/* text.c: Vietnamese text: cleaned, folded, sorted, compared. */
#include "base/text.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

static bool has_control(struct str s, bool lines)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f)
            return true;
    }
    return false;
}

static bool clean(struct arena *a, struct str in, enum text_line lines, struct str *out)
{
    struct str again;
    struct err e = { 0 };
    *out = STR_NONE;
    if (text_clean(a, in, lines, 500, out, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(out->p == NULL);
        return false;
    }
    ASSERT(text_is_utf8(*out) && text_length(*out) <= 500 && !has_control(*out, lines == TEXT_MANY_LINES));
    ASSERT(text_clean(a, *out, lines, 500, &again, &e) == 0 && str_eq(again, *out));
    return true;
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str x, y, whole;
    clean(a, input, TEXT_MANY_LINES, &whole);
    struct str first = fuzz_line(&input);
    /* Searching and sorting also meet what was never cleaned. */
    struct str key = text_fold(a, first);
    ASSERT(str_eq(text_fold(a, key), key));
    text_sort_key(a, first, true);
    ASSERT(text_compare(a, first, first) == TEXT_SAME);
    if (!clean(a, first, TEXT_ONE_LINE, &x) || !clean(a, input, TEXT_ONE_LINE, &y))
        return;
    enum text_match match = text_compare(a, x, y);
    ASSERT(match == text_compare(a, y, x));
    if (match == TEXT_SAME)
        ASSERT(str_eq(text_fold(a, x), text_fold(a, y)));
    if (str_eq(x, y))
        ASSERT(str_eq(text_sort_key(a, x, false), text_sort_key(a, y, false)));
}
