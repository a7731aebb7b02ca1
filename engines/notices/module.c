/* module.c: the contract of notices. */
#include "engines/notices/inside.h"

static const struct event events[] = {
    { "notices.contact_set", MSG("Đổi cách nhận tin báo") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "notices.own", ROLES(ROLE_ANY), MSG("Xem tin báo của mình và chọn cách nhận") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 7, MSG("Tin báo"), "/tin-bao", "notices.own" },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/tin-bao", notices_get, .may = "notices.own", .title = MSG("Tin báo")),
    POST("/tin-bao/da-doc", .may = "notices.own", .form = &empty_form, .write = notices_seen_write, .reply = notices_reply,
         .title = MSG("Đánh dấu đã đọc hết")),
    POST("/tin-bao/cach-nhan", .may = "notices.own", .form = &notice_contact_form, .prepare = notices_contact_prepare,
         .write = notices_contact_write, .reply = notices_reply, .again = notices_get, .title = MSG("Cách nhận tin")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "notices.send",
      .every_us = 5 * US_PER_SECOND,
      .patient = true,
      .run = notices_send_job,
      .what = MSG("Gửi tin nhắn và thư") },
    { .name = "notices.ask",
      .every_us = 30 * US_PER_SECOND,
      .patient = true,
      .run = notices_ask_job,
      .what = MSG("Hỏi tin nhắn đã đến chưa") },
    { .name = NULL },
};

const struct module notices_module = {
    .name = "notices",
    .title = MSG("Tin báo"),
    .needs = NEEDS("audit", "accounts", "people"),
    .menu = menu,
    .inbox = "/tin-bao",
    .unread = notices_unread,
    .routes = routes,
    .permissions = permissions,
    .migrations = notices_migrations,
    .statements = notices_statements,
    .events = events,
    .jobs = jobs,
    .commands = notices_commands,
    .start = notices_start,
};
