/* module.c: the presence log's contract. */
#include "engines/people/seed.h"
#include "engines/stays/admin.h"
#include "engines/stays/commands.h"
#include "engines/stays/dispatch.h"
#include "engines/stays/police.h"

static const struct event events[] = {
    { "stays.declared", MSG("Thông báo lưu trú") },
    { "stays.guest_declared", MSG("Thông báo lưu trú cùng đoàn") },
    { "stays.guest_checked", MSG("Kiểm tra khớp hay không khớp khi nhận khách") },
    { "stays.guest_seen", MSG("Công an xem khai báo lưu trú") },
    { "stays.exported", MSG("Tải danh sách lưu trú") },
    { "stays.changed", MSG("Thay đổi thông báo lưu trú") },
    { "stays.facility_added", MSG("Thêm cơ sở lưu trú") },
    { "stays.facility_changed", MSG("Sửa cơ sở lưu trú") },
    { "stays.seeded", MSG("Tạo cơ sở và lưu trú mô phỏng") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "receptionist", .title = MSG("Lễ tân cơ sở lưu trú"), .function = "stay.notify", .facility = true, .home = "/stays" },
    { .name = "commune_police", .title = MSG("Công an cấp xã"), .function = "stay.receive", .territorial = true, .home = "/police/stays" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "stay.declare", ROLES("receptionist"), MSG("Khai báo lưu trú cho cơ sở của mình") },
    { "stay.read", ROLES("receptionist"), MSG("Xem thông báo lưu trú của cơ sở mình") },
    { FACILITY_ADMIN_MAY, ROLES("administrator"), MSG("Quản lý cơ sở lưu trú") },
    { "stay.read.police", ROLES("commune_police"), MSG("Xem lưu trú trong địa bàn") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 20, MSG("Cơ sở lưu trú"), "/admin/facilities", FACILITY_ADMIN_MAY },
    { MENU_POLICE, 10, MSG("Lưu trú trong đêm"), "/police/stays", STAY_POLICE_MAY },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/police/stays", police_tonight, .may = STAY_POLICE_MAY, .title = MSG("Lưu trú trong đêm")),
    GET("/police/late", police_late, .may = STAY_POLICE_MAY, .title = MSG("Khai báo muộn")),
    GET("/police/overlaps", police_overlaps, .may = STAY_POLICE_MAY, .title = MSG("Một người hai nơi")),
    GET("/police/facilities", police_facilities, .may = STAY_POLICE_MAY, .title = MSG("Cơ sở lưu trú")),
    GET("/police/facilities/{id}", police_facility, .may = STAY_POLICE_MAY, .title = MSG("Một cơ sở lưu trú")),
    GET("/police/guests/{id}", police_ask, .may = STAY_POLICE_MAY, .title = MSG("Xem một khách lưu trú")),
    GET_RECORDED("/police/guests/{id}/full", .may = STAY_POLICE_MAY, .prepare = police_guest_prepare, .write = police_guest_write,
                 .reply = police_guest_reply, .title = MSG("Một khách lưu trú, có ghi nhật ký")),
    GET_RECORDED("/police/stays.csv", .may = STAY_POLICE_MAY, .prepare = police_file_prepare, .write = police_file_write,
                 .reply = police_file_reply, .title = MSG("Danh sách trong đêm, có ghi nhật ký")),
    GET_RECORDED("/police/stays.xlsx", .may = STAY_POLICE_MAY, .prepare = police_file_prepare, .write = police_file_write,
                 .reply = police_file_reply, .title = MSG("Danh sách trong đêm, tệp Excel, có ghi nhật ký")),
    GET("/police/live", police_live, .may = STAY_POLICE_MAY, .title = MSG("Báo thay đổi")),
    GET("/admin/facilities", admin_facilities, .may = FACILITY_ADMIN_MAY, .title = MSG("Cơ sở lưu trú")),
    GET("/admin/facilities/new", admin_facility_new, .may = FACILITY_ADMIN_MAY, .title = MSG("Thêm cơ sở")),
    POST("/admin/facilities", .may = FACILITY_ADMIN_MAY, .form = &facility_new_form, .prepare = admin_facility_add_prepare,
         .write = admin_facility_add_write, .reply = admin_facility_reply, .again = admin_facility_new, .title = MSG("Thêm cơ sở")),
    GET("/admin/facilities/{id}", admin_facility, .may = FACILITY_ADMIN_MAY, .title = MSG("Một cơ sở lưu trú")),
    POST("/admin/facilities/{id}", .may = FACILITY_ADMIN_MAY, .form = &facility_change_form, .write = admin_facility_change_write,
         .reply = admin_facility_reply, .again = admin_facility, .title = MSG("Sửa cơ sở lưu trú")),
    GET("/check", receipt_check_page, .open = "anyone may check a receipt in their hand", .title = MSG("Kiểm tra biên nhận")),
    POST("/check", .open = "anyone may check a receipt in their hand", .form = &receipt_check_form, .reply = receipt_check_posted,
         .again = receipt_check_page, .no_idempotency = true, .title = MSG("Kiểm tra biên nhận")),
    GET("/keys.json", receipt_keys, .open = "public keys", .json = true, .title = MSG("Khoá công khai ký niêm phong")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "stays.dispatch", .every_us = US_PER_SECOND, .run = stays_dispatch_job,
      .what = MSG("Chuyển khách đã khai đến hệ thống quốc gia") },
    { .name = "stays.enter", .every_us = 3 * US_PER_SECOND, .run = stays_enter_job,
      .what = MSG("Ghi khách mới vào mục lục theo số định danh") },
    { .name = NULL },
};

/* Part of the synthetic province: places from its seed, the last month of stays up to today. */
static int seed_stays(struct app *app, const struct seed_world *w, struct err *e)
{
    struct rng r = rng_fork(&w->rng, SEED_FACILITIES);
    return stays_seed(app->db, rng_u64(&r), instant_day(app_now(app)), app->settings.pack_dir, e);
}

static bool place_name(struct req *q, const struct grant *g, struct str *out)
{
    struct err e = { 0 };
    struct facility facility;
    struct dbr *r = g->facility != 0 ? req_read(q, &e) : NULL;
    if (!r || facility_by_id(r, q->arena, g->facility, &facility, &e) != 1)
        return false;
    *out = facility.name;
    return true;
}

const struct module stays_module = {
    .name = "stays",
    .title = MSG("Thông báo lưu trú"),
    .needs = NEEDS("audit", "accounts", "people", "identity"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .seed = seed_stays,
    .place_name = place_name,
    .migrations = stays_migrations,
    .statements = stays_statements,
    .events = events,
    .jobs = jobs,
    .metrics = stays_metrics,
    .commands = stays_commands,
    .start = stays_start,
    .stop = stays_stop,
};
