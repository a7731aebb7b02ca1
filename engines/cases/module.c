/* module.c: the contract of cases. */
#include "engines/cases/generate.h"

static const struct event events[] = {
    { "cases.submitted", MSG("Người dân nộp hồ sơ") },
    { "cases.moved", MSG("Hồ sơ được xử lý một bước") },
    { "cases.assigned", MSG("Hồ sơ được giao cho một người") },
    { "cases.promised", MSG("Xin lỗi và hẹn lại ngày trả kết quả") },
    { "cases.paper_added", MSG("Thêm giấy tờ vào hồ sơ") },
    { "cases.paid", MSG("Trả phí hồ sơ") },
    { "cases.message", MSG("Tin nhắn về hồ sơ") },
    { "cases.rated", MSG("Đánh giá việc giải quyết hồ sơ") },
    { "cases.complained", MSG("Phản ánh về hồ sơ") },
    { "cases.answered", MSG("Trả lời phản ánh về hồ sơ") },
    { "cases.double_settled", MSG("Giải quyết hồ sơ trùng") },
    { "cases.exported", MSG("Tải sổ theo dõi hồ sơ") },
    { "cases.generated", MSG("Tạo hồ sơ mô phỏng") },
    { "cases.raised", MSG("Báo hồ sơ lên lãnh đạo") },
    { "cases.raise_answered", MSG("Lãnh đạo trả lời về hồ sơ được báo lên") },
    { "cases.seen", MSG("Cán bộ xem hồ sơ") },
    { "cases.signed", MSG("Ký số giấy kết quả") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "one_stop_clerk",
      .title = MSG("Công chức một cửa"),
      .function = "one_stop.receive",
      .territorial = true,
      .home = "/counter" },
    { .name = "commune_specialist",
      .title = MSG("Công chức chuyên môn cấp xã"),
      .function = "commune.work",
      .territorial = true,
      .home = "/counter" },
    { .name = "commune_approver",
      .title = MSG("Lãnh đạo UBND cấp xã"),
      .function = "commune.approve",
      .territorial = true,
      .home = "/counter" },
    { .name = "agency_specialist",
      .title = MSG("Chuyên viên sở, ngành"),
      .function = "agency.work",
      .agency = true,
      .home = "/counter" },
    { .name = "agency_approver",
      .title = MSG("Lãnh đạo sở, ngành ký duyệt"),
      .function = "agency.approve",
      .agency = true,
      .home = "/counter" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { CASE_MAY_READ,
      ROLES("one_stop_clerk", "commune_specialist", "commune_approver", "agency_specialist", "agency_approver",
            "commune_police"),
      MSG("Xem hồ sơ thủ tục của nơi mình") },
    { CASE_MAY_OWN, ROLES("citizen"), MSG("Nộp và theo dõi hồ sơ của mình") },
    { CASE_MAY_SEE,
      ROLES("citizen", "one_stop_clerk", "commune_specialist", "commune_approver", "agency_specialist", "agency_approver",
            "commune_police"),
      MSG("Xem hồ sơ của mình hoặc của nơi mình") },
    { CASE_MAY_RECEIVE, ROLES("one_stop_clerk"), MSG("Tiếp nhận hồ sơ và trả kết quả") },
    { CASE_MAY_WORK, ROLES("commune_specialist"), MSG("Thụ lý hồ sơ của UBND cấp xã") },
    { CASE_MAY_WORK_AGENCY, ROLES("agency_specialist"), MSG("Thụ lý hồ sơ của sở, ngành mình") },
    { CASE_MAY_WORK_POLICE, ROLES("commune_police"), MSG("Thụ lý hồ sơ của Công an cấp xã") },
    { CASE_MAY_APPROVE, ROLES("commune_approver"), MSG("Ký duyệt hồ sơ của UBND cấp xã") },
    { CASE_MAY_APPROVE_AGENCY, ROLES("agency_approver"), MSG("Ký duyệt hồ sơ của sở, ngành mình") },
    { CASE_MAY_APPROVE_POLICE, ROLES("commune_police"), MSG("Ký duyệt hồ sơ của Công an cấp xã") },
    { .name = NULL },
};

static const struct route routes[] = {
    GET("/follow", case_follow_get, .open = "whoever has a case's number and code may see where it stands",
        .title = MSG("Theo dõi hồ sơ")),
    POST("/follow", .open = "whoever has a case's number and code may see where it stands", .form = &case_follow_form,
         .prepare = case_follow_prepare, .write = case_follow_write, .reply = case_follow_reply, .again = case_follow_get,
         .no_idempotency = true, .title = MSG("Theo dõi hồ sơ")),
    POST("/api/v1/cases/follow", .open = "whoever has a case's number and code may see where it stands", .json = true,
         .form = &case_follow_form, .prepare = case_follow_prepare, .write = case_follow_write, .reply = case_follow_json,
         .no_idempotency = true, .title = MSG("Theo dõi hồ sơ")),
    GET_RECORDED("/api/v1/cases/{number}", .may = CASE_MAY_SEE, .json = true, .prepare = case_json_prepare,
                 .write = case_json_write, .reply = case_json_reply, .title = MSG("Một hồ sơ, có ghi nhật ký")),
    GET("/kq/{code}", case_paper_check_get, .open = "whoever holds a signed paper may ask whether it is real",
        .title = MSG("Kiểm tra giấy kết quả")),
    POST("/kq/{code}", .open = "whoever holds a signed paper may ask whether it is real", .form = &case_paper_check_form,
         .reply = case_paper_check_reply, .again = case_paper_check_get, .no_idempotency = true,
         .title = MSG("So tệp với bản đã ký")),
    GET("/flows/{name}", case_flow_get, .open = "how cases go is public", .title = MSG("Quy trình giải quyết")),
    GET_RECORDED("/cases/book.csv", .may = CASE_MAY_RECEIVE, .prepare = case_book_prepare, .write = case_book_write,
                 .reply = case_book_reply, .slow = true, .title = MSG("Sổ theo dõi hồ sơ, có ghi nhật ký")),
    GET_RECORDED("/cases/book.xlsx", .may = CASE_MAY_RECEIVE, .prepare = case_book_prepare, .write = case_book_write,
                 .reply = case_book_reply, .slow = true, .title = MSG("Sổ theo dõi hồ sơ, tệp Excel, có ghi nhật ký")),
    GET_RECORDED("/cases/book.pdf", .may = CASE_MAY_RECEIVE, .prepare = case_book_paper_prepare, .write = case_book_write,
                 .reply = case_book_paper_reply, .slow = true, .title = MSG("Sổ theo dõi hồ sơ, bản in PDF, có ghi nhật ký")),
    GET_RECORDED("/cases/book.docx", .may = CASE_MAY_RECEIVE, .prepare = case_book_paper_prepare, .write = case_book_write,
                 .reply = case_book_paper_reply, .slow = true, .title = MSG("Sổ theo dõi hồ sơ, bản in Word, có ghi nhật ký")),
    ROUTE_END,
};

/* Part of the synthetic province: the last four months. A pack without flows has no cases. */
static int seed_cases(struct app *app, const struct seed_world *w, struct err *e)
{
    struct rng r = rng_fork(&w->rng, SEED_CASES);
    struct day today = instant_day(app_now(app));
    struct case_generating g = {
        .app = app, .count = 3000, .seed = rng_u64(&r), .near = 250, .from = { today.n - 120 }, .until = today
    };
    return cases_state(app)->flows.n > 0 ? case_generate(&g, e) : 0;
}

const struct module cases_module = {
    .name = "cases",
    .title = MSG("Hồ sơ thủ tục hành chính"),
    .needs = NEEDS("audit", "accounts", "people", "agencies", "credentials", "services", "stays"),
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = cases_migrations,
    .statements = cases_statements,
    .events = events,
    .jobs = cases_jobs,
    .commands = cases_commands,
    .succession = &cases_succession,
    .start = cases_start,
    .seed = seed_cases,
};
