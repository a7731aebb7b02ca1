/* pay.c: paying for a case at the kiosk. Order, receipt and what is to be paid back are the payments engine's; here stands which session
 * asked for which order. The money may come when the session is long gone: it is booked all the same, and the receipt waits.
 */
#include "models/m02_kiosk/pages.h"

#include "gen/kiosk_pages.h"

struct paying {
    struct kiosk_place place;
    struct kiosk_session session;
    struct case_view c;
    struct str reference;
    struct pay_fate fate;
};

static bool is_simulation(const struct req *q)
{
    return str_eq(str_of(q->app->settings.mode), STR("MÔ PHỎNG"));
}

/* ---- asking for money ---- */

int kiosk_pay_prepare(struct req *q, struct err *e)
{
    struct paying *w = arena_new(q->arena, struct paying);
    q->work = w;
    if (kiosk_place_of(q, &w->place, e) || kiosk_session_need(q, &w->place, &w->session, e))
        return -1;
    if (!w->place.prints)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Máy hết giấy hoặc kẹt giấy, chưa in được biên lai nên chưa thu tiền. Xin trả ở cửa."),
                       "no paper");
    int got = w->session.held.case_id ? case_by_id(q->app, req_read(q, e), q->arena, w->session.held.case_id, &w->c, e) : 0;
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no case in this session");
    if (!w->c.open || w->c.payment != CASE_UNPAID || w->c.fee.dong <= 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này không còn phí phải trả."), "nothing to pay");
    w->reference = pay_reference_new(q->arena);
    return 0;
}

int kiosk_pay_write(struct req *q, struct tx *tx, struct err *e)
{
    struct paying *w = q->work;
    struct pay_order order;
    if (pay_order_open(tx, q->arena, w->c.id, w->c.fee, w->reference, &order, e))
        return -1;
    req_outcome(q, order.reference);
    struct kiosk_asked_insert_in in = { .reference = order.reference, .session = w->session.id, .asked_at = tx_now(tx) };
    return kiosk_asked_insert(tx, &in, NULL, e);
}

int kiosk_pay_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/kiosk/pay/%.*s", STR_ARG(q->outcome)));
}

/* ---- the code, and then what became of it ---- */

static struct kiosk_pay_view view_of(struct req *q, const struct pay_fate *fate)
{
    struct kiosk_pay_view v = { .reference = fate->order.reference, .sum = fate->order.sum, .receipt = fate->receipt };
    v.qr = str_or_empty(pay_order_qr(q->app, q->arena, &fate->order, instant_day(q->now)));
    v.refund = fate->given_back ? STR("") : pay_refund_words(fate->refund);
    v.simulated = is_simulation(q);
    return v;
}

int kiosk_pay_get(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_bar bar;
    struct kiosk_session session;
    struct pay_fate fate;
    if (kiosk_open(q, s, &bar, &session, e) || kiosk_session_need(q, &bar.place, &session, e))
        return -1;
    int got = pay_fate_of(req_read(q, e), q->arena, req_param(q, "reference"), &fate, e);
    if (got != 1 || fate.order.case_id != session.held.case_id)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no such payment in this session");
    struct kiosk_pay_view v = view_of(q, &fate);
    v.bar = bar;
    if (v.receipt.n == 0 && v.refund.n == 0)
        v.bar.idle_s = KIOSK_PAY_IDLE_S;
    struct html h = res_html(q, s);
    kiosk_pay_page(&h, &v);
    return 0;
}

/* ---- a button in the place of the bank ---- */

int kiosk_paid_prepare(struct req *q, struct err *e)
{
    struct paying *w = arena_new(q->arena, struct paying);
    q->work = w;
    if (!is_simulation(q))
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Chỉ ngân hàng mới xác nhận được tiền đã đến."), "not a simulation");
    if (kiosk_place_of(q, &w->place, e))
        return -1;
    int got = pay_fate_of(req_read(q, e), q->arena, req_param(q, "reference"), &w->fate, e);
    return got == 1 ? 0 : got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no such payment");
}

/* One transaction an order, so that a second press is the same word again. */
int kiosk_paid_write(struct req *q, struct tx *tx, struct err *e)
{
    struct paying *w = q->work;
    struct case_by by = case_by_system(q->app, q->arena, w->place.device.name);
    struct pay_notice n = { .transaction = str_fmt(q->arena, "MP-%.*s", STR_ARG(w->fate.order.reference)),
                            .reference = w->fate.order.reference,
                            .sum = w->fate.order.sum,
                            .success = true };
    enum pay_outcome outcome;
    return pay_take(tx, &by, &n, &outcome, e);
}

int kiosk_paid_reply(struct req *q, struct res *s, struct err *e)
{
    struct str reference = req_param(q, "reference");
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/kiosk/pay/%.*s", STR_ARG(reference)));
}
