/* seed_parties.c: who came where and when, before it is said who they were. Fuller at the week's end; one in twenty late. */
#include "engines/stays/seed.h"

#include <stdlib.h>
#include <string.h>

/* Of a thousand: how full a day of the week is (Monday first), and at which hour people arrive. */
static const uint32_t day_factor[7] = { 880, 880, 920, 960, 1120, 1280, 1000 };
static const struct {
    int hour;
    uint32_t per_mille;
} hours[] = { { 10, 40 },  { 12, 80 }, { 14, 130 }, { 16, 150 }, { 17, 130 }, { 18, 130 },
              { 19, 110 }, { 20, 90 }, { 21, 60 },  { 22, 40 },  { 23, 25 },  { 25, 15 } }; /* 25: one in the night */
static const uint32_t sizes[] = { 620, 860, 950, 1000 };                                    /* cumulative: 1, 2, 3, 4 */
static const uint32_t nights[] = { 640, 840, 930, 960, 980, 990, 1000 };

enum { LATE_PER_MILLE = 50, PARTY_MEAN_X1000 = 1570 };

static int32_t draw(struct rng *r, const uint32_t *upto)
{
    uint32_t at = rng_below(r, 1000);
    int32_t i = 0;
    while (at >= upto[i])
        i++;
    return i + 1;
}

static int draw_hour(struct rng *r)
{
    uint32_t at = rng_below(r, 1000);
    size_t i = 0;
    while (at >= hours[i].per_mille)
        at -= hours[i++].per_mille;
    return hours[i].hour;
}

static int32_t draw_place(const struct stays_seeding *s, struct rng *r)
{
    uint32_t at = rng_below(r, s->weights_upto[s->n_places - 1]);
    size_t low = 0, high = s->n_places - 1;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->weights_upto[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return (int32_t)low;
}

static void declare_in_time(struct seed_party *p, struct rng *r)
{
    p->declared.us = p->arrives.us + (2 + (int64_t)rng_below(r, 40)) * US_PER_MINUTE;
    if (p->declared.us > p->due.us)
        p->declared.us = p->due.us - US_PER_MINUTE;
    if (p->declared.us < p->arrives.us)
        p->declared = p->arrives;
}

static struct seed_party party(const struct stays_seeding *s, struct day d, int64_t label)
{
    struct rng all = rng_fork(&s->world.rng, SEED_STAYS), r = rng_fork(&all, (uint64_t)label);
    int hour = draw_hour(&r);
    bool last_day = d.n == s->today.n - 1;
    /* One draw a statement: the order of draws within one expression would be the compiler's choice. */
    int32_t size = draw(&r, sizes);
    struct seed_party p = { .label = label, .size = size, .place = draw_place(s, &r) };
    if (last_day && hour > 22)
        hour = 20; /* nothing that a later "now" would call the future */
    p.arrives.us = day_at(d, 0, 0).us + hour * US_PER_HOUR + (int64_t)rng_below(&r, 3600) * US_PER_SECOND;
    p.leaves = (struct day) { instant_day(p.arrives).n + draw(&r, nights) };
    if (hour > 23)
        p.leaves.n--; /* who comes after midnight has one night less on the calendar */
    if (p.leaves.n < instant_day(p.arrives).n)
        p.leaves = instant_day(p.arrives);
    p.due = stay_due(stay_clock_rule_on(NULL, instant_day(p.arrives)), p.arrives);
    declare_in_time(&p, &r);
    if (!last_day && seed_chance(&r, LATE_PER_MILLE)) {
        p.late = true;
        p.declared.us = p.due.us + (20 + (int64_t)rng_below(&r, 600)) * US_PER_MINUTE;
    }
    return p;
}

static int by_declared(const void *x, const void *y)
{
    const struct seed_party *a = x, *b = y;
    if (a->declared.us != b->declared.us)
        return a->declared.us < b->declared.us ? -1 : 1;
    return a->label < b->label ? -1 : a->label > b->label;
}

/* Receipt numbers count up per place and month, in the order of declaring. */
static void number_parties(struct stays_seeding *s)
{
    struct counter {
        int64_t month, n;
    } *last = arena_new_array(s->arena, struct counter, s->n_places);
    for (size_t i = 0; i < s->n_parties; i++) {
        struct seed_party *p = &s->parties[i];
        int y, m, d;
        day_to_ymd(instant_day(p->declared), &y, &m, &d);
        struct counter *c = &last[p->place];
        p->month = y * 100 + m;
        if (c->month != p->month)
            *c = (struct counter) { .month = p->month };
        p->n = ++c->n;
    }
}

void seed_parties(struct stays_seeding *s)
{
    VEC(struct seed_party) parties = { 0 };
    for (int i = SEED_DAYS; i >= 1; i--) {
        struct day d = { s->today.n - i };
        struct rng all = rng_fork(&s->world.rng, SEED_STAYS), r = rng_fork(&all, UINT64_C(1) << 40 | (uint64_t)d.n);
        uint64_t guests =
            (uint64_t)SEED_ARRIVALS_A_DAY * day_factor[day_of_week(d) - 1] / 1000 * (950 + rng_below(&r, 101)) / 1000;
        uint64_t n = guests * 1000 / PARTY_MEAN_X1000;
        for (uint64_t k = 0; k < n; k++)
            *vec_push(s->arena, &parties) = party(s, d, (int64_t)d.n * 100000 + (int64_t)k);
    }
    s->parties = parties.v;
    s->n_parties = parties.n;
    qsort(s->parties, s->n_parties, sizeof(*s->parties), by_declared);
    number_parties(s);
}
