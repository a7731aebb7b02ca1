/* roll.c: keeps the numbers level with the stays. The present day is counted again whenever something was declared or changed; a
 * day that is over is counted once more, closed, and stays as it was published. Everything is read before the door is asked: a
 * write is only the few values that differ.
 */
#include "engines/indicators/indicators_internal.h"

#include "base/vec.h"

#include <string.h>

enum { LOOK_BACK = 400 }; /* days closed in one run: a database that has stays but no numbers yet, or a server that stood still */
#define SETTLE_US      US_PER_MINUTE       /* declarations of a day's last second may still be under way */
#define COUNT_AGAIN_US (5 * US_PER_MINUTE) /* catches what no watermark shows: a facility that opened or closed */

struct difference {
    enum indicator measure;
    struct unit_code unit;
    int64_t n;
};

/* One day's write. */
struct day_write {
    struct day day;
    bool closed, move_on;
    struct source_most_row source;
    VEC(struct difference) values;
    bool behind; /* out: another server has counted later stays */
};

struct roll {
    struct app *app;
    struct arena *arena;
    struct dbr *reader;
    struct instant now;
    struct day today;
    VEC(struct day_write) days;
};

static int write_day(struct tx *tx, void *arg, struct err *e)
{
    struct day_write *w = arg;
    struct instant now = tx_now(tx);
    int64_t moved = 1;
    tx_unaudited(tx, "counts of stays that are audited themselves; they say nothing about anyone");
    struct source_count_in source = { .declarations = w->source.declarations, .changes = w->source.changes, .rolled_at = now };
    if (w->move_on && source_count(tx, &source, &moved, e) != 0)
        return -1;
    w->behind = moved == 0;
    if (w->behind)
        return 0;
    for (size_t i = 0; i < w->values.n; i++) {
        const struct difference *d = &w->values.v[i];
        struct value_put_in in = { .measure = measure_texts[d->measure].name, .day = w->day, .unit = d->unit, .n = d->n,
                                   .computed_at = now };
        if (value_put(tx, &in, NULL, e) != 0)
            return -1;
    }
    return day_put(tx, &(struct day_put_in){ .day = w->day, .closed = w->closed, .computed_at = now }, NULL, e);
}

/* ---- what differs from what is kept ---- */

static int differ(struct roll *x, const struct counts *c, size_t day, enum indicator m, struct day_write *w, struct err *e)
{
    struct values_of_days_rows kept;
    const struct places *p = c->places;
    struct values_of_days_in in = { .measure = measure_texts[m].name, .first = w->day, .last = w->day };
    if (values_of_days(x->reader, x->arena, &in, &kept, e) != 0)
        return -1;
    size_t k = 0;
    for (size_t i = 0; i < p->n[GEO_2023]; i++) { /* both in order of code */
        const struct unit_code *code = &p->v[GEO_2023][i].code;
        int64_t n = *count_at(c, m, day, i), was = 0;
        while (k < kept.n && str_cmp(unit_code_str(&kept.v[k].unit), unit_code_str(code)) < 0)
            k++;
        if (k < kept.n && unit_code_eq(&kept.v[k].unit, code))
            was = kept.v[k].n;
        if (n != was)
            *vec_push(x->arena, &w->values) = (struct difference){ m, *code, n };
    }
    return 0;
}

static void say_strangers(const struct roll *x, const struct counts *c)
{
    if (c->strangers > 0)
        LOG(&x->app->log, LOG_WARN, "indicators.unit_unknown", LF("rows", str_fmt(x->arena, "%lld", (long long)c->strangers)));
}

/* One more day to be written; its place in the list may move with the next one. */
static int add_day(struct roll *x, const struct counts *c, size_t day, struct day_write w, bool with_open, struct err *e)
{
    w.day.n = c->first.n + (int32_t)day;
    for (enum indicator m = 0; m < MEASURES_; m++)
        if ((m != FACILITIES_OPEN || with_open) && differ(x, c, day, m, &w, e) != 0)
            return -1;
    *vec_push(x->arena, &x->days) = w;
    return 0;
}

static int write_days(struct roll *x, bool *changed, struct err *e)
{
    *changed = false;
    for (size_t i = 0; i < x->days.n; i++) {
        struct day_write *w = &x->days.v[i];
        if (db_write_in(x->app->db, x->arena, write_day, w, e) != 0)
            return -1;
        *changed |= !w->behind && w->values.n > 0;
    }
    return 0;
}

static int count_days(struct roll *x, struct counts *c, struct day first, struct day last, struct err *e)
{
    counts_init(c, x->arena, &indicators_state(x->app)->places, first, last);
    if (counts_read(c, x->reader, x->arena, e) != 0)
        return -1;
    say_strangers(x, c);
    return 0;
}

/* ---- days that are over ---- */

