/* measure.c: numbers of the modules' contracts, kept by day. A day that is over is counted once and stands; today's is counted again
 * each time. "Nothing to count" is kept as such and never becomes a zero.
 */
#include "engines/plan/measure.h"

int plan_measures_each(const struct app *app, int (*each)(void *ctx, const struct measure *m, struct err *e), void *ctx,
                       struct err *e)
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

/* m counts itself and the rows below it that have no .count: one look at the rows for all of them. */
static int count_together(struct counting *c, const struct measure *m, size_t n, struct plan_kept *out, struct err *e)
{
    struct measure_count *counts = arena_new_array(c->a, struct measure_count, n);
    int got = m->count(c->app, c->r, c->a, c->on, counts, e);
    if (got < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        bool counted = got == 1 && counts[i].numerator != MEASURE_NOTHING;
        out[i] = (struct plan_kept) { .measure = &m[i], .on = c->on, .counted = counted };
        if (counted)
            out[i].count = counts[i];
    }
    return 0;
}

static int count_one(void *ctx, const struct measure *m, struct err *e)
{
    struct counting *c = ctx;
    if (!m->count) /* counted with a row above */
        return 0;
    size_t n = measures_together(m);
    struct plan_kept *together = arena_new_array(c->a, struct plan_kept, n);
    if (count_together(c, m, n, together, e))
        return -1;
    for (size_t i = 0; i < n; i++)
        *vec_push(c->a, &c->counted) = together[i];
    return 0;
}

int plan_count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out, size_t *n,
               struct err *e)
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

/* What was kept of a day that is over stands, so only the rest of it is counted. */
static int count_and_keep(struct app *app, struct arena *a, struct day on, struct err *e)
{
    struct dbr *r;
    struct plan_kept *v;
    struct keeping k = { .over = on.n < instant_day(app_now(app)).n };
    if (db_read_in(app->db, a, &r, e))
        return -1;
    int result = k.over ? plan_kept_or_count(app, r, a, on, &v, &k.n, e) : plan_count(app, r, a, on, &v, &k.n, e);
    db_read_end(r);
    k.v = v;
    return result || (k.n > 0 && db_write_in(app->db, a, keep_write, &k, e)) ? -1 : 0;
}

int plan_measure(struct app *app, struct arena *a, struct day on, struct err *e)
{
    struct arena *own = arena_child(a);
    int result = count_and_keep(app, own, on, e);
    arena_release(own);
    return result;
}

/* ---- several days that are over, in one walk ---- */

struct counting_days {
    struct counting c;
    const struct day *on;
    size_t n;
};

static int count_days_of_one(void *ctx, const struct measure *m, struct err *e)
{
    struct counting_days *d = ctx;
    if (!m->count_days)
        return 0;
    size_t together = measures_together(m), all = together * d->n;
    struct measure_count *counts = arena_new_array(d->c.a, struct measure_count, all);
    for (size_t i = 0; i < all; i++)
        counts[i].numerator = MEASURE_NOTHING;
    if (m->count_days(d->c.app, d->c.r, d->c.a, d->on, d->n, counts, e))
        return -1;
    for (size_t i = 0; i < all; i++) {
        struct plan_kept k = { .measure = &m[i % together], .on = d->on[i / together] };
        k.counted = counts[i].numerator != MEASURE_NOTHING;
        if (k.counted)
            k.count = counts[i];
        *vec_push(d->c.a, &d->c.counted) = k;
    }
    return 0;
}

static int days_keep(struct app *app, struct arena *a, const struct day *on, size_t n, struct err *e)
{
    struct counting_days d = { .c = { .app = app, .a = a }, .on = on, .n = n };
    if (db_read_in(app->db, a, &d.c.r, e))
        return -1;
    int result = plan_measures_each(app, count_days_of_one, &d, e);
    db_read_end(d.c.r);
    struct keeping k = { .v = d.c.counted.v, .n = d.c.counted.n, .over = true };
    return result || (k.n > 0 && db_write_in(app->db, a, keep_write, &k, e)) ? -1 : 0;
}

int plan_measure_days(struct app *app, struct arena *a, const struct day *on, size_t n, struct err *e)
{
    struct arena *own = arena_child(a);
    int result = days_keep(app, own, on, n, e);
    arena_release(own);
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

/* v[0 … n) are counted together: what is not kept for the day is counted, what is stands. */
static int fill_together(struct counting *c, struct plan_kept *v, size_t n, struct err *e)
{
    struct plan_kept *now;
    size_t kept = 0;
    while (kept < n && v[kept].on.n == c->on.n)
        kept++;
    if (kept == n)
        return 0;
    now = arena_new_array(c->a, struct plan_kept, n);
    if (count_together(c, v->measure, n, now, e))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (v[i].on.n != c->on.n)
            v[i] = now[i];
    return 0;
}

int plan_kept_or_count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out,
                       size_t *n, struct err *e)
{
    struct counting c = { .app = app, .r = r, .a = a, .on = on };
    struct plan_kept *v;
    if (plan_kept_read(app, r, a, on, &v, n, e))
        return -1;
    for (size_t i = 0, together; i < *n; i += together) {
        together = measures_together(v[i].measure);
        if (fill_together(&c, &v[i], together, e))
            return -1;
    }
    *out = v;
    return 0;
}
