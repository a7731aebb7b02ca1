/* coverage.c: who needs an asset and who holds it, on any day, counted from the register and the evidence. What is counted is kept by
 * day, so that a page costs a few hundred rows; the kept rows are never a source of anything but pages.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

#include <string.h>

enum { MONTHS_BACK = 12 };

/* ---- counting ---- */

/* What everybody holds, by number: a byte a person, so that one pass over the evidence and one over the register are enough. */
struct holdings {
    uint8_t *bits;
    int64_t most;
};

static int take_holding(void *ctx, const struct digital_held_each_row *row)
{
    const struct holdings *h = ctx;
    if (row->person <= h->most)
        h->bits[row->person] = (uint8_t)row->held;
    return 0;
}

static int read_holdings(struct dbr *r, struct arena *a, struct day on, struct holdings *out, struct err *e)
{
    struct digital_person_most_row most = { 0 };
    if (digital_person_most(r, a, &most, e) < 0)
        return -1;
    *out = (struct holdings) { arena_new_array(a, uint8_t, (size_t)most.n + 1), most.n };
    return digital_held_each(r, a, &(struct digital_held_each_in) { .on = on }, take_holding, out, e);
}

struct counting {
    struct arena *a;
    const struct asset_ages *ages;
    struct day on;
    struct holdings held;
    VEC(struct coverage_unit) units;
    size_t last; /* the unit of the resident before: most live next to each other */
};

static struct coverage_unit *unit_in(struct counting *c, const struct unit_code *code)
{
    if (c->last < c->units.n && unit_code_eq(&c->units.v[c->last].unit, code))
        return &c->units.v[c->last];
    for (c->last = 0; c->last < c->units.n; c->last++)
        if (unit_code_eq(&c->units.v[c->last].unit, code))
            return &c->units.v[c->last];
    struct coverage_unit *u = vec_push(c->a, &c->units);
    u->unit = *code;
    return u;
}

static int count_resident(void *ctx, const struct resident_at *p)
{
    struct counting *c = ctx;
    int64_t needs = assets_needed(c->ages, p->born, c->on);
    int64_t held = p->person <= c->held.most ? c->held.bits[p->person] : 0;
    if (needs == 0)
        return 0;
    struct coverage_unit *u = unit_in(c, &p->unit);
    for (enum asset a = 0; a < ASSETS_; a++) {
        u->people[a] += (needs & asset_bit(a)) != 0;
        u->holders[a] += (needs & held & asset_bit(a)) != 0;
    }
    u->people[ASSET_ALL]++;
    u->holders[ASSET_ALL] += (needs & held) == needs;
    return 0;
}

static void add_total(struct coverage *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (int a = 0; a <= ASSET_ALL; a++) {
            c->total.people[a] += c->v[i].people[a];
            c->total.holders[a] += c->v[i].holders[a];
        }
}

int coverage_count(struct dbr *r, struct arena *a, const struct asset_ages *ages, struct day on, struct coverage *out,
                   struct err *e)
{
    struct counting c = { .a = a, .ages = ages, .on = on };
    if (read_holdings(r, a, on, &c.held, e) != 0 || residents_each(r, a, on, count_resident, &c, e) != 0)
        return -1;
    *out = (struct coverage) { .on = on, .v = c.units.v, .n = c.units.n };
    add_total(out);
    return 0;
}

/* ---- keeping ---- */

struct keeping {
    struct coverage coverage;
    struct digital_coverage_day_put_in day;
};

static int64_t kind_of(int asset)
{
    return asset == ASSET_ALL ? 0 : asset_bit((enum asset)asset);
}

static int keep_unit(struct tx *tx, struct day on, const struct coverage_unit *u, struct err *e)
{
    for (int a = 0; a <= ASSET_ALL; a++) {
        struct digital_coverage_put_in in = {
            .on_day = on, .unit = u->unit, .kind = kind_of(a), .people = u->people[a], .holders = u->holders[a]
        };
        if (digital_coverage_put(tx, &in, NULL, e) != 0)
            return -1;
    }
    return 0;
}

static int keep_write(struct tx *tx, void *arg, struct err *e)
{
    const struct keeping *k = arg;
    tx_unaudited(tx, "figures counted from rows that have their records");
    struct digital_coverage_drop_in drop = { .on_day = k->coverage.on };
    if (digital_coverage_drop(tx, &drop, NULL, e) != 0)
        return -1;
    for (size_t i = 0; i < k->coverage.n; i++)
        if (keep_unit(tx, k->coverage.on, &k->coverage.v[i], e) != 0)
            return -1;
    return digital_coverage_day_put(tx, &k->day, NULL, e);
}

static bool is_current(const struct digital_coverage_day_row *kept, const struct digital_evidence_state_row *now, bool over)
{
    return kept->closed || (!over && kept->evidence == now->evidence && kept->changes == now->changes);
}

static int count_if_moved(struct app *app, struct arena *a, struct dbr *r, struct keeping *k, bool *moved, struct err *e)
{
    struct digital_evidence_state_row state;
    struct digital_coverage_day_row kept;
    struct day on = k->coverage.on;
    bool over = on.n < instant_day(app_now(app)).n;
    int got = digital_coverage_day(r, a, &(struct digital_coverage_day_in) { .on_day = on }, &kept, e);
    if (got < 0 || digital_evidence_state(r, a, &state, e) < 0)
        return -1;
    *moved = got == 0 || !is_current(&kept, &state, over);
    if (!*moved)
        return 0;
    k->day = (struct digital_coverage_day_put_in) {
        .on_day = on, .evidence = state.evidence, .changes = state.changes, .closed = over, .counted_at = app_now(app)
    };
    return coverage_count(r, a, asset_ages_of(app), on, &k->coverage, e);
}

int coverage_keep(struct app *app, struct arena *a, struct day on, bool *changed, struct err *e)
{
    struct dbr *r;
    struct keeping k;
    memset(&k, 0, sizeof(k));
    k.coverage.on = on;
    if (db_read_begin(app->db, &r, e) != 0)
        return -1;
    int result = count_if_moved(app, a, r, &k, changed, e);
    db_read_end(r);
    return result == 0 && *changed ? db_write(app->db, keep_write, &k, e) : result;
}

/* The first day of the month `back` months before. */
static struct day month_before(struct day d, int back)
{
    int year, month, day;
    day_to_ymd(d, &year, &month, &day);
    int months = year * 12 + month - 1 - back;
    day_from_ymd(months / 12, months % 12 + 1, 1, &d);
    return d;
}

/* Today as it moves, yesterday once more when it is over, and, a day each time, the first days of the year behind. */
int coverage_job(struct job_run *j, struct err *e)
{
    struct day today = instant_day(j->now), yesterday = { today.n - 1 };
    bool changed = false;
    if (!asset_ages_of(j->app))
        return 0;
    if (coverage_keep(j->app, j->arena, today, &changed, e) != 0 ||
        coverage_keep(j->app, j->arena, yesterday, &changed, e) != 0)
        return -1;
    changed = false;
    for (int back = 0; back < MONTHS_BACK && !changed; back++) {
        struct day first = month_before(today, back);
        if (first.n < yesterday.n && coverage_keep(j->app, j->arena, first, &changed, e) != 0)
            return -1;
    }
    return 0;
}
