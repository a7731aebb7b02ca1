/* desk.c: money that came and fits nothing waits here until a person has given it back or put it to the case it was meant for. A clerk
 * sees what belongs to cases of the own commune, and what belongs to no case at all.
 */
#include "engines/payments/desk.h"

#include "base/text.h"
#include "gen/payments_pages.h"

struct str pay_outcome_words(enum pay_outcome o)
{
    static const struct str words[PAY_OUTCOMES_] = {
        [PAY_WRONG_SUM] = MSG("Số tiền khác số phải nộp"),
        [PAY_TWICE] = MSG("Hồ sơ đã được trả phí trước đó"),
        [PAY_UNKNOWN] = MSG("Nội dung chuyển khoản không thuộc hồ sơ nào"),
        [PAY_TOO_LATE] = MSG("Hồ sơ không còn khoản phải thu"),
    };
    return words[o].n ? words[o] : STR("");
}

/* ---- what waits ---- */

/* 1 shown, 0 another commune's, -1. */
static int read_stray(struct req *q, struct dbr *r, const struct payment_notices_open_row *row, struct stray *out, struct err *e)
{
    struct payment_order_row_row order;
    struct case_view c;
    *out = (struct stray) { .transaction = row->transaction_no,
                            .reference = row->reference,
                            .mode = row->mode,
                            .sum = row->sum,
                            .at = row->at,
                            .outcome = (enum pay_outcome)row->outcome,
                            .success = row->success,
                            .case_number = STR(""),
                            .case_name = STR("") };
    int got = payment_order_row(r, q->arena, &(struct payment_order_row_in) { .reference = row->reference }, &order, e);
    if (got == 1)
        got = case_by_id(q->app, r, q->arena, order.case_id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : 1;
    out->case_number = c.number_text;
    out->case_name = c.service.name;
    return req_may(q, PAY_MAY_SETTLE, &c.unit, 0) ? 1 : 0;
}

static int read_strays(struct req *q, struct strays_view *v, struct err *e)
{
    struct payment_notices_open_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || payment_notices_open(r, q->arena, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        struct stray one;
        int got = read_stray(q, r, &rows.v[i], &one, e);
        if (got < 0)
            return -1;
        if (got == 1)
            *vec_push(q->arena, &v->rows) = one;
    }
    return 0;
}

int pay_desk_get(struct req *q, struct res *s, struct err *e)
{
    struct strays_view v = { .rows = { 0 } };
    if (read_strays(q, &v, e))
        return -1;
    struct html h = res_html(q, s);
    pay_desk(&h, &v);
    return 0;
}

static int find(struct req *q, struct stray *out, struct err *e)
{
    struct strays_view v = { .rows = { 0 } };
    if (read_strays(q, &v, e))
        return -1;
    for (size_t i = 0; i < v.rows.n; i++)
        if (str_eq(v.rows.v[i].transaction, req_param(q, "transaction"))) {
            *out = v.rows.v[i];
            return 0;
        }
    return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có khoản tiền này trong những khoản đang chờ giải quyết. Có thể người khác vừa làm xong."),
                   "no stray payment");
}

int pay_stray_get(struct req *q, struct res *s, struct err *e)
{
    struct stray_view v = { .key = req_form_key(q), .action = q->path };
    if (find(q, &v.stray, e))
        return -1;
    struct html h = res_html(q, s);
    pay_stray(&h, &v);
    return 0;
}

/* ---- settling ---- */

static const struct choice ways[] = {
    { "refund", MSG("Đã hoàn lại tiền cho người chuyển") },
    { "case", MSG("Ghi vào một hồ sơ đang chờ trả phí") },
    { .value = NULL },
};
static const struct field settle_fields[] = {
    { .name = "how", .type = FIELD_CHOICE, .required = true, .choices = ways, .label = MSG("Giải quyết thế nào") },
    { .name = "paper",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Số giao dịch hoàn tiền, hoặc số hồ sơ"),
      .help = MSG("Hoàn tiền: số giao dịch của ngân hàng. Ghi vào hồ sơ: ví dụ 24763.H16-240304-0001.") },
    { .name = "words", .type = FIELD_LINES, .max = 500, .label = MSG("Ghi chú") },
    { .name = NULL },
};
const struct form pay_settle_form = { .name = "pay_settle", .fields = settle_fields };

struct settling {
    struct stray stray;
    enum pay_settlement how;
    struct str paper;
    int64_t case_id;      /* PAY_PUT_TO_CASE */
    struct str reference; /* … of an order, if the case has none yet */
};

/* The case must lie where this clerk works and still want just this sum. */
static int check_case(struct req *q, struct settling *w, struct err *e)
{
    struct case_number number;
    struct case_view c;
    int got = case_number_parse(q->arena, w->paper, &number)
                  ? case_by_number(q->app, req_read(q, e), q->arena, &number, &c, e)
                  : 0;
    if (got < 0)
        return -1;
    if (got == 0 || !req_may(q, PAY_MAY_SETTLE, &c.unit, 0))
        return req_refuse_field(q, e, "paper", MSGS("Không có hồ sơ này ở nơi bạn làm việc. Xin xem lại số hồ sơ."));
    if (c.payment != CASE_UNPAID || c.fee.dong - c.paid.dong != w->stray.sum.dong)
        return req_refuse_field(q, e, "paper",
                                MSGS("Hồ sơ này không chờ đúng số tiền ấy. Xin hoàn lại tiền cho người chuyển, hoặc xem lại số hồ sơ."));
    w->case_id = c.id;
    w->reference = pay_reference_new(q->arena);
    return 0;
}

int pay_settle_prepare(struct req *q, struct err *e)
{
    struct settling *w = q->work = arena_new(q->arena, struct settling);
    if (find(q, &w->stray, e))
        return -1;
    w->how = str_eq(req_form(q, "how"), STR("case")) ? PAY_PUT_TO_CASE : PAY_REFUNDED;
    w->paper = str_trim(req_form(q, "paper"));
    return w->how == PAY_PUT_TO_CASE ? check_case(q, w, e) : 0;
}

static int put_to_case(struct req *q, struct tx *tx, const struct settling *w, struct err *e)
{
    struct case_by by = case_by_request(q);
    struct pay_order order;
    struct pay_notice n = { .transaction = w->stray.transaction, .sum = w->stray.sum, .success = true };
    if (pay_order_open(tx, q->arena, w->case_id, n.sum, w->reference, &order, e))
        return -1;
    n.reference = order.reference;
    return pay_book(tx, &by, &n, w->case_id, e);
}

int pay_settle_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct settling *w = q->work;
    int64_t changed;
    struct payment_settlement_insert_in in = { .transaction_no = w->stray.transaction,
                                               .success = w->stray.success,
                                               .at = tx_now(tx),
                                               .account = q->actor->account,
                                               .name = q->actor->name,
                                               .how = w->how,
                                               .paper = w->paper,
                                               .words = str_or_empty(req_form(q, "words")) };
    struct payment_notice_settle_in settle = { .transaction_no = in.transaction_no, .success = in.success };
    struct audit_record rec = audit_of(q, STR("payments.settled"));
    rec.object = str_fmt(q->arena, "payment/%.*s", STR_ARG(in.transaction_no));
    if (payment_notice_settle(tx, &settle, &changed, e))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Người khác vừa giải quyết khoản tiền này."), "settled already");
    if (w->how == PAY_PUT_TO_CASE && put_to_case(q, tx, w, e))
        return -1;
    return payment_settlement_insert(tx, &in, NULL, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int pay_settle_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/counter/payments"));
}
