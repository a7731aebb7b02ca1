#include "base/text_letters.h"

#include <utf8proc.h>

enum { CIRCUMFLEX = 0x302, BREVE = 0x306, HORN = 0x31B, REPLACEMENT = 0xFFFD };

int32_t letter_plain_sign(int32_t cp)
{
    if (cp < 0x80) {
        bool white = cp == ' ' || (cp >= '\t' && cp <= '\r');
        return white ? ' ' : cp == '`' ? '\'' : cp;
    }
    switch (cp) {
    case 0xA0:
    case 0x2007:
    case 0x202F:
    case 0x3000:
        return ' ';
    case 0xB4:
    case 0x2BB:
    case 0x2BC:
    case 0x2BD:
    case 0x2C8:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
        return '\'';
    case 0xAD:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
    case 0xFF0D:
        return '-';
    case 0xF0: /* eth, which old fonts show as đ */
        return 0x111;
    default:
        return utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS ? ' ' : cp;
    }
}

static enum tone tone_of(int32_t mark)
{
    switch (mark) {
    case 0x300:
    case 0x340:
        return TONE_HUYEN;
    case 0x309:
        return TONE_HOI;
    case 0x303:
        return TONE_NGA;
    case 0x301:
    case 0x341:
        return TONE_SAC;
    case 0x323:
        return TONE_NANG;
    default:
        return TONE_NONE;
    }
}

/* The letter that the Vietnamese alphabet has for this base with this mark, or 0. */
static int32_t shaped(int32_t base, int32_t mark)
{
    static const struct {
        int32_t base, mark, letter;
    } SHAPES[] = {
        { 'a', BREVE, 0x103 },     { 'a', CIRCUMFLEX, 0xE2 }, { 'e', CIRCUMFLEX, 0xEA },
        { 'o', CIRCUMFLEX, 0xF4 }, { 'o', HORN, 0x1A1 },      { 'u', HORN, 0x1B0 },
    };
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        if (SHAPES[i].base == base && SHAPES[i].mark == mark)
            return SHAPES[i].letter;
    return 0;
}

static void add_mark(struct letter *l, int32_t mark)
{
    int32_t letter = shaped(l->cp, mark);
    enum tone tone = tone_of(mark);
    if (letter)
        l->cp = letter;
    else if (tone && !l->tone)
        l->tone = tone;
    else
        l->mark = mark;
}

static void add(struct letters *out, int32_t cp)
{
    utf8proc_category_t category = cp < 0x300 ? UTF8PROC_CATEGORY_LL : utf8proc_category(cp);
    bool is_mark = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_MC;
    if (is_mark && out->n) {
        add_mark(&out->v[out->n - 1], cp);
        return;
    }
    cp = letter_plain_sign(cp);
    if (cp == ' ' && (out->n == 0 || out->v[out->n - 1].cp == ' '))
        return;
    out->v[out->n++] = (struct letter) { .cp = cp };
}

static void add_bytes(struct letters *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        add(out, c >= 0x80 ? REPLACEMENT : c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
}

/* Decomposed, marks in canonical order, lower case; false when s is not UTF-8. */
static bool add_text(struct arena *a, struct letters *out, struct str s)
{
    utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)s.p;
    utf8proc_ssize_t n = utf8proc_decompose(from, (utf8proc_ssize_t)s.n, NULL, 0, how);
    if (n < 0)
        return false;
    utf8proc_int32_t *cps = arena_new_array(a, utf8proc_int32_t, (size_t)n);
    utf8proc_decompose(from, (utf8proc_ssize_t)s.n, cps, n, how);
    out->v = arena_new_array(a, struct letter, (size_t)n);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        add(out, cps[i]);
    return true;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

struct letters letters_of(struct arena *a, struct str s)
{
    struct letters out = { NULL, 0 };
    if (is_ascii(s) || !add_text(a, &out, s)) {
        out.v = arena_new_array(a, struct letter, s.n);
        add_bytes(&out, s);
    }
    if (out.n && out.v[out.n - 1].cp == ' ')
        out.n--;
    return out;
}
