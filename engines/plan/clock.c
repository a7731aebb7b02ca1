/* clock.c: months, and the days in them on which something is due. "Trước ngày 18 hàng tháng" (phần III.2): what is signed on the
 * 18th is late.
 */
#include "engines/plan/inside.h"

bool plan_month_parse(struct str s, int64_t *month)
{
    struct day first;
    int y, m, d;
    char text[11] = "0000-00-01";
    if (s.n != 7)
        return false;
    for (size_t i = 0; i < 7; i++)
        text[i] = s.p[i];
    if (!day_parse_iso((struct str) { text, 10 }, &first))
        return false;
    day_to_ymd(first, &y, &m, &d);
    *month = y * 100 + m;
    return true;
}

struct str plan_month_iso(struct arena *a, int64_t month)
{
    return str_fmt(a, "%04d-%02d", (int)(month / 100), (int)(month % 100));
}

struct str plan_month_vi(struct arena *a, int64_t month)
{
    return str_fmt(a, "%02d/%04d", (int)(month % 100), (int)(month / 100));
}

int64_t plan_month_of(struct day d)
{
    int y, m, n;
    day_to_ymd(d, &y, &m, &n);
    return y * 100 + m;
}

int64_t plan_month_next(int64_t month, int by)
{
    int64_t n = month / 100 * 12 + month % 100 - 1 + by;
    return n / 12 * 100 + n % 12 + 1;
}

struct day plan_month_day(int64_t month, int day)
{
    struct day d;
    ASSERT(day_from_ymd((int)(month / 100), (int)(month % 100), day, &d));
    return d;
}

bool plan_clock_parse(struct str s, struct plan_clock *out)
{
    struct plan_clock c = { 0 };
    struct str piece;
    while (str_cut(&s, ',', &piece)) {
        struct str value = str_trim(piece), key;
        int64_t n;
        if (!str_cut(&value, ' ', &key) || !str_to_i64(str_trim(value), &n) || n < 2 || n > 28)
            return false;
        if (str_eq(key, STR("draft")))
            c.draft_day = (int)n;
        else if (str_eq(key, STR("before")))
            c.before_day = (int)n;
        else
            return false;
    }
    if (c.draft_day == 0 || c.before_day <= c.draft_day)
        return false;
    *out = c;
    return true;
}

struct plan_clock plan_clock_on(const struct app *app, struct day d)
{
    struct plan_clock found = { .draft_day = 10, .before_day = 18 }; /* the plan's own */
    const struct plan_state *state = plan_state(app);
    struct day best = { INT32_MIN };
    for (size_t i = 0; state && i < state->clocks.n; i++) {
        const struct plan_clock_rule *rule = &state->clocks.v[i];
        if (rule->from.n > d.n || rule->from.n < best.n)
            continue;
        best = rule->from;
        found = rule->clock;
    }
    return found;
}

struct day plan_measured_day(const struct app *app, int64_t month)
{
    struct day first = plan_month_day(month, 1);
    return (struct day) { plan_month_day(month, plan_clock_on(app, first).draft_day).n - 1 };
}

struct day plan_open_end(void)
{
    struct day d;
    day_from_ymd(9999, 12, 31, &d);
    return d;
}
