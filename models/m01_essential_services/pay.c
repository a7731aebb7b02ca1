/* pay.c: a case's fee by VietQR. The page shows the code and the same in words, for whoever pays on the phone that shows it. */
#include "models/m01_essential_services/own.h"

#include "engines/payments/payments.h"
#include "gen/essential_services_pages.h"

struct pay_work {
    struct case_view c;
    struct str reference;
};

int own_pay_get(struct req *q, struct res *s, struct err *e)
{
    struct own_pay_view v = { .qr = STR("") };
    struct pay_order order = { .sum = { 0 } };
    struct pay_receipt receipt = { .number = STR("") };
    struct dbr *r = req_read(q, e);
    if (!r || own_case_of(q, &v.c, e))
        return -1;
    int got = pay_order_of_case(r, q->arena, v.c.id, &order, e);
    if (got < 0 || pay_receipt_of_case(r, q->arena, v.c.id, &receipt, e) < 0)
        return -1;
    v.receipt = receipt.number;
    v.unpaid = v.c.open && v.c.payment == CASE_UNPAID;
    v.base = own_path(q->arena, &v.c);
    v.key = req_form_key(q);
    v.account = pay_account_words(q->app, q->arena, instant_day(q->now));
    if (v.unpaid && got == 1 && !order.paid_at.us) {
        v.qr = str_or_empty(pay_order_qr(q->app, q->arena, &order, instant_day(q->now)));
        v.reference = order.reference;
    }
    struct html h = res_html(q, s);
    own_pay(&h, &v);
    return 0;
}

int own_pay_prepare(struct req *q, struct err *e)
{
    struct pay_work *w = arena_new(q->arena, struct pay_work);
    q->work = w;
    if (own_case_of(q, &w->c, e))
        return -1;
    if (!w->c.open || w->c.payment != CASE_UNPAID)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này không còn phí phải trả."), "payment %d", (int)w->c.payment);
    w->reference = pay_reference_new(q->arena);
    return 0;
}

int own_pay_write(struct req *q, struct tx *tx, struct err *e)
{
    struct pay_work *w = q->work;
    struct pay_order order;
    if (pay_order_open(tx, q->arena, w->c.id, w->c.fee, w->reference, &order, e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%.*s/tra-phi", STR_ARG(own_path(q->arena, &w->c))));
    return 0;
}
