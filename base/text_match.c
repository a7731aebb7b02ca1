/* Search keys and the comparison of names. Part of text.h. */
#include "base/buf.h"
#include "base/text.h"
#include "base/text_letters.h"

#include <utf8proc.h>

struct folding {
    struct buf out;
    bool space_waits;
};

static void fold_put(struct folding *f, int32_t cp)
{
    utf8proc_uint8_t bytes[4];
    cp = letter_plain_sign(cp);
    if (cp == '\'' || cp == '-')
        return;
    if (cp == ' ') {
        f->space_waits = f->out.n > 0;
        return;
    }
    if (f->space_waits)
        buf_put_char(&f->out, ' ');
    f->space_waits = false;
    buf_put_bytes(&f->out, bytes, (size_t)utf8proc_encode_char(cp, bytes));
}

/* Letters that Unicode does not take apart although they are another letter with a stroke. */
static int32_t without_stroke(int32_t cp)
{
    switch (cp) {
    case 0x110:
    case 0x111:
    case 0xD0:
    case 0xF0:
        return 'd';
    case 0x180:
    case 0x243:
        return 'b';
    default:
        return cp;
    }
}

static void fold_char(struct folding *f, int32_t cp)
{
    utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    utf8proc_int32_t parts[32];
    int boundary = 0;
    cp = without_stroke(cp);
    if (cp < 0x80 || letter_plain_sign(cp) < 0x80) {
        fold_put(f, cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp);
        return;
    }
    utf8proc_ssize_t n = utf8proc_decompose_char(cp, parts, 32, how, &boundary);
    for (utf8proc_ssize_t i = 0; i < n && i < 32; i++) {
        utf8proc_category_t category = utf8proc_category(parts[i]);
        if (category != UTF8PROC_CATEGORY_MN && category != UTF8PROC_CATEGORY_MC && category != UTF8PROC_CATEGORY_ME)
            fold_put(f, parts[i]);
    }
}

struct str text_fold(struct arena *a, struct str nfc)
{
    struct folding f = { .space_waits = false };
    buf_init(&f.out, a, nfc.n < SIZE_MAX / 32 ? nfc.n * 18 + 1 : SIZE_MAX); /* no code point has more than 18 parts */
    for (size_t at = 0; at < nfc.n;) {
        int32_t cp;
        utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)nfc.p + at, (utf8proc_ssize_t)(nfc.n - at), &cp);
        fold_char(&f, took > 0 ? cp : 0xFFFD);
        at += took > 0 ? (size_t)took : 1;
    }
    return buf_str(&f.out);
}

struct str text_upper(struct arena *a, struct str nfc)
{
    struct buf out;
    buf_init(&out, a, nfc.n < SIZE_MAX / 8 ? nfc.n * 4 + 1 : SIZE_MAX); /* a code point has at most four bytes */
    for (size_t at = 0; at < nfc.n;) {
        utf8proc_int32_t cp;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)nfc.p + at, (utf8proc_ssize_t)(nfc.n - at), &cp);
        if (took > 0)
            buf_put_bytes(&out, bytes, (size_t)utf8proc_encode_char(utf8proc_toupper(cp), bytes));
        else
            buf_put_char(&out, nfc.p[at]);
        at += took > 0 ? (size_t)took : 1;
    }
    return buf_str(&out);
}

static bool same_letters(struct letters x, struct letters y)
{
    if (x.n != y.n)
        return false;
    for (size_t i = 0; i < x.n; i++)
        if (x.v[i].cp != y.v[i].cp || x.v[i].mark != y.v[i].mark)
            return false;
    return true;
}

static bool same_tones(struct letters x, struct letters y)
{
    for (size_t i = 0; i < x.n; i++)
        if (x.v[i].tone != y.v[i].tone)
            return false;
    return true;
}

/* The next tone of the syllable that ends before `end`, from *at on. */
static enum tone next_tone(struct letters l, size_t *at, size_t end)
{
    while (*at < end) {
        enum tone tone = l.v[(*at)++].tone;
        if (tone)
            return tone;
    }
    return TONE_NONE;
}

/* Each syllable has the same tones in the same order, on whichever letter they stand: hòa and hoà. */
static bool same_tones_by_syllable(struct letters x, struct letters y)
{
    for (size_t start = 0; start < x.n;) {
        size_t end = start;
        while (end < x.n && x.v[end].cp != ' ')
            end++;
        size_t in_x = start, in_y = start;
        while (in_x < end || in_y < end)
            if (next_tone(x, &in_x, end) != next_tone(y, &in_y, end))
                return false;
        start = end + 1;
    }
    return true;
}

enum text_match text_compare(struct arena *a, struct str x, struct str y)
{
    struct letters lx = letters_of(a, x), ly = letters_of(a, y);
    if (same_letters(lx, ly)) {
        if (same_tones(lx, ly))
            return TEXT_SAME;
        return same_tones_by_syllable(lx, ly) ? TEXT_SAME_TONE_PLACE : TEXT_SAME_NO_TONES;
    }
    return str_eq(text_fold(a, x), text_fold(a, y)) ? TEXT_SAME_ASCII : TEXT_DIFFERENT;
}
