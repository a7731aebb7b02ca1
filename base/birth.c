/* Birth dates that may lack the day, or the day and the month: old registers often know only the year. Part of date.h. */
#include "base/date.h"

/* month 0: only the year; day 0: only month and year. */
static bool make(int year, int month, int day, struct birth *out)
{
    struct day checked;
    if (!day_from_ymd(year, month ? month : 1, day ? day : 1, &checked))
        return false;
    *out = (struct birth) { (int16_t)year, (int8_t)month, (int8_t)day };
    return true;
}

static bool number(struct str s, size_t digits_least, size_t digits_most, int *out)
{
    int64_t v;
    if (s.n < digits_least || s.n > digits_most || !str_is_digits(s) || !str_to_i64(s, &v))
        return false;
    *out = (int)v;
    return true;
}

static bool whole_day(struct day d, struct birth *out)
{
    int y, m, n;
    day_to_ymd(d, &y, &m, &n);
    return make(y, m, n, out);
}

bool birth_parse(struct str s, struct birth *out)
{
    struct day d;
    int year, month;
    struct str first, rest = s;
    if (day_parse_iso(s, &d) || day_parse_vi(s, &d))
        return whole_day(d, out);
    if (number(s, 4, 4, &year))
        return make(year, 0, 0, out);
    char sep = str_find_char(s, '/') >= 0 ? '/' : '-';
    if (!str_cut(&rest, sep, &first))
        return false;
    bool year_first = sep == '-' && first.n == 4;
    if (year_first ? !number(first, 4, 4, &year) || !number(rest, 2, 2, &month)
                   : !number(first, 1, 2, &month) || !number(rest, 4, 4, &year))
        return false;
    return month >= 1 && make(year, month, 0, out);
}

struct str birth_iso(struct arena *a, struct birth b)
{
    if (!b.month)
        return str_fmt(a, "%04d", b.year);
    if (!b.day)
        return str_fmt(a, "%04d-%02d", b.year, b.month);
    return str_fmt(a, "%04d-%02d-%02d", b.year, b.month, b.day);
}

struct str birth_vi(struct arena *a, struct birth b)
{
    if (!b.month)
        return str_fmt(a, "%04d", b.year);
    if (!b.day)
        return str_fmt(a, "%02d/%04d", b.month, b.year);
    return str_fmt(a, "%02d/%02d/%04d", b.day, b.month, b.year);
}

bool birth_eq(struct birth a, struct birth b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

int birth_age(struct birth b, struct day on)
{
    int year, month, day;
    day_to_ymd(on, &year, &month, &day);
    int born_month = b.month ? b.month : 1, born_day = b.month && b.day ? b.day : 1;
    bool before_birthday = month < born_month || (month == born_month && day < born_day);
    return year - b.year - before_birthday;
}
