/* module.c: the contract of payments. */
#include "engines/payments/desk.h"

static const struct event events[] = {
    { "payments.told", MSG("Mạng thanh toán báo một giao dịch") },
    { "payments.settled", MSG("Giải quyết một khoản tiền chưa thuộc hồ sơ nào") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { PAY_MAY_SETTLE, ROLES("one_stop_clerk"), MSG("Giải quyết tiền phí trả sai, trả hai lần") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_COMMUNE, 14, MSG("Tiền phí chờ giải quyết"), "/counter/payments", PAY_MAY_SETTLE },
    { .path = NULL },
};

static const struct route routes[] = {
    POST("/api/v1/payments/notices", .open = "the payment network, which proves itself by a signature over the body", .json = true,
         .form = &pay_notice_form, .prepare = pay_notice_prepare, .write = pay_notice_write, .reply = pay_notice_reply,
         .no_idempotency = true, .title = MSG("Mạng thanh toán báo kết quả")),
    GET("/counter/payments", pay_desk_get, .may = PAY_MAY_SETTLE, .title = MSG("Tiền phí chờ giải quyết")),
    GET("/counter/payments/{transaction}", pay_stray_get, .may = PAY_MAY_SETTLE, .title = MSG("Một khoản tiền chờ giải quyết")),
    POST("/counter/payments/{transaction}", .may = PAY_MAY_SETTLE, .form = &pay_settle_form, .prepare = pay_settle_prepare,
         .write = pay_settle_write, .reply = pay_settle_reply, .again = pay_stray_get,
         .title = MSG("Ghi đã giải quyết một khoản tiền")),
    ROUTE_END,
};

const struct module payments_module = {
    .name = "payments",
    .title = MSG("Thanh toán phí, lệ phí"),
    .needs = NEEDS("audit", "people", "cases"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .migrations = payments_migrations,
    .statements = payments_statements,
    .events = events,
    .commands = payments_commands,
    .start = payments_start,
};
