/* sign.c: an agency signs its report. As with receipts (docs/decisions/0002) the proof is inclusion: the log's record holds the hash
 * of the signed text, the log's root is signed, and audit_evidence gives both to whoever asks.
 */
#include "engines/plan/sign.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

static struct str facts(struct arena *a, const struct report *x, bool late)
{
    struct buf b;
    struct json_out j;
    struct hash32 hash = sha256(report_text(a, x));
    buf_init(&b, a, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "agency", x->head.agency);
    json_out_bool(&j, "late", late);
    json_out_int(&j, "month", x->head.month);
    json_out_int(&j, "rows", (int64_t)x->n);
    json_out_str(&j, "sha256", str_hex(a, hash.b, sizeof(hash.b)));
    json_out_int(&j, "version", x->head.version);
    json_out_end(&j);
    return buf_str(&b);
}

/* A correction keeps what its first version earned. */
static bool is_late(const struct app *app, const struct report *x, struct instant at)
{
    int64_t month = x->head.month;
    if (x->head.version > 1)
        return x->head.late;
    return instant_day(at).n >= plan_month_day(month, plan_clock_on(app, plan_month_day(month, 1)).before_day).n;
}

int report_sign_at(const struct app *app, struct tx *tx, struct arena *a, const struct report_signing *in, const struct audit_record *by,
                   struct err *e)
{
    struct report x;
    struct audit_record rec = *by;
    int64_t changed;
    if (report_for_change(app, tx, a, in->report, &x, e))
        return -1;
    if (x.head.has_signed_at)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Báo cáo này đã ký rồi."), "signed");
    struct plan_report_sign_in row = { .signed_at = in->at, .signed_by = by->account_name, .late = is_late(app, &x, in->at),
                                       .id = in->report, .edit = in->edit };
    rec.action = STR("plan.report_signed");
    rec.object = str_fmt(a, "plan_report/%lld", (long long)in->report);
    rec.detail = facts(a, &x, row.late);
    if (audit_write(tx, a, &rec, &row.audit, e) || plan_report_sign(tx, &row, &changed, e))
        return -1;
    return changed == 0 ? refuse_stale(e) : 0;
}

int report_sign(const struct app *app, struct tx *tx, struct arena *a, int64_t report, int64_t edit, const struct audit_record *by,
                struct err *e)
{
    return report_sign_at(app, tx, a, &(struct report_signing) { report, edit, tx_now(tx) }, by, e);
}
