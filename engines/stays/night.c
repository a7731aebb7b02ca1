/* night.c: one night of some communes, in memory: a commune has tens of guests a night, a whole new commune some hundreds,
 * so what the page searches and counts is done here and the statement stays one.
 */
#include "engines/stays/police.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A night belongs to the day on which it began: who comes at 01:30 comes in the night before. 08:00 is when the law's morning
 * clock ends. */
enum { NIGHT_BEGINS = 8, OVERLAPS_MOST = 200 /* of a commune, as in the statements */ };

struct day stay_night_on(struct instant now)
{
    return instant_day((struct instant) { now.us - NIGHT_BEGINS * US_PER_HOUR });
}

void night_bounds(struct day d, struct night *out)
{
    out->day = d;
    out->from = day_at(d, NIGHT_BEGINS, 0);
    out->until = day_at((struct day) { d.n + 1 }, NIGHT_BEGINS, 0);
    /* From thirty days on people register tạm trú; three months is far enough back for those who did not. */
    out->since = day_at((struct day) { d.n - NIGHT_LOOK_BACK }, 0, 0);
}

static int by_guests(const void *x, const void *y)
{
    const struct stay_overlap_row *a = x, *b = y;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

/* The other stay is entered by its number, or too new for that (by_pid.c). */
static int load_overlaps(struct dbr *r, struct arena *a, const struct unit_code *unit, struct night *n, struct err *e)
{
    struct stay_overlap_rows entered, fresh;
    struct stay_overlaps_in in = { .unit = *unit, .since = n->since, .until = n->until, .night = n->day };
    struct stay_overlaps_fresh_in fresh_in = { .unit = *unit, .since = n->since, .until = n->until, .night = n->day };
    if (stay_overlaps(r, a, &in, &entered, e) != 0 || stay_overlaps_fresh(r, a, &fresh_in, &fresh, e) != 0)
        return -1;
    size_t from = n->overlaps.n; /* other communes' */
    for (size_t i = 0; i < entered.n + fresh.n; i++)
        *vec_push(a, &n->overlaps) = i < entered.n ? entered.v[i] : fresh.v[i - entered.n];
    if (entered.n > 0 && fresh.n > 0)
        qsort(n->overlaps.v + from, n->overlaps.n - from, sizeof(*n->overlaps.v), by_guests);
    if (n->overlaps.n - from > OVERLAPS_MOST)
        n->overlaps.n = from + OVERLAPS_MOST;
    return 0;
}

static bool overlaps(const struct night *n, int64_t guest)
{
    for (size_t i = 0; i < n->overlaps.n; i++)
        if (n->overlaps.v[i].id == guest)
            return true;
    return false;
}

static void count(struct night *n)
{
    int64_t facility = 0;
    n->late = n->foreign = n->waiting = n->facilities = 0;
    for (size_t i = 0; i < n->guests.n; i++) {
        const struct stay_night_row *g = n->guests.v[i].row;
        n->late += g->late;
        n->foreign += !str_eq(g->nationality, STR("VNM"));
        n->waiting += g->state == STAY_QUEUED || g->state == STAY_SENT;
        n->facilities += g->facility != facility; /* rows come in order of facility */
        facility = g->facility;
    }
}

static int load_unit(struct dbr *r, struct arena *a, const struct unit_code *unit, struct night *n, struct err *e)
{
    struct stay_night_rows rows;
    struct stay_night_in in = {
        .unit = *unit, .since = n->since, .until = n->until, .night = n->day, .from = n->from, .most = NIGHT_ROWS_MAX
    };
    if (load_overlaps(r, a, unit, n, e) != 0 || stay_night(r, a, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        if (n->guests.n == NIGHT_ROWS_MAX) {
            n->cut = true;
            break;
        }
        *vec_push(a, &n->guests) = (struct night_guest) { .row = &rows.v[i], .overlap = overlaps(n, rows.v[i].id) };
    }
    return 0;
}

int night_load(struct dbr *r, struct arena *a, const struct scope_units *units, struct day d, struct night *out,
               struct err *e)
{
    struct night n;
    memset(&n, 0, sizeof(n));
    night_bounds(d, &n);
    for (size_t i = 0; i < units->n && !n.cut; i++)
        if (load_unit(r, a, &units->v[i].code, &n, e) != 0)
            return -1;
    count(&n);
    *out = n;
    return 0;
}

/* ---- choosing among them ---- */

static bool holds(struct str text, struct str part)
{
    return str_find(text, part) >= 0;
}

static bool names(struct arena *a, const struct stay_night_row *g, struct str key, struct str typed)
{
    if (holds(g->name_key, key) || holds(g->facility_key, key) || holds(text_fold(a, g->room), key))
        return true;
    if (typed.n < 4)
        return false;
    return holds(pid_str(&g->pid), typed) || holds(g->document, typed);
}

void night_search(struct arena *a, struct night *n, struct str text)
{
    struct str key = text_fold(a, text);
    if (key.n == 0)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < n->guests.n; i++)
        if (names(a, n->guests.v[i].row, key, text))
            n->guests.v[kept++] = n->guests.v[i];
    n->guests.n = kept;
    count(n);
}

void night_keep_facility(struct night *n, int64_t facility)
{
    size_t kept = 0;
    for (size_t i = 0; i < n->guests.n; i++)
        if (n->guests.v[i].row->facility == facility)
            n->guests.v[kept++] = n->guests.v[i];
    n->guests.n = kept;
    count(n);
}
