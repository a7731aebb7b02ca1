/* module.c: the contract of the ways in. */
#include "engines/credentials/commands.h"
#include "engines/credentials/credentials_pages.h"
#include "gen/credentials_queries.h"

static const struct event events[] = {
    { "accounts.password_set", MSG("Đặt mật khẩu") },
    { "accounts.sign_in_refused", MSG("Đăng nhập bị từ chối") },
    { "credentials.old_password_wrong", MSG("Gõ sai mật khẩu đang dùng khi đổi") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "credentials.own", ROLES(ROLE_ANY), MSG("Xem và đổi cách đăng nhập của chính mình") },
    { .name = NULL },
};

#define LINK_IS_RIGHT "the link is the right: random, short-lived, used once"

static const struct route routes[] = {
    GET("/sign-in", sign_in_get, .open = "the way in", .title = MSG("Đăng nhập")),
    POST("/sign-in", .open = "the way in", .form = &sign_in_form, .prepare = sign_in_prepare, .write = sign_in_write,
         .reply = sign_in_reply, .again = sign_in_again, .no_idempotency = true, .slow = true, .title = MSG("Đăng nhập")),
    GET("/invite/{token}", invite_get, .open = LINK_IS_RIGHT, .title = MSG("Đặt mật khẩu")),
    POST("/invite/{token}", .open = LINK_IS_RIGHT, .form = &invite_form, .prepare = invite_prepare, .write = invite_write,
         .reply = invite_reply, .again = invite_get, .slow = true, .title = MSG("Đặt mật khẩu")),
    GET("/security", security_get, .may = "credentials.own", .title = MSG("Bảo mật của tôi")),
    GET("/security/password", password_get, .may = "credentials.own", .title = MSG("Đổi mật khẩu")),
    POST("/security/password", .may = "credentials.own", .form = &password_form, .prepare = password_prepare, .write = password_write,
         .reply = password_reply, .again = password_get, .no_idempotency = true, .slow = true, .title = MSG("Đổi mật khẩu")),
    ROUTE_END,
};

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    tx_unaudited(tx, "removes wrong tries of yesterday");
    return failures_forget(tx, &(struct failures_forget_in){ .before = { tx_now(tx).us - US_PER_DAY } }, NULL, e);
}

static int forget_job(struct job_run *j, struct err *e)
{
    return db_write(j->db, forget_write, NULL, e);
}

static const struct job jobs[] = {
    { .name = "credentials.forget", .every_us = US_PER_HOUR, .run = forget_job, .what = MSG("Xoá các lần đăng nhập sai đã cũ") },
    { .name = NULL },
};

const struct module credentials_module = {
    .name = "credentials",
    .title = MSG("Cách đăng nhập"),
    .needs = NEEDS("audit", "accounts"),
    .routes = routes,
    .permissions = permissions,
    .migrations = credentials_migrations,
    .statements = credentials_statements,
    .events = events,
    .jobs = jobs,
    .commands = credentials_commands,
};
