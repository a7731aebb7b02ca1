/* start.c: what the engine keeps for the process. */
#include "engines/stays/stays_internal.h"

#include <stdio.h>

struct stays_state *stays_state(struct app *app)
{
    return *app_engine_slot(app, "stays");
}

int stays_start(struct app *app, struct err *e)
{
    (void)e;
    void **slot = app_engine_slot(app, "stays");
    if (!*slot)
        *slot = arena_new(&app->arena, struct stays_state);
    return 0;
}

void stays_changed(struct app *app, const struct unit_code *unit)
{
    char topic[32], data[32];
    int topic_n = snprintf(topic, sizeof(topic), "stays/%s", unit->v);
    int data_n = snprintf(data, sizeof(data), "{\"unit\":\"%s\"}", unit->v);
    struct str what = { data, (size_t)data_n };
    live_publish(app, STR("stays"), what);
    live_publish(app, (struct str){ topic, (size_t)topic_n }, what);
}
