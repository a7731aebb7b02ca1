/* family.c: whose children somebody's are, as far as the register knows, and until when they are children. */
#include "engines/people/people.h"
#include "gen/people_queries.h"

struct day majority_day(struct birth born)
{
    struct day d = { 0 };
    int year = born.year + MAJORITY_AGE, month = born.month ? born.month : 1, day = born.month && born.day ? born.day : 1;
    if (!day_from_ymd(year, month, day, &d))
        day_from_ymd(year, 3, 1, &d); /* born on 29 February: of age when that day would have been */
    return d;
}

int children_under_age(struct dbr *r, struct arena *a, int64_t parent, struct day on, struct minor *out, size_t *n, struct err *e)
{
    struct person_children_rows rows;
    if (person_children(r, a, &(struct person_children_in) { .parent = parent }, &rows, e))
        return -1;
    *n = 0;
    for (size_t i = 0; i < rows.n && *n < CHILDREN_MOST; i++)
        if (majority_day(rows.v[i].born).n > on.n)
            out[(*n)++] = (struct minor) { .id = rows.v[i].id, .name = rows.v[i].name, .born = rows.v[i].born };
    return 0;
}
