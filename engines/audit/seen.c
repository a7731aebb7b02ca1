/* seen.c: the log read back: the citizen's view, and counts that limits stand on. */
#include "engines/audit/audit_internal.h"

int audit_seen_by_subject(struct dbr *r, struct arena *a, int64_t subject, int64_t before_seq, int limit,
                          struct audit_seen **out, size_t *n, struct err *e)
{
    struct audit_by_subject_rows rows;
    struct audit_by_subject_in in = { .subject = subject, .before = before_seq, .most = limit };
    if (audit_by_subject(r, a, &in, &rows, e) != 0)
        return -1;
    struct audit_seen *seen = arena_new_array(a, struct audit_seen, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        seen[i] = (struct audit_seen){ .id = rows.v[i].id, .at = rows.v[i].at, .action = rows.v[i].action,
                                       .account_name = rows.v[i].account_name, .role = rows.v[i].role,
                                       .facility_name = rows.v[i].facility_name, .purpose = rows.v[i].purpose,
                                       .object = rows.v[i].object };
    *out = seen;
    *n = rows.n;
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
