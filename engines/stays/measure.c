/* measure.c: how much of the province's lodging is declared, and how much in time: what the plan office shows of models 9 to 12. */
#include "engines/stays/stays_internal.h"

enum { PERIOD_DAYS = 30 };

static struct instant period_begin(struct day on)
{
    return day_at((struct day) { on.n - PERIOD_DAYS + 1 }, 0, 0);
}

static struct instant period_end(struct day on)
{
    return day_at((struct day) { on.n + 1 }, 0, 0);
}

/* Before the first declaration ever, that nobody declares says nothing about the places. */
static int began_before(struct dbr *r, struct arena *a, struct instant until, struct err *e)
{
    struct stay_declared_before_row row;
    int got = stay_declared_before(r, a, &(struct stay_declared_before_in) { .until = until }, &row, e);
    return got < 0 ? -1 : row.yes;
}

int stays_count_declaring(struct dbr *r, struct arena *a, const struct stay_kinds *k, struct day on,
                          struct measure_count *out, struct err *e)
{
    struct facilities_declaring_row row;
    struct facilities_declaring_in in = {
        .since = period_begin(on), .until = period_end(on), .kind = k->v[0], .or_kind = k->v[1], .or_else = k->v[2]
    };
    int began = began_before(r, a, in.until, e);
    if (began != 1)
        return began;
    if (facilities_declaring(r, a, &in, &row, e) < 0)
        return -1;
    *out = (struct measure_count) { row.declaring, row.places };
    return row.places > 0;
}

int stays_count_on_time(struct dbr *r, struct arena *a, const struct stay_kinds *k, struct day on, struct measure_count *out,
                        struct err *e)
{
    struct guests_on_time_row row;
    int year, month, day;
    day_to_ymd((struct day) { on.n - PERIOD_DAYS + 1 }, &year, &month, &day);
    struct guests_on_time_in in = { .kind = k->v[0],
                                    .or_kind = k->v[1],
                                    .or_else = k->v[2],
                                    .month = year * 100 + month, /* only narrows: made_at decides */
                                    .since = period_begin(on),
                                    .until = period_end(on) };
    if (guests_on_time(r, a, &in, &row, e) < 0)
        return -1;
    *out = (struct measure_count) { row.on_time, row.guests };
    return row.guests > 0;
}
