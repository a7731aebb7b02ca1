/* module.c: the presence log's contract. */
#include "engines/stays/stays_internal.h"

static const struct event events[] = {
    { "stays.declared", MSG("Thông báo lưu trú") },
    { "stays.guest_declared", MSG("Thông báo lưu trú cùng đoàn") },
    { "stays.guest_checked", MSG("Kiểm tra khớp hay không khớp khi nhận khách") },
    { "stays.changed", MSG("Thay đổi thông báo lưu trú") },
    { "stays.seeded", MSG("Tạo cơ sở và lưu trú mô phỏng") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "receptionist", .title = MSG("Lễ tân cơ sở lưu trú"), .function = "stay.notify", .facility = true, .home = "/stays" },
    { .name = "commune_police", .title = MSG("Công an cấp xã"), .function = "stay.receive", .territorial = true, .home = "/police/stays" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "stay.declare", ROLES("receptionist"), MSG("Khai báo lưu trú cho cơ sở của mình") },
    { "stay.read", ROLES("receptionist"), MSG("Xem thông báo lưu trú của cơ sở mình") },
    { "stay.read.police", ROLES("commune_police"), MSG("Xem lưu trú trong địa bàn") },
    { .name = NULL },
};

const struct module stays_module = {
    .name = "stays",
    .title = MSG("Thông báo lưu trú"),
    .needs = NEEDS("audit", "accounts", "people", "identity"),
    .routes = (const struct route[]){ ROUTE_END },
    .permissions = permissions,
    .roles = roles,
    .migrations = stays_migrations,
    .statements = stays_statements,
    .events = events,
    .start = stays_start,
};
