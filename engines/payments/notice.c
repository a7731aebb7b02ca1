/* notice.c: the door through which the payment network says that something was paid. It proves itself by a signature over the body. */
#include "engines/payments/inside.h"

#include "base/json.h"

static const struct field notice_fields[] = {
    { .name = "transaction", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Số giao dịch") },
    { .name = "reference", .type = FIELD_TEXT, .required = true, .max = 25, .label = MSG("Nội dung chuyển khoản") },
    { .name = "sum", .type = FIELD_TEXT, .required = true, .max = 13, .label = MSG("Số tiền") },
    { .name = "state", .type = FIELD_TEXT, .required = true, .max = 10, .label = MSG("Trạng thái giao dịch") },
    { .name = NULL },
};
const struct form pay_notice_form = { .name = "pay_notice", .fields = notice_fields, .max_body = 4 * 1024 };

struct notice_work {
    struct pay_notice n;
    enum pay_outcome outcome;
};

int pay_notice_prepare(struct req *q, struct err *e)
{
    struct notice_work *w = arena_new(q->arena, struct notice_work);
    struct str state = req_form(q, "state");
    q->work = w;
    if (!str_eq_secret(pay_signature(q->arena, pay_key(q->app), q->body), req_header(q, "x-signature")))
        return ERR(e, ERR_FORBIDDEN, "a payment notice without a good signature");
    w->n = (struct pay_notice) { .transaction = req_form(q, "transaction"),
                                 .reference = req_form(q, "reference"),
                                 .success = str_eq(state, STR("paid")) };
    if (!str_is_digits(req_form(q, "sum")) || !str_to_i64(req_form(q, "sum"), &w->n.sum.dong))
        return req_refuse_field(q, e, "sum", MSGS("Số tiền phải là số đồng nguyên."));
    if (!w->n.success && !str_eq(state, STR("failed")))
        return req_refuse_field(q, e, "state", MSGS("Trạng thái chỉ là paid hoặc failed."));
    return 0;
}

int pay_notice_write(struct req *q, struct tx *tx, struct err *e)
{
    struct notice_work *w = q->work;
    struct case_by by = case_by_system(q->app, q->arena, STR("NAPAS"));
    return pay_take(tx, &by, &w->n, &w->outcome, e);
}

/* Also what fits nothing is answered with 200: the network has done its part, the rest is ours to settle. */
int pay_notice_reply(struct req *q, struct res *s, struct err *e)
{
    const struct notice_work *w = q->work;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "outcome", pay_outcome_name(w->outcome));
    json_out_end(&j);
    return 0;
}
