/* module.c: the plan office's contract. */
#include "engines/plan/inside.h"
#include "engines/plan/jobs.h"

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
    .migrations = plan_migrations,
    .statements = plan_statements,
    .events = events,
    .jobs = plan_jobs,
    .commands = plan_commands,
    .succession = &plan_succession,
    .start = plan_start,
};
