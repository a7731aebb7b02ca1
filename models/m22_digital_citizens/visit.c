/* visit.c: a visit is recorded, whether it was typed at the door or arrives from a phone that had no network. */
#include "models/m22_digital_citizens/visit.h"

#include "gen/digital_citizens_queries.h"

static int put_reasons(struct tx *tx, const struct visit_new *in, int64_t visit, bool counts, struct err *e)
{
    for (size_t i = 0; i < in->n; i++) {
        struct digital_visit_reason_insert_in row = { .visit = visit, .person = in->v[i].person, .reason = in->v[i].reason };
        struct digital_reason_set_in now = {
            .person = in->v[i].person, .reason = in->v[i].reason, .visit = visit, .said_on = in->visited_on
        };
        if (digital_visit_reason_insert(tx, &row, NULL, e) != 0 || (counts && digital_reason_set(tx, &now, NULL, e) != 0))
            return -1;
    }
    return 0;
}

/* A visit that was written without knowing the last one waits until somebody decides between the two. */
int visit_record(struct tx *tx, struct arena *a, const struct visit_new *in, const struct audit_record *who,
                 struct visit_recorded *out, struct err *e)
{
    struct digital_visit_last_row last;
    if (digital_visit_last(tx_reader(tx), a, &(struct digital_visit_last_in) { .household = in->household }, &last, e) < 0)
        return -1;
    bool twice = last.id > in->seen_last;
    struct digital_visit_insert_in row = { .household = in->household,
                                           .visited_on = in->visited_on,
                                           .note = in->note,
                                           .recorded_by = in->by,
                                           .recorded_name = in->by_name,
                                           .recorded_at = tx_now(tx),
                                           .has_double_of = twice,
                                           .double_of = last.id,
                                           .state = twice ? VISIT_WAITS : VISIT_COUNTS,
                                           .offline = in->offline };
    struct audit_record rec = *who;
    if (digital_visit_insert(tx, &row, &out->id, e) != 0 || put_reasons(tx, in, out->id, !twice, e) != 0)
        return -1;
    out->twice = twice;
    rec.action = twice ? STR("digital.visit_twice") : STR("digital.visited");
    rec.unit = in->unit;
    rec.object = str_fmt(a, "visit/%lld", (long long)out->id);
    if (in->offline)
        rec.detail = STR("{\"offline\":true}");
    return audit_write(tx, a, &rec, NULL, e);
}
