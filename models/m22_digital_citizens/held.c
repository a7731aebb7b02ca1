/* held.c: what each of some people holds on a day: one look at the evidence for all of them. */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

#include <stdlib.h>

enum { IDS_MAX = 4 << 20 };

static int by_person(const void *x, const void *y)
{
    const struct person_assets *a = x, *b = y;
    return a->person < b->person ? -1 : a->person > b->person;
}

struct str people_ids(struct arena *a, const struct person_assets *v, size_t n)
{
    struct buf b;
    buf_init(&b, a, IDS_MAX);
    buf_lit(&b, "[");
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%lld", i == 0 ? "" : ",", (long long)v[i].person);
    buf_lit(&b, "]");
    return buf_str(&b);
}

struct filling {
    struct person_assets *v;
    size_t n, at;
};

/* Both come in order of their numbers. */
static int take_held(void *ctx, const struct digital_held_of_row *row)
{
    struct filling *f = ctx;
    while (f->at < f->n && f->v[f->at].person < row->person)
        f->at++;
    if (f->at < f->n && f->v[f->at].person == row->person)
        f->v[f->at].held = row->held;
    return 0;
}

int assets_held(struct dbr *r, struct arena *a, struct day on, struct person_assets *v, size_t n, struct err *e)
{
    struct filling f = { v, n, 0 };
    if (n == 0)
        return 0;
    qsort(v, n, sizeof(*v), by_person);
    struct digital_held_of_in in = { .people = people_ids(a, v, n), .on = on };
    return digital_held_of(r, a, &in, take_held, &f, e);
}
