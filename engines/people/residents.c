/* residents.c: who lives where, for those who go from door to door and for those who count. */
#include "engines/people/people.h"
#include "gen/people_queries.h"

/* ---- places ---- */

int hamlet_by_id(struct dbr *r, struct arena *a, int64_t id, struct hamlet *out, struct err *e)
{
    struct hamlet_place_row row;
    int got = hamlet_place(r, a, &(struct hamlet_place_in) { .id = id }, &row, e);
    if (got == 1)
        *out = (struct hamlet) {
            .id = row.id, .unit_id = row.unit_id, .unit = row.unit, .name = row.name, .commune = row.commune
        };
    return got;
}

int hamlets_of_commune(struct dbr *r, struct arena *a, int64_t unit_id, struct hamlet **out, size_t *n, struct err *e)
{
    struct hamlets_of_unit_rows rows;
    if (hamlets_of_unit(r, a, &(struct hamlets_of_unit_in) { .unit = unit_id }, &rows, e) != 0)
        return -1;
    *out = arena_new_array(a, struct hamlet, rows.n);
    *n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = (struct hamlet) { .id = rows.v[i].id, .unit_id = unit_id, .name = rows.v[i].name };
    return 0;
}

int household_by_id(struct dbr *r, struct arena *a, int64_t id, struct household *out, struct err *e)
{
    struct household_place_row row;
    int got = household_place(r, a, &(struct household_place_in) { .id = id }, &row, e);
    if (got == 1)
        *out = (struct household) { .id = row.id,
                                    .hamlet = row.hamlet,
                                    .code = row.code,
                                    .hamlet_name = row.hamlet_name,
                                    .commune = row.commune,
                                    .head = row.head,
                                    .unit = row.unit };
    return got;
}

/* ---- people ---- */

int resident_by_id(struct dbr *r, struct arena *a, int64_t id, struct day on, struct resident *out, struct err *e)
{
    struct resident_row_row row;
    int got = resident_row(r, a, &(struct resident_row_in) { .id = id, .on = on }, &row, e);
    if (got == 1)
        *out = (struct resident) { .id = row.id,
                                   .household = row.has_household ? row.household : 0,
                                   .name = row.name,
                                   .born = row.born,
                                   .died = row.died,
                                   .has_died = row.has_died,
                                   .unit = row.unit };
    return got;
}

int resident_by_pid(struct dbr *r, struct arena *a, struct pid pid, struct day on, struct resident *out, struct err *e)
{
    struct person_claimed_row row;
    int got = person_claimed(r, a, &(struct person_claimed_in) { .pid = pid }, &row, e);
    return got == 1 ? resident_by_id(r, a, row.id, on, out, e) : got;
}

int household_members(struct dbr *r, struct arena *a, int64_t household, struct day on, struct resident **out, size_t *n,
                      struct err *e)
{
    struct household_people_rows rows;
    struct household_people_in in = { .household = household, .on = on };
    if (household_people(r, a, &in, &rows, e) != 0)
        return -1;
    *out = arena_new_array(a, struct resident, rows.n);
    *n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = (struct resident) { .id = rows.v[i].id,
                                        .household = household,
                                        .name = rows.v[i].name,
                                        .born = rows.v[i].born,
                                        .died = rows.v[i].died,
                                        .has_died = rows.v[i].has_died,
                                        .unit = rows.v[i].unit };
    return 0;
}

/* ---- one by one ---- */

struct handing {
    resident_fn *fn;
    void *ctx;
};

static int hand(void *ctx, const struct resident_at *p)
{
    const struct handing *h = ctx;
    return h->fn(h->ctx, p);
}

static int hand_resident(void *ctx, const struct residents_all_row *row)
{
    return hand(ctx, &(struct resident_at) { .person = row->person,
                                             .born = row->born,
                                             .unit = row->unit,
                                             .since = row->since,
                                             .until = row->has_until ? row->until : (struct day) { INT32_MAX },
                                             .died = row->died,
                                             .has_died = row->has_died });
}

int residents_between(struct dbr *r, struct arena *a, struct day first, struct day last, resident_fn *fn, void *ctx, struct err *e)
{
    struct handing h = { fn, ctx };
    return residents_all(r, a, &(struct residents_all_in) { .first = first, .last = last }, hand_resident, &h, e);
}

bool resident_on(const struct resident_at *p, struct day on)
{
    return p->since.n <= on.n && on.n < p->until.n && (!p->has_died || on.n < p->died.n);
}

int residents_each(struct dbr *r, struct arena *a, struct day on, resident_fn *fn, void *ctx, struct err *e)
{
    return residents_between(r, a, on, on, fn, ctx, e);
}

static int hand_of_commune(void *ctx, const struct residents_of_commune_row *row)
{
    return hand(ctx, &(struct resident_at) {
                         .person = row->id, .born = row->born, .household = row->household, .hamlet = row->hamlet });
}

int commune_residents_each(struct dbr *r, struct arena *a, int64_t unit_id, struct day on, resident_fn *fn, void *ctx, struct err *e)
{
    struct handing h = { fn, ctx };
    return residents_of_commune(r, a, &(struct residents_of_commune_in) { .unit = unit_id, .on = on }, hand_of_commune, &h, e);
}

static int hand_of_hamlet(void *ctx, const struct residents_of_hamlet_row *row)
{
    return hand(ctx, &(struct resident_at) { .person = row->id,
                                             .born = row->born,
                                             .household = row->household,
                                             .code = row->code,
                                             .head = row->head });
}

int hamlet_residents_each(struct dbr *r, struct arena *a, const struct hamlet *hamlet, struct day on, resident_fn *fn, void *ctx,
                          struct err *e)
{
    struct handing h = { fn, ctx };
    struct residents_of_hamlet_in in = { .unit = hamlet->unit_id, .hamlet = hamlet->id, .on = on };
    return residents_of_hamlet(r, a, &in, hand_of_hamlet, &h, e);
}

static int hand_home(void *ctx, const struct homes_of_row *row)
{
    return hand(ctx, &(struct resident_at) { .person = row->id,
                                             .born = row->born,
                                             .hamlet = row->hamlet,
                                             .hamlet_name = row->hamlet_name,
                                             .unit = row->unit });
}

int homes_each(struct dbr *r, struct arena *a, struct str ids, struct day on, resident_fn *fn, void *ctx, struct err *e)
{
    struct handing h = { fn, ctx };
    return homes_of(r, a, &(struct homes_of_in) { .people = ids, .on = on }, hand_home, &h, e);
}

static int hand_entry(void *ctx, const struct register_by_household_row *row)
{
    return hand(ctx, &(struct resident_at) { .person = row->id,
                                             .born = row->born,
                                             .died = row->died,
                                             .has_died = row->has_died,
                                             .household = row->household,
                                             .unit_id = row->unit,
                                             .resident = row->resident });
}

int register_each(struct dbr *r, struct arena *a, resident_fn *fn, void *ctx, struct err *e)
{
    struct handing h = { fn, ctx };
    return register_by_household(r, a, hand_entry, &h, e);
}
