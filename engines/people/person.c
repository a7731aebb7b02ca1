/* person.c: register entries, and the comparison that answers match or no match without showing anything. */
#include "base/text.h"
#include "engines/people/people.h"
#include "gen/people_queries.h"

/* A card that knows only the year, or a register that does, is compared by what both know. */
static bool births_agree(struct birth claim, struct birth held)
{
    if (claim.year != held.year)
        return false;
    if (!claim.month || !held.month)
        return true;
    if (claim.month != held.month)
        return false;
    return !claim.day || !held.day || claim.day == held.day;
}

int person_match(struct dbr *r, struct arena *a, const struct person_claim *c, enum person_match *m, int64_t *person,
                 struct err *e)
{
    struct person_claimed_row held;
    int got = person_claimed(r, a, &(struct person_claimed_in) { .pid = c->pid }, &held, e);
    if (got < 0)
        return -1;
    struct str key = c->name_key.p ? c->name_key : text_fold(a, c->name);
    bool same = got == 1 && str_eq(key, held.name_key) && births_agree(c->born, held.born);
    *m = !same ? PERSON_NO_MATCH : held.has_died ? PERSON_DEAD : PERSON_MATCH;
    *person = same ? held.id : 0;
    return 0;
}

static struct person person_of(const struct person_row *row)
{
    return (struct person) { .id = row->id,
                             .pid = row->pid,
                             .name = row->name,
                             .born = row->born,
                             .sex = (enum sex)row->sex,
                             .ethnic = row->ethnic,
                             .religion = row->religion,
                             .origin = row->origin,
                             .unit = row->unit,
                             .address = row->address,
                             .household = row->has_household ? row->household : 0,
                             .died = row->died,
                             .has_died = row->has_died };
}

int person_by_id(struct dbr *r, struct arena *a, int64_t id, struct person *out, struct err *e)
{
    struct person_row row;
    int got = person_entry_by_id(r, a, &(struct person_entry_by_id_in) { .id = id }, &row, e);
    if (got == 1)
        *out = person_of(&row);
    return got;
}

int person_by_pid(struct dbr *r, struct arena *a, const struct pid *pid, struct person *out, struct err *e)
{
    struct person_row row;
    int got = person_entry_by_pid(r, a, &(struct person_entry_by_pid_in) { .pid = *pid }, &row, e);
    if (got == 1)
        *out = person_of(&row);
    return got;
}
