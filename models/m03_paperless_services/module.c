/* module.c: model 3 of the plan: services that take no paper: what each takes by rule and in fact, declarations checked afterwards,
 * and proof that each works when its sources do not.
 */
#include "models/m03_paperless_services/paperless.h"

static const struct event events[] = {
    { "paperless.drawn", MSG("Chọn lời khai để kiểm tra sau") },
    { "paperless.check_seen", MSG("Xem lời khai để kiểm tra") },
    { "paperless.check_right", MSG("Kiểm tra lời khai: đúng") },
    { "paperless.check_wrong", MSG("Kiểm tra lời khai: sai") },
    { "paperless.wrong_settled", MSG("Đã xử lý lời khai sai") },
    { "paperless.source_out", MSG("Báo nguồn dữ liệu tạm ngừng") },
    { "paperless.source_back", MSG("Báo nguồn dữ liệu hoạt động lại") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "paper_inspector",
      .title = MSG("Người giám sát việc hỏi giấy tờ"),
      .function = "procedure.inspect",
      .home = "/admin/papers" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { PAPER_READ, ROLES("paper_inspector", "catalogue_officer", "leader"),
      MSG("Xem giấy tờ của các dịch vụ, việc định hỏi giấy thừa") },
    { PAPER_STOP, ROLES("catalogue_officer"), MSG("Báo nguồn dữ liệu tạm ngừng hoặc hoạt động lại") },
    { PAPER_CHECK, ROLES("commune_specialist", "agency_specialist", "commune_police"),
      MSG("Kiểm tra lời khai của hồ sơ nơi mình") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 7, MSG("Giấy tờ phải nộp"), "/giay-to", NULL },
    { MENU_COMMUNE, 14, MSG("Lời khai cần kiểm tra"), "/post-checks", PAPER_CHECK },
    { MENU_ADMIN, 32, MSG("Giấy tờ của dịch vụ"), "/admin/papers", PAPER_READ },
    { MENU_ADMIN, 33, MSG("Định hỏi giấy thừa"), "/admin/papers/tries", PAPER_READ },
    { .path = NULL },
};

#define PUBLIC .open = "how many papers the State asks for is public"

static const struct route routes[] = {
    GET("/admin/papers", paper_budget_get, .may = PAPER_READ, .title = MSG("Giấy tờ của dịch vụ")),
    POST("/admin/papers/sources", .may = PAPER_STOP, .form = &paper_outage_form, .prepare = paper_outage_prepare,
         .write = paper_outage_write, .reply = paper_outage_reply, .again = paper_budget_get,
         .title = MSG("Nguồn dữ liệu tạm ngừng")),
    GET("/admin/papers/tries", paper_tries_get, .may = PAPER_READ, .title = MSG("Định hỏi giấy thừa")),
    GET("/giay-to", paper_public_get, PUBLIC, .title = MSG("Giấy tờ phải nộp")),
    GET("/giay-to.csv", paper_public_csv, PUBLIC, .title = MSG("Giấy tờ phải nộp, CSV")),
    GET("/api/v1/papers", paper_public_json, PUBLIC, .json = true, .title = MSG("Giấy tờ phải nộp, JSON")),
    GET("/post-checks", checks_get, .may = PAPER_CHECK, .title = MSG("Lời khai cần kiểm tra")),
    GET_RECORDED("/post-checks/{id}", .may = PAPER_CHECK, .prepare = check_prepare, .write = check_seen_write,
                 .reply = check_reply, .title = MSG("Một lời khai, có ghi nhật ký")),
    POST("/post-checks/{id}", .may = PAPER_CHECK, .form = &check_form, .prepare = check_settle_prepare,
         .write = check_settle_write, .reply = check_done_reply, .again = check_again,
         .title = MSG("Kết quả kiểm tra lời khai")),
    POST("/post-checks/{id}/done", .may = PAPER_CHECK, .form = &check_duty_form, .prepare = check_duty_prepare,
         .write = check_duty_write, .reply = check_done_reply, .again = check_again, .title = MSG("Đã xử lý lời khai sai")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "paperless.count",
      .every_us = 10 * US_PER_MINUTE,
      .run = paper_count_job,
      .patient = true,
      .what = MSG("Đếm giấy tờ mà hồ sơ của từng dịch vụ đã hỏi") },
    { .name = "paperless.sample",
      .every_us = 10 * US_PER_SECOND,
      .run = paper_sample_job,
      .what = MSG("Chọn lời khai để kiểm tra sau, theo rủi ro") },
    { .name = NULL },
};

const struct module paperless_services_module = {
    .name = "paperless_services",
    .plan_model = 3,
    .title = MSG("Dịch vụ không giấy"),
    .works =
        MSG("Giấy tờ của từng dịch vụ theo nguồn, số giấy đã hỏi trên 100 hồ sơ công khai, kiểm tra lời khai theo rủi ro, "
            "mỗi dịch vụ chạy được cả khi nguồn dữ liệu ngừng"),
    .needs = NEEDS("audit", "accounts", "people", "services", "cases", "sources", "counter"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = paperless_services_migrations,
    .statements = paperless_services_statements,
    .events = events,
    .jobs = jobs,
    .commands = paper_commands,
    .measures = paper_measures,
};
