#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

bool text_is_utf8(struct str s)
{
    for (size_t at = 0; at < s.n;) {
        utf8proc_int32_t cp;
        utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &cp);
        if (took <= 0)
            return false;
        at += (size_t)took;
    }
    return true;
}

size_t text_length(struct str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++) {
        utf8proc_int32_t cp;
        utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &cp);
        at += took > 0 ? (size_t)took : 1;
    }
    return n;
}

/* ---- text_clean ---- */

enum kind { KIND_TEXT, KIND_SPACE, KIND_LINE, KIND_INVISIBLE, KIND_CONTROL, KIND_BIDI, KIND_PRIVATE };

static enum kind kind_of_format(int32_t cp)
{
    bool turns_text = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    return turns_text ? KIND_BIDI : KIND_INVISIBLE;
}

static enum kind kind_of(int32_t cp)
{
    if (cp == ' ' || cp == '\t')
        return KIND_SPACE;
    if (cp == '\n' || cp == '\r')
        return KIND_LINE;
    if (cp >= 0x20 && cp < 0x7F)
        return KIND_TEXT;
    if ((cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF)) /* noncharacters */
        return KIND_PRIVATE;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_CC:
        return KIND_CONTROL;
    case UTF8PROC_CATEGORY_CF: /* byte order mark, zero-width space, soft hyphen, direction marks: no one types them */
        return kind_of_format(cp);
    case UTF8PROC_CATEGORY_CO:
        return KIND_PRIVATE;
    case UTF8PROC_CATEGORY_ZS:
        return KIND_SPACE;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return KIND_LINE;
    default:
        return KIND_TEXT;
    }
}

/* Letters of which Unicode says that they never change in NFC: all before the combining marks, the Vietnamese block, and
 * common punctuation. Text of these alone needs no normalising. */
static bool settled(int32_t cp)
{
    return cp < 0x300 || (cp >= 0x1EA0 && cp <= 0x1EF9) || (cp >= 0x2010 && cp <= 0x2027) || cp == 0x20AB;
}

struct cleaning {
    struct arena *arena;
    enum text_line lines;
    char *p;
    size_t n;       /* bytes written */
    size_t letters; /* code points written */
    size_t most;    /* code points worth looking at */
    bool settled, space_waits, cr_before;
};

static int refuse(struct err *e, enum kind kind, int32_t cp)
{
    switch (kind) {
    case KIND_LINE:
        return ERR_SAY(e, ERR_FORM, MSGS("Chỗ này chỉ nhận một dòng chữ."), "text: line break in one-line text");
    case KIND_BIDI:
        return ERR_SAY(e, ERR_FORM, MSGS("Có ký tự ẩn làm đảo chiều chữ. Xin gõ lại bằng bàn phím."),
                       "text: bidi control U+%04X", (unsigned)cp);
    case KIND_PRIVATE:
        return ERR_SAY(e, ERR_FORM, MSGS("Có ký tự mà máy khác không hiển thị được. Xin gõ lại bằng bàn phím."),
                       "text: U+%04X", (unsigned)cp);
    default:
        return ERR_SAY(e, ERR_FORM, MSGS("Có ký tự điều khiển không đọc được. Xin gõ lại bằng bàn phím."),
                       "text: control U+%04X", (unsigned)cp);
    }
}

static void put(struct cleaning *c, int32_t cp)
{
    if (c->space_waits && c->n && c->letters < c->most) {
        c->p[c->n++] = ' ';
        c->letters++;
    }
    c->space_waits = false;
    c->settled &= settled(cp);
    c->n += (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)c->p + c->n);
    c->letters++;
}

/* One code point of the input. */
static int take(struct cleaning *c, int32_t cp, struct err *e)
{
    enum kind kind = kind_of(cp);
    bool after_cr = c->cr_before;
    c->cr_before = cp == '\r';
    if (kind == KIND_LINE && c->lines == TEXT_MANY_LINES) {
        if (!(after_cr && cp == '\n'))
            put(c, '\n');
        return 0;
    }
    if (kind == KIND_SPACE && c->lines == TEXT_ONE_LINE)
        c->space_waits = true;
    else if (kind == KIND_SPACE)
        put(c, cp == '\t' ? '\t' : ' '); /* cells pasted from a spreadsheet are parted by tabs */
    else if (kind == KIND_TEXT)
        put(c, cp);
    else if (kind != KIND_INVISIBLE)
        return refuse(e, kind, cp);
    return 0;
}

