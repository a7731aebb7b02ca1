/* module.c: the staff engine's contract. */
#include "engines/staff/pages.h"
#include "engines/staff/scim.h"

static const struct event events[] = {
    { "staff.joined", MSG("Cán bộ mới đến") },
    { "staff.moved", MSG("Thông tin hoặc vai trò của cán bộ thay đổi") },
    { "staff.left", MSG("Cán bộ nghỉ: vai trò và phiên kết thúc") },
    { "staff.returned", MSG("Cán bộ trở lại") },
    { "staff.role_given", MSG("Giao vai trò theo danh sách nhân sự") },
    { "staff.role_ended", MSG("Kết thúc vai trò theo danh sách nhân sự") },
    { "staff.group_changed", MSG("Phần mềm nhân sự đổi thành viên của một vai trò") },
    { "staff.list_applied", MSG("Nhận danh sách nhân sự") },
    { "staff.held", MSG("Giữ lại một yêu cầu cho nghỉ vượt mức") },
    { "staff.held_settled", MSG("Quyết định các yêu cầu cho nghỉ được giữ lại") },
    { "staff.client_made", MSG("Cho một phần mềm nhân sự kết nối") },
    { "staff.client_ended", MSG("Ngắt một phần mềm nhân sự") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "hr_system", .title = MSG("Phần mềm quản lý nhân sự"), .function = "staff.provision", .home = "/home" },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { STAFF_KEEP, ROLES("administrator"), MSG("Nhận danh sách nhân sự, quyết định ai nghỉ, cho phần mềm nhân sự kết nối") },
    { STAFF_PROVISION, ROLES("hr_system"), MSG("Gửi cán bộ đến, đổi, nghỉ qua SCIM") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 15, MSG("Cán bộ"), "/admin/staff", STAFF_KEEP },
    { .path = NULL },
};

#define SCIM .may = STAFF_PROVISION, .machine = scim_refuse

static const struct route routes[] = {
    GET("/admin/staff", staff_list_get, .may = STAFF_KEEP, .title = MSG("Cán bộ")),
    POST("/admin/staff/return", .may = STAFF_KEEP, .form = &staff_switch_form, .write = staff_return_write,
         .reply = to_staff, .title = MSG("Mở lại một cán bộ")),
    GET("/admin/staff/import", staff_import_get, .may = STAFF_KEEP, .title = MSG("Danh sách nhân sự")),
    GET("/admin/staff/import/template", staff_template_get, .may = STAFF_KEEP, .title = MSG("Tệp mẫu")),
    POST("/admin/staff/import", .may = STAFF_KEEP, .form = &staff_file_form, .prepare = staff_preview_prepare,
         .reply = staff_preview_reply, .again = staff_import_again, .slow = true, .no_idempotency = true,
         .title = MSG("Xem trước danh sách nhân sự")),
    POST("/admin/staff/import/confirm", .may = STAFF_KEEP, .form = &staff_confirm_form, .prepare = staff_confirm_prepare,
         .write = staff_confirm_write, .reply = staff_confirm_reply, .again = staff_import_again, .slow = true,
         .title = MSG("Xác nhận danh sách nhân sự")),
    GET("/admin/staff/held", staff_held_get, .may = STAFF_KEEP, .title = MSG("Yêu cầu cho nghỉ được giữ lại")),
    POST("/admin/staff/held", .may = STAFF_KEEP, .form = &staff_held_form, .write = staff_held_write, .reply = to_staff_held,
         .again = staff_held_get, .title = MSG("Quyết định yêu cầu cho nghỉ")),
    GET("/admin/staff/clients", staff_clients_get, .may = STAFF_KEEP, .title = MSG("Phần mềm nhân sự")),
    POST("/admin/staff/clients", .may = STAFF_KEEP, .form = &staff_client_form, .write = staff_client_write,
         .reply = staff_client_reply, .again = staff_clients_get, .title = MSG("Cho phần mềm nhân sự kết nối")),
    POST("/admin/staff/clients/end", .may = STAFF_KEEP, .form = &staff_client_end_form, .write = staff_client_end_write,
         .reply = to_staff_clients, .title = MSG("Ngắt phần mềm nhân sự")),
    GET("/scim/v2/ServiceProviderConfig", scim_config_get, SCIM, .title = MSG("SCIM: khả năng")),
    GET("/scim/v2/Schemas", scim_schemas_get, SCIM, .title = MSG("SCIM: lược đồ")),
    GET("/scim/v2/ResourceTypes", scim_types_get, SCIM, .title = MSG("SCIM: loại tài nguyên")),
    GET("/scim/v2/Users", scim_users_get, SCIM, .title = MSG("SCIM: cán bộ")),
    GET("/scim/v2/Users/{id}", scim_user_get, SCIM, .title = MSG("SCIM: một cán bộ")),
    POST("/scim/v2/Users", SCIM, .json = true, .form = &scim_form, .prepare = scim_create_prepare,
         .write = scim_create_write, .reply = scim_created_reply, .title = MSG("SCIM: cán bộ mới đến")),
    { .method = METHOD_PUT,
      .path = "/scim/v2/Users/{id}",
      SCIM,
      .json = true,
      .form = &scim_form,
      .prepare = scim_put_prepare,
      .write = scim_change_write,
      .reply = scim_user_reply,
      .title = MSG("SCIM: thay cán bộ") },
    { .method = METHOD_PATCH,
      .path = "/scim/v2/Users/{id}",
      SCIM,
      .json = true,
      .form = &scim_form,
      .prepare = scim_patch_prepare,
      .write = scim_change_write,
      .reply = scim_user_reply,
      .title = MSG("SCIM: đổi cán bộ") },
    { .method = METHOD_DELETE,
      .path = "/scim/v2/Users/{id}",
      SCIM,
      .prepare = scim_delete_prepare,
      .write = scim_delete_write,
      .reply = scim_deleted_reply,
      .title = MSG("SCIM: cán bộ nghỉ") },
    GET("/scim/v2/Groups", scim_groups_get, SCIM, .title = MSG("SCIM: vai trò")),
    GET("/scim/v2/Groups/{id}", scim_group_get, SCIM, .title = MSG("SCIM: một vai trò")),
    { .method = METHOD_PATCH,
      .path = "/scim/v2/Groups/{id}",
      SCIM,
      .json = true,
      .form = &scim_form,
      .prepare = scim_group_prepare,
      .write = scim_group_write,
      .reply = scim_group_reply,
      .title = MSG("SCIM: đổi thành viên của vai trò") },
    ROUTE_END,
};

const struct module staff_module = {
    .name = "staff",
    .title = MSG("Cán bộ đến, đổi, nghỉ"),
    .needs = NEEDS("audit", "accounts", "agencies"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = staff_migrations,
    .statements = staff_statements,
    .events = events,
    .commands = staff_commands,
};
