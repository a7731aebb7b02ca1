/* start.c: the province's dated rules about sources, and outages that somebody has announced. */
#include "engines/sources/inside.h"

#include "gen/sources_queries.h"

enum { OLDEST_DAYS = 30, DAYS_MAX = 3660 };

int sources_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "sources");
    struct sources_state *s = *slot ? *slot : arena_new(&app->arena, struct sources_state);
    if (app->settings.pack_dir && pack_conf_read(&app->arena, app->settings.pack_dir, &s->conf, e))
        return -1;
    *slot = s;
    return 0;
}

static struct str setting(const struct app *app, const char *what, struct str system, struct day on)
{
    const struct sources_state *s = app_engine(app, "sources");
    char key[120];
    if (!s || system.n > 60)
        return STR_NONE;
    int n = snprintf(key, sizeof key, "source.%s.%.*s", what, STR_ARG(system));
    return n > 0 && (size_t)n < sizeof key ? pack_value_on(&s->conf, key, on) : STR_NONE;
}

struct str source_label(const struct app *app, struct str system, struct day on)
{
    struct str name = setting(app, "name", system, on);
    return name.n ? name : system;
}

static int64_t days_of(struct str text)
{
    int64_t days;
    return str_to_i64(str_or_empty(text), &days) && days >= 0 && days <= DAYS_MAX ? days : -1;
}

/* The longest of all for the empty name: what is older than that is of no use to anybody. */
static int64_t longest(const struct app *app)
{
    const struct sources_state *s = app_engine(app, "sources");
    int64_t most = OLDEST_DAYS;
    for (size_t i = 0; s && i < s->conf.n; i++)
        if (str_starts(s->conf.v[i].key, STR("source.oldest.")) && days_of(s->conf.v[i].value) > most)
            most = days_of(s->conf.v[i].value);
    return most;
}

int64_t source_oldest_us(const struct app *app, struct str system, struct day on)
{
    int64_t own = system.n ? days_of(setting(app, "oldest", system, on)) : longest(app);
    int64_t any = days_of(setting(app, "oldest", STR("any"), on));
    return (own >= 0 ? own : any >= 0 ? any : OLDEST_DAYS) * US_PER_DAY;
}

/* ---- outages ---- */

int sources_outages(struct dbr *r, struct arena *a, struct source_outages *out, struct err *e)
{
    struct source_outage_rows_rows rows;
    if (source_outage_rows(r, a, &rows, e))
        return -1;
    out->v = arena_alloc(a, rows.n * sizeof *out->v);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        out->v[i].system = rows.v[i].system;
        out->v[i].reason = rows.v[i].reason;
        out->v[i].by_name = rows.v[i].by_name;
        out->v[i].since = rows.v[i].since;
    }
    return 0;
}

int sources_outage_begin(struct tx *tx, struct str system, struct str reason, struct str by_name, struct err *e)
{
    struct source_outage_set_in in = { .system = system, .since = tx_now(tx), .reason = reason, .by_name = by_name };
    return source_outage_set(tx, &in, NULL, e);
}

int sources_outage_end(struct tx *tx, struct str system, struct err *e)
{
    return source_outage_end(tx, &(struct source_outage_end_in) { .system = system }, NULL, e);
}
