/* clock_rows.c: the clock's events in rows, and what they say on the case's own row. */
#include "engines/cases/inside.h"

struct clock_event case_clock_event_of(const struct case_clock_event_row *row)
{
    return (struct clock_event) { .kind = (enum clock_event_kind)row->kind,
                                  .at = row->at,
                                  .days = (int)row->days,
                                  .late_minute = (int)row->late_minute,
                                  .end_minute = (int)row->end_minute,
                                  .edition = (int)row->edition,
                                  .stop = (enum clock_stop)row->stop,
                                  .promised = row->promised,
                                  .who = row->who };
}

int case_clock_of(struct dbr *r, struct arena *a, int64_t id, struct case_clock_log *out, struct err *e)
{
    struct case_clock_event_rows rows;
    if (case_clock_rows(r, a, &(struct case_clock_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = (struct case_clock_log) { arena_new_array(a, struct clock_event, rows.n + 1),
                                     arena_new_array(a, struct instant, rows.n + 1), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        out->recorded_at[i] = rows.v[i].recorded_at;
        out->v[i] = case_clock_event_of(&rows.v[i]);
    }
    return 0;
}

int case_clock_put(struct tx *tx, int64_t id, const struct clock_event *ev, struct instant recorded_at, struct err *e)
{
    struct case_clock_insert_in in = { .case_id = id,
                                       .kind = ev->kind,
                                       .at = ev->at,
                                       .recorded_at = recorded_at,
                                       .days = ev->days,
                                       .late_minute = ev->late_minute,
                                       .end_minute = ev->end_minute,
                                       .edition = ev->edition,
                                       .stop = ev->stop,
                                       .has_promised = ev->kind == CLOCK_PROMISED,
                                       .promised = ev->promised,
                                       .who = str_or_empty(ev->who) };
    return case_clock_insert(tx, &in, NULL, e);
}

void case_clock_show(const struct case_clock *c, struct case_record_move_in *row)
{
    const struct clock_share *share = clock_share_now(c);
    struct instant due = clock_due(c);
    bool standing = c->state == CLOCK_STANDING;
    row->clock = c->state;
    row->stop = standing ? c->stop : CLOCK_STOP_NONE;
    row->has_due_at = due.us != 0;
    row->due_at = due;
    row->has_share_due_at = share && !standing && c->state != CLOCK_OVER;
    row->share_due_at = share ? share->term.due : (struct instant) { 0 };
    row->has_promised_on = c->has_promise;
    row->promised_on = c->promised;
    row->has_received_at = c->started.us != 0;
    row->received_at = c->started;
    row->has_ended_at = c->state == CLOCK_OVER;
    row->ended_at = c->ended;
    row->has_on_time = c->state == CLOCK_OVER && c->started.us != 0;
    row->on_time =
        row->has_on_time && (c->term.missed ? false : c->ended.us <= c->term.due.us || c->stop != CLOCK_STOP_NONE);
    if (row->has_share_due_at)
        row->turn_at = share->term.due;
    else if (row->has_due_at && c->state != CLOCK_OVER)
        row->turn_at = due;
}

int case_explain(const struct app *app, struct dbr *r, struct arena *a, int64_t id, struct str *sentence, struct err *e)
{
    struct case_clock_log log;
    return case_clock_of(r, a, id, &log, e) || clock_explain(a, case_calendar(app), log.v, log.n, sentence, e) ? -1 : 0;
}
