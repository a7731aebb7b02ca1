/* module.c: model 9 of the plan: hotels, nhà nghỉ and homestays declare who lodges with them. */
#include "models/m09_hotel_stays/desk.h"
#include "gen/hotel_stays_queries.h"

static const struct event events[] = {
    { "stays.draft_removed", MSG("Bỏ một khách chưa gửi khỏi danh sách") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_FACILITY, 10, MSG("Quầy lễ tân"), "/stays", "stay.declare" },
    { MENU_FACILITY, 20, MSG("Sổ khách"), "/stays/book", "stay.read" },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/stays", desk_get, .may = "stay.declare", .title = MSG("Quầy lễ tân")),
    POST("/stays/scan", .may = "stay.declare", .form = &scan_form, .prepare = scan_prepare, .write = guests_write, .reply = scan_reply,
         .again = desk_get, .title = MSG("Quét thẻ của khách")),
    POST("/stays", .may = "stay.declare", .form = &send_form, .prepare = send_prepare, .write = send_write, .reply = send_reply,
         .again = desk_get, .title = MSG("Gửi thông báo lưu trú")),
    POST("/stays/drafts", .may = "stay.declare", .form = &send_form, .prepare = save_prepare, .write = save_write, .reply = to_desk,
         .again = desk_get, .title = MSG("Lưu danh sách khách")),
    GET("/stays/typed", typed_get, .may = "stay.declare", .title = MSG("Gõ tay một khách")),
    POST("/stays/typed", .may = "stay.declare", .form = &typed_form, .prepare = typed_prepare, .write = guests_write, .reply = to_desk,
         .again = typed_get, .title = MSG("Gõ tay một khách")),
    GET("/stays/import", import_get, .may = "stay.declare", .title = MSG("Thêm cả đoàn")),
    GET("/stays/import/template", import_template, .may = "stay.declare", .title = MSG("Tệp mẫu")),
    POST("/stays/import", .may = "stay.declare", .form = &import_form, .prepare = import_prepare, .write = guests_write, .reply = to_desk,
         .again = import_again, .title = MSG("Thêm cả đoàn")),
    GET("/stays/receipts/{number}", receipt_get, .may = "stay.read", .title = MSG("Biên nhận")),
    GET("/stays/receipts/{number}/evidence", receipt_evidence, .may = "stay.read", .title = MSG("Chứng cứ của biên nhận")),
    GET("/stays/book", book_get, .may = "stay.read", .title = MSG("Sổ khách")),
    GET("/stays/book.csv", book_file, .may = "stay.read", .slow = true, .title = MSG("Sổ khách, tệp CSV")),
    GET("/stays/book.xlsx", book_file, .may = "stay.read", .slow = true, .title = MSG("Sổ khách, tệp Excel")),
    GET("/stays/guests/{id}", guest_get, .may = "stay.read", .title = MSG("Một khách đã khai báo")),
    POST("/stays/guests/{id}", .may = "stay.declare", .form = &stay_change_form, .prepare = change_prepare, .write = change_write,
         .reply = change_reply, .again = guest_get, .title = MSG("Thay đổi một lưu trú")),
    POST("/api/v1/stays", .may = "stay.declare", .json = true, .form = &api_form, .prepare = api_declare_prepare,
         .write = api_declare_write,
         .reply = api_declare_reply, .title = MSG("Thông báo lưu trú từ phần mềm của cơ sở")),
    ROUTE_END,
};

const struct module hotel_stays_module = {
    .name = "hotel_stays",
    .plan_model = 9,
    .title = MSG("Thông báo lưu trú: khách sạn, nhà nghỉ, homestay"),
    .works = MSG("Quét thẻ tại quầy, khai một đến sáu mươi khách, biên nhận ký số kiểm tra được ngoại tuyến, hạn 23:00 và 08:00"),
    .needs = NEEDS("audit", "people", "identity", "stays"),
    .menu = menu,
    .routes = routes,
    .events = events,
    .measures = hotel_stays_measures,
    .migrations = hotel_stays_migrations,
    .statements = hotel_stays_statements,
};
