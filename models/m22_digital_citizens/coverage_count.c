/* coverage_count.c: who needs an asset and who holds it, on any days, counted from the register and the evidence: one walk over each,
 * however many days are asked for.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

/* What everybody holds, by number: four bits a day. */
struct holdings {
    uint64_t *bits;
    int64_t most;
};
_Static_assert(COVERAGE_DAYS_MOST * ASSETS_ <= 64, "the holdings of all days fit one word");

struct counting {
    struct arena *a;
    const struct asset_ages *ages;
    const struct day *on;
    size_t n;
    struct holdings held;
    VEC(struct coverage_unit) units[COVERAGE_DAYS_MOST];
    size_t last[COVERAGE_DAYS_MOST]; /* the unit of the resident before: most live next to each other */
};

static int take_holding(void *ctx, const struct digital_held_each_row *row)
{
    const struct counting *c = ctx;
    if (row->person > c->held.most)
        return 0;
    for (size_t i = 0; i < c->n; i++)
        if (row->counts_from.n <= c->on[i].n && c->on[i].n < row->counts_until.n)
            c->held.bits[row->person] |= (uint64_t)row->kind << (i * ASSETS_);
    return 0;
}

static int read_holdings(struct counting *c, struct dbr *r, struct err *e)
{
    struct digital_person_most_row most = { 0 };
    if (digital_person_most(r, c->a, &most, e) < 0)
        return -1;
    c->held = (struct holdings) { arena_new_array(c->a, uint64_t, (size_t)most.n + 1), most.n };
    return digital_held_each(r, c->a, take_holding, c, e);
}

static struct coverage_unit *unit_in(struct counting *c, size_t day, const struct unit_code *code)
{
    size_t *last = &c->last[day];
    if (*last < c->units[day].n && unit_code_eq(&c->units[day].v[*last].unit, code))
        return &c->units[day].v[*last];
    for (*last = 0; *last < c->units[day].n; ++*last)
        if (unit_code_eq(&c->units[day].v[*last].unit, code))
            return &c->units[day].v[*last];
    struct coverage_unit *u = vec_push(c->a, &c->units[day]);
    u->unit = *code;
    return u;
}

static void count_on(struct counting *c, size_t day, const struct resident_at *p)
{
    int64_t needs = assets_needed(c->ages, p->born, c->on[day]);
    uint64_t all = p->person <= c->held.most ? c->held.bits[p->person] : 0;
    int64_t held = (int64_t)(all >> (day * ASSETS_) & ((1 << ASSETS_) - 1));
    if (needs == 0)
        return;
    struct coverage_unit *u = unit_in(c, day, &p->unit);
    for (enum asset a = 0; a < ASSETS_; a++) {
        u->people[a] += (needs & asset_bit(a)) != 0;
        u->holders[a] += (needs & held & asset_bit(a)) != 0;
    }
    u->people[ASSET_ALL]++;
    u->holders[ASSET_ALL] += (needs & held) == needs;
}

static int count_resident(void *ctx, const struct resident_at *p)
{
    struct counting *c = ctx;
    for (size_t i = 0; i < c->n; i++)
        if (resident_on(p, c->on[i]))
            count_on(c, i, p);
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

int coverage_count_days(struct dbr *r, struct arena *a, const struct asset_ages *ages, const struct day *on, size_t n,
                        struct coverage *out, struct err *e)
{
    struct counting *c = arena_new(a, struct counting);
    struct day first = on[0], last = on[0];
    for (size_t i = 1; i < n; i++) {
        first.n = on[i].n < first.n ? on[i].n : first.n;
        last.n = on[i].n > last.n ? on[i].n : last.n;
    }
    *c = (struct counting) { .a = a, .ages = ages, .on = on, .n = n };
    if (read_holdings(c, r, e) != 0 || residents_between(r, a, first, last, count_resident, c, e) != 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct coverage) { .on = on[i], .v = c->units[i].v, .n = c->units[i].n };
        add_total(&out[i]);
    }
    return 0;
}

int coverage_count(struct dbr *r, struct arena *a, const struct asset_ages *ages, struct day on, struct coverage *out,
                   struct err *e)
{
    return coverage_count_days(r, a, ages, &on, 1, out, e);
}
