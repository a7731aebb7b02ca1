/* module.c: model 5 of the plan: services inside VNeID. */
#include "models/m05_vneid_services/doors.h"

#define VNEID_SIGNS "VNeID, which proves itself by its signature"

static const struct event events[] = {
    { "vneid.announced", MSG("VNeID báo một người sắp mở dịch vụ") },
    { "vneid.came", MSG("Mở dịch vụ từ VNeID; thông tin VNeID gửi kèm điền sẵn biểu mẫu") },
    { "vneid.refused", MSG("Từ chối thông tin VNeID gửi kèm") },
    { "vneid.told", MSG("VNeID báo người dân đã đọc, rút hoặc bổ sung hồ sơ") },
    { "vneid.reconciled", MSG("So danh sách hồ sơ với VNeID") },
    { "vneid.duty_taken", MSG("Nhận xử lý một chỗ khác nhau với VNeID") },
    { "vneid.duty_done", MSG("Xử lý xong một chỗ khác nhau với VNeID") },
    { "vneid.switched", MSG("Mở hoặc tắt một dịch vụ trong VNeID") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "integration_officer",
      .title = MSG("Cán bộ kết nối VNeID"),
      .function = "vneid.integrate",
      .home = "/admin/vneid" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { VNEID_MAY_OPEN, ROLES("citizen"), MSG("Mở dịch vụ từ VNeID cho chính mình") },
    { VNEID_MAY_DUTY, ROLES("integration_officer", "administrator"), MSG("Xem kênh VNeID và xử lý chỗ hai bên khác nhau") },
    { VNEID_MAY_SWITCH, ROLES("administrator"), MSG("Mở và tắt dịch vụ trong VNeID") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 42, MSG("Kênh VNeID"), "/admin/vneid", VNEID_MAY_DUTY },
    { .path = NULL },
};

static const struct route routes[] = {
    POST("/api/v1/vneid/links", .open = VNEID_SIGNS, .form = &vneid_token_form, .prepare = vneid_link_prepare,
         .write = vneid_link_write, .reply = vneid_link_reply, .machine = vneid_machine_refuse, .json = true, .own_key = true,
         .far = true,
         .title = MSG("VNeID báo một người sắp mở dịch vụ")),
    POST("/api/v1/vneid/events", .open = VNEID_SIGNS, .form = &vneid_token_form, .prepare = vneid_take_prepare,
         .write = vneid_take_write, .reply = vneid_take_reply, .machine = vneid_machine_refuse, .json = true, .own_key = true,
         .far = true,
         .title = MSG("VNeID báo người dân đã đọc, rút hoặc bổ sung hồ sơ")),

    GET_RECORDED("/vneid/den", .open = "a code that lives a minute and opens once", .prepare = vneid_arrive_prepare,
                 .write = vneid_arrive_write, .reply = vneid_arrive_reply, .title = MSG("Đến từ VNeID")),
    GET_RECORDED("/vneid/mo", .may = VNEID_MAY_OPEN, .prepare = vneid_open_prepare, .write = vneid_open_write,
                 .reply = vneid_open_reply, .title = MSG("Mở dịch vụ từ VNeID")),
    GET("/vneid", vneid_public_get, .open = "what the channel offers is public", .shared = true, .title = MSG("Dịch vụ trong VNeID")),

    GET("/admin/vneid", vneid_duty_get, .may = VNEID_MAY_DUTY, .title = MSG("Kênh VNeID")),
    GET("/admin/vneid/dich-vu", vneid_services_get, .may = VNEID_MAY_SWITCH, .title = MSG("Dịch vụ mở trong VNeID")),
    POST("/admin/vneid/dich-vu", .may = VNEID_MAY_SWITCH, .form = &vneid_switch_form, .prepare = vneid_switch_prepare,
         .write = vneid_switch_write, .reply = vneid_switch_reply, .again = vneid_services_get,
         .title = MSG("Mở hoặc tắt dịch vụ trong VNeID")),
    POST("/admin/vneid/so", .may = VNEID_MAY_DUTY, .form = &vneid_compare_form, .prepare = vneid_compare_prepare,
         .write = vneid_compare_write, .reply = vneid_duty_reply, .again = vneid_duty_get, .far = true,
         .title = MSG("So danh sách của một ngày với VNeID ngay")),
    GET("/admin/vneid/viec/{id}", vneid_diff_get, .may = VNEID_MAY_DUTY, .title = MSG("Một chỗ khác nhau với VNeID")),
    POST("/admin/vneid/viec/{id}/nhan", .may = VNEID_MAY_DUTY, .form = &empty_form, .write = vneid_own_write,
         .reply = vneid_duty_reply, .title = MSG("Nhận việc này")),
    POST("/admin/vneid/viec/{id}", .may = VNEID_MAY_DUTY, .form = &vneid_done_form, .prepare = vneid_done_prepare,
         .write = vneid_done_write, .reply = vneid_duty_reply, .again = vneid_diff_get, .title = MSG("Xử lý xong")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "vneid.feed",
      .every_us = 2 * US_PER_SECOND,
      .run = vneid_feed_job,
      .what = MSG("Ghi những gì xảy ra với hồ sơ để báo VNeID") },
    { .name = "vneid.push",
      .every_us = 5 * US_PER_SECOND,
      .run = vneid_push_job,
      .what = MSG("Gửi tin cho VNeID"),
      .patient = true },
    { .name = "vneid.reconcile",
      .every_us = 10 * US_PER_MINUTE,
      .run = vneid_reconcile_job,
      .what = MSG("So danh sách của ngày với VNeID"),
      .patient = true },
    { .name = "vneid.forget",
      .every_us = 10 * US_PER_MINUTE,
      .run = vneid_forget_job,
      .what = MSG("Xoá thẻ và mã của VNeID đã hết hạn") },
    { .name = NULL },
};

const struct module vneid_services_module = {
    .name = "vneid_services",
    .plan_model = 5,
    .title = MSG("Dịch vụ công trên VNeID"),
    .works = MSG("Mở dịch vụ từ VNeID với thông tin điền sẵn ghi rõ nguồn, báo tiến độ và kết quả về VNeID đúng thứ tự, mỗi "
                 "đêm so hai bên "
                 "và giao từng chỗ khác nhau cho một người"),
    .needs = NEEDS("audit", "accounts", "people", "broker", "services", "cases", "notices"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = vneid_services_migrations,
    .statements = vneid_services_statements,
    .events = events,
    .metrics = vneid_metrics,
    .jobs = jobs,
    .commands = vneid_commands,
    .measures = vneid_measures,
    .start = vneid_start,
};
