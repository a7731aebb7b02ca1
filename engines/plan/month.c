/* month.c: saving, correcting and closing. Signing stands in sign.c. */
#include "engines/plan/sign.h"

#include "base/json.h"

enum { DETAIL_MAX = 4096, REASON_LEAST = 5 };

/* ---- what may not be changed ---- */

int report_for_change(const struct app *app, struct tx *tx, struct arena *a, int64_t id, struct report *out, struct err *e)
{
    int got = report_load(app, tx_reader(tx), a, id, out, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "report %lld", (long long)id);
    if (out->head.has_closed_at)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Tháng này đã khoá sổ; báo cáo không sửa được nữa. Xin nêu điều cần đính chính trong báo "
                            "cáo tháng sau."),
                       "month %lld is closed", (long long)out->head.month);
    return 0;
}

int refuse_stale(struct err *e)
{
    return ERR_SAY(e, ERR_CONFLICT,
                   MSGS("Có người khác vừa sửa báo cáo này. Xin mở lại trang để xem bản mới rồi ghi tiếp; phần vừa gõ "
                        "vẫn còn ở trang này."),
                   "edit");
}

static int refuse_signed(const struct report *x, struct err *e)
{
    if (!x->head.has_signed_at)
        return 0;
    return ERR_SAY(e, ERR_CONFLICT, MSGS("Báo cáo đã ký. Muốn sửa, xin lập bản đính chính và ghi lý do."), "signed");
}

/* ---- saving ---- */

static const struct report_row *row_of(const struct report *x, int64_t model)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].model == model)
            return &x->rows[i];
    return NULL;
}

static int save_row(struct tx *tx, const struct report *x, const struct report_edit_row *in, struct err *e)
{
    struct plan_report_row_save_in row = { .has_claim = in->has_claim,
                                           .claim = in->claim,
                                           .did = in->did,
                                           .next = in->next,
                                           .report = x->head.id,
                                           .model = in->model };
    if (!row_of(x, in->model))
        return ERR_SAY(e, ERR_FORM, MSGS("Báo cáo này không có mô hình đó."), "model %lld", (long long)in->model);
    if (in->has_claim && (in->claim < 0 || in->claim > 100))
        return ERR_SAY(e, ERR_FORM, MSGS("Mức tự đánh giá là số phần trăm từ 0 đến 100."), "claim %d", in->claim);
    return plan_report_row_save(tx, &row, NULL, e);
}

/* The numbers a form brought back, against those that were counted. */
static int64_t numbers_touched(struct arena *a, const struct report *x, const struct report_edit *in, struct buf *models)
{
    int64_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        const struct report_row *row = row_of(x, in->rows[i].model);
        if (!row || str_eq(str_or_empty(in->rows[i].numbers), report_numbers_text(a, row)))
            continue;
        buf_fmt(models, "%s%lld", n ? " " : "", (long long)row->model);
        n++;
    }
    return n;
}

static int record_save(struct tx *tx, struct arena *a, const struct report *x, int64_t touched, struct str models,
                       const struct audit_record *by, struct err *e)
{
    struct audit_record rec = *by;
    struct buf b;
    struct json_out j;
    buf_init(&b, a, DETAIL_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "agency", x->head.agency);
    json_out_int(&j, "month", x->head.month);
    if (touched > 0)
        json_out_str(&j, "numbers_of_models", models);
    json_out_int(&j, "version", x->head.version);
    json_out_end(&j);
    rec.action = touched > 0 ? STR("plan.number_refused") : STR("plan.report_saved");
    rec.object = str_fmt(a, "plan_report/%lld", (long long)x->head.id);
    rec.detail = buf_str(&b);
    return audit_write(tx, a, &rec, NULL, e);
}

int report_save(const struct app *app, struct tx *tx, struct arena *a, const struct report_edit *in,
                const struct audit_record *by, int64_t *ignored, struct err *e)
{
    struct report x;
    struct buf models;
    int64_t changed;
    buf_init(&models, a, 1024);
    if (report_for_change(app, tx, a, in->report, &x, e) || refuse_signed(&x, e))
        return -1;
    struct plan_report_save_in save = { .words = in->words, .id = in->report, .edit = in->edit };
    if (plan_report_save(tx, &save, &changed, e))
        return -1;
    if (changed == 0)
        return refuse_stale(e);
    for (size_t i = 0; i < in->n; i++)
        if (save_row(tx, &x, &in->rows[i], e))
            return -1;
    int64_t touched = numbers_touched(a, &x, in, &models);
    if (ignored)
        *ignored = touched;
    return record_save(tx, a, &x, touched, buf_str(&models), by, e);
}

/* ---- correcting ---- */

int report_correct(const struct app *app, struct tx *tx, struct arena *a, int64_t report, struct str reason,
                   const struct audit_record *by, int64_t *id, struct err *e)
{
    struct report x;
    struct audit_record rec = *by;
    struct plan_report_newest_row newest;
    if (report_for_change(app, tx, a, report, &x, e))
        return -1;
    struct plan_report_newest_in which = { .month = x.head.month, .agency = x.head.agency };
    if (plan_report_newest(tx_reader(tx), a, &which, &newest, e) < 0)
        return -1;
    if (!x.head.has_signed_at || newest.id != report)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Đính chính lập từ bản mới nhất đã ký; đang có một bản nháp hoặc một bản mới hơn."), "version");
    if (str_trim(reason).n < REASON_LEAST)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi lý do đính chính."), "reason");
    struct plan_report_insert_in in = { .month = x.head.month,
                                        .agency = x.head.agency,
                                        .version = x.head.version + 1,
                                        .measured = x.head.measured,
                                        .words = x.head.words,
                                        .reason = reason,
                                        .late = x.head.late, /* a correction does not undo lateness, nor bring it */
                                        .drafted_at = tx_now(tx) };
    if (plan_report_insert(tx, &in, id, e) ||
        plan_report_rows_copy(tx, &(struct plan_report_rows_copy_in) { .to = *id, .from = report }, NULL, e) ||
        plan_report_numbers_copy(tx, &(struct plan_report_numbers_copy_in) { .to = *id, .from = report }, NULL, e))
        return -1;
    rec.action = STR("plan.report_corrected");
    rec.object = str_fmt(a, "plan_report/%lld", (long long)*id);
    return audit_write(tx, a, &rec, NULL, e);
}

/* ---- closing ---- */

int month_close(const struct app *app, struct tx *tx, struct arena *a, int64_t month, const struct audit_record *by,
                struct err *e)
{
    struct plan_month_row_row row;
    struct audit_record rec = *by;
    struct day due = plan_month_day(month, plan_clock_on(app, plan_month_day(month, 1)).before_day);
    int got = plan_month_row(tx_reader(tx), a, &(struct plan_month_row_in) { .month = month }, &row, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Tháng này chưa có báo cáo nào."), "month %lld", (long long)month);
    if (row.has_closed_at)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tháng này đã khoá sổ rồi."), "month %lld", (long long)month);
    if (instant_day(tx_now(tx)).n < due.n)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa đến hạn nộp báo cáo: tháng chỉ khoá sổ từ ngày đến hạn."), "month %lld",
                       (long long)month);
    struct plan_month_close_in in = { .closed_at = tx_now(tx), .closed_by = by->account_name, .month = month };
    if (plan_month_close(tx, &in, NULL, e))
        return -1;
    rec.action = STR("plan.month_closed");
    rec.object = str_fmt(a, "plan_month/%lld", (long long)month);
    return audit_write(tx, a, &rec, NULL, e);
}
