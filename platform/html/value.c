/* Typed values as text. */
#include "platform/html/html.h"

enum { DIGITS_MAX = 32 };

/* Writes v backwards before `end`, with `mark` between groups of three when it is not 0; returns the first byte. */
static char *digits_before(char *end, int64_t v, char mark)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    int n = 0;
    do {
        if (mark && n > 0 && n % 3 == 0)
            *--end = mark;
        *--end = (char)('0' + u % 10);
        u /= 10;
        n++;
    } while (u);
    if (v < 0)
        *--end = '-';
    return end;
}

static struct str digits(struct html *h, int64_t v, char mark)
{
    char *room = arena_alloc(h->arena, DIGITS_MAX);
    char *p = digits_before(room + DIGITS_MAX, v, mark);
    return (struct str) { p, (size_t)(room + DIGITS_MAX - p) };
}

struct str html_int(struct html *h, int64_t v)
{
    return digits(h, v, h->lang == LANG_VI ? '.' : ',');
}

struct str html_num(struct html *h, int64_t v)
{
    return digits(h, v, '\0');
}

struct str html_day(struct html *h, struct day d)
{
    return day_vi(h->arena, d);
}

struct str html_instant(struct html *h, struct instant t)
{
    return instant_vi(h->arena, t);
}

struct str html_clock(struct html *h, struct instant t)
{
    return clock_vi(h->arena, t);
}

struct str html_birth(struct html *h, struct birth b)
{
    return b.year ? birth_vi(h->arena, b) : STR("");
}

struct str html_money(struct html *h, struct money m)
{
    if (h->lang == LANG_VI)
        return money_vi(h->arena, m);
    struct str n = html_int(h, m.dong);
    return str_fmt(h->arena, "%.*s VND", STR_ARG(n));
}

struct str html_pid(struct html *h, struct pid p)
{
    struct str s = pid_str(&p);
    return s.n ? str_dup(h->arena, s) : STR("");
}

struct str html_pid_masked(struct html *h, struct pid p)
{
    return p.v[0] ? pid_masked(h->arena, &p) : STR("");
}
