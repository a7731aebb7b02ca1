/* clock.c: when a stay must have been declared. Luật Cư trú 68/2020 Điều 30: before 23:00 of the first day; who comes after
 * 23:00, before 08:00 of the next day. The hours are dated data, so that an amendment is a row.
 */
#include "engines/stays/stays.h"

static const struct stay_clock_rule stay_clock_rules[] = {
    { .from = { 18809 }, .due_hour = 23, .late_hour = 8, .warn_hour = 22, .early_same_morning = true }, /* 2021-07-01 */
};

const struct stay_clock_rule *stay_clock_rule_on(struct day d)
{
    const struct stay_clock_rule *rule = &stay_clock_rules[0];
    for (size_t i = 1; i < sizeof(stay_clock_rules) / sizeof(stay_clock_rules[0]); i++)
        if (stay_clock_rules[i].from.n <= d.n)
            rule = &stay_clock_rules[i];
    return rule;
}

struct instant stay_due(const struct stay_clock_rule *r, struct instant arrival)
{
    struct day d;
    int hour, minute, second;
    instant_local(arrival, &d, &hour, &minute, &second);
    if (hour >= r->due_hour)
        return day_at((struct day){ d.n + 1 }, r->late_hour, 0);
    if (hour < r->late_hour && r->early_same_morning)
        return day_at(d, r->late_hour, 0);
    return day_at(d, r->due_hour, 0);
}

struct instant stay_warn_at(const struct stay_clock_rule *r, struct instant arrival)
{
    struct instant due = stay_due(r, arrival);
    struct instant warn = day_at(instant_day(arrival), r->warn_hour, 0);
    /* The night clock has no warning hour of its own: warn one hour before it ends. */
    return warn.us < due.us && warn.us > arrival.us - US_PER_DAY && due.us - warn.us <= US_PER_HOUR
               ? warn
               : (struct instant){ due.us - US_PER_HOUR };
}
