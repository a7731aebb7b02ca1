/* start.c: the pack's settings for the plan, and the plan's rows into a new store. */
#include "engines/people/pack.h"
#include "engines/plan/import.h"
#include "engines/plan/inside.h"

#define CLOCK_KEY "plan.month."

struct plan_state *plan_state(const struct app *app)
{
    return *app_engine_slot((struct app *)app, "plan");
}

/* A wrong line refuses to start: nobody would see that other days hold instead. */
static int read_clocks(struct app *app, const struct pack_conf *conf, struct plan_state *s, struct err *e)
{
    for (size_t i = 0; i < conf->n; i++) {
        struct plan_clock_rule rule;
        const struct pack_setting *line = &conf->v[i];
        if (!str_starts(line->key, STR(CLOCK_KEY)))
            continue;
        if (!day_parse_iso(str_from(line->key, sizeof(CLOCK_KEY) - 1), &rule.from) ||
            !plan_clock_parse(line->value, &rule.clock))
            return ERR(e, ERR_INPUT, "pack.conf: %.*s = %.*s", STR_ARG(line->key), STR_ARG(line->value));
        *vec_push(&app->arena, &s->clocks) = rule;
    }
    return 0;
}

/* "Thành phố Gia Nghĩa" on a paper's date line is "Gia Nghĩa". */
static struct str place_of(struct str capital)
{
    static const struct str kinds[] = { STR_INIT("Thành phố "), STR_INIT("Thị xã ") };
    for (size_t i = 0; i < 2; i++)
        if (str_starts(capital, kinds[i]))
            return str_from(capital, kinds[i].n);
    return capital;
}

static int read_pack(struct app *app, struct plan_state *s, struct err *e)
{
    struct pack_conf conf;
    if (pack_conf_read(&app->arena, app->settings.pack_dir, &conf, e) || read_clocks(app, &conf, s, e))
        return -1;
    s->province = pack_value(&conf, "province.name");
    s->capital = place_of(pack_value(&conf, "province.capital"));
    s->number = pack_value(&conf, "plan.number");
    if (!day_parse_iso(pack_value(&conf, "plan.day"), &s->day))
        return ERR(e, ERR_INPUT, "pack.conf: plan.day is no day");
    return 0;
}

int plan_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "plan");
    if (!*slot)
        *slot = arena_new(&app->arena, struct plan_state);
    if (!app->settings.pack_dir)
        return 0;
    *(struct plan_state *)*slot = (struct plan_state) { 0 };
    if (read_pack(app, *slot, e))
        return -1;
    return app->db ? plan_load_pack(app, e) : 0;
}
