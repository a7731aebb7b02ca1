/* module.c: the accounts engine's contract. */
#include "engines/accounts/accounts_pages.h"

static const struct event events[] = {
    { "accounts.created", MSG("Tạo tài khoản") },
    { "accounts.closed", MSG("Khoá tài khoản") },
    { "accounts.opened", MSG("Mở lại tài khoản") },
    { "accounts.invited", MSG("Tạo liên kết đặt mật khẩu") },
    { "accounts.role_given", MSG("Giao vai trò") },
    { "accounts.delegated", MSG("Uỷ quyền một vai trò") },
    { "accounts.delegation_ended", MSG("Kết thúc một uỷ quyền") },
    { "accounts.hat_chosen", MSG("Chọn tư cách làm việc") },
    { "accounts.hat_refused", MSG("Chọn một tư cách không có") },
    { "accounts.role_ended", MSG("Kết thúc vai trò") },
    { "accounts.signed_in", MSG("Đăng nhập") },
    { "accounts.confirmed", MSG("Xác nhận lại chính chủ") },
    { "accounts.signed_out", MSG("Đăng xuất") },
    { "accounts.signed_out_everywhere", MSG("Đăng xuất khỏi mọi thiết bị") },
    { "accounts.session_ended", MSG("Kết thúc một phiên đăng nhập") },
    { .name = NULL },
};

static const struct role roles[] = {
    { .name = "citizen", .title = MSG("Công dân"), .function = "citizen", .home = "/ho-so" },
    { .name = "administrator", .title = MSG("Quản trị hệ thống"), .function = "system.admin", .home = "/admin/accounts",
      .passkey = true },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "account.own", ROLES(ROLE_ANY), MSG("Xem và kết thúc phiên đăng nhập của chính mình") },
    { "account.seen", ROLES("citizen", "guardian"), MSG("Xem ai đã xem dữ liệu của mình hoặc của người mình giám hộ") },
    { "account.admin", ROLES("administrator"), MSG("Quản lý tài khoản và vai trò") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 10, MSG("Ai đã xem dữ liệu của tôi"), "/my-data", "account.seen" },
    { MENU_ADMIN, 10, MSG("Tài khoản"), "/admin/accounts", "account.admin" },
    { .path = NULL },
};

static const struct route routes[] = {
    GET("/", front_get, .open = "the province's door", .shared = true, .title = MSG("Trang chính")),
    POST("/sign-out", .may = "account.own", .form = &empty_form, .write = sign_out_write, .reply = sign_out_reply,
         .no_idempotency = true, .title = MSG("Đăng xuất")),
    GET("/home", home_get, .may = "account.own", .title = MSG("Trang của tôi")),
    GET("/my-data", my_data_get, .may = "account.seen", .title = MSG("Ai đã xem dữ liệu của tôi")),
    GET("/sessions", sessions_get, .may = "account.own", .title = MSG("Phiên đăng nhập của tôi")),
    POST("/sessions/{id}/end", .may = "account.own", .form = &empty_form, .write = session_end_write, .reply = session_end_reply,
         .title = MSG("Kết thúc một phiên đăng nhập")),
    POST("/sessions/end-all", .may = "account.own", .form = &empty_form, .write = sign_out_everywhere_write, .reply = sign_out_reply,
         .no_idempotency = true, .title = MSG("Đăng xuất khỏi mọi thiết bị")),
    GET("/admin/accounts", accounts_get, .may = "account.admin", .title = MSG("Tài khoản")),
    GET("/admin/accounts/new", account_new_get, .may = "account.admin", .title = MSG("Thêm tài khoản")),
    POST("/admin/accounts", .may = "account.admin", .form = &account_form, .write = account_new_write, .reply = account_reply,
         .again = account_new_get, .title = MSG("Thêm tài khoản")),
    GET("/admin/accounts/{id}", account_get, .may = "account.admin", .title = MSG("Tài khoản")),
    POST("/admin/accounts/{id}/invite", .may = "account.admin", .form = &empty_form, .write = account_invite_write,
         .reply = account_invite_reply, .title = MSG("Tạo liên kết đặt mật khẩu")),
    POST("/admin/accounts/{id}/active", .may = "account.admin", .form = &account_switch_form, .write = account_switch_write,
         .reply = account_reply, .title = MSG("Khoá hoặc mở tài khoản")),
    POST("/admin/accounts/{id}/grants", .may = "account.admin", .form = &grant_form, .prepare = grant_add_prepare,
         .write = grant_add_write, .reply = account_reply, .again = account_get, .title = MSG("Giao vai trò")),
    POST("/admin/accounts/{id}/grants/end", .may = "account.admin", .form = &grant_end_form, .write = grant_end_write,
         .reply = account_reply, .title = MSG("Kết thúc vai trò")),
    GET("/hats", hats_get, .may = "account.own", .title = MSG("Tư cách làm việc")),
    POST("/hats", .may = "account.own", .form = &hat_form, .prepare = hat_prepare, .write = hat_write, .reply = hat_reply,
         .no_idempotency = true, .title = MSG("Chọn tư cách làm việc")),
    GET("/delegations", delegations_get, .may = "account.own", .title = MSG("Uỷ quyền")),
    POST("/delegations", .may = "account.own", .form = &delegation_form, .prepare = delegation_prepare, .write = delegation_write,
         .reply = delegation_reply, .again = delegations_get, .title = MSG("Uỷ quyền cho người khác")),
    POST("/delegations/{id}/end", .may = "account.own", .form = &empty_form, .write = delegation_end_write,
         .reply = delegation_reply, .title = MSG("Kết thúc một uỷ quyền")),
    ROUTE_END,
};

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    tx_unaudited(tx, "removes sessions that ended long ago");
    struct sessions_forget_in sessions = { .before = { tx_now(tx).us - 30 * US_PER_DAY } };
    return sessions_forget(tx, &sessions, NULL, e);
}

static int forget_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, forget_write, NULL, e);
}

static const struct job jobs[] = {
    { .name = "accounts.seen", .every_us = US_PER_MINUTE, .run = session_seen_job, .what = MSG("Ghi lần dùng cuối của các phiên") },
    { .name = "accounts.forget", .every_us = US_PER_HOUR, .run = forget_job, .what = MSG("Xoá phiên đã cũ") },
    { .name = NULL },
};

static int start(struct app *app, struct err *e)
{
    struct accounts_state *state = arena_new(&app->arena, struct accounts_state);
    state->seen = seen_table_new(app);
    *app_engine_slot(app, "accounts") = state;
    return known_sessions_start(app, &state->known, e);
}

static void stop(struct app *app)
{
    struct accounts_state *state = app_engine(app, "accounts");
    if (state)
        known_sessions_stop(state->known);
    if (state)
        state->known = NULL;
}

const struct module accounts_module = {
    .name = "accounts",
    .title = MSG("Tài khoản và vai trò"),
    .needs = NEEDS("audit"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .roles = roles,
    .migrations = accounts_migrations,
    .statements = accounts_statements,
    .events = events,
    .jobs = jobs,
    .succession = &grants_part,
    .authenticate = session_authenticate,
    .start = start,
    .stop = stop,
};
