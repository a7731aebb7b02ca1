/* module.c: the contract of the counter. */
#include "engines/counter/inside.h"

static const struct event events[] = {
    { "counter.asked_for_data", MSG("Định hỏi giấy tờ mà dữ liệu đã thay: bị từ chối") },
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
    ROUTE_END,
};

const struct module counter_module = {
    .name = "counter",
    .title = MSG("Quầy một cửa"),
    .needs = NEEDS("audit", "accounts", "people", "identity", "services", "cases"),
    .menu = menu,
    .routes = routes,
    .events = events,
};
