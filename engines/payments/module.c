/* module.c: the contract of payments. */
#include "engines/payments/inside.h"

static const struct event events[] = {
    { "payments.told", MSG("Mạng thanh toán báo một giao dịch") },
    { .name = NULL },
};

static const struct route routes[] = {
    POST("/api/v1/payments/notices", .open = "the payment network, which proves itself by a signature over the body", .json = true,
         .form = &pay_notice_form, .prepare = pay_notice_prepare, .write = pay_notice_write, .reply = pay_notice_reply,
         .no_idempotency = true, .title = MSG("Mạng thanh toán báo kết quả")),
    ROUTE_END,
};

const struct module payments_module = {
    .name = "payments",
    .title = MSG("Thanh toán phí, lệ phí"),
    .needs = NEEDS("audit", "people", "cases"),
    .routes = routes,
    .migrations = payments_migrations,
    .statements = payments_statements,
    .events = events,
    .commands = payments_commands,
    .start = payments_start,
};
