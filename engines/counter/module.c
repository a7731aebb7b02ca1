/* module.c: the contract of the counter. */
#include "engines/counter/intake.h"

static const struct event events[] = {
    { "counter.asked_for_data", MSG("Định hỏi giấy tờ mà dữ liệu đã thay: bị từ chối") },
    { "counter.matched", MSG("Đối chiếu người ở quầy với sổ dân cư") },
    { "counter.service_chosen", MSG("Lấy dữ liệu dân cư điền vào tờ khai ở quầy") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_COMMUNE, 10, MSG("Việc đang chờ"), "/counter", CASE_MAY_READ },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/counter", counter_queue_get, .may = CASE_MAY_READ, .title = MSG("Việc đang chờ")),
    POST("/counter/many", .may = CASE_MAY_READ, .form = &counter_many_form, .prepare = counter_many_prepare,
         .write = counter_many_write, .reply = counter_many_reply, .again = counter_queue_get,
         .title = MSG("Làm một việc với nhiều hồ sơ")),
    GET_RECORDED("/counter/cases/{number}", .may = CASE_MAY_READ, .prepare = counter_case_prepare, .write = counter_case_write,
                 .reply = counter_case_reply, .title = MSG("Một hồ sơ, có ghi nhật ký")),
    GET("/counter/cases/{number}/moves/{move}", counter_move_get, .may = CASE_MAY_READ, .title = MSG("Một bước xử lý hồ sơ")),
    POST("/counter/cases/{number}/moves/{move}", .may = CASE_MAY_READ, .form = &counter_move_form, .prepare = counter_move_prepare,
         .write = counter_move_write, .reply = counter_move_reply, .again = counter_move_again,
         .title = MSG("Một bước xử lý hồ sơ")),
    POST("/counter/cases/{number}/assign", .may = CASE_MAY_READ, .form = &counter_assign_form, .prepare = counter_assign_prepare,
         .write = counter_assign_write, .reply = counter_act_reply, .again = counter_act_again, .title = MSG("Giao hồ sơ")),
    POST("/counter/cases/{number}/say", .may = CASE_MAY_READ, .form = &counter_say_form, .prepare = counter_say_prepare,
         .write = counter_say_write, .reply = counter_act_reply, .again = counter_act_again,
         .title = MSG("Nhắn cho người nộp hồ sơ")),
    POST("/counter/cases/{number}/pay", .may = CASE_MAY_RECEIVE, .form = &counter_pay_form, .prepare = counter_pay_prepare,
         .write = counter_pay_write, .reply = counter_act_reply, .again = counter_act_again, .title = MSG("Thu phí tại một cửa")),
    GET_RECORDED("/counter/cases/{number}/papers/{paper}", .may = CASE_MAY_READ, .prepare = counter_paper_prepare,
                 .write = counter_paper_write, .reply = counter_paper_reply, .title = MSG("Giấy tờ của hồ sơ, có ghi nhật ký")),
    GET("/counter/intake", intake_start_get, .may = CASE_MAY_RECEIVE, .title = MSG("Nhận hồ sơ")),
    POST("/counter/intake", .may = CASE_MAY_RECEIVE, .form = &intake_person_form, .prepare = intake_person_prepare,
         .write = intake_person_write, .reply = intake_person_reply, .again = intake_start_get, .title = MSG("Nhận hồ sơ")),
    GET("/counter/intake/{id}", intake_service_get, .may = CASE_MAY_RECEIVE, .title = MSG("Chọn thủ tục")),
    POST("/counter/intake/{id}/service", .may = CASE_MAY_RECEIVE, .form = &intake_service_form, .prepare = intake_service_prepare,
         .write = intake_service_write, .reply = intake_service_reply, .again = intake_service_get, .title = MSG("Chọn thủ tục")),
    GET("/counter/intake/{id}/form", intake_form_get, .may = CASE_MAY_RECEIVE, .title = MSG("Tờ khai ở quầy")),
    POST("/counter/intake/{id}/form", .may = CASE_MAY_RECEIVE, .form = &intake_sheet_form, .prepare = intake_form_prepare,
         .write = intake_form_write, .reply = intake_form_reply, .again = intake_form_again, .title = MSG("Tờ khai ở quầy")),
    POST("/counter/intake/{id}/papers", .may = CASE_MAY_RECEIVE, .form = &intake_papers_form, .prepare = intake_papers_prepare,
         .write = intake_papers_write, .reply = intake_papers_reply, .again = intake_receive_get, .title = MSG("Giấy tờ ở quầy")),
    GET("/counter/intake/{id}/receive", intake_receive_get, .may = CASE_MAY_RECEIVE, .title = MSG("Tiếp nhận")),
    POST("/counter/intake/{id}/receive", .may = CASE_MAY_RECEIVE, .form = &intake_receive_form, .prepare = intake_receive_prepare,
         .write = intake_receive_write, .reply = intake_receive_reply, .again = intake_receive_get, .title = MSG("Tiếp nhận")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "counter.expire", .every_us = US_PER_HOUR, .run = counter_expire_job, .what = MSG("Xoá những lần nhận dở quá một ngày") },
    { .name = NULL },
};

const struct module counter_module = {
    .name = "counter",
    .title = MSG("Quầy một cửa"),
    .needs = NEEDS("audit", "accounts", "people", "identity", "services", "cases"),
    .menu = menu,
    .routes = routes,
    .events = events,
    .migrations = counter_migrations,
    .statements = counter_statements,
    .jobs = jobs,
};
