/* Days and instants read from text and written as text. */
#include "base/date.h"

static bool digits_at(struct str s, size_t at, size_t n, int *out)
{
    int v = 0;
    if (s.n < at + n)
        return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = v;
    return true;
}

static bool sign_at(struct str s, size_t at, char c)
{
    return at < s.n && s.p[at] == c;
}

bool day_parse_iso(struct str s, struct day *out)
{
    int y, m, d;
    return s.n == 10 && digits_at(s, 0, 4, &y) && sign_at(s, 4, '-') && digits_at(s, 5, 2, &m) && sign_at(s, 7, '-') &&
           digits_at(s, 8, 2, &d) && day_from_ymd(y, m, d, out);
}

/* One or two digits. */
static bool short_number(struct str s, int *out)
{
    return (s.n == 1 || s.n == 2) && digits_at(s, 0, s.n, out);
}

bool day_parse_vi(struct str s, struct day *out)
{
    int y, m, d;
    if (s.n == 8 && digits_at(s, 0, 2, &d) && digits_at(s, 2, 2, &m) && digits_at(s, 4, 4, &y))
        return day_from_ymd(y, m, d, out);
    char sep = str_find_char(s, '/') >= 0 ? '/' : '-';
    struct str day, month;
    return str_cut(&s, sep, &day) && str_cut(&s, sep, &month) && short_number(day, &d) && short_number(month, &m) &&
           s.n == 4 && digits_at(s, 0, 4, &y) && day_from_ymd(y, m, d, out);
}

/* ".25" as microseconds; digits past the sixth are cut off. Moves *at behind the fraction. */
static bool fraction(struct str s, size_t *at, int *us)
{
    int unit = 100000, digit;
    *us = 0;
    if (!sign_at(s, *at, '.'))
        return true;
    size_t first = ++*at;
    for (; digits_at(s, *at, 1, &digit); ++*at) {
        *us += digit * unit;
        unit /= 10;
    }
    return *at > first;
}

/* "Z" or "+07:00", to the end of the text. */
static bool offset(struct str s, size_t at, int *minutes)
{
    int h, m;
    *minutes = 0;
    if (s.n == at + 1 && (s.p[at] == 'Z' || s.p[at] == 'z'))
        return true;
    if (s.n != at + 6 || (s.p[at] != '+' && s.p[at] != '-') || s.p[at + 3] != ':')
        return false;
    if (!digits_at(s, at + 1, 2, &h) || !digits_at(s, at + 4, 2, &m) || h > 23 || m > 59)
        return false;
    *minutes = (h * 60 + m) * (s.p[at] == '-' ? -1 : 1);
    return true;
}

/* An offset may carry a moment out of the years that are written with four digits: it could be printed but not read again. */
static bool has_four_digit_year(struct instant t)
{
    const int32_t first = -354285, last = 2932896; /* 1000-01-01, 9999-12-31 */
    return t.us >= first * US_PER_DAY && t.us < (last + 1) * US_PER_DAY;
}

bool instant_parse(struct str s, struct instant *out)
{
    struct day d;
    int h, m, sec, us, away;
    size_t at = 19;
    if (s.n < 20 || !day_parse_iso(str_head(s, 10), &d) || (s.p[10] != 'T' && s.p[10] != 't'))
        return false;
    if (!digits_at(s, 11, 2, &h) || s.p[13] != ':' || !digits_at(s, 14, 2, &m) || s.p[16] != ':' ||
        !digits_at(s, 17, 2, &sec))
        return false;
    if (h > 23 || m > 59 || sec > 59 || !fraction(s, &at, &us) || !offset(s, at, &away))
        return false;
    struct instant t = { d.n * US_PER_DAY + h * US_PER_HOUR + (m - away) * US_PER_MINUTE + sec * US_PER_SECOND + us };
    if (!has_four_digit_year(t))
        return false;
    *out = t;
    return true;
}

struct str day_iso(struct arena *a, struct day d)
{
    int y, m, n;
    day_to_ymd(d, &y, &m, &n);
    return str_fmt(a, "%04d-%02d-%02d", y, m, n);
}

struct str day_vi(struct arena *a, struct day d)
{
    int y, m, n;
    day_to_ymd(d, &y, &m, &n);
    return str_fmt(a, "%02d/%02d/%04d", n, m, y);
}

struct str instant_iso(struct arena *a, struct instant t)
{
    int64_t us = t.us % US_PER_DAY, days = t.us / US_PER_DAY;
    if (us < 0) {
        us += US_PER_DAY;
        days--;
    }
    int y, m, d;
    day_to_ymd((struct day) { (int32_t)days }, &y, &m, &d);
    return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", y, m, d, (int)(us / US_PER_HOUR),
                   (int)(us / US_PER_MINUTE % 60), (int)(us / US_PER_SECOND % 60), (int)(us % US_PER_SECOND));
}

struct str instant_vi(struct arena *a, struct instant t)
{
    struct day day;
    int h, min, sec, y, m, d;
    instant_local(t, &day, &h, &min, &sec);
    day_to_ymd(day, &y, &m, &d);
    return str_fmt(a, "%02d:%02d %02d/%02d/%04d", h, min, d, m, y);
}

struct str clock_vi(struct arena *a, struct instant t)
{
    struct day day;
    int h, min, sec;
    instant_local(t, &day, &h, &min, &sec);
    return str_fmt(a, "%02d:%02d", h, min);
}
