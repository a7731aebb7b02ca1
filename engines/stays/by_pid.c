/* by_pid.c: guests entered by the number on their card, a few seconds after they were declared (sql/004_by_pid.sql says why). On SQLite
 * only, where numbers of rows appear in order: on PostgreSQL there is no mark, and nothing to do.
 */
#include "engines/stays/dispatch.h"
#include "engines/stays/stays_internal.h"

#include "platform/jobs/late_index.h"

static int pid_span(struct dbr *r, struct arena *a, struct late_index_span *out, struct err *e)
{
    struct stay_pid_span_row row = { 0 };
    if (stay_pid_span(r, a, &row, e) < 0)
        return -1;
    *out = (struct late_index_span) { .entered = row.entered, .most = row.most };
    return 0;
}

static int pid_move(struct tx *tx, int64_t entered, int64_t last, int64_t *moved, struct err *e)
{
    return stay_entered_set(tx, &(struct stay_entered_set_in) { .last = last, .entered = entered }, moved, e);
}

static int pid_enter(struct tx *tx, int64_t after, int64_t last, struct err *e)
{
    return stay_pid_enter(tx, &(struct stay_pid_enter_in) { .after = after, .last = last }, NULL, e);
}

int stays_enter_job(struct job_run *j, struct err *e)
{
    static const struct late_index by_pid = { "an index of guests by their number: says nothing that their rows do not say", pid_span,
                                              pid_move, pid_enter };
    return late_index_enter(j, &by_pid, e);
}
