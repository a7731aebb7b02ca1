/* coverage.c: what coverage_count.c counts is kept by day, so that a page costs a few hundred rows; the kept rows are never a source of
 * anything but pages and figures.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

#include <string.h>

enum { MONTHS_BACK = 12 };

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
    if (db_read_in(app->db, a, &r, e) != 0)
        return -1;
    int result = count_if_moved(app, a, r, &k, changed, e);
    db_read_end(r);
    return result == 0 && *changed ? db_write_in(app->db, a, keep_write, &k, e) : result;
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
