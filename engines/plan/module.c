/* module.c: the plan office's contract. */
#include "engines/plan/inside.h"
#include "engines/plan/jobs.h"
#include "engines/plan/public.h"
#include "engines/plan/timeline.h"

static const struct role roles[] = {
    { .name = "plan_office", .title = MSG("Cơ quan thường trực Tổ công tác 06"), .function = "plan.office", .home = "/plan" },
    { .name = "agency_reporter", .title = MSG("Cán bộ báo cáo của cơ quan"), .function = "plan.report", .agency = true, .home = "/plan" },
    { .name = "committee", .title = MSG("UBND tỉnh, theo dõi kế hoạch"), .function = "plan.watch", .home = "/plan" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { PLAN_READ_MAY, ROLES("plan_office", "agency_reporter", "committee", "leader"), MSG("Xem bảng theo dõi kế hoạch") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_PLAN, 10, MSG("Bảng theo dõi kế hoạch"), "/plan", PLAN_READ_MAY },
    { MENU_PLAN, 20, MSG("Dòng thời gian"), "/plan/timeline", PLAN_READ_MAY },
    { .path = NULL },
};

#define OPEN_TO_ALL "what the province promised, and closed months"

static const struct route routes[] = {
    GET("/plan", board_get, .may = PLAN_READ_MAY, .title = MSG("Bảng theo dõi kế hoạch")),
    GET("/plan/board.csv", board_csv, .may = PLAN_READ_MAY, .title = MSG("Bảng theo dõi kế hoạch, tệp CSV")),
    GET("/plan/board.xlsx", board_xlsx, .may = PLAN_READ_MAY, .slow = true, .title = MSG("Bảng theo dõi kế hoạch, tệp Excel")),
    GET("/plan/timeline", timeline_get, .may = PLAN_READ_MAY, .title = MSG("Dòng thời gian của kế hoạch")),
    GET("/plan/public", public_get, .open = OPEN_TO_ALL, .title = MSG("Tỉnh đã hứa gì, đã làm được gì")),
    GET("/plan/public/{number}", public_model_get, .open = OPEN_TO_ALL, .slow = true, .title = MSG("Một mô hình, cho mọi người")),
    GET("/plan/public.csv", public_csv, .open = OPEN_TO_ALL, .slow = true, .title = MSG("Dữ liệu mở của kế hoạch, tệp CSV")),
    GET("/plan/public.json", public_json, .open = OPEN_TO_ALL, .slow = true, .title = MSG("Dữ liệu mở của kế hoạch, tệp JSON")),
    ROUTE_END,
};

static const struct event events[] = {
    { "plan.imported", MSG("Nhập kế hoạch") },
    { "plan.decided", MSG("Quyết định về một chỗ mâu thuẫn của kế hoạch") },
    { "plan.drafted", MSG("Soạn báo cáo tháng") },
    { "plan.report_saved", MSG("Ghi báo cáo tháng") },
    { "plan.number_refused", MSG("Ghi báo cáo tháng; số đo sửa tay không được nhận") },
    { "plan.report_signed", MSG("Ký báo cáo tháng") },
    { "plan.report_corrected", MSG("Lập bản đính chính báo cáo") },
    { "plan.month_closed", MSG("Khoá sổ báo cáo tháng") },
    { .name = NULL },
};

const struct module plan_module = {
    .name = "plan",
    .title = MSG("Theo dõi kế hoạch"),
    .needs = NEEDS("audit", "people", "agencies"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = plan_migrations,
    .statements = plan_statements,
    .events = events,
    .jobs = plan_jobs,
    .commands = plan_commands,
    .succession = &plan_succession,
    .start = plan_start,
};
