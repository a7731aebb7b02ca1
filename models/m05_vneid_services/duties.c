/* duties.c: what a comparison found as rows: a new difference is the duty of the officer who has fewest, who is told; what was explained
 * and is just the same is no new one; what agrees again closes by itself.
 */
#include "models/m05_vneid_services/run.h"

#include "engines/notices/notices.h"

/* Whoever has fewest; NULL: nobody holds the role. */
static int next_owner(struct vneid_run *w, struct tx *tx, const struct role_holder **out, struct err *e)
{
    int64_t least = INT64_MAX;
    *out = NULL;
    for (size_t i = 0; i < w->officers.n; i++) {
        struct vneid_diffs_of_owner_row row;
        struct vneid_diffs_of_owner_in in = { .owner = w->officers.v[i].id };
        if (vneid_diffs_of_owner(tx_reader(tx), w->a, &in, &row, e) < 0)
            return -1;
        if (row.n < least) {
            least = row.n;
            *out = &w->officers.v[i];
        }
    }
    return 0;
}

/* Open already, or explained and just the same: no new duty. */
static int is_known(struct vneid_run *w, struct tx *tx, const struct vneid_difference *d, bool *known, struct err *e)
{
    struct vneid_diff_known_row row;
    int got = vneid_diff_known(tx_reader(tx), w->a, &(struct vneid_diff_known_in) { .number = d->number, .kind = d->kind },
                               &row, e);
    *known = got == 1 && (!row.has_done_at || (str_eq(row.action, STR("explain")) && str_eq(row.ours, d->ours) &&
                                               str_eq(row.theirs, d->theirs)));
    return got < 0 ? -1 : 0;
}

/* Once a day and officer, on their page "Tin báo". */
static int tell_owner(struct vneid_run *w, struct tx *tx, const struct role_holder *owner, struct err *e)
{
    bool made;
    struct str day = day_iso(w->a, w->day);
    struct notice_new n = { .account = owner->id,
                            .kind = STR("vneid"),
                            .title = str_fmt(w->a, "Kênh VNeID ngày %.*s: có chỗ khác nhau cần bạn xử lý",
                                             STR_ARG(day_vi(w->a, w->day))),
                            .path = STR("/admin/vneid"),
                            .text = STR(""),
                            .subject = str_fmt(w->a, "vneid/%.*s", STR_ARG(day)),
                            .key = str_fmt(w->a, "vneid/%.*s/owner/%lld", STR_ARG(day), (long long)owner->id) };
    return notice_put(tx, w->a, &n, &made, e);
}

static int put_duty(struct vneid_run *w, struct tx *tx, const struct vneid_difference *d, struct str mode, struct err *e)
{
    const struct role_holder *owner;
    bool known;
    if (is_known(w, tx, d, &known, e) || (!known && next_owner(w, tx, &owner, e)))
        return -1;
    if (known)
        return 0;
    struct vneid_diff_insert_in in = { .day = w->day,
                                       .kind = d->kind,
                                       .number = d->number,
                                       .has_case_id = d->case_id != 0,
                                       .case_id = d->case_id,
                                       .ours = d->ours,
                                       .theirs = d->theirs,
                                       .has_owner = owner != NULL,
                                       .owner = owner ? owner->id : 0,
                                       .owner_name = owner ? owner->name : STR(""),
                                       .found_at = tx_now(tx),
                                       .mode = mode };
    w->result.new_found++;
    return vneid_diff_insert(tx, &in, NULL, e) || (owner && tell_owner(w, tx, owner, e)) ? -1 : 0;
}

static bool still_there(const struct vneid_run *w, struct str number, int64_t kind)
{
    for (size_t i = 0; i < w->found.v.n; i++)
        if (str_eq(w->found.v.v[i].number, number) && w->found.v.v[i].kind == (enum vneid_diff_kind)kind)
            return true;
    return false;
}

static bool was_looked_at(const struct vneid_run *w, struct str number)
{
    for (size_t i = 0; i < w->ours.n; i++)
        if (str_eq(w->ours.v[i].number, number))
            return !w->ours.v[i].waits;
    return false;
}

/* Duties about cases that were looked at tonight and are the same on both sides. */
static int close_settled(struct vneid_run *w, struct tx *tx, struct err *e)
{
    struct vneid_diffs_rows open;
    if (vneid_diffs(tx_reader(tx), w->a, &open, e))
        return -1;
    for (size_t i = 0; i < open.n; i++) {
        struct vneid_diff_done_in in = { .done_at = tx_now(tx),
                                         .done_by = STR(""),
                                         .action = STR("same"),
                                         .reason = STR("Hai bên đã giống nhau"),
                                         .id = open.v[i].id };
        if (was_looked_at(w, open.v[i].number) && !still_there(w, open.v[i].number, open.v[i].kind) &&
            vneid_diff_done(tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

int vneid_run_keep(struct tx *tx, struct vneid_run *w, const struct audit_record *by, struct err *e)
{
    struct audit_record rec = *by;
    struct str mode = w->theirs.simulated ? STR("MÔ PHỎNG") : str_of(w->app->settings.mode);
    rec.action = STR("vneid.reconciled");
    rec.object = str_fmt(w->a, "vneid/%.*s", STR_ARG(day_iso(w->a, w->day)));
    rec.mode = mode;
    w->result.new_found = 0; /* this write may run again */
    for (size_t i = 0; i < w->found.v.n; i++)
        if (put_duty(w, tx, &w->found.v.v[i], mode, e))
            return -1;
    struct vneid_run_put_in run = { .day = w->day,
                                    .at = tx_now(tx),
                                    .ours = w->result.ours,
                                    .theirs = w->result.theirs,
                                    .same = w->result.same,
                                    .on_way = w->result.on_way,
                                    .found = w->result.found,
                                    .mode = mode };
    return close_settled(w, tx, e) || vneid_run_put(tx, &run, NULL, e) || audit_write(tx, w->a, &rec, NULL, e) ? -1 : 0;
}
