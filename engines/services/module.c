/* module.c: the catalogue's contract. */
#include "engines/services/editor.h"

static const struct event events[] = {
    { "services.loaded", MSG("Nạp danh mục dịch vụ công") },
    { "services.draft_made", MSG("Lập bản thảo dịch vụ công") },
    { "services.draft_changed", MSG("Sửa bản thảo dịch vụ công") },
    { "services.draft_proposed", MSG("Trình bản thảo dịch vụ công") },
    { "services.draft_returned", MSG("Trả lại bản thảo dịch vụ công") },
    { "services.draft_dropped", MSG("Bỏ bản thảo dịch vụ công") },
    { "services.published", MSG("Công bố một phiên bản dịch vụ công") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "catalogue_officer",
      .title = MSG("Cán bộ danh mục dịch vụ công"),
      .function = "procedure.publish",
      .home = "/admin/services" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { SERVICES_EDIT_MAY, ROLES("catalogue_officer"), MSG("Soạn thay đổi của danh mục dịch vụ công") },
    { SERVICES_PUBLISH_MAY, ROLES("catalogue_officer"), MSG("Công bố bản thảo do người khác soạn") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 5, MSG("Dịch vụ công"), "/services", NULL },
    { MENU_ADMIN, 30, MSG("Danh mục dịch vụ công"), "/admin/services", SERVICES_EDIT_MAY },
    { .path = NULL },
};

#define OPEN_TO_ALL "public catalogue"

#define DRAFT "/admin/services/drafts/{id}"
/* PIECE("/fee", &services_fee_form, MSG("…")) expands to the page of a piece and the post that saves it. */
#define PIECE(part_, form_, ...)                                                                        \
    GET(DRAFT part_, services_piece_get, .may = SERVICES_EDIT_MAY, .title = __VA_ARGS__),               \
        POST(DRAFT part_, .may = SERVICES_EDIT_MAY, .form = (form_), .prepare = services_piece_prepare, \
             .write = services_piece_write, .reply = services_draft_reply, .again = services_piece_get, \
             .title = __VA_ARGS__)

static const struct route routes[] = {
    GET("/services", services_catalogue_get, .open = OPEN_TO_ALL, .shared = true, .title = MSG("Dịch vụ công")),
    GET("/services/{code}", services_one_get, .open = OPEN_TO_ALL, .shared = true, .title = MSG("Một dịch vụ công")),
    GET("/api/v1/services", services_catalogue_json, .open = OPEN_TO_ALL, .json = true,
        .title = MSG("Danh mục dịch vụ công, JSON")),
    GET("/api/v1/services/{code}", services_one_json, .open = OPEN_TO_ALL, .json = true,
        .title = MSG("Một dịch vụ công, JSON")),
    GET("/admin/services", services_desk_get, .may = SERVICES_EDIT_MAY, .title = MSG("Danh mục dịch vụ công")),
    GET("/admin/services.xlsx", services_export_get, .may = SERVICES_EDIT_MAY, .slow = true,
        .title = MSG("Danh mục dịch vụ công, tệp Excel")),
    GET("/admin/services.json", services_export_get, .may = SERVICES_EDIT_MAY, .slow = true,
        .title = MSG("Danh mục dịch vụ công, tệp JSON")),
    GET("/admin/services/import", services_import_get, .may = SERVICES_EDIT_MAY, .title = MSG("Nhập tệp")),
    POST("/admin/services/import", .may = SERVICES_EDIT_MAY, .form = &services_import_form,
         .prepare = services_import_prepare, .write = services_import_write, .reply = services_draft_reply,
         .again = services_import_get, .slow = true, .title = MSG("Nhập tệp")),
    POST("/admin/services/{code}/draft", .may = SERVICES_EDIT_MAY, .form = &empty_form,
         .prepare = services_draft_new_prepare, .write = services_draft_new_write, .reply = services_draft_reply,
         .again = services_desk_get, .title = MSG("Lập bản thảo")),
    GET(DRAFT, services_draft_get, .may = SERVICES_EDIT_MAY, .title = MSG("Bản thảo")),
    GET(DRAFT "/preview", services_draft_preview_get, .may = SERVICES_EDIT_MAY, .title = MSG("Xem trước")),
    GET(DRAFT "/compare", services_draft_compare_get, .may = SERVICES_EDIT_MAY, .title = MSG("So với bản đang áp dụng")),
    PIECE("/facts", &services_facts_form, MSG("Thông tin chung")),
    PIECE("/page", &services_page_form, MSG("Một trang của biểu mẫu")),
    PIECE("/field", &services_field_form, MSG("Một câu hỏi")),
    PIECE("/paper", &services_paper_form, MSG("Một giấy tờ")),
    PIECE("/fee", &services_fee_form, MSG("Một khoản thu")),
    PIECE("/child", &services_child_form, MSG("Một dịch vụ làm cùng")),
    PIECE("/result", &services_result_form, MSG("Kết quả")),
    GET(DRAFT "/raw", services_raw_get, .may = SERVICES_EDIT_MAY, .title = MSG("Bản thảo ở dạng JSON")),
    POST(DRAFT "/raw", .may = SERVICES_EDIT_MAY, .form = &services_raw_form, .prepare = services_raw_prepare,
         .write = services_piece_write, .reply = services_draft_reply, .again = services_raw_get,
         .title = MSG("Bản thảo ở dạng JSON")),
    GET(DRAFT "/test", services_test_get, .may = SERVICES_EDIT_MAY, .title = MSG("Chạy thử biểu mẫu")),
    POST(DRAFT "/test", .may = SERVICES_EDIT_MAY, .form = &services_post_files_form, .prepare = services_test_prepare,
         .reply = services_test_reply, .again = services_test_again, .title = MSG("Chạy thử biểu mẫu")),
    POST(DRAFT "/propose", .may = SERVICES_EDIT_MAY, .form = &services_propose_form, .prepare = services_propose_prepare,
         .write = services_propose_write, .reply = services_draft_reply, .again = services_draft_get,
         .title = MSG("Trình để công bố")),
    POST(DRAFT "/publish", .may = SERVICES_PUBLISH_MAY, .form = &services_draft_step_form,
         .prepare = services_publish_prepare, .write = services_publish_write, .reply = services_draft_reply,
         .again = services_draft_get, .title = MSG("Công bố")),
    POST(DRAFT "/settle", .may = SERVICES_EDIT_MAY, .form = &services_draft_step_form, .write = services_settle_write,
         .reply = services_draft_reply, .again = services_draft_get, .title = MSG("Trả lại hoặc bỏ bản thảo")),
    ROUTE_END,
};

const struct module services_module = {
    .name = "services",
    .title = MSG("Danh mục dịch vụ công"),
    .needs = NEEDS("audit", "accounts", "people", "agencies"),
    .menu = menu,
    .permissions = permissions,
    .roles = roles,
    .routes = routes,
    .migrations = services_migrations,
    .statements = services_statements,
    .events = events,
    .commands = services_commands,
    .start = services_start,
    .stop = services_stop,
};
