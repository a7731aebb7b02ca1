/* places.c: the communes of both geographies and the setting of this engine, read once from the pack. */
#include "engines/indicators/indicators_internal.h"

#include "engines/people/pack.h"

#include <string.h>

enum { THRESHOLD_PRESET = 5, THRESHOLD_MOST = 1000, COMMUNE = 3 };

size_t place_of(const struct places *p, enum geography g, const struct unit_code *code)
{
    size_t low = 0, high = p->n[g];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(unit_code_str(&p->v[g][middle].code), unit_code_str(code));
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NO_PLACE;
}

static bool is_commune(const struct pack_units *u, size_t i)
{
    return u->v[i].level == COMMUNE;
}

/* The lists of the pack are not promised to be sorted. */
static void put_in_order(struct places *p, enum geography g, struct place place)
{
    size_t i = p->n[g]++;
    for (; i > 0 && str_cmp(unit_code_str(&p->v[g][i - 1].code), unit_code_str(&place.code)) > 0; i--)
        p->v[g][i] = p->v[g][i - 1];
    p->v[g][i] = place;
}

static void take_units(struct arena *a, const struct pack_units *u, struct places *out)
{
    out->v[GEO_2023] = arena_new_array(a, struct place, u->n_old);
    out->v[GEO_2025] = arena_new_array(a, struct place, u->n - u->n_old);
    for (size_t i = 0; i < u->n; i++)
        if (is_commune(u, i))
            put_in_order(out, i < u->n_old ? GEO_2023 : GEO_2025,
                         (struct place){ .code = u->v[i].code, .name = u->v[i].name, .lat_e6 = u->v[i].lat_e6,
                                         .lon_e6 = u->v[i].lon_e6, .successor = NO_PLACE });
}

/* Sums over both geographies agree only while an old commune lies whole in one new one. */
static int link_successors(const struct pack_units *u, struct places *p, struct err *e)
{
    for (size_t i = 0; i < u->n_successors; i++) {
        const struct pack_successor *s = &u->successors[i];
        if (!is_commune(u, s->unit))
            continue;
        struct place *old = &p->v[GEO_2023][place_of(p, GEO_2023, &u->v[s->unit].code)];
        if (old->successor != NO_PLACE)
            return ERR(e, ERR_INPUT, "unit-successors.csv: commune %s went into more than one unit", old->code.v);
        old->successor = place_of(p, GEO_2025, &u->v[s->successor].code);
    }
    for (size_t i = 0; i < p->n[GEO_2023]; i++)
        if (p->v[GEO_2023][i].successor == NO_PLACE)
            return ERR(e, ERR_INPUT, "unit-successors.csv: commune %s went nowhere", p->v[GEO_2023][i].code.v);
    return 0;
}

int places_read(struct arena *a, const char *pack_dir, struct places *out, int64_t *threshold, struct err *e)
{
    struct pack_conf conf;
    struct pack_units units;
    memset(out, 0, sizeof(*out));
    if (pack_conf_read(a, pack_dir, &conf, e) != 0 || pack_units_read(a, pack_dir, &conf, &units, e) != 0)
        return -1;
    struct str setting = pack_value(&conf, "indicators.threshold");
    *threshold = THRESHOLD_PRESET;
    if (setting.p && (!str_to_i64(setting, threshold) || *threshold < 2 || *threshold > THRESHOLD_MOST))
        return ERR(e, ERR_INPUT, "pack.conf: indicators.threshold is no number from 2 to %d", THRESHOLD_MOST);
    take_units(a, &units, out);
    return link_successors(&units, out, e);
}

struct indicators_state *indicators_state(struct app *app)
{
    return *app_engine_slot(app, "indicators");
}

int64_t indicators_threshold(struct app *app)
{
    return indicators_state(app)->threshold;
}

int indicators_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "indicators");
    if (*slot || !app->settings.pack_dir)
        return 0;
    struct indicators_state *s = arena_new(&app->arena, struct indicators_state);
    if (places_read(&app->arena, app->settings.pack_dir, &s->places, &s->threshold, e) != 0)
        return -1;
    pthread_mutex_init(&s->lock, NULL);
    s->arena = arena_child(&app->arena);
    *slot = s;
    return 0;
}
