/* events.c: what others follow: channels and notices read what happened from a cursor on, and the engine need not know them. */
#include "engines/cases/inside.h"

int case_events_after(struct dbr *r, struct arena *a, int64_t after, int most, struct case_events *out, struct err *e)
{
    struct case_event_rows_rows rows;
    struct case_event_rows_in in = { .after = after, .most = most };
    if (audit_sealed_to(r, a, &in.sealed, e) || case_event_rows(r, a, &in, &rows, e))
        return -1;
    *out = (struct case_events) { arena_new_array(a, struct case_event, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = (struct case_event) { .cursor = rows.v[i].audit,
                                          .case_id = rows.v[i].case_id,
                                          .at = rows.v[i].at,
                                          .kind = rows.v[i].kind,
                                          .state = rows.v[i].state,
                                          .move = rows.v[i].move,
                                          .national = (int)rows.v[i].national };
    return 0;
}

int case_follower_at(struct dbr *r, struct arena *a, struct str name, int64_t *after, struct err *e)
{
    struct case_follower_row_row row;
    int got = case_follower_row(r, a, &(struct case_follower_row_in) { .name = name }, &row, e);
    if (got < 0)
        return -1;
    *after = got == 1 ? row.after : 0;
    return 0;
}

int case_follower_set(struct tx *tx, struct str name, int64_t after, struct err *e)
{
    return case_follower_keep(tx, &(struct case_follower_keep_in) { .name = name, .after = after }, NULL, e);
}
