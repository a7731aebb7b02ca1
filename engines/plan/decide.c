/* decide.c: conflicts between the two readings, and decisions about them. A decision is never changed: a later one counts instead. */
#include "engines/plan/decide.h"

#include "base/json.h"

static struct plan_conflict conflict_of(const struct plan_conflicts_row *row)
{
    return (struct plan_conflict) { .id = row->id,
                                    .model = row->has_model ? row->model : 0,
                                    .field = row->field,
                                    .body = row->body,
                                    .appendix = row->appendix,
                                    .question = row->question,
                                    .decided = row->words.p != NULL,
                                    .words = row->words,
                                    .reason = row->reason,
                                    .by = row->decided_by,
                                    .at = row->at };
}

int plan_conflicts_read(struct dbr *r, struct arena *a, int64_t model, struct plan_conflicts *out, struct err *e)
{
    struct plan_conflicts_rows rows;
    if (plan_conflicts(r, a, &rows, e))
        return -1;
    *out = (struct plan_conflicts) { arena_new_array(a, struct plan_conflict, rows.n), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        struct plan_conflict c = conflict_of(&rows.v[i]);
        if (model < 0 || c.model == model)
            out->v[out->n++] = c;
    }
    return 0;
}

/* ---- deciding ---- */

/* What will count: the chosen reading's words and day, or the ones given. */
static int settle_words(struct dbr *r, struct arena *a, const struct plan_conflict_by_id_row *c,
                        const struct plan_deciding *d, struct plan_decision_insert_in *in, struct err *e)
{
    struct plan_reading_day_row reading;
    struct plan_reading_day_in which = { .model = c->model, .field = c->field, .place = d->reading };
    bool deadline = str_eq(c->field, STR("deadline"));
    if (str_eq(d->reading, STR("other"))) {
        in->words = d->words;
        in->has_day = deadline;
        in->day = d->day;
        if (!d->words.n || (deadline && !d->has_day))
            return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi nội dung quyết định; thời hạn cần một ngày."), "words or day");
        return 0;
    }
    in->words = str_eq(d->reading, STR("body")) ? c->body : c->appendix;
    if (!in->words.n)
        return ERR_SAY(e, ERR_FORM, MSGS("Phần này của kế hoạch để trống. Xin chọn phần kia hoặc ghi nội dung khác."),
                       "empty reading");
    if (!deadline)
        return 0;
    int got = plan_reading_day(r, a, &which, &reading, e);
    if (got < 0)
        return -1;
    in->has_day = got == 1 && reading.has_day;
    in->day = reading.day;
    if (!in->has_day)
        return ERR_SAY(e, ERR_FORM, MSGS("Cách viết này không cho một ngày cụ thể. Xin chọn cách khác hoặc ghi ngày."),
                       "no day");
    return 0;
}

static struct str facts(struct arena *a, const struct plan_conflict_by_id_row *c, const struct plan_decision_insert_in *in)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 32 << 10);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "appendix", c->appendix);
    json_out_str(&j, "body", c->body);
    if (in->has_day)
        json_out_str(&j, "day", day_iso(a, in->day));
    json_out_str(&j, "field", c->field);
    json_out_int(&j, "model", c->has_model ? c->model : 0);
    json_out_str(&j, "reading", in->reading);
    json_out_str(&j, "reason", in->reason);
    json_out_str(&j, "words", in->words);
    json_out_end(&j);
    return buf_str(&b);
}

int plan_decide(struct tx *tx, struct arena *a, const struct plan_deciding *d, const struct audit_record *by, int64_t *id,
                struct err *e)
{
    struct plan_conflict_by_id_row c;
    struct audit_record rec = *by;
    struct plan_decision_insert_in in = { .conflict = d->conflict,
                                          .reading = d->reading,
                                          .reason = d->reason,
                                          .account = by->account,
                                          .decided_by = by->account_name,
                                          .at = tx_now(tx) };
    int got = plan_conflict_by_id(tx_reader(tx), a, &(struct plan_conflict_by_id_in) { .id = d->conflict }, &c, e);
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "conflict %lld", (long long)d->conflict);
    if (got < 0 || settle_words(tx_reader(tx), a, &c, d, &in, e) || plan_decision_insert(tx, &in, id, e))
        return -1;
    rec.action = STR("plan.decided");
    rec.object = str_fmt(a, "plan_conflict/%lld", (long long)d->conflict);
    rec.detail = facts(a, &c, &in);
    return audit_write(tx, a, &rec, NULL, e);
}
