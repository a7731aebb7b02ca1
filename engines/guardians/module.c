/* module.c: the contract of guardianship. */
#include "engines/guardians/inside.h"

#include "engines/accounts/accounts.h"

static const struct event events[] = {
    { "guardians.recorded", MSG("Ghi việc giám hộ") },
    { "guardians.ended", MSG("Ghi kết thúc việc giám hộ") },
    { "guardians.ended_by_death", MSG("Việc giám hộ kết thúc vì có người đã mất") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = ROLE_GUARDIAN, .title = MSG("Cha, mẹ hoặc người giám hộ"), .function = "citizen", .held_for = HELD_FOR_WARD,
      .home = "/my-data" },
    { .name = "civil_status", .title = MSG("Công chức hộ tịch cấp xã"), .function = "civil_status.record", .territorial = true,
      .home = "/guardianships" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { MAY_RECORD, ROLES("civil_status"), MSG("Ghi việc giám hộ cho người cư trú trong xã") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_COMMUNE, 60, MSG("Giám hộ"), "/guardianships", MAY_RECORD },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/guardianships", guardianships_get, .may = MAY_RECORD, .title = MSG("Giám hộ")),
    POST("/guardianships", .may = MAY_RECORD, .form = &guardianship_form, .prepare = guardianship_prepare, .write = guardianship_write,
         .reply = guardianship_reply, .again = guardianships_get, .title = MSG("Ghi việc giám hộ")),
    POST("/guardianships/{id}/end", .may = MAY_RECORD, .form = &guardianship_end_form, .prepare = guardianship_end_prepare,
         .write = guardianship_end_write, .reply = guardianship_reply, .again = guardianships_get,
         .title = MSG("Ghi kết thúc việc giám hộ")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "guardians.review", .every_us = US_PER_HOUR, .run = guardians_review_job,
      .what = MSG("Kết thúc việc giám hộ khi có người đã mất") },
    { .name = NULL },
};

const struct module guardians_module = {
    .name = "guardians",
    .title = MSG("Giám hộ"),
    .needs = NEEDS("audit", "accounts", "people"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = guardians_migrations,
    .statements = guardians_statements,
    .events = events,
    .jobs = jobs,
    .session_rule = guardians_session_rule,
};
