/* module.c: the plan office's contract. */
#include "engines/plan/jobs.h"
#include "engines/plan/pages.h"
#include "engines/plan/public.h"
#include "engines/plan/rollup_paper.h"
#include "engines/plan/seed.h"
#include "engines/plan/timeline.h"

static const struct event events[] = {
    { "plan.imported", MSG("Nhập kế hoạch") },
    { "plan.decided", MSG("Quyết định về một chỗ mâu thuẫn của kế hoạch") },
    { "plan.drafted", MSG("Soạn báo cáo tháng") },
    { "plan.report_saved", MSG("Ghi báo cáo tháng") },
    { "plan.number_refused", MSG("Ghi báo cáo tháng; số đo sửa tay không được nhận") },
    { "plan.report_signed", MSG("Ký báo cáo tháng") },
    { "plan.report_corrected", MSG("Lập bản đính chính báo cáo") },
    { "plan.month_closed", MSG("Khoá sổ báo cáo tháng") },
    { "plan.task_added", MSG("Giao việc trong kế hoạch") },
    { "plan.task_changed", MSG("Ghi tiến độ một việc") },
    { "plan.evidence_added", MSG("Thêm minh chứng cho một việc") },
    { "plan.reminded", MSG("Nhắc việc đến hạn") },
    { "plan.feed_made", MSG("Tạo địa chỉ lịch của cơ quan") },
    { "plan.feed_revoked", MSG("Ngừng địa chỉ lịch của cơ quan") },
    { "plan.seeded", MSG("Tạo một năm mô phỏng của kế hoạch") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "agency_reporter",
      .title = MSG("Cán bộ báo cáo của cơ quan"),
      .function = "plan.report",
      .agency = true,
      .home = "/plan/mine" },
    { .name = "committee",
      .title = MSG("Văn phòng UBND tỉnh theo dõi kế hoạch"),
      .function = "plan.oversee",
      .home = "/plan" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { PLAN_READ_MAY, ROLES("agency_reporter", "plan_office", "committee", "leader"),
      MSG("Xem kế hoạch và báo cáo của mọi cơ quan") },
    { PLAN_REPORT_MAY, ROLES("agency_reporter"), MSG("Viết và ký báo cáo của cơ quan mình") },
    { PLAN_TASK_MAY, ROLES("agency_reporter", "plan_office"), MSG("Giao việc và ghi tiến độ") },
    { PLAN_OFFICE_MAY, ROLES("plan_office"), MSG("Quyết định chỗ mâu thuẫn, khoá sổ tháng") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_PLAN, 10, MSG("Bảng theo dõi kế hoạch"), "/plan", PLAN_READ_MAY },
    { MENU_PLAN, 15, MSG("Cơ quan tôi"), "/plan/mine", PLAN_REPORT_MAY },
    { MENU_PLAN, 20, MSG("Dòng thời gian"), "/plan/timeline", PLAN_READ_MAY },
    { MENU_PLAN, 30, MSG("Báo cáo tháng"), "/plan/months", PLAN_READ_MAY },
    { MENU_PLAN, 40, MSG("Chỗ mâu thuẫn"), "/plan/conflicts", PLAN_READ_MAY },
    { .path = NULL },
};

#define OPEN_TO_ALL "what the province promised, and closed months"

static const struct route routes[] = {
    GET("/plan", board_get, .may = PLAN_READ_MAY, .title = MSG("Bảng theo dõi kế hoạch")),
    GET("/plan/board.csv", board_file, .may = PLAN_READ_MAY, .title = MSG("Bảng theo dõi kế hoạch, tệp CSV")),
    GET("/plan/board.xlsx", board_file, .may = PLAN_READ_MAY, .slow = true,
        .title = MSG("Bảng theo dõi kế hoạch, tệp Excel")),
    GET("/plan/timeline", timeline_get, .may = PLAN_READ_MAY, .title = MSG("Dòng thời gian của kế hoạch")),
    GET("/plan/months/{month}/report.pdf", rollup_file, .may = PLAN_READ_MAY, .slow = true,
        .title = MSG("Báo cáo tổng hợp tháng, tệp PDF")),
    GET("/plan/months/{month}/report.docx", rollup_file, .may = PLAN_READ_MAY, .slow = true,
        .title = MSG("Báo cáo tổng hợp tháng, tệp Word")),
    GET("/plan/months/{month}/report.xlsx", rollup_file, .may = PLAN_READ_MAY, .slow = true,
        .title = MSG("Báo cáo tổng hợp tháng, tệp Excel")),
    GET("/plan/months/{month}/report.json", rollup_file, .may = PLAN_READ_MAY, .slow = true,
        .title = MSG("Báo cáo tổng hợp tháng, tệp JSON")),
    GET("/plan/public", public_get, .open = OPEN_TO_ALL, .title = MSG("Tỉnh đã hứa gì, đã làm được gì")),
    GET("/plan/public/{number}", public_model_get, .open = OPEN_TO_ALL, .slow = true,
        .title = MSG("Một mô hình, cho mọi người")),
    GET("/plan/public.csv", public_csv, .open = OPEN_TO_ALL, .slow = true, .title = MSG("Dữ liệu mở của kế hoạch, tệp CSV")),
    GET("/plan/public.json", public_json, .open = OPEN_TO_ALL, .slow = true,
        .title = MSG("Dữ liệu mở của kế hoạch, tệp JSON")),
    GET("/plan/mine", mine_get, .may = PLAN_REPORT_MAY, .title = MSG("Cơ quan tôi")),
    GET("/plan/models/{number}", model_get, .may = PLAN_READ_MAY, .title = MSG("Một mô hình của kế hoạch")),
    GET("/plan/agencies/{agency}", agency_get, .may = PLAN_READ_MAY, .title = MSG("Một cơ quan trong kế hoạch")),
    POST("/plan/agencies/{agency}/calendar", .may = PLAN_REPORT_MAY, .form = &empty_form, .prepare = feed_prepare,
         .write = feed_write, .reply = feed_reply, .again = agency_get, .title = MSG("Địa chỉ lịch của cơ quan")),
    POST("/plan/agencies/{agency}/calendar/end", .may = PLAN_REPORT_MAY, .form = &empty_form, .prepare = feed_prepare,
         .write = feed_revoke_write, .reply = to_plan_agency, .again = agency_get, .title = MSG("Ngừng địa chỉ lịch")),
    GET("/plan/feeds/{token}", feed_get, .open = "the address is the right: random, kept as a hash, ended at any time",
        .title = MSG("Lịch của một cơ quan")),
    GET("/plan/months", months_get, .may = PLAN_READ_MAY, .title = MSG("Báo cáo tháng")),
    GET("/plan/months/{month}", month_get, .may = PLAN_READ_MAY, .title = MSG("Kỳ báo cáo")),
    POST("/plan/months/{month}/close", .may = PLAN_OFFICE_MAY, .form = &empty_form, .write = month_close_write,
         .reply = month_close_reply, .again = month_get, .title = MSG("Khoá sổ tháng")),
    GET("/plan/reports/{id}", report_get, .may = PLAN_READ_MAY, .title = MSG("Báo cáo tháng của cơ quan")),
    POST("/plan/reports/{id}", .may = PLAN_REPORT_MAY, .form = &report_form, .prepare = report_prepare,
         .write = report_write, .reply = report_reply, .again = report_get, .title = MSG("Ghi báo cáo tháng")),
    POST("/plan/reports/{id}/sign", .may = PLAN_REPORT_MAY, .form = &sign_form, .prepare = sign_prepare, .write = sign_write,
         .reply = report_reply, .again = report_get, .title = MSG("Ký báo cáo tháng")),
    POST("/plan/reports/{id}/correct", .may = PLAN_REPORT_MAY, .form = &correct_form, .prepare = correct_prepare,
         .write = correct_write, .reply = report_reply, .again = report_get, .title = MSG("Lập bản đính chính")),
    GET("/plan/reports/{id}/text", report_text_get, .may = PLAN_READ_MAY, .title = MSG("Văn bản đã ký")),
    GET("/plan/reports/{id}/evidence", report_evidence, .may = PLAN_READ_MAY, .title = MSG("Chứng cứ của chữ ký")),
    GET("/plan/conflicts", conflicts_get, .may = PLAN_READ_MAY, .title = MSG("Chỗ kế hoạch tự mâu thuẫn")),
    GET("/plan/conflicts/{id}", conflict_get, .may = PLAN_READ_MAY, .title = MSG("Một chỗ mâu thuẫn")),
    POST("/plan/conflicts/{id}", .may = PLAN_OFFICE_MAY, .form = &decision_form, .write = decision_write,
         .reply = decision_reply, .again = conflict_get, .title = MSG("Quyết định về chỗ mâu thuẫn")),
    GET("/plan/task", task_new_get, .may = PLAN_TASK_MAY, .title = MSG("Thêm việc")),
    POST("/plan/task", .may = PLAN_TASK_MAY, .form = &task_form, .prepare = task_new_prepare, .write = task_new_write,
         .reply = task_reply, .again = task_new_get, .title = MSG("Giao việc")),
    GET("/plan/tasks/{id}", task_get, .may = PLAN_READ_MAY, .title = MSG("Một việc")),
    POST("/plan/tasks/{id}", .may = PLAN_TASK_MAY, .form = &task_set_form, .prepare = task_set_prepare,
         .write = task_set_write, .reply = task_reply, .again = task_get, .title = MSG("Ghi tiến độ")),
    POST("/plan/tasks/{id}/evidence", .may = PLAN_TASK_MAY, .form = &evidence_form, .prepare = evidence_prepare,
         .write = evidence_write, .reply = task_reply, .again = task_get, .title = MSG("Thêm minh chứng")),
    GET("/plan/evidence/{id}", evidence_get, .may = PLAN_READ_MAY, .title = MSG("Tệp minh chứng")),
    ROUTE_END,
};

const struct module plan_module = {
    .name = "plan",
    .title = MSG("Theo dõi kế hoạch"),
    .needs = NEEDS("audit", "accounts", "people", "agencies"),
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
    .seed_after = plan_seed,
};
