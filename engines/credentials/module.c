/* module.c: the contract of the ways in. */
#include "engines/credentials/breached_page.h"
#include "engines/credentials/commands.h"
#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/recovery.h"
#include "engines/credentials/scan.h"
#include "gen/credentials_queries.h"

static const struct event events[] = {
    { "accounts.password_set", MSG("Đặt mật khẩu") },
    { "accounts.sign_in_refused", MSG("Đăng nhập bị từ chối") },
    { "credentials.password_right", MSG("Mật khẩu đúng, chờ bước hai") },
    { "credentials.code_refused", MSG("Mã xác nhận bị từ chối") },
    { "credentials.paper_code_used", MSG("Dùng một mã dự phòng") },
    { "credentials.app_added", MSG("Bật ứng dụng tạo mã") },
    { "credentials.app_removed", MSG("Tắt ứng dụng tạo mã") },
    { "credentials.paper_codes_made", MSG("Tạo mã dự phòng mới") },
    { "credentials.passkey_added", MSG("Thêm khoá truy cập") },
    { "credentials.passkey_removed", MSG("Gỡ khoá truy cập") },
    { "credentials.passkey_refused", MSG("Khoá truy cập bị từ chối") },
    { "credentials.recovery_started", MSG("Cán bộ bắt đầu lấy lại tài khoản tại quầy") },
    { "credentials.recovery_confirmed", MSG("Cán bộ thứ hai xác nhận lấy lại tài khoản") },
    { "credentials.recovery_called_off", MSG("Huỷ việc lấy lại tài khoản") },
    { "credentials.recovery_code_wrong", MSG("Gõ sai mã lấy lại tài khoản") },
    { "credentials.recovered", MSG("Đặt mật khẩu mới sau khi lấy lại tài khoản") },
    { "credentials.link_made", MSG("Mở lại tài khoản bằng lệnh tại máy chủ") },
    { "credentials.report_sent", MSG("Báo không vào được tài khoản") },
    { "credentials.report_done", MSG("Đã liên hệ người báo không vào được tài khoản") },
    { "credentials.scan_accepted", MSG("Điện thoại cho một máy khác đăng nhập") },
    { "credentials.scan_refused", MSG("Điện thoại từ chối một máy khác") },
    { "credentials.old_password_wrong", MSG("Gõ sai mật khẩu đang dùng khi đổi") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "account_helper", .title = MSG("Cán bộ hỗ trợ tài khoản"), .function = "account.recover", .home = "/recoveries",
      .passkey = true },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { RECOVERY_MAY, ROLES("account_helper"), MSG("Cùng một cán bộ khác lấy lại tài khoản cho người dân") },
    { BREACHED_MAY, ROLES("administrator"), MSG("Xem danh sách mật khẩu đã lộ lớn và mới đến đâu") },
    { "credentials.own", ROLES(ROLE_ANY), MSG("Xem và đổi cách đăng nhập của chính mình") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 45, MSG("Mật khẩu đã lộ"), "/admin/passwords", BREACHED_MAY },
    { MENU_ADMIN, 15, MSG("Lấy lại tài khoản"), "/recoveries", RECOVERY_MAY },
    { .path = NULL },
};

/* Who changes ways in has shown them within a quarter of an hour: a session left open at a desk is not enough. */
enum { FRESH_S = 900 };

#define MAY_ALWAYS_SAY "who cannot sign in, or whose record is wrong, must be able to say so"
#define LINK_IS_RIGHT "the link is the right: random, short-lived, used once"

