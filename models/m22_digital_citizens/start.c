/* start.c: what the model reads from the pack once and keeps for the process: ages (rule.c), and certification authorities with their
 * days.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "engines/people/pack.h"

/* ---- certification authorities ---- */

enum { PROVIDER_CODE, PROVIDER_NAME, PROVIDER_SINCE, PROVIDER_UNTIL, PROVIDER_COLUMNS };

static int take_provider(struct pack_list *l, struct arena *a, struct signature_providers *out, struct err *e)
{
    struct str until = pack_cell(l, PROVIDER_UNTIL);
    struct signature_provider p = { .code = str_dup(a, pack_cell(l, PROVIDER_CODE)), .name = str_dup(a, pack_cell(l, PROVIDER_NAME)) };
    day_from_ymd(9999, 12, 31, &p.until);
    if (p.code.n == 0 || p.name.n == 0 || !day_parse_iso(pack_cell(l, PROVIDER_SINCE), &p.since) ||
        (until.n > 0 && !day_parse_iso(until, &p.until)) || out->n == sizeof(out->v) / sizeof(out->v[0]))
        return pack_refuse(l, e, "code, name or day");
    out->v[out->n++] = p;
    return 0;
}

static int read_providers(struct arena *a, const char *pack_dir, struct signature_providers *out, struct err *e)
{
    static const char *const names[PROVIDER_COLUMNS] = { "code", "name", "since", "until" };
    struct pack_list l;
    int got;
    if (pack_list_open(a, pack_dir, "signature-providers.csv", names, PROVIDER_COLUMNS, &l, e) != 0)
        return -1;
    while ((got = pack_list_next(&l, e)) == 1)
        if (take_provider(&l, a, out, e) != 0)
            return -1;
    return got;
}

/* ---- what the model keeps for the process ---- */

struct digital_state {
    struct asset_ages ages;
    struct signature_providers providers;
};

const struct asset_ages *asset_ages_of(const struct app *app)
{
    const struct digital_state *s = app_engine(app, "digital_citizens");
    return s ? &s->ages : NULL;
}

const struct signature_providers *signature_providers_of(const struct app *app)
{
    const struct digital_state *s = app_engine(app, "digital_citizens");
    return s ? &s->providers : NULL;
}

const struct signature_provider *signature_provider_named(const struct app *app, struct str code)
{
    const struct signature_providers *all = signature_providers_of(app);
    for (size_t i = 0; all && i < all->n; i++)
        if (str_eq(all->v[i].code, code))
            return &all->v[i];
    return NULL;
}

int digital_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "digital_citizens");
    if (*slot || !app->settings.pack_dir)
        return 0;
    struct digital_state *s = arena_new(&app->arena, struct digital_state);
    if (asset_ages_read(&app->arena, app->settings.pack_dir, &s->ages, e) != 0 ||
        read_providers(&app->arena, app->settings.pack_dir, &s->providers, e) != 0)
        return -1;
    *slot = s;
    return 0;
}
