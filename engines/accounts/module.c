/* module.c: the accounts engine's contract. */
#include "engines/accounts/accounts_internal.h"

static const struct event events[] = {
    { "accounts.created", MSG("Tạo tài khoản") },
    { "accounts.signed_in", MSG("Đăng nhập") },
    { "accounts.sign_in_refused", MSG("Đăng nhập bị từ chối") },
    { "accounts.signed_out", MSG("Đăng xuất") },
    { "accounts.signed_out_everywhere", MSG("Đăng xuất khỏi mọi thiết bị") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "citizen", .title = MSG("Công dân"), .function = "citizen", .home = "/my-data" },
    { .name = "administrator", .title = MSG("Quản trị hệ thống"), .function = "system.admin", .home = "/admin/accounts" },
    { .name = NULL },
};

const struct module accounts_module = {
    .name = "accounts",
    .title = MSG("Tài khoản và vai trò"),
    .needs = NEEDS("audit"),
    .routes = (const struct route[]){ ROUTE_END },
    .roles = roles,
    .migrations = accounts_migrations,
    .statements = accounts_statements,
    .events = events,
    .authenticate = session_authenticate,
};
