/* module.c: model 22 of the plan: everyone who is old enough holds the four assets of a digital citizen, and the province knows it by
 * evidence.
 */
#include "models/m22_digital_citizens/offline.h"
#include "models/m22_digital_citizens/pages.h"
#include "models/m22_digital_citizens/plate.h"
#include "models/m22_digital_citizens/signature.h"

#include "engines/people/seed.h"

static const struct event events[] = {
    { "digital.person_seen", MSG("Xem để hỗ trợ điều kiện công dân số") },
    { "digital.list_seen", MSG("Xem danh sách hộ cần hỗ trợ") },
    { "digital.visited", MSG("Ghi một lần đến hỗ trợ") },
    { "digital.doors_taken", MSG("Mang theo danh sách hộ để đi khi mất sóng") },
    { "digital.offline_sent", MSG("Gửi về các lần đến đã ghi khi mất sóng") },
    { "digital.offline_waits", MSG("Lần đến ghi khi mất sóng chờ xem lại") },
    { "digital.offline_settled", MSG("Xem lại một lần đến ghi khi mất sóng") },
    { "digital.plates_assigned", MSG("Cấp mã địa chỉ số cho các hộ của một thôn") },
    { "digital.plate_mounted", MSG("Ghi biển địa chỉ số đã gắn") },
    { "digital.plate_ended", MSG("Gỡ một biển địa chỉ số") },
    { "digital.signature_asked", MSG("Xin cấp chữ ký số") },
    { "digital.signature_sent", MSG("Gửi yêu cầu chữ ký số đến tổ chức chứng thực") },
    { "digital.signature_issued", MSG("Tổ chức chứng thực đã cấp chữ ký số") },
    { "digital.signature_refused", MSG("Tổ chức chứng thực từ chối yêu cầu chữ ký số") },
    { "digital.signature_taken_back", MSG("Rút lại yêu cầu chữ ký số") },
    { "digital.visit_twice", MSG("Ghi một lần đến, trùng với lần khác") },
    { "digital.visits_settled", MSG("Giải quyết hai lần ghi trùng") },
    { "digital.evidence_recorded", MSG("Ghi bằng chứng điều kiện công dân số") },
    { "digital.evidence_withdrawn", MSG("Rút bằng chứng điều kiện công dân số") },
    { "digital.list_taken", MSG("Nhận một danh sách bằng chứng") },
    { "digital.seeded", MSG("Tạo bằng chứng mô phỏng") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "digital_team",
      .title = MSG("Tổ công nghệ số cộng đồng"),
      .function = "digital_citizen.visit",
      .territorial = true,
      .home = "/digital-citizens" },
    { .name = "digital_commune",
      .title = MSG("Cán bộ xã phụ trách công dân số"),
      .function = "digital_citizen.settle",
      .territorial = true,
      .home = "/digital-citizens" },
    { .name = "digital_province",
      .title = MSG("Sở phụ trách công dân số"),
      .function = "digital_transformation.lead",
      .home = "/digital-citizens/coverage" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { DIGITAL_VISIT, ROLES("digital_team", "digital_commune"), MSG("Xem hộ cần hỗ trợ, ghi lần đến và bằng chứng") },
    { DIGITAL_SETTLE, ROLES("digital_commune"), MSG("Giải quyết ghi trùng, rút bằng chứng, nhận danh sách") },
    { DIGITAL_COVERAGE, ROLES("digital_province", "leader"), MSG("Xem độ phủ bốn điều kiện toàn tỉnh") },
    { DIGITAL_THANKS, ROLES("digital_team", "digital_commune", "digital_province"), MSG("Xem lời cảm ơn các tổ") },
    { "digital.own", ROLES("citizen", "guardian"), MSG("Xem bốn điều kiện của chính mình hoặc của người mình giám hộ") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 20, MSG("Bốn điều kiện của tôi"), "/my-conditions", "digital.own" },
    { MENU_COMMUNE, 10, MSG("Đến từng hộ"), "/digital-citizens", DIGITAL_VISIT },
    { MENU_COMMUNE, 20, MSG("Ghi trùng"), "/digital-citizens/doubles", DIGITAL_SETTLE },
    { MENU_COMMUNE, 15, MSG("Đi khi mất sóng"), "/digital-citizens/offline", DIGITAL_VISIT },
    { MENU_COMMUNE, 25, MSG("Gửi về từ nơi mất sóng"), "/digital-citizens/looks", DIGITAL_SETTLE },
    { MENU_COMMUNE, 30, MSG("Nhận danh sách"), "/digital-citizens/import", DIGITAL_SETTLE },
    { MENU_COMMUNE, 40, MSG("Cảm ơn các tổ"), "/digital-citizens/thanks", DIGITAL_THANKS },
    { MENU_LEADER, 40, MSG("Công dân số: còn ai"), "/digital-citizens/coverage", DIGITAL_COVERAGE },
    { MENU_LEADER, 41, MSG("Công dân số: vì sao"), "/digital-citizens/reasons", DIGITAL_COVERAGE },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/digital-citizens", team_get, .may = DIGITAL_VISIT, .title = MSG("Đến từng hộ")),
    GET_RECORDED("/digital-citizens/hamlets/{id}", .may = DIGITAL_VISIT, .prepare = hamlet_prepare, .write = hamlet_write,
                 .reply = hamlet_page, .title = MSG("Hộ của một thôn, bon, tổ dân phố")),
    GET_RECORDED("/digital-citizens/households/{id}", .may = DIGITAL_VISIT, .prepare = household_prepare,
                 .write = household_write, .reply = household_page_get, .title = MSG("Một hộ")),
    POST("/digital-citizens/households/{id}/visits", .may = DIGITAL_VISIT, .form = &visit_form, .prepare = visit_prepare,
         .write = visit_write, .reply = to_household, .again = household_again, .title = MSG("Ghi một lần đến")),
    GET_RECORDED("/digital-citizens/people/{id}", .may = DIGITAL_VISIT, .prepare = evidence_page_prepare,
                 .write = evidence_page_write, .reply = evidence_page_get, .title = MSG("Bằng chứng của một người")),
    POST("/digital-citizens/people/{id}/evidence", .may = DIGITAL_VISIT, .form = &asset_evidence_form, .prepare = asset_evidence_prepare,
         .write = asset_evidence_write, .reply = to_evidence, .again = evidence_again, .title = MSG("Ghi bằng chứng")),
    POST("/digital-citizens/people/{id}/withdraw", .may = DIGITAL_SETTLE, .form = &asset_withdraw_form,
         .prepare = withdraw_prepare, .write = asset_withdraw_write, .reply = to_evidence, .again = evidence_again,
         .title = MSG("Rút bằng chứng")),
    GET("/digital-citizens/offline", offline_shell_get, .may = DIGITAL_VISIT, .title = MSG("Đi khi mất sóng")),
    GET_RECORDED("/digital-citizens/hamlets/{id}/sheet", .may = DIGITAL_VISIT, .prepare = doors_prepare, .write = doors_write,
                 .reply = sheet_get, .slow = true, .title = MSG("Phiếu đến từng hộ")),
    GET_RECORDED("/api/v1/digital-citizens/hamlets/{id}/doors", .may = DIGITAL_VISIT, .json = true, .prepare = doors_prepare,
                 .write = doors_write, .reply = doors_json, .slow = true, .title = MSG("Hộ mang theo khi mất sóng")),
    POST("/api/v1/digital-citizens/visits", .may = DIGITAL_VISIT, .json = true, .form = &offline_form, .prepare = offline_prepare,
         .write = offline_write, .reply = offline_reply, .title = MSG("Nhận các lần đến đã ghi khi mất sóng")),
    GET("/digital-citizens/looks", looks_get, .may = DIGITAL_SETTLE, .title = MSG("Gửi về từ nơi mất sóng")),
    POST("/digital-citizens/looks", .may = DIGITAL_SETTLE, .form = &look_form, .prepare = look_prepare, .write = look_write,
         .reply = to_looks, .again = looks_get, .title = MSG("Quyết định một lần đến gửi về")),
    GET("/digital-citizens/hamlets/{id}/plates", plates_get, .may = DIGITAL_VISIT, .title = MSG("Biển địa chỉ số")),
    POST("/digital-citizens/hamlets/{id}/plates", .may = DIGITAL_SETTLE, .form = &empty_form, .prepare = plates_assign_prepare,
         .write = plates_assign_write, .reply = to_plates, .again = plates_get, .title = MSG("Cấp mã địa chỉ số")),
    GET("/digital-citizens/hamlets/{id}/plates.pdf", plates_pdf, .may = DIGITAL_VISIT, .slow = true,
        .title = MSG("Tờ biển địa chỉ số để in")),
    GET("/digital-citizens/plates/{code}", plate_get, .may = DIGITAL_VISIT, .title = MSG("Một biển địa chỉ số")),
    POST("/digital-citizens/plates/{code}/mount", .may = DIGITAL_VISIT, .form = &plate_mount_form,
         .prepare = plate_mount_prepare, .write = plate_mount_write, .reply = to_plate, .again = plate_get,
         .title = MSG("Ghi biển đã gắn")),
    POST("/digital-citizens/plates/{code}/end", .may = DIGITAL_SETTLE, .form = &plate_end_form, .prepare = plate_end_prepare,
         .write = plate_end_write, .reply = to_plate, .again = plate_get, .title = MSG("Gỡ biển địa chỉ số")),
    GET("/address/{code}", address_get, .open = "a plate hangs on a wall for everyone; it names a place and nobody",
        .title = MSG("Địa chỉ số")),
    GET("/digital-citizens/doubles", doubles_get, .may = DIGITAL_SETTLE, .title = MSG("Ghi trùng")),
    GET("/digital-citizens/doubles/{id}", merge_get, .may = DIGITAL_SETTLE, .title = MSG("Hai lần ghi của một hộ")),
    POST("/digital-citizens/doubles/{id}", .may = DIGITAL_SETTLE, .form = &merge_form, .prepare = merge_prepare,
         .write = merge_write, .reply = to_doubles, .again = merge_get, .title = MSG("Giải quyết ghi trùng")),
    GET("/digital-citizens/import", digital_import_get, .may = DIGITAL_SETTLE, .title = MSG("Nhận danh sách")),
    GET("/digital-citizens/import/template", digital_import_template, .may = DIGITAL_SETTLE, .title = MSG("Tệp mẫu")),
    POST("/digital-citizens/import", .may = DIGITAL_SETTLE, .form = &digital_import_form, .prepare = digital_import_prepare,
         .write = digital_import_write, .reply = digital_import_reply, .again = digital_import_again, .slow = true,
         .title = MSG("Nhận danh sách")),
    GET("/digital-citizens/coverage", coverage_get, .may = DIGITAL_COVERAGE, .slow = true,
        .title = MSG("Công dân số: còn ai")),
    GET("/digital-citizens/coverage.csv", coverage_csv, .may = DIGITAL_COVERAGE, .slow = true,
        .title = MSG("Độ phủ theo xã, tệp CSV")),
    GET("/digital-citizens/reasons", remaining_get, .may = DIGITAL_COVERAGE, .slow = true, .title = MSG("Công dân số: vì sao")),
    GET("/digital-citizens/thanks", thanks_get, .may = DIGITAL_THANKS, .slow = true, .title = MSG("Cảm ơn các tổ")),
    GET("/digital-citizens/communes-2023.geojson", indicator_outline_2023, .may = DIGITAL_COVERAGE,
        .title = MSG("Bản đồ các xã trước 1/7/2025")),
    GET("/digital-citizens/communes-2025.geojson", indicator_outline_2025, .may = DIGITAL_COVERAGE,
        .title = MSG("Bản đồ các xã từ 1/7/2025")),
    GET("/my-signature", signature_get, .may = "digital.own", .title = MSG("Xin cấp chữ ký số")),
    POST("/my-signature", .may = "digital.own", .form = &signature_form, .prepare = signature_prepare, .write = signature_write,
         .reply = to_signature, .again = signature_get, .title = MSG("Gửi yêu cầu chữ ký số")),
    POST("/my-signature/{id}/back", .may = "digital.own", .form = &empty_form, .prepare = signature_back_prepare,
         .write = signature_back_write, .reply = to_signature, .again = signature_get,
         .title = MSG("Rút lại yêu cầu chữ ký số")),
    GET("/my-conditions", conditions_get, .may = "digital.own", .title = MSG("Bốn điều kiện của tôi")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "digital_citizens.count",
      .every_us = US_PER_MINUTE,
      .patient = true,
      .run = coverage_job,
      .what = MSG("Đếm độ phủ bốn điều kiện") },
    { .name = "digital_citizens.signatures",
      .every_us = SIGNATURE_ASK_S * US_PER_SECOND,
      .patient = true,
      .run = signature_job,
      .what = MSG("Gửi và hỏi các yêu cầu chữ ký số") },
    { .name = NULL },
};

static int seed(struct app *app, const struct seed_world *w, struct err *e)
{
    return digital_seed(app->db, w, asset_ages_of(app), instant_day(app_now(app)), e);
}

const struct module digital_citizens_module = {
    .name = "digital_citizens",
    .plan_model = 22,
    .title = MSG("Đảm bảo điều kiện công dân số"),
    .works = MSG("Danh sách hộ cho tổ công nghệ số cộng đồng, bằng chứng từng điều kiện, độ phủ mọi ngày tính từ sổ dân cư, "
                 "còn ai và vì sao"),
    .needs = NEEDS("audit", "accounts", "people", "indicators"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = digital_citizens_migrations,
    .statements = digital_citizens_statements,
    .events = events,
    .jobs = jobs,
    .measures = digital_measures,
    .commands = digital_commands,
    .start = digital_start,
    .seed = seed,
};
