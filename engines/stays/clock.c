/* clock.c: when a stay must have been declared. Luật Cư trú 68/2020 Điều 30: before 23:00 of the first day; who comes after
 * 23:00, before 08:00 of the next day. The hours are dated data, so that an amendment is a row in the pack.
 */
#include "engines/stays/stays_internal.h"

#include <string.h>

/* What holds when the pack says nothing: the law since 2021-07-01. */
static const struct stay_clock_rule law = {
    .from = { 18809 }, .due_hour = 23, .late_hour = 8, .warn_hour = 22, .early_same_morning = true
};

const struct stay_clock_rule *stay_clock_rule_on(struct app *app, struct day d)
{
    const struct stays_state *state = app ? stays_state(app) : NULL;
    const struct stay_clock_rule *rule = &law;
    for (size_t i = 0; state && i < state->n_rules; i++)
        if (state->rules[i].from.n <= d.n)
            rule = &state->rules[i];
    return rule;
}

struct instant stay_due(const struct stay_clock_rule *r, struct instant arrival)
{
    struct day d;
    int hour, minute, second;
    instant_local(arrival, &d, &hour, &minute, &second);
    if (hour >= r->due_hour)
        return day_at((struct day) { d.n + 1 }, r->late_hour, 0);
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
               : (struct instant) { due.us - US_PER_HOUR };
}

/* ---- the rules as the pack writes them ---- */

static bool hour_of(struct str s, int *out)
{
    int64_t v;
    if (!str_to_i64(str_trim(s), &v) || v < 0 || v > 23)
        return false;
    *out = (int)v;
    return true;
}

static bool rule_part(struct str name, struct str value, struct stay_clock_rule *r, int *seen)
{
    *seen += 1;
    if (str_eq(name, STR("due")))
        return hour_of(value, &r->due_hour);
    if (str_eq(name, STR("late")))
        return hour_of(value, &r->late_hour);
    if (str_eq(name, STR("warn")))
        return hour_of(value, &r->warn_hour);
    r->early_same_morning = str_eq(value, STR("same_morning"));
    return str_eq(name, STR("early")) && (r->early_same_morning || str_eq(value, STR("same_evening")));
}

bool stay_clock_rule_parse(struct str text, struct stay_clock_rule *out)
{
    struct stay_clock_rule r;
    struct str part;
    int seen = 0;
    memset(&r, 0, sizeof(r));
    while (str_cut(&text, ',', &part)) {
        struct str value = str_trim(part), name;
        if (!str_cut(&value, ' ', &name) || !rule_part(name, str_trim(value), &r, &seen))
            return false;
    }
    if (seen != 4 || r.warn_hour >= r.due_hour || r.late_hour >= r.due_hour)
        return false;
    *out = r;
    return true;
}
