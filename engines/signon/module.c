/* module.c: the provider's contract. */
#include "engines/signon/commands.h"
#include "engines/signon/inside.h"

static const struct event events[] = {
    { "signon.app_added", MSG("Thêm ứng dụng đăng nhập") },
    { "signon.app_changed", MSG("Sửa ứng dụng đăng nhập") },
    { "signon.app_status", MSG("Đổi trạng thái ứng dụng đăng nhập") },
    { "signon.secret_added", MSG("Tạo mã bí mật cho ứng dụng") },
    { "signon.secret_ended", MSG("Kết thúc mã bí mật của ứng dụng") },
    { .name = NULL },
};

const struct module signon_module = {
    .name = "signon",
    .title = MSG("Đăng nhập một lần"),
    .needs = NEEDS("audit", "accounts", "people"),
    .migrations = signon_migrations,
    .statements = signon_statements,
    .events = events,
    .commands = signon_commands,
    .start = signon_start,
    .stop = signon_stop,
};
