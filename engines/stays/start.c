/* start.c: what the engine keeps for the process. */
#include "engines/people/pack.h"
#include "engines/stays/dispatch.h"
#include "engines/stays/stays_internal.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>

struct stays_state *stays_state(struct app *app)
{
    return *app_engine_slot(app, "stays");
}

#define CLOCK_KEY "clock.stays."

static int by_day(const void *x, const void *y)
{
    const struct stay_clock_rule *a = x, *b = y;
    return a->from.n < b->from.n ? -1 : a->from.n > b->from.n;
}

/* The province's dated rules; a wrong line refuses to start, since nobody would see that the law's hours hold instead. */
static int read_rules(struct app *app, struct stays_state *state, struct err *e)
{
    struct pack_conf conf;
    if (pack_conf_read(&app->arena, app->settings.pack_dir, &conf, e) != 0)
        return -1;
    VEC(struct stay_clock_rule) rules = { 0 };
    for (size_t i = 0; i < conf.n; i++) {
        struct stay_clock_rule rule;
        if (!str_starts(conf.v[i].key, STR(CLOCK_KEY)))
            continue;
        struct str day = str_from(conf.v[i].key, sizeof(CLOCK_KEY) - 1);
        if (!stay_clock_rule_parse(conf.v[i].value, &rule) || !day_parse_iso(day, &rule.from))
            return ERR(e, ERR_INPUT, "pack.conf: %.*s = %.*s", STR_ARG(conf.v[i].key), STR_ARG(conf.v[i].value));
        *vec_push(&app->arena, &rules) = rule;
    }
    if (rules.n > 1)
        qsort(rules.v, rules.n, sizeof(*rules.v), by_day);
    state->rules = rules.v;
    state->n_rules = rules.n;
    return 0;
}

int stays_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "stays");
    if (!*slot)
        *slot = arena_new(&app->arena, struct stays_state);
    return app->settings.pack_dir ? read_rules(app, *slot, e) : 0;
}

void stays_stop(struct app *app)
{
    struct stays_state *state = stays_state(app);
    if (state)
        dispatcher_free(state->dispatcher);
}

void stays_changed(struct app *app, const struct unit_code *unit)
{
    char topic[32], data[32];
    int topic_n = snprintf(topic, sizeof(topic), "stays/%s", unit->v);
    int data_n = snprintf(data, sizeof(data), "{\"unit\":\"%s\"}", unit->v);
    struct str what = { data, (size_t)data_n };
    live_publish(app, STR("stays"), what);
    live_publish(app, (struct str) { topic, (size_t)topic_n }, what);
}
