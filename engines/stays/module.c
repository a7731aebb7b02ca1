/* module.c: the presence log's contract. */
#include "engines/stays/stays_internal.h"

static const struct event events[] = {
    { "stays.declared", MSG("Thông báo lưu trú") },
    { "stays.guest_declared", MSG("Thông báo lưu trú cùng đoàn") },
    { "stays.guest_checked", MSG("Kiểm tra khớp hay không khớp khi nhận khách") },
    { .name = NULL },
};

const struct module stays_module = {
    .name = "stays",
    .title = MSG("Thông báo lưu trú"),
    .needs = NEEDS("audit", "accounts", "people", "identity"),
    .routes = (const struct route[]){ ROUTE_END },
    .migrations = stays_migrations,
    .statements = stays_statements,
    .events = events,
};