/* The first day that is not closed yet; `until` when there is none. */
static int first_open(struct roll *x, struct day until, struct day *out, struct err *e)
{
    struct day_last_closed_row closed;
    struct declared_first_row first;
    *out = until;
    int found = day_last_closed(x->reader, x->arena, &closed, e);
    if (found == 1)
        out->n = closed.day.n + 1;
    if (found == 0) {
        found = declared_first(x->reader, x->arena, &first, e);
        if (found == 1)
            *out = indicator_day_of(first.made_at);
    }
    if (out->n < until.n - LOOK_BACK)
        out->n = until.n - LOOK_BACK;
    return found < 0 ? -1 : 0;
}

static int close_days(struct roll *x, struct err *e)
{
    struct day until = indicator_day_of((struct instant){ x->now.us - SETTLE_US }), first;
    struct counts c;
    if (first_open(x, until, &first, e) != 0)
        return -1;
    if (first.n >= until.n)
        return 0;
    if (count_days(x, &c, first, (struct day){ until.n - 1 }, e) != 0)
        return -1;
    for (size_t i = 0; i < c.days; i++)
        if (add_day(x, &c, i, (struct day_write){ .closed = true }, true, e) != 0)
            return -1;
    return 0;
}

/* ---- today ---- */

static int is_level(struct roll *x, const struct source_most_row *most, bool *yes, struct err *e)
{
    struct source_counted_row counted;
    struct day_row_row row;
    int found = day_row(x->reader, x->arena, &(struct day_row_in){ .day = x->today }, &row, e);
    if (found < 0 || source_counted(x->reader, x->arena, &counted, e) < 0)
        return -1;
    *yes = found == 1 && counted.declarations == most->declarations && counted.changes == most->changes &&
           x->now.us - row.computed_at.us < COUNT_AGAIN_US;
    return 0;
}

static int count_today(struct roll *x, struct err *e)
{
    struct counts c;
    struct day_write w = { .move_on = true };
    bool level = false;
    if (source_most(x->reader, x->arena, &w.source, e) < 0 || is_level(x, &w.source, &level, e) != 0)
        return -1;
    if (level)
        return 0;
    return count_days(x, &c, x->today, x->today, e) != 0 ? -1 : add_day(x, &c, 0, w, true, e);
}

/* ---- ways in ---- */

int indicators_roll(struct app *app, struct arena *a, struct instant now, bool *changed, struct err *e)
{
    struct roll x = { .app = app, .arena = a, .now = now, .today = indicator_day_of(now) };
    if (db_read_in(app->db, a, &x.reader, e) != 0)
        return -1;
    int result = close_days(&x, e) != 0 || count_today(&x, e) != 0 ? -1 : 0;
    db_read_end(x.reader);
    return result == 0 ? write_days(&x, changed, e) : -1;
}

/* A day of a few thousand stays is counted in milliseconds, every other second. A count that takes long is followed by a long rest, so
 * that however many stays a day has, counting takes at most a hundredth of one processor. */
enum { LONG_US = 100000, REST_FACTOR = 100 };

int roll_job(struct job_run *j, struct err *e)
{
    struct indicators_state *st = indicators_state(j->app);
    bool changed = false;
    int64_t began = monotonic_us();
    if (!st || began < st->rests_until_us)
        return 0;
    int result = indicators_roll(j->app, j->arena, j->now, &changed, e);
    int64_t ended = monotonic_us();
    if (ended - began > LONG_US)
        st->rests_until_us = ended + REST_FACTOR * (ended - began);
    if (changed)
        live_publish(j->app, STR("indicators"), STR("{\"changed\":true}"));
    return result;
}

/* How many places were open on a day is known only from the day itself: what was kept then stays. */
static int rebuild_read(struct roll *x, struct day first, struct err *e)
{
    struct counts c;
    struct day_row_row row;
    if (count_days(x, &c, first, x->today, e) != 0)
        return -1;
    for (size_t i = 0; i < c.days; i++) {
        struct day d = { first.n + (int32_t)i };
        int known = day_row(x->reader, x->arena, &(struct day_row_in){ .day = d }, &row, e);
        if (known < 0 || add_day(x, &c, i, (struct day_write){ .closed = i + 1 < c.days }, known == 0 || i + 1 == c.days, e) != 0)
            return -1;
    }
    return 0;
}

int indicators_rebuild(struct app *app, int days, struct err *e)
{
    enum { REBUILD_ARENA = 64 << 20 };
    struct arena a;
    bool changed;
    arena_init(&a, REBUILD_ARENA);
    struct roll x = { .app = app, .arena = &a, .now = app_now(app), .today = indicator_day_of(app_now(app)) };
    int result = db_read_begin(app->db, &x.reader, e);
    if (result == 0) {
        result = rebuild_read(&x, (struct day){ x.today.n - days }, e);
        db_read_end(x.reader);
    }
    if (result == 0)
        result = write_days(&x, &changed, e);
    arena_release(&a);
    return result;
}
