/* coverage.c: who needs an asset and who holds it, on any day, counted from the register and the evidence. What is counted is kept by
 * day, so that a page costs a few hundred rows; the kept rows are never a source of anything but pages.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

#include <string.h>

enum { MONTHS_BACK = 12 };

/* ---- counting ---- */

static struct coverage_unit unit_of(const struct digital_coverage_count_row *row)
{
    return (struct coverage_unit) { .unit = row->unit,
                                    .people = { row->needs_1, row->needs_2, row->needs_4, row->needs_8, row->needs_any },
                                    .holders = { row->holds_1, row->holds_2, row->holds_4, row->holds_8, row->holds_all } };
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
    struct digital_coverage_count_rows rows;
    struct asset_births b = asset_births_on(ages, a, on);
    struct digital_coverage_count_in in = { .on = on,
                                            .born_1 = b.v[ASSET_EID],
                                            .born_2 = b.v[ASSET_PAYMENT],
                                            .born_4 = b.v[ASSET_ADDRESS],
                                            .born_8 = b.v[ASSET_SIGNATURE] };
    if (digital_coverage_count(r, a, &in, &rows, e) != 0)
        return -1;
    struct coverage c = { .on = on, .v = arena_new_array(a, struct coverage_unit, rows.n), .n = rows.n };
    for (size_t i = 0; i < rows.n; i++)
        c.v[i] = unit_of(&rows.v[i]);
    add_total(&c);
    *out = c;
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
