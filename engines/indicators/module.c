/* module.c: the indicators engine's contract. */
#include "engines/indicators/pages.h"

static const struct role roles[] = {
    { .name = "leader", .title = MSG("Lãnh đạo tỉnh"), .function = "province.lead", .home = "/leader" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "indicator.read", ROLES("leader"), MSG("Xem số liệu tổng hợp của tỉnh") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_LEADER, 10, MSG("Toàn tỉnh đêm nay"), "/leader", "indicator.read" },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/leader", leader_get, .may = "indicator.read", .title = MSG("Toàn tỉnh đêm nay")),
    GET("/leader/live", leader_live, .may = "indicator.read", .title = MSG("Báo khi số liệu thay đổi")),
    GET("/leader/indicators.csv", leader_csv, .may = "indicator.read", .title = MSG("Số liệu theo xã, tệp CSV")),
    GET("/leader/communes-2023.geojson", indicator_outline_2023, .may = "indicator.read", .title = MSG("Bản đồ các xã trước 1/7/2025")),
    GET("/leader/communes-2025.geojson", indicator_outline_2025, .may = "indicator.read", .title = MSG("Bản đồ các xã từ 1/7/2025")),
    GET("/api/v1/indicators", indicators_api, .may = "indicator.read", .json = true, .title = MSG("Số liệu theo xã")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "indicators.roll", .every_us = 2 * US_PER_SECOND, .run = roll_job, .what = MSG("Cập nhật số liệu tổng hợp") },
    { .name = NULL },
};

static int seed(struct app *app, const struct seed_world *w, struct err *e)
{
    struct arena a;
    bool changed;
    (void)w;
    arena_init(&a, 64 << 20);
    int result = indicators_roll(app, &a, app_now(app), &changed, e);
    arena_release(&a);
    return result;
}

const struct module indicators_module = {
    .name = "indicators",
    .title = MSG("Số liệu tổng hợp"),
    .needs = NEEDS("people", "stays"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = indicators_migrations,
    .statements = indicators_statements,
    .jobs = jobs,
    .commands = indicators_commands,
    .start = indicators_start,
    .seed = seed,
};