static const struct route routes[] = {
    GET("/sign-in", sign_in_get, .open = "the way in", .title = MSG("Đăng nhập")),
    POST("/sign-in", .open = "the way in", .form = &sign_in_form, .prepare = sign_in_prepare, .write = sign_in_write,
         .reply = sign_in_reply, .again = sign_in_again, .no_idempotency = true, .slow = true, .title = MSG("Đăng nhập")),
    GET("/sign-in/code", second_get, .open = "the way in", .title = MSG("Bước hai: mã xác nhận")),
    POST("/sign-in/code", .open = "the way in", .form = &second_form, .prepare = second_prepare, .write = second_write,
         .reply = second_reply, .again = second_again, .no_idempotency = true, .slow = true, .title = MSG("Bước hai: mã xác nhận")),
    POST("/sign-in/passkey", .open = "the way in", .form = &passkey_use_form, .prepare = passkey_use_prepare, .write = passkey_use_write,
         .reply = passkey_use_reply, .again = sign_in_again, .no_idempotency = true, .title = MSG("Đăng nhập bằng khoá truy cập")),
    POST("/sign-in/scan", .open = "the way in", .form = &scan_ask_form, .write = scan_start_write, .reply = scan_start_reply,
         .again = sign_in_again, .no_idempotency = true, .title = MSG("Đăng nhập bằng điện thoại")),
    GET("/sign-in/scan", scan_get, .open = "the way in", .title = MSG("Đăng nhập bằng điện thoại")),
    GET("/sign-in/scan/live", scan_live, .open = "only the browser that asked, by its cookie", .title = MSG("Báo khi điện thoại trả lời")),
    POST("/sign-in/scan/finish", .open = "only the browser that asked, by its cookie", .form = &scan_ask_form, .write = scan_finish_write,
         .reply = scan_finish_reply, .again = scan_get, .no_idempotency = true, .title = MSG("Đăng nhập bằng điện thoại")),
    GET("/scan/{token}", scan_phone_get, .may = "credentials.own", .title = MSG("Một máy khác xin đăng nhập")),
    POST("/scan/{token}", .may = "credentials.own", .form = &scan_answer_form, .write = scan_answer_write, .reply = scan_answer_reply,
         .again = scan_phone_get, .no_idempotency = true, .title = MSG("Trả lời máy khác xin đăng nhập")),
    GET("/invite/{token}", invite_get, .open = LINK_IS_RIGHT, .title = MSG("Đặt mật khẩu")),
    POST("/invite/{token}", .open = LINK_IS_RIGHT, .form = &invite_form, .prepare = invite_prepare, .write = invite_write,
         .reply = invite_reply, .again = invite_get, .slow = true, .title = MSG("Đặt mật khẩu")),
    GET("/security", security_get, .may = "credentials.own", .title = MSG("Bảo mật của tôi")),
    GET("/security/password", password_get, .may = "credentials.own", .title = MSG("Đổi mật khẩu")),
    POST("/security/password", .may = "credentials.own", .form = &password_form, .prepare = password_prepare, .write = password_write,
         .reply = password_reply, .again = password_get, .no_idempotency = true, .slow = true, .title = MSG("Đổi mật khẩu")),
    GET("/security/app", authenticator_get, .may = "credentials.own", .fresh_s = FRESH_S, .title = MSG("Ứng dụng tạo mã")),
    POST("/security/app", .may = "credentials.own", .fresh_s = FRESH_S,
         .form = &authenticator_form, .prepare = authenticator_prepare, .write = authenticator_write,
         .reply = authenticator_reply, .again = authenticator_get, .no_idempotency = true, .slow = true, .title = MSG("Ứng dụng tạo mã")),
    POST("/security/app/off", .may = "credentials.own", .assurance = 2, .fresh_s = FRESH_S,
         .form = &empty_form, .write = authenticator_off_write,
         .reply = authenticator_off_reply, .title = MSG("Tắt ứng dụng tạo mã")),
    GET("/security/passkeys/new", passkey_get, .may = "credentials.own", .fresh_s = FRESH_S, .title = MSG("Thêm khoá truy cập")),
    POST("/security/passkeys", .may = "credentials.own", .fresh_s = FRESH_S, .form = &passkey_form, .prepare = passkey_prepare,
         .write = passkey_write, .reply = passkey_reply, .again = passkey_get, .no_idempotency = true, .slow = true,
         .title = MSG("Thêm khoá truy cập")),
    POST("/security/passkeys/{id}/remove", .may = "credentials.own", .assurance = 2, .fresh_s = FRESH_S, .form = &empty_form,
         .write = passkey_remove_write, .reply = passkey_remove_reply, .title = MSG("Gỡ khoá truy cập")),
    POST("/security/codes", .may = "credentials.own", .assurance = 2, .fresh_s = FRESH_S, .form = &empty_form,
         .prepare = codes_prepare, .write = codes_write, .reply = authenticator_reply, .no_idempotency = true, .slow = true,
         .title = MSG("Tạo mã dự phòng mới")),
    GET("/recovery", trouble_get, .open = MAY_ALWAYS_SAY, .title = MSG("Không vào được tài khoản")),
    POST("/recovery", .open = MAY_ALWAYS_SAY, .form = &trouble_form,
         .write = trouble_write, .reply = trouble_reply, .again = trouble_get, .title = MSG("Không vào được tài khoản")),
    GET("/recover/{token}", recover_get, .open = LINK_IS_RIGHT, .title = MSG("Đặt mật khẩu mới")),
    POST("/recover/{token}", .open = LINK_IS_RIGHT, .form = &recover_form, .prepare = recover_prepare, .write = recover_write,
         .reply = recover_reply, .again = recover_get, .no_idempotency = true, .slow = true, .title = MSG("Đặt mật khẩu mới")),
    GET("/recoveries", recoveries_get, .may = RECOVERY_MAY, .title = MSG("Lấy lại tài khoản")),
    GET("/recoveries/new", recovery_new_get, .may = RECOVERY_MAY, .title = MSG("Bắt đầu lấy lại tài khoản")),
    POST("/recoveries", .may = RECOVERY_MAY, .form = &recovery_form, .prepare = recovery_start_prepare,
         .write = recovery_start_write, .reply = recovery_start_reply, .again = recovery_new_get, .no_idempotency = true, .slow = true,
         .title = MSG("Bắt đầu lấy lại tài khoản")),
    GET("/recoveries/{id}", recovery_get, .may = RECOVERY_MAY, .title = MSG("Lấy lại một tài khoản")),
    POST("/recoveries/{id}/confirm", .may = RECOVERY_MAY, .form = &recovery_confirm_form, .write = recovery_confirm_write,
         .reply = recovery_confirm_reply, .again = recovery_get, .no_idempotency = true, .title = MSG("Xác nhận lấy lại tài khoản")),
    POST("/recoveries/{id}/end", .may = RECOVERY_MAY, .form = &empty_form, .write = recovery_end_write, .reply = recovery_end_reply,
         .title = MSG("Huỷ việc lấy lại tài khoản")),
    POST("/recoveries/reports/{id}/done", .may = RECOVERY_MAY, .form = &empty_form, .write = trouble_done_write,
         .reply = recovery_end_reply, .title = MSG("Đã liên hệ người báo")),
    GET("/admin/passwords", breached_get, .may = BREACHED_MAY, .title = MSG("Mật khẩu đã lộ")),
    ROUTE_END,
};

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    struct instant yesterday = { tx_now(tx).us - US_PER_DAY };
    tx_unaudited(tx, "removes yesterday's wrong tries and spent challenges");
    return failures_forget(tx, &(struct failures_forget_in){ .before = yesterday }, NULL, e) != 0 ||
                   spent_forget(tx, &(struct spent_forget_in){ .before = yesterday }, NULL, e) != 0 ||
                   scans_forget(tx, &(struct scans_forget_in){ .before = yesterday }, NULL, e) != 0
               ? -1
               : 0;
}

