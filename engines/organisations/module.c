/* module.c: the contract of the register of organisations. */
#include "engines/organisations/pages.h"

static const struct event events[] = {
    { "organisations.entered", MSG("Ghi một tổ chức vào sổ") },
    { "organisations.head_changed", MSG("Đổi người đại diện theo pháp luật") },
    { "organisations.closed", MSG("Ghi tổ chức chấm dứt hoạt động") },
    { "organisations.agent_appointed", MSG("Cử người làm việc thay tổ chức") },
    { "organisations.agent_withdrawn", MSG("Thu hồi việc cử người") },
    { "organisations.seeded", MSG("Tạo tổ chức mô phỏng") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = ROLE_HEAD, .title = MSG("Đại diện theo pháp luật"), .function = "citizen", .held_for = HELD_FOR_ORGANISATION,
      .home = "/organisation" },
    { .name = ROLE_AGENT, .title = MSG("Được tổ chức cử"), .function = "citizen", .held_for = HELD_FOR_ORGANISATION,
      .home = "/organisation" },
    { .name = "organisation_registrar", .title = MSG("Cán bộ đăng ký kinh doanh"), .function = "organisation.register",
      .home = "/organisations" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { MAY_REGISTER, ROLES("organisation_registrar"), MSG("Ghi tổ chức, người đại diện, chấm dứt hoạt động") },
    { MAY_OWN, ROLES(ROLE_HEAD, ROLE_AGENT), MSG("Xem tổ chức mà mình làm việc thay") },
    { MAY_APPOINT, ROLES(ROLE_HEAD), MSG("Cử và thu hồi người làm việc thay tổ chức") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 60, MSG("Tổ chức của tôi"), "/organisation", MAY_OWN },
    { MENU_ADMIN, 60, MSG("Sổ tổ chức"), "/organisations", MAY_REGISTER },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/organisation", own_organisation_get, .may = MAY_OWN, .title = MSG("Tổ chức của tôi")),
    POST("/organisation/agents", .may = MAY_APPOINT, .form = &agent_form, .prepare = agent_prepare, .write = agent_write,
         .reply = own_organisation_reply, .again = own_organisation_get, .title = MSG("Cử người làm việc thay tổ chức")),
    POST("/organisation/agents/{id}/end", .may = MAY_APPOINT, .form = &empty_form, .write = agent_end_write,
         .reply = own_organisation_reply, .title = MSG("Thu hồi việc cử người")),
    GET("/organisations", organisations_get, .may = MAY_REGISTER, .title = MSG("Sổ tổ chức")),
    GET("/organisations/new", organisation_new_get, .may = MAY_REGISTER, .title = MSG("Ghi tổ chức mới")),
    POST("/organisations", .may = MAY_REGISTER, .form = &organisation_form, .prepare = organisation_prepare,
         .write = organisation_write, .reply = organisation_reply, .again = organisation_new_get, .title = MSG("Ghi tổ chức mới")),
    GET("/organisations/{id}", organisation_get, .may = MAY_REGISTER, .title = MSG("Một tổ chức")),
    POST("/organisations/{id}/representative", .may = MAY_REGISTER, .form = &head_form, .prepare = head_prepare, .write = head_write,
         .reply = organisation_reply, .again = organisation_get, .title = MSG("Đổi người đại diện theo pháp luật")),
    POST("/organisations/{id}/end", .may = MAY_REGISTER, .form = &empty_form, .write = organisation_end_write,
         .reply = organisation_reply, .title = MSG("Tổ chức chấm dứt hoạt động")),
    ROUTE_END,
};

const struct module organisations_module = {
    .name = "organisations",
    .title = MSG("Sổ tổ chức"),
    .needs = NEEDS("audit", "accounts", "people"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = organisations_migrations,
    .statements = organisations_statements,
    .events = events,
    .session_rule = organisations_session_rule,
    .seed = organisations_seed,
};
