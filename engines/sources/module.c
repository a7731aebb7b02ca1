/* module.c: the contract of sources. */
#include "engines/sources/inside.h"

#include "gen/sources_queries.h"

static const struct event events[] = {
    { "sources.asked", MSG("Lấy dữ liệu từ nguồn cho giấy tờ của hồ sơ") },
    { "sources.other_person", MSG("Nguồn dữ liệu trả lời về người khác: bị bỏ") },
    { .name = NULL },
};

const struct module sources_module = {
    .name = "sources",
    .title = MSG("Nguồn của giấy tờ"),
    .needs = NEEDS("audit", "people", "services", "cases"),
    .migrations = sources_migrations,
    .statements = sources_statements,
    .events = events,
    .jobs = sources_jobs,
    .commands = sources_commands,
    .start = sources_start,
};
