/* module.c: model 1 of the plan: the 53 essential services from a citizen's door: filing, following, paying, what came of it. */
#include "models/m01_essential_services/assist.h"
#include "models/m01_essential_services/own.h"

static const struct event events[] = {
    { "essential.prefilled", MSG("Điền sẵn biểu mẫu dịch vụ công") },
    { "essential.code_sent", MSG("Gửi mã xác nhận hồ sơ điền giúp") },
    { "essential.confirmed", MSG("Người dân xác nhận hồ sơ điền giúp") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { PORTAL_FILE, ROLES("citizen", "guardian", "organisation_head", "organisation_agent"),
      MSG("Nộp và theo dõi hồ sơ: cho mình, người mình giám hộ, tổ chức của mình") },
    /* The teams that go from house to house (model 22) are those who sit beside somebody and type: one role, one training, one list. */
    { PORTAL_ASSIST, ROLES("digital_team"), MSG("Điền giúp hồ sơ cho người dân, họ xác nhận thì mới gửi") },
    { PORTAL_TYPE, ROLES("citizen", "guardian", "organisation_head", "organisation_agent", "digital_team"),
      MSG("Điền hồ sơ dịch vụ công") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 6, MSG("Hồ sơ của tôi"), "/ho-so", PORTAL_TYPE },
    { .path = NULL },
};

#define FORM "/nop/{code}/{draft}"
#define CASE "/ho-so/{number}"

static const struct route routes[] = {
    GET("/nop/{code}", portal_begin_get, .may = PORTAL_TYPE, .title = MSG("Nộp hồ sơ")),
    POST("/nop/{code}", .may = PORTAL_TYPE, .form = &portal_begin_form, .prepare = portal_begin_prepare,
         .write = portal_begin_write, .reply = portal_begin_reply, .again = portal_begin_get, .title = MSG("Bắt đầu hồ sơ")),
    GET(FORM, portal_resume_get, .may = PORTAL_TYPE, .title = MSG("Tiếp tục hồ sơ")),
    POST(FORM "/xoa", .may = PORTAL_TYPE, .form = &empty_form, .write = portal_drop_write, .reply = portal_drop_reply,
         .title = MSG("Xoá bản nháp")),
    GET(FORM "/{page}/{item}", portal_page_get, .may = PORTAL_TYPE, .title = MSG("Một trang của hồ sơ")),
    POST(FORM "/{page}/{item}", .may = PORTAL_TYPE, .form = &services_post_files_form, .prepare = portal_page_prepare,
         .write = portal_page_write, .reply = portal_page_reply, .again = portal_page_get, .title = MSG("Lưu một trang")),
    GET(FORM "/noi-nhan", portal_place_get, .may = PORTAL_TYPE, .title = MSG("Nơi nhận hồ sơ")),
    POST(FORM "/noi-nhan", .may = PORTAL_TYPE, .form = &portal_place_form, .prepare = portal_place_prepare,
         .write = portal_place_write, .reply = portal_place_reply, .again = portal_place_get, .title = MSG("Nơi nhận hồ sơ")),
    GET_RECORDED(FORM "/giay-to", .may = PORTAL_TYPE, .prepare = portal_papers_prepare, .write = portal_papers_write,
                 .reply = portal_papers_get, .title = MSG("Giấy tờ của hồ sơ")),
    POST(FORM "/nguon", .may = PORTAL_TYPE, .form = &source_choice_form, .prepare = portal_source_prepare,
         .write = portal_source_write, .reply = portal_scan_reply, .again = portal_papers_get,
         .title = MSG("Chọn khi nguồn dữ liệu không trả lời")),
    POST(FORM "/giay-to", .may = PORTAL_TYPE, .form = &portal_scan_form, .prepare = portal_scan_prepare,
         .write = portal_scan_write, .reply = portal_scan_reply, .again = portal_papers_get, .title = MSG("Tải giấy tờ lên")),
    POST(FORM "/giay-to/bo", .may = PORTAL_TYPE, .form = &portal_slot_form, .write = portal_scan_drop_write,
         .reply = portal_scan_reply, .title = MSG("Bỏ tệp đã tải lên")),
    GET(FORM "/kiem-tra", portal_check_get, .may = PORTAL_TYPE, .title = MSG("Kiểm tra trước khi gửi")),
    POST(FORM "/ma", .may = PORTAL_ASSIST, .form = &empty_form, .prepare = assist_code_prepare, .write = assist_code_write,
         .reply = assist_code_reply, .again = portal_check_get, .title = MSG("Gửi mã xác nhận")),
    POST(FORM "/xac-nhan", .may = PORTAL_ASSIST, .form = &assist_typed_form, .prepare = assist_typed_prepare,
         .write = assist_typed_write, .reply = assist_typed_reply, .again = portal_check_get, .title = MSG("Nhập mã xác nhận")),
    GET(FORM "/ban-ky.pdf", assist_sheet_pdf, .may = PORTAL_ASSIST, .slow = true, .title = MSG("Bản in để người dân ký xác nhận")),
    POST(FORM "/ban-ky", .may = PORTAL_ASSIST, .form = &assist_signed_form, .prepare = assist_signed_prepare,
         .write = assist_signed_write, .reply = assist_check_reply, .again = portal_check_get,
         .title = MSG("Gửi ảnh bản đã ký")),
    POST(FORM "/gui", .may = PORTAL_TYPE, .form = &portal_send_form, .prepare = portal_send_prepare,
         .write = portal_send_write, .reply = portal_send_reply, .again = portal_check_get, .title = MSG("Gửi hồ sơ")),

    GET("/ho-so", own_list_get, .may = PORTAL_TYPE, .title = MSG("Hồ sơ của tôi")),
    GET(CASE, own_case_get, .may = PORTAL_FILE, .title = MSG("Một hồ sơ của tôi")),
    GET(CASE "/da-gui.pdf", own_sent_pdf, .may = PORTAL_FILE, .slow = true, .title = MSG("Phiếu xác nhận đã gửi")),
    GET(CASE "/giay/{letter}", own_letter_pdf, .may = PORTAL_FILE, .slow = true, .title = MSG("Giấy của cơ quan giải quyết, PDF")),
    GET(CASE "/tra-phi", own_pay_get, .may = PORTAL_FILE, .title = MSG("Trả phí, lệ phí")),
    POST(CASE "/tra-phi", .may = PORTAL_FILE, .form = &empty_form, .prepare = own_pay_prepare, .write = own_pay_write,
         .reply = own_reply, .title = MSG("Lấy mã trả phí")),
    POST(CASE "/buoc", .may = PORTAL_FILE, .form = &own_move_form, .prepare = own_move_prepare, .write = own_move_write,
         .reply = own_reply, .again = own_case_get, .title = MSG("Bổ sung xong, rút hồ sơ")),
    POST(CASE "/giay-to", .may = PORTAL_FILE, .form = &own_scan_form, .prepare = own_scan_prepare, .write = own_scan_write,
         .reply = own_reply, .again = own_case_get, .title = MSG("Bổ sung giấy tờ")),
    POST(CASE "/tin", .may = PORTAL_FILE, .form = &own_say_form, .prepare = own_words_prepare, .write = own_say_write,
         .reply = own_reply, .again = own_case_get, .title = MSG("Nhắn cơ quan giải quyết")),
    POST(CASE "/danh-gia", .may = PORTAL_FILE, .form = &own_rate_form, .prepare = own_words_prepare, .write = own_rate_write,
         .reply = own_reply, .again = own_case_get, .title = MSG("Đánh giá việc giải quyết")),
    POST(CASE "/phan-anh", .may = PORTAL_FILE, .form = &own_complain_form, .prepare = own_words_prepare,
         .write = own_complain_write, .reply = own_reply, .again = own_case_get, .title = MSG("Phản ánh về hồ sơ")),
    GET("/xac-nhan/{draft}", assist_confirm_get, .may = CASE_MAY_OWN, .title = MSG("Xác nhận hồ sơ điền giúp")),
    POST("/xac-nhan/{draft}", .may = CASE_MAY_OWN, .form = &assist_confirm_form, .prepare = assist_confirm_prepare,
         .write = assist_confirm_write, .reply = assist_confirm_reply, .again = assist_confirm_get,
         .title = MSG("Xác nhận hồ sơ điền giúp")),
    GET("/theo-doi", own_follow_get, .open = "leads from a receipt's code to the page for following", .title = MSG("Theo dõi hồ sơ")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "essential.bundles",
      .every_us = 2 * US_PER_SECOND,
      .run = portal_bundle_job,
      .what = MSG("Bắt đầu các phần của hồ sơ liên thông khi việc trước có kết quả") },
    { .name = "essential.tell",
      .every_us = 2 * US_PER_SECOND,
      .run = portal_tell_job,
      .what = MSG("Báo cho người nộp những gì xảy ra với hồ sơ") },
    { .name = "essential.sources",
      .every_us = 30 * US_PER_SECOND,
      .run = portal_sources_job,
      .patient = true,
      .what = MSG("Hỏi lại nguồn dữ liệu mà người nộp đang chờ, và báo khi có") },
    { .name = "essential.drafts", .every_us = 6 * US_PER_HOUR, .run = portal_expire_job, .what = MSG("Xoá bản nháp hết hạn") },
    { .name = NULL },
};

const struct module essential_services_module = {
    .name = "essential_services",
    .plan_model = 1,
    .title = MSG("53 dịch vụ công thiết yếu"),
    .works = MSG("Nộp từ điện thoại từng trang một, điền sẵn từ sổ dân cư, giấy tờ ghi rõ nguồn, theo dõi, bổ sung, đánh giá, "
                 "phản ánh, hồ sơ liên thông thấy rõ phần nào xong phần nào chưa"),
    .needs = NEEDS("audit", "accounts", "people", "services", "cases", "sources", "payments", "notices"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .migrations = essential_services_migrations,
    .statements = essential_services_statements,
    .events = events,
    .jobs = jobs,
    .measures = portal_measures,
};
