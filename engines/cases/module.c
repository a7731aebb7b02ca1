/* module.c: the contract of cases. */
#include "engines/cases/inside.h"

static const struct event events[] = {
    { "cases.submitted", MSG("Nộp hồ sơ") },
    { "cases.moved", MSG("Hồ sơ được xử lý một bước") },
    { "cases.assigned", MSG("Hồ sơ được giao cho một người") },
    { "cases.promised", MSG("Xin lỗi và hẹn lại ngày trả kết quả") },
    { "cases.paper_added", MSG("Thêm giấy tờ vào hồ sơ") },
    { "cases.paid", MSG("Trả phí hồ sơ") },
    { "cases.message", MSG("Tin nhắn về hồ sơ") },
    { "cases.rated", MSG("Đánh giá việc giải quyết hồ sơ") },
    { "cases.complained", MSG("Phản ánh về hồ sơ") },
    { "cases.seen", MSG("Cán bộ xem hồ sơ") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "one_stop_clerk",
      .title = MSG("Công chức một cửa"),
      .function = "one_stop.receive",
      .territorial = true,
      .home = "/" },
    { .name = "commune_specialist",
      .title = MSG("Công chức chuyên môn cấp xã"),
      .function = "commune.work",
      .territorial = true,
      .home = "/" },
    { .name = "commune_approver",
      .title = MSG("Lãnh đạo UBND cấp xã"),
      .function = "commune.approve",
      .territorial = true,
      .home = "/" },
    { .name = "agency_specialist",
      .title = MSG("Chuyên viên sở, ngành"),
      .function = "agency.work",
      .agency = true,
      .home = "/" },
    { .name = "agency_approver",
      .title = MSG("Lãnh đạo sở, ngành ký duyệt"),
      .function = "agency.approve",
      .agency = true,
      .home = "/" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { CASE_MAY_READ,
      ROLES("one_stop_clerk", "commune_specialist", "commune_approver", "agency_specialist", "agency_approver",
            "commune_police"),
      MSG("Xem hồ sơ thủ tục của nơi mình") },
    { CASE_MAY_OWN, ROLES("citizen"), MSG("Nộp và theo dõi hồ sơ của mình") },
    { CASE_MAY_RECEIVE, ROLES("one_stop_clerk"), MSG("Tiếp nhận hồ sơ và trả kết quả") },
    { CASE_MAY_WORK, ROLES("commune_specialist"), MSG("Thụ lý hồ sơ của UBND cấp xã") },
    { CASE_MAY_WORK_AGENCY, ROLES("agency_specialist"), MSG("Thụ lý hồ sơ của sở, ngành mình") },
    { CASE_MAY_WORK_POLICE, ROLES("commune_police"), MSG("Thụ lý hồ sơ của Công an cấp xã") },
    { CASE_MAY_APPROVE, ROLES("commune_approver"), MSG("Ký duyệt hồ sơ của UBND cấp xã") },
    { CASE_MAY_APPROVE_AGENCY, ROLES("agency_approver"), MSG("Ký duyệt hồ sơ của sở, ngành mình") },
    { CASE_MAY_APPROVE_POLICE, ROLES("commune_police"), MSG("Ký duyệt hồ sơ của Công an cấp xã") },
    { .name = NULL },
};

const struct module cases_module = {
    .name = "cases",
    .title = MSG("Hồ sơ thủ tục hành chính"),
    .needs = NEEDS("audit", "accounts", "people", "agencies", "stays"),
    .permissions = permissions,
    .roles = roles,
    .migrations = cases_migrations,
    .statements = cases_statements,
    .events = events,
    .start = cases_start,
};