static int forget_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, forget_write, NULL, e);
}

static const struct job jobs[] = {
    { .name = "credentials.forget", .every_us = US_PER_HOUR, .run = forget_job, .what = MSG("Xoá các lần đăng nhập sai đã cũ") },
    { .name = NULL },
};

static const struct health health[] = {
    { "breached_list", breached_health },
    { NULL, NULL },
};

static const struct metric metrics[] = {
    { "bon_breached_passwords", "gauge", MSG("Mật khẩu đã lộ trong danh sách đã nạp; 0 là chưa nạp"), breached_count },
    { "bon_breached_list_age_seconds", "gauge", MSG("Danh sách mật khẩu đã lộ được nạp cách đây bao lâu"), breached_age },
    { NULL, NULL, { NULL, 0 }, NULL },
};

const struct module credentials_module = {
    .name = "credentials",
    .title = MSG("Cách đăng nhập"),
    .needs = NEEDS("audit", "accounts", "identity"),
    .routes = routes,
    .menu = menu,
    .roles = roles,
    .permissions = permissions,
    .migrations = credentials_migrations,
    .statements = credentials_statements,
    .events = events,
    .jobs = jobs,
    .health = health,
    .metrics = metrics,
    .start = breached_start,
    .commands = credentials_commands,
};
