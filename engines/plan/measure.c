/* measure.c: numbers of the modules' contracts, kept by day. A day that is over is counted once and stands; today's is counted again
 * each time. "Nothing to count" is kept as such and never becomes a zero.
 */
#include "engines/plan/measure.h"

enum { MEASURE_ARENA = 64 << 20 };

int plan_measures_each(const struct app *app, int (*each)(void *ctx, const struct measure *m, struct err *e), void *ctx, struct err *e)
{
    for (const struct module *const *module = app->modules; *module; module++)
        for (const struct measure *m = (*module)->measures; m && m->name; m++)
            if (each(ctx, m, e))
                return -1;
    return 0;
}

/* ---- counting ---- */

struct counting {
    const struct app *app;
    struct dbr *r;
    struct arena *a;
    struct day on;
    VEC(struct plan_kept) counted;
};

static int count_one(void *ctx, const struct measure *m, struct err *e)
{
    struct counting *c = ctx;
    struct plan_kept k = { .measure = m, .on = c->on };
    int got = m->count(c->app, c->r, c->a, c->on, &k.count, e);
    if (got < 0)
        return -1;
    k.counted = got == 1;
    if (!k.counted)
        k.count = (struct measure_count) { 0, 0 };
    *vec_push(c->a, &c->counted) = k;
    return 0;
}

int plan_count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out, size_t *n, struct err *e)
{
    struct counting c = { .app = app, .r = r, .a = a, .on = on };
    if (plan_measures_each(app, count_one, &c, e))
        return -1;
    *out = c.counted.v;
    *n = c.counted.n;
    return 0;
}

/* ---- keeping ---- */

struct keeping {
    const struct plan_kept *v;
    size_t n;
    bool over; /* the day is over: a number that stands is not touched */
};

static int keep_write(struct tx *tx, void *arg, struct err *e)
{
    const struct keeping *k = arg;
    tx_unaudited(tx, "numbers counted from rows; they name nobody");
    for (size_t i = 0; i < k->n; i++) {
        const struct plan_kept *x = &k->v[i];
        struct plan_measured_put_in put = { .measure = str_of(x->measure->name),
                                            .day = x->on,
                                            .counted = x->counted,
                                            .numerator = x->count.numerator,
                                            .denominator = x->count.denominator,
                                            .at = tx_now(tx) };
        struct plan_measured_keep_in keep = { put.measure, put.day, put.counted, put.numerator, put.denominator, put.at };
        if (k->over ? plan_measured_keep(tx, &keep, NULL, e) : plan_measured_put(tx, &put, NULL, e))
            return -1;
    }
    return 0;
}

static int count_and_keep(struct app *app, struct arena *a, struct day on, struct err *e)
{
    struct dbr *r;
    struct plan_kept *v;
    struct keeping k = { .over = on.n < instant_day(app_now(app)).n };
    if (db_read_begin(app->db, &r, e))
        return -1;
    int result = plan_count(app, r, a, on, &v, &k.n, e);
    db_read_end(r);
    k.v = v;
    return result || (k.n > 0 && db_write(app->db, keep_write, &k, e)) ? -1 : 0;
}

int plan_measure(struct app *app, struct day on, struct err *e)
{
    struct arena a;
    arena_init(&a, MEASURE_ARENA);
    int result = count_and_keep(app, &a, on, e);
    arena_release(&a);
    return result;
}

/* ---- reading what was kept ---- */

struct matching {
    struct arena *a;
    const struct plan_measured_latest_rows *rows;
    VEC(struct plan_kept) found;
};

static int match_one(void *ctx, const struct measure *m, struct err *e)
{
    (void)e;
    struct matching *c = ctx;
    struct plan_kept k = { .measure = m };
    for (size_t i = 0; i < c->rows->n; i++) {
        const struct plan_measured_latest_row *row = &c->rows->v[i];
        if (str_eq(row->measure, str_of(m->name)))
            k = (struct plan_kept) { m, row->day, row->counted, { row->numerator, row->denominator } };
    }
    *vec_push(c->a, &c->found) = k;
    return 0;
}

int plan_kept_read(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out, size_t *n,
                   struct err *e)
{
    struct plan_measured_latest_rows rows;
    struct plan_measured_latest_in in = { .on = on, .from = { on.n - KEPT_DAYS } };
    struct matching c = { .a = a, .rows = &rows };
    if (plan_measured_latest(r, a, &in, &rows, e) || plan_measures_each(app, match_one, &c, e))
        return -1;
    *out = c.found.v;
    *n = c.found.n;
    return 0;
}

int plan_kept_or_count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out, size_t *n,
                       struct err *e)
{
    struct plan_kept *v;
    if (plan_kept_read(app, r, a, on, &v, n, e))
        return -1;
    for (size_t i = 0; i < *n; i++) {
        struct counting c = { .app = app, .r = r, .a = a, .on = on };
        if (v[i].on.n == on.n)
            continue;
        if (count_one(&c, v[i].measure, e))
            return -1;
        v[i] = c.counted.v[0];
    }
    *out = v;
    return 0;
}
