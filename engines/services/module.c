/* module.c: the catalogue's contract. */
#include "engines/services/inside.h"

static const struct event events[] = {
    { "services.loaded", MSG("Nạp danh mục dịch vụ công") },
    { .name = NULL },
};

const struct module services_module = {
    .name = "services",
    .title = MSG("Danh mục dịch vụ công"),
    .needs = NEEDS("audit", "accounts", "people", "agencies"),
    .migrations = services_migrations,
    .statements = services_statements,
    .events = events,
    .commands = services_commands,
    .start = services_start,
    .stop = services_stop,
};
