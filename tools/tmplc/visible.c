#include "tools/tmplc/machine.h"

#include <utf8proc.h>

/* Names that are the same in every language. */
static const char *const same_everywhere[] = { "bon", "CSV", "XLSX", "PDF", "JSON", "QR", "MRZ", "VNeID", "SHA", NULL };

static bool is_allowed(struct str word)
{
    for (const char *const *p = same_everywhere; *p; p++)
        if (str_eq(word, str_of(*p)))
            return true;
    return false;
}

static bool is_letter(utf8proc_int32_t c)
{
    utf8proc_category_t k = utf8proc_category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

/* A character reference "&name;" at i: its length, or 0. */
static size_t reference_length(struct str s, size_t i)
{
    size_t k = i + 1;
    while (k < s.n && (is_name(s.p[k]) || s.p[k] == '#'))
        k++;
    return k > i + 1 && k < s.n && s.p[k] == ';' ? k + 1 - i : 0;
}

/* One word from i on: its length in bytes; *letters and *foreign tell what it is made of. */
static size_t word_length(struct str s, size_t i, size_t *letters, bool *foreign)
{
    size_t from = i;
    *letters = 0;
    *foreign = false;
    while (i < s.n) {
        utf8proc_int32_t c;
        utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &c);
        if (k <= 0)
            break;
        bool mark = c >= 0x300 && c < 0x370;
        if (!is_letter(c) && !mark)
            break;
        ++*letters;
        *foreign = *foreign || c >= 0x80;
        i += (size_t)k;
    }
    return i - from;
}

ptrdiff_t untranslated_word(struct str s, struct str *word)
{
    for (size_t i = 0; i < s.n;) {
        size_t skip = s.p[i] == '&' ? reference_length(s, i) : 0;
        if (skip) {
            i += skip;
            continue;
        }
        size_t letters;
        bool foreign;
        size_t len = word_length(s, i, &letters, &foreign);
        *word = (struct str) { s.p + i, len };
        if (len && (foreign || letters >= 2) && !is_allowed(*word))
            return (ptrdiff_t)i;
        i += len ? len : 1;
    }
    return -1;
}
