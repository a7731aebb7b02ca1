/* module.c: the broker engine's contract. */
#include "engines/broker/recheck.h"
#include "engines/broker/emergency.h"

#define THE_WAY_IN "a way in: the provider says who it is"

static const struct event events[] = {
    { "broker.linked", MSG("Liên kết tài khoản với danh tính ở nơi khác") },
    { "broker.joined", MSG("Tạo tài khoản công dân từ danh tính mức 2 khớp dữ liệu dân cư") },
    { "broker.unlinked", MSG("Gỡ liên kết với danh tính ở nơi khác") },
    { "broker.waits", MSG("Danh tính từ nơi khác chờ chủ tài khoản xác nhận") },
    { "broker.refused", MSG("Từ chối một danh tính từ nơi khác") },
    { "broker.signed_out_there", MSG("Kết thúc phiên vì đã đăng xuất ở nơi xác thực") },
    { "broker.no_longer", MSG("Nơi xác thực không còn đứng sau danh tính này; phiên kết thúc") },
    { "broker.upstream_set", MSG("Ghi cấu hình nơi xác thực bên ngoài") },
    { "broker.emergency_asked", MSG("Xin mở đường khẩn cấp") },
    { "broker.emergency_opened", MSG("Mở đường khẩn cấp") },
    { "broker.emergency_closed", MSG("Đóng đường khẩn cấp") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "broker.own", ROLES(ROLE_ANY), MSG("Xem, tạo và gỡ liên kết của chính mình với nơi xác thực bên ngoài") },
    { "broker.admin", ROLES("administrator"), MSG("Ghi cấu hình nơi xác thực bên ngoài") },
    { "broker.emergency", ROLES("administrator"), MSG("Xin, xác nhận và đóng đường khẩn cấp") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 30, MSG("Liên kết VNeID của tôi"), "/my-links", "broker.own" },
    { MENU_ADMIN, 40, MSG("Nơi xác thực bên ngoài"), "/admin/upstreams", "broker.admin" },
    { MENU_ADMIN, 41, MSG("Đường khẩn cấp"), "/admin/emergency", "broker.emergency" },
    { .path = NULL },
};

enum { FRESH_S = 15 * 60 }; /* links change what opens the account: only soon after its owner has shown who he is */

static const struct route routes[] = {
    GET("/sign-in/with/{upstream}", start_get, .open = THE_WAY_IN, .far = true, .title = MSG("Đăng nhập qua nơi khác")),
    GET_RECORDED("/sign-in/with/{upstream}/back", .open = THE_WAY_IN, .prepare = back_prepare, .write = back_write,
                 .reply = back_reply, .far = true, .title = MSG("Đăng nhập qua nơi khác")),
    GET("/sign-in/with/{upstream}/left", signed_out_get, .open = "shows nothing about anyone", .far = true,
        .title = MSG("Đã đăng xuất")),
    GET("/sign-in/with/{upstream}/leave", leave_get, .open = "leads to the provider's own page", .far = true,
        .title = MSG("Đăng xuất ở nơi xác thực")),
    POST("/sign-in/with/{upstream}/logout-token", .open = "the provider's signed token is the right",
         .form = &logout_token_form, .prepare = logout_token_prepare, .write = logout_token_write,
         .reply = logout_token_reply, .machine = logout_token_refuse, .own_key = true, .far = true,
         .title = MSG("Thông báo đăng xuất từ nơi xác thực")),
    GET("/sign-in/keys.json", keys_get, .open = "public keys", .title = MSG("Khoá công khai của ứng dụng này")),
    GET("/my-links", links_get, .may = "broker.own", .title = MSG("Liên kết VNeID của tôi")),
    GET("/my-links/{upstream}/start", link_start_get, .may = "broker.own", .fresh_s = FRESH_S, .far = true,
        .title = MSG("Liên kết")),
    GET("/my-links/waiting", pending_get, .open = "whoever arrived is told how to go on",
        .title = MSG("Liên kết với tài khoản có sẵn")),
    POST("/my-links/waiting", .may = "broker.own", .fresh_s = FRESH_S, .form = &link_form, .write = pending_write,
         .reply = pending_reply, .title = MSG("Liên kết với tài khoản có sẵn")),
    POST("/my-links/{id}/end", .may = "broker.own", .fresh_s = FRESH_S, .form = &link_form, .write = unlink_write,
         .reply = unlink_reply, .title = MSG("Gỡ liên kết")),
    GET("/admin/upstreams", upstreams_get, .may = "broker.admin", .title = MSG("Nơi xác thực bên ngoài")),
    POST("/admin/upstreams", .may = "broker.admin", .form = &upstream_form, .prepare = upstream_prepare,
         .write = upstream_write, .reply = upstream_reply, .again = upstreams_get,
         .title = MSG("Ghi cấu hình nơi xác thực")),
    GET("/admin/emergency", emergency_get, .may = "broker.emergency", .title = MSG("Đường khẩn cấp")),
    POST("/admin/emergency", .may = "broker.emergency", .fresh_s = FRESH_S, .form = &emergency_form, .prepare = emergency_ask_prepare,
         .write = emergency_ask_write, .reply = emergency_reply, .again = emergency_get, .title = MSG("Xin mở đường khẩn cấp")),
    POST("/admin/emergency/{id}/confirm", .may = "broker.emergency", .fresh_s = FRESH_S, .form = &link_form,
         .write = emergency_confirm_write, .reply = emergency_reply, .title = MSG("Xác nhận mở đường khẩn cấp")),
    POST("/admin/emergency/{id}/close", .may = "broker.emergency", .form = &link_form, .write = emergency_close_write,
         .reply = emergency_reply, .title = MSG("Đóng đường khẩn cấp")),
    ROUTE_END,
};

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    tx_unaudited(tx, "removes arrivals, flows and sessions that ended long ago");
    struct broker_pending_forget_in waiting = { .before = tx_now(tx) };
    struct broker_spent_forget_in spent = { .before = { tx_now(tx).us - US_PER_DAY } };
    struct broker_sessions_forget_in sessions = { .before = { tx_now(tx).us - 30 * US_PER_DAY } };
    struct broker_recheck_forget_in rechecks = { .before = { tx_now(tx).us - US_PER_DAY } };
    if (broker_recheck_forget(tx, &rechecks, NULL, e) != 0)
        return -1;
    return broker_pending_forget(tx, &waiting, NULL, e) != 0 || broker_spent_forget(tx, &spent, NULL, e) != 0 ||
                   broker_sessions_forget(tx, &sessions, NULL, e) != 0
               ? -1
               : 0;
}

static int forget_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, forget_write, NULL, e);
}

static const struct job jobs[] = {
    { .name = "broker.recheck",
      .every_us = US_PER_MINUTE,
      .run = recheck_job,
      .what = MSG("Hỏi nơi xác thực xem danh tính còn hiệu lực không"),
      .patient = true },
    { .name = "broker.forget",
      .every_us = US_PER_HOUR,
      .run = forget_job,
      .what = MSG("Xoá lần đăng nhập qua nơi khác đã cũ") },
    { .name = NULL },
};

const struct module broker_module = {
    .name = "broker",
    .title = MSG("Đăng nhập qua VNeID và nơi xác thực khác"),
    .needs = NEEDS("audit", "accounts", "people", "identity"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .migrations = broker_migrations,
    .statements = broker_statements,
    .events = events,
    .jobs = jobs,
    .commands = broker_commands,
    .ways_in = broker_ways_in,
    .session_rule = broker_session_rule,
    .signed_out = broker_signed_out,
    .start = broker_start,
    .stop = broker_stop,
};
