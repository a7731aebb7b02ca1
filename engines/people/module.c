/* module.c: the people engine's contract. */
#include "engines/people/commands.h"
#include "engines/people/load.h"
#include "engines/people/people.h"
#include "gen/people_queries.h"

/* A new database gets the pack's units at once: facilities, grants and reports need them before the first person. */
static int start(struct app *app, struct err *e)
{
    if (!app->db || !app->settings.pack_dir)
        return 0;
    return units_load(app->db, app->settings.pack_dir, e);
}

/* A grant for a district covers its communes, also across 1/7/2025. What cannot be looked up is not covered. */
static bool covers(struct req *q, const struct unit_code *outer, const struct unit_code *inner)
{
    struct err e = { 0 };
    struct dbr *r = req_read(q, &e);
    bool yes = false;
    if (!r || unit_within(r, *inner, *outer, instant_day(q->now), &yes, &e)) {
        log_err(q->log, LOG_WARN, "people.unit_unknown", q->id, &e);
        return false;
    }
    return yes;
}

/* A code whose unit is gone is called as it was last. */
static bool place_name(struct req *q, const struct grant *g, struct str *out)
{
    struct err e = { 0 };
    struct unit_named_row row;
    struct dbr *r = g->territory.v[0] ? req_read(q, &e) : NULL;
    if (!r || unit_named(r, q->arena, &(struct unit_named_in) { .code = g->territory, .on = instant_day(q->now) }, &row, &e) != 1)
        return false;
    *out = row.name;
    return true;
}

static int count_people(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct dbr *r;
    if (db_read_in(app->db, a, &r, e))
        return -1;
    struct people_count_row row = { 0 };
    int got = people_count(r, a, &row, e);
    db_read_end(r);
    *out = (double)row.n;
    return got < 0 ? -1 : 0;
}

static const struct event events[] = {
    { "people.seen", MSG("Xem thông tin dân cư") },
    { "people.seeded", MSG("Tạo dân cư mô phỏng") },
    { NULL, { NULL, 0 } },
};

static const struct metric metrics[] = {
    { "bon_people_registered", "gauge", MSG("Số người trong sổ dân cư"), count_people },
    { NULL, NULL, { NULL, 0 }, NULL },
};

const struct module people_module = {
    .name = "people",
    .title = MSG("Dân cư và đơn vị hành chính"),
    .needs = NEEDS("audit"),
    .migrations = people_migrations,
    .statements = people_statements,
    .events = events,
    .metrics = metrics,
    .commands = people_commands,
    .unit_covers = covers,
    .place_name = place_name,
    .start = start,
};
