/* xlsx_value.c: addresses, days and escapes of SpreadsheetML (ECMA-376 part 1: 18.3.1.4, 18.8.30, 18.17.4, 22.9.2.19). */
#include "platform/office/sheet_in_inside.h"

#include <math.h>
#include <string.h>

enum { GRID_COLUMNS = 16384, GRID_ROWS = 1048576, SECONDS = 24 * 60 * 60 };

bool xlsx_address_parse(struct str s, size_t *column, int64_t *row)
{
    size_t n = 0, place = 0;
    int64_t number = 0;
    for (; n < s.n && s.p[n] >= 'A' && s.p[n] <= 'Z' && n < 4; n++)
        place = place * 26 + (size_t)(s.p[n] - 'A') + 1;
    struct str digits = str_from(s, n);
    if (n == 0 || place > GRID_COLUMNS)
        return false;
    if (digits.n && (!str_is_digits(digits) || !str_to_i64(digits, &number) || number < 1 || number > GRID_ROWS))
        return false;
    *column = place - 1;
    *row = number;
    return true;
}

/* Excel believes that 1900 had a 29 February, as Lotus did: its serial 60. Before that day its count is one short. */
bool xlsx_day(double serial, bool from_1904, struct day *d, int *second)
{
    struct day epoch, last;
    day_from_ymd(from_1904 ? 1904 : 1899, from_1904 ? 1 : 12, from_1904 ? 1 : 30, &epoch);
    day_from_ymd(9999, 12, 31, &last);
    if (!(serial >= 0) || serial > last.n - epoch.n + 1)
        return false;
    double whole = floor(serial);
    int of_day = (int)lround((serial - whole) * SECONDS);
    int days = (int)whole + (of_day == SECONDS);
    if (!from_1904 && (days == 0 || days == 60))
        return false;
    if (!from_1904 && days < 60)
        days++;
    if (epoch.n + days > last.n)
        return false;
    *d = (struct day) { epoch.n + days };
    *second = of_day == SECONDS ? 0 : of_day;
    return true;
}

/* Letters of a day or time outside "quotes", [brackets] and behind a backslash; "General" has none that count. */
static bool has_day_letters(struct str code)
{
    char until = 0;
    if (str_eq_nocase(code, STR("General")))
        return false;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (until)
            until = c == until ? 0 : until;
        else if (c == '"' || c == '[')
            until = c == '[' ? ']' : '"';
        else if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (c && strchr("dDmMyYhHsS", c))
            return true;
    }
    return false;
}

bool xlsx_format_is_day(int64_t id, struct str code)
{
    static const struct {
        int64_t from, to;
    } built_in[] = { { 14, 22 }, { 27, 36 }, { 45, 47 }, { 50, 58 } };
    if (code.p)
        return has_day_letters(code);
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (id >= built_in[i].from && id <= built_in[i].to)
            return true;
    return false;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code unit of "_x000D_" at the front, or -1. */
static int escape_at(struct str s)
{
    int v = 0;
    if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int h = hex_of(s.p[i]);
        if (h < 0)
            return -1;
        v = v * 16 + h;
    }
    return v;
}

static size_t put_code_point(char *to, int v)
{
    if (v < 0x80) {
        to[0] = (char)v;
        return 1;
    }
    if (v < 0x800) {
        to[0] = (char)(0xC0 | (v >> 6));
        to[1] = (char)(0x80 | (v & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | (v >> 12));
    to[1] = (char)(0x80 | ((v >> 6) & 0x3F));
    to[2] = (char)(0x80 | (v & 0x3F));
    return 3;
}

bool xlsx_unescape(struct arena *a, struct str in, struct str *out)
{
    if (str_find(in, STR("_x")) < 0) {
        *out = in;
        return true;
    }
    char *to = arena_try(a, in.n);
    size_t n = 0;
    if (!to)
        return false;
    for (size_t i = 0; i < in.n;) {
        int v = escape_at(str_from(in, i));
        bool lone_surrogate = v >= 0xD800 && v <= 0xDFFF;
        if (v > 0 && !lone_surrogate) {
            n += put_code_point(to + n, v);
            i += 7;
        } else {
            to[n++] = in.p[i++];
        }
    }
    *out = (struct str) { to, n };
    return true;
}

bool xlsx_true(struct str s)
{
    return str_eq(s, STR("1")) || str_eq_nocase(s, STR("true"));
}
