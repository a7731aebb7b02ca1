/* seen.c: the log read back: the citizen's view, and counts that limits stand on. */
#include "engines/audit/audit_internal.h"

/* Sealed records only: no other can appear later under a lower number. Several servers may do this at once: the loser keeps nothing. */
enum { ENTERED_AT_ONCE = 4096 }; /* records in one write, so that it holds the door for a few milliseconds only */
struct entering {
    bool more;
    struct arena *arena;
};

static int enter_write(struct tx *tx, void *arg, struct err *e)
{
    struct entering *w = arg;
    struct audit_entered_until_row entered;
    int64_t sealed = 0, moved = 0;
    tx_unaudited(tx, "an index of the log by person: says nothing that the log does not say");
    w->more = false;
    if (audit_sealed_to(tx_reader(tx), w->arena, &sealed, e) != 0 || audit_entered_until(tx_reader(tx), w->arena, &entered, e) != 1)
        return -1;
    int64_t last = sealed < entered.last + ENTERED_AT_ONCE ? sealed : entered.last + ENTERED_AT_ONCE;
    if (last <= entered.last)
        return 0;
    if (audit_entered_set(tx, &(struct audit_entered_set_in){ .last = last, .before = entered.last }, &moved, e) != 0)
        return -1;
    w->more = last < sealed;
    if (moved == 0)
        return 0;
    return audit_subjects_enter(tx, &(struct audit_subjects_enter_in){ .after = entered.last, .last = last }, NULL, e);
}

int audit_enter_job(struct job_run *j, struct err *e)
{
    struct entering w = { .more = true, .arena = j->arena };
    for (int turn = 0; w.more && turn < 64; turn++)
        if (db_write_in(j->db, j->arena, enter_write, &w, e) != 0)
            return -1;
    return 0;
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
