/* replay.c: every due day counted again from its events, beside what the rows say. Whoever doubts a day can see that it follows. */
#include "engines/cases/replay.h"

#include <string.h>

enum { SLICE_OF_CASES = 500, SLICE_ARENA = 64 << 20 };

/* The events of one case among those of a slice, which are in order of cases. */
static size_t events_of(struct arena *a, const struct case_clock_event_rows *rows, size_t *at, int64_t id,
                        struct clock_event **out)
{
    size_t first = *at;
    while (*at < rows->n && rows->v[*at].case_id == id)
        ++*at;
    *out = arena_new_array(a, struct clock_event, *at - first + 1);
    for (size_t i = first; i < *at; i++)
        (*out)[i - first] = case_clock_event_of(&rows->v[i]);
    return *at - first;
}

/* What the rows must say when the events are right. */
static bool agrees(const struct case_clock *c, const struct case_clock_stored_row *row)
{
    struct case_record_move_in should = { .turn_at = { 0 } };
    case_clock_show(c, &should);
    return should.has_due_at == row->has_due_at && (!row->has_due_at || should.due_at.us == row->due_at.us) &&
           should.has_share_due_at == row->has_share_due_at &&
           (!row->has_share_due_at || should.share_due_at.us == row->share_due_at.us) &&
           should.has_promised_on == row->has_promised_on &&
           (!row->has_promised_on || should.promised_on.n == row->promised_on.n) && should.clock == row->clock &&
           should.stop == row->stop;
}

static int replay_one(struct case_replay *p, struct arena *a, const struct clock_event *ev, size_t n,
                      const struct case_clock_stored_row *row, struct err *e)
{
    struct case_clock c;
    struct case_number number = { row->organ, row->day, row->n };
    struct err why = { 0 };
    p->cases++;
    p->events += (int64_t)n;
    if (clock_run(case_calendar(p->app), ev, n, &c, &why) == 0 && agrees(&c, row))
        return 0;
    p->wrong++;
    return p->found ? p->found(p->ctx, case_number_str(a, &number), row->has_due_at ? row->due_at : (struct instant) { 0 },
                               why.code ? (struct instant) { 0 } : clock_due(&c), e)
                    : 0;
}

/* 1 there are more, 0 that was the last. */
static int replay_slice(struct case_replay *p, struct dbr *r, struct arena *a, int64_t *after, struct err *e)
{
    struct case_clock_stored_rows cases;
    struct case_clock_event_rows events;
    size_t at = 0;
    if (case_clock_stored(r, a, &(struct case_clock_stored_in) { .after = *after, .most = SLICE_OF_CASES }, &cases, e))
        return -1;
    if (cases.n == 0)
        return 0;
    struct case_clock_rows_between_in in = { .after = *after, .last = cases.v[cases.n - 1].id };
    if (case_clock_rows_between(r, a, &in, &events, e))
        return -1;
    for (size_t i = 0; i < cases.n; i++) {
        struct clock_event *ev;
        size_t n = events_of(a, &events, &at, cases.v[i].id, &ev);
        if (replay_one(p, a, ev, n, &cases.v[i], e))
            return -1;
    }
    *after = cases.v[cases.n - 1].id;
    return 1;
}

int case_replay_all(struct case_replay *p, struct err *e)
{
    struct arena a;
    struct dbr *r;
    int64_t after = 0;
    int more = 1;
    arena_init(&a, SLICE_ARENA);
    while (more == 1) { /* a read transaction for each slice: a long one would keep the log of writes from being tidied */
        if (db_read_begin(p->app->db, &r, e)) {
            more = -1;
            break;
        }
        more = replay_slice(p, r, &a, &after, e);
        db_read_end(r);
        arena_clear(&a);
    }
    arena_release(&a);
    return more < 0 ? -1 : 0;
}
