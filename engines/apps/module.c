/* module.c: the app desk's contract. */
#include "engines/apps/apps.h"

static const struct event events[] = {
    { "apps.change_asked", MSG("Xin thay đổi một ứng dụng") },
    { "apps.probe_ready", MSG("Chuẩn bị tự kiểm tra đăng nhập") },
    { "apps.returned", MSG("Trả lại một đăng ký ứng dụng") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "app_owner",
      .title = MSG("Chủ ứng dụng của cơ quan"),
      .function = "app.own",
      .agency = true,
      .home = "/apps" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { APP_READ, ROLES("app_owner", "administrator"), MSG("Xem ứng dụng đăng nhập một lần") },
    { APP_OWN, ROLES("app_owner"), MSG("Đăng ký và giữ ứng dụng của cơ quan mình") },
    { APP_REVIEW, ROLES("administrator"), MSG("Duyệt, trả lại, tạm dừng ứng dụng") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 30, MSG("Ứng dụng"), "/apps", APP_READ },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/apps", apps_get, .may = APP_READ, .title = MSG("Ứng dụng")),
    GET("/apps/new", app_new_get, .may = APP_OWN, .title = MSG("Đăng ký ứng dụng")),
    POST("/apps", .may = APP_OWN, .form = &app_form, .prepare = app_new_prepare, .write = app_new_write, .reply = to_app,
         .again = app_new_get, .title = MSG("Đăng ký ứng dụng")),
    GET("/apps/{id}", app_get, .may = APP_READ, .title = MSG("Một ứng dụng")),
    GET("/apps/{id}/edit", app_edit_get, .may = APP_OWN, .title = MSG("Sửa ứng dụng")),
    POST("/apps/{id}", .may = APP_OWN, .form = &app_form, .prepare = app_change_prepare, .write = app_change_write,
         .reply = to_app, .again = app_edit_get, .title = MSG("Sửa ứng dụng")),
    POST("/apps/{id}/secrets", .may = APP_OWN, .form = &app_empty_form, .prepare = app_own_prepare,
         .write = app_secret_write, .reply = app_secret_reply, .again = app_get, .title = MSG("Tạo bí mật mới")),
    POST("/apps/{id}/secrets/end", .may = APP_OWN, .form = &app_secret_end_form, .prepare = app_own_prepare,
         .write = app_secret_end_write, .reply = to_app, .again = app_get, .title = MSG("Bỏ một bí mật")),
    POST("/apps/{id}/keys", .may = APP_OWN, .form = &app_keys_form, .prepare = app_keys_prepare, .write = app_keys_write,
         .reply = to_app, .again = app_get, .title = MSG("Đổi khoá công khai")),
    POST("/apps/{id}/review", .may = APP_REVIEW, .form = &app_review_form, .prepare = app_review_prepare,
         .write = app_review_write, .reply = to_app, .again = app_get, .title = MSG("Duyệt ứng dụng")),
    POST("/apps/{id}/stop", .may = APP_REVIEW, .form = &app_stop_form, .prepare = app_review_prepare,
         .write = app_stop_write, .reply = to_app, .again = app_get, .title = MSG("Dừng hoặc mở lại ứng dụng")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "apps.warn",
      .every_us = US_PER_HOUR,
      .run = apps_warn_job,
      .what = MSG("Nhắc ứng dụng và bí mật sắp hết hạn") },
    { .name = "apps.probe",
      .every_us = US_PER_MINUTE,
      .run = apps_probe_job,
      .what = MSG("Tự đăng nhập một lượt để biết đăng nhập còn chạy") },
    { .name = NULL },
};

static const struct health health[] = {
    { "sign_in", apps_probe_health },
    { NULL, NULL },
};

static const struct metric metrics[] = {
    { "bon_sign_in_probe_ok", "gauge", MSG("Lượt tự đăng nhập gần nhất thành công (1) hay không (0)"), apps_probe_good },
    { "bon_sign_in_probe_seconds", "gauge", MSG("Lượt tự đăng nhập gần nhất mất bao lâu"), apps_probe_seconds },
    { NULL, NULL, { NULL, 0 }, NULL },
};

const struct module apps_module = {
    .name = "apps",
    .title = MSG("Bàn ứng dụng"),
    .needs = NEEDS("audit", "accounts", "agencies", "signon"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = apps_migrations,
    .statements = apps_statements,
    .events = events,
    .jobs = jobs,
    .health = health,
    .metrics = metrics,
    .start = apps_start,
};