static struct str compose(struct arena *a, struct str s)
{
    utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)s.p;
    utf8proc_ssize_t n = utf8proc_decompose(from, (utf8proc_ssize_t)s.n, NULL, 0, how);
    ASSERT(n >= 0);                                                              /* s was checked to be UTF-8 */
    utf8proc_int32_t *cps = arena_new_array(a, utf8proc_int32_t, (size_t)n + 1); /* reencode ends it with a NUL */
    utf8proc_decompose(from, (utf8proc_ssize_t)s.n, cps, n, how);
    n = utf8proc_reencode(cps, n, how);
    ASSERT(n >= 0);
    return (struct str) { (const char *)cps, (size_t)n };
}

/* How many bytes the letter at p takes that cleaning leaves as it is: printable ASCII, U+00C0 to U+02FF, the Vietnamese block. 0: it
 * takes a closer look. */
static size_t plain_letter(const unsigned char *p, size_t left)
{
    if (p[0] >= ' ' && p[0] < 0x7F)
        return 1;
    if (p[0] >= 0xC3 && p[0] <= 0xCB && left > 1 && (p[1] & 0xC0) == 0x80)
        return 2;
    bool vietnamese = p[0] == 0xE1 && left > 2 &&
                      ((p[1] == 0xBA && p[2] >= 0xA0 && p[2] <= 0xBF) || (p[1] == 0xBB && p[2] >= 0x80 && p[2] <= 0xB9));
    return vietnamese ? 3 : 0;
}

/* Nearly all that people type on a Vietnamese keyboard: at most max letters, none to change, no two spaces in a row. */
static bool is_clean(struct str s, size_t max)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t letters = 0;
    for (size_t at = 0, took; at < s.n; at += took, letters++) {
        took = plain_letter(p + at, s.n - at);
        if (took == 0 || (p[at] == ' ' && at + 1 < s.n && p[at + 1] == ' '))
            return false;
    }
    return letters <= max;
}

int text_clean(struct arena *a, struct str in, enum text_line lines, size_t max, struct str *out, struct err *e)
{
    static const struct str TOO_LONG = MSG("Nội dung dài quá mức cho phép ở chỗ này.");
    if (lines == TEXT_ONE_LINE)
        in = str_trim(in);
    if (in.n > 0 && is_clean(in, max)) {
        *out = str_dup(a, in);
        return 0;
    }
    /* In the longest spelling a Vietnamese letter is three code points, so that what is longer than this cannot fit. */
    size_t most = max < SIZE_MAX / 64 ? 4 * max + 16 : SIZE_MAX / 8, room = most * 4 + 8;
    struct cleaning c = { .arena = a, .lines = lines, .most = most, .settled = true };
    c.p = arena_alloc(a, in.n < room ? in.n + 8 : room + 8);
    for (size_t at = 0; at < in.n;) {
        int32_t cp;
        utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)in.p + at, (utf8proc_ssize_t)(in.n - at), &cp);
        if (took <= 0)
            return ERR_SAY(e, ERR_FORM, MSGS("Chữ gửi lên bị hỏng mã, không đọc được. Xin gõ lại."),
                           "text: no UTF-8 at byte %zu", at);
        if (take(&c, cp, e))
            return -1;
        if (c.letters > most)
            return ERR_SAY(e, ERR_FORM, TOO_LONG, "text: more than %zu code points", max);
        at += (size_t)took;
    }
    struct str s = { c.p, c.n };
    if (!c.settled)
        s = compose(a, s);
    if (text_length(s) > max)
        return ERR_SAY(e, ERR_FORM, TOO_LONG, "text: more than %zu code points", max);
    *out = s;
    return 0;
}
