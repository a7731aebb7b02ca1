/* module.c: the catalogue's contract. */
#include "engines/services/catalogue.h"

static const struct event events[] = {
    { "services.loaded", MSG("Nạp danh mục dịch vụ công") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 5, MSG("Dịch vụ công"), "/services", NULL },
    { .path = NULL },
};

#define OPEN_TO_ALL "public catalogue"

static const struct route routes[] = {
    GET("/services", catalogue_get, .open = OPEN_TO_ALL, .title = MSG("Dịch vụ công")),
    GET("/services/{code}", service_get, .open = OPEN_TO_ALL, .title = MSG("Một dịch vụ công")),
    GET("/api/v1/services", catalogue_json, .open = OPEN_TO_ALL, .json = true, .title = MSG("Danh mục dịch vụ công, JSON")),
    GET("/api/v1/services/{code}", service_json, .open = OPEN_TO_ALL, .json = true, .title = MSG("Một dịch vụ công, JSON")),
    ROUTE_END,
};

const struct module services_module = {
    .name = "services",
    .title = MSG("Danh mục dịch vụ công"),
    .needs = NEEDS("audit", "accounts", "people", "agencies"),
    .menu = menu,
    .routes = routes,
    .migrations = services_migrations,
    .statements = services_statements,
    .events = events,
    .commands = services_commands,
    .start = services_start,
    .stop = services_stop,
};
