/* seen.c: the log read back: the citizen's view, and counts that limits stand on. */
#include "engines/audit/audit_internal.h"

#include "platform/jobs/late_index.h"

/* Sealed records only: no other can appear later under a lower number. */
static int subjects_span(struct dbr *r, struct arena *a, struct late_index_span *out, struct err *e)
{
    struct audit_entered_until_row entered;
    if (audit_sealed_to(r, a, &out->most, e) != 0 || audit_entered_until(r, a, &entered, e) != 1)
        return -1;
    out->entered = entered.last;
    return 0;
}

static int subjects_move(struct tx *tx, int64_t entered, int64_t last, int64_t *moved, struct err *e)
{
    return audit_entered_set(tx, &(struct audit_entered_set_in){ .last = last, .before = entered }, moved, e);
}

static int subjects_enter(struct tx *tx, int64_t after, int64_t last, struct err *e)
{
    return audit_subjects_enter(tx, &(struct audit_subjects_enter_in){ .after = after, .last = last }, NULL, e);
}

int audit_enter_job(struct job_run *j, struct err *e)
{
    static const struct late_index by_subject = { "an index of the log by person: says nothing that the log does not say",
                                                  subjects_span, subjects_move, subjects_enter };
    return late_index_enter(j, &by_subject, e);
}

/* The newest are not entered by person yet (sql/002_subject.sql): they are looked through one by one, then come the others. */
int audit_seen_by_subject(struct dbr *r, struct arena *a, int64_t subject, int64_t before_seq, int limit,
                          struct audit_seen **out, size_t *n, struct err *e)
{
    struct audit_entered_until_row entered;
    struct audit_seen_rows fresh, rows = { .n = 0 };
    if (audit_entered_until(r, a, &entered, e) != 1)
        return -1;
    struct audit_by_subject_fresh_in after = { .entered = entered.last, .before = before_seq, .subject = subject, .most = limit };
    if (audit_by_subject_fresh(r, a, &after, &fresh, e) != 0)
        return -1;
    struct audit_by_subject_in in = { .subject = subject, .before = before_seq, .most = limit - (int64_t)fresh.n };
    if (in.most > 0 && audit_by_subject(r, a, &in, &rows, e) != 0)
        return -1;
    struct audit_seen *seen = arena_new_array(a, struct audit_seen, fresh.n + rows.n);
    for (size_t i = 0; i < fresh.n + rows.n; i++)
        seen[i] = i < fresh.n ? fresh.v[i] : rows.v[i - fresh.n];
    *out = seen;
    *n = fresh.n + rows.n;
    return 0;
}

int audit_count_of_account(struct dbr *r, struct arena *a, int64_t account, struct str action, struct instant since, int64_t *n,
                           struct err *e)
{
    struct audit_of_account_since_row row;
    struct audit_of_account_since_in in = { .account = account, .action = action, .since = since };
    if (audit_of_account_since(r, a, &in, &row, e) < 0)
        return -1;
    *n = row.n;
    return 0;
}
