/* module.c: the provider's contract. */
#include "engines/signon/ask_begin.h"
#include "engines/signon/ask_pages.h"
#include "engines/signon/authorize.h"
#include "engines/signon/commands.h"
#include "engines/signon/endpoints.h"
#include "engines/signon/pages.h"
#include "engines/signon/registration.h"
#include "engines/signon/token.h"
#include "gen/signon_pages.h"

static const struct event events[] = {
    { "signon.app_added", MSG("Thêm ứng dụng đăng nhập") },
    { "signon.app_changed", MSG("Sửa ứng dụng đăng nhập") },
    { "signon.app_status", MSG("Đổi trạng thái ứng dụng đăng nhập") },
    { "signon.secret_added", MSG("Tạo mã bí mật cho ứng dụng") },
    { "signon.secret_ended", MSG("Kết thúc mã bí mật của ứng dụng") },
    { "signon.signed_in", MSG("Đăng nhập vào một ứng dụng") },
    { "signon.consented", MSG("Đồng ý cho ứng dụng dùng thông tin") },
    { "signon.consent_refused", MSG("Không đồng ý cho ứng dụng") },
    { "signon.request_refused", MSG("Yêu cầu đăng nhập của ứng dụng bị từ chối") },
    { "signon.withdrawn", MSG("Rút lại sự đồng ý đã cho ứng dụng") },
    { "signon.token_given", MSG("Cấp thẻ truy cập cho ứng dụng") },
    { "signon.token_refused", MSG("Từ chối cấp thẻ truy cập") },
    { "signon.code_replayed", MSG("Mã đăng nhập bị dùng lần thứ hai; mọi thẻ đã cấp hết hiệu lực") },
    { "signon.refresh_replayed", MSG("Thẻ làm mới bị dùng lần thứ hai; mọi thẻ đã cấp hết hiệu lực") },
    { "signon.told", MSG("Ứng dụng được anh chị cho phép xem thông tin") },
    { "signon.revoked", MSG("Ứng dụng trả lại thẻ truy cập") },
    { "signon.signed_out", MSG("Đăng xuất theo yêu cầu của ứng dụng") },
    { "signon.app_told", MSG("Báo ứng dụng biết phiên đã kết thúc") },
    { "signon.app_not_told", MSG("Không báo được cho ứng dụng rằng phiên đã kết thúc") },
    { "signon.device_asked", MSG("Một thiết bị xin đăng nhập") },
    { "signon.counter_asked", MSG("Quầy nhờ xác nhận trên điện thoại") },
    { "signon.code_entered", MSG("Gõ mã của một thiết bị") },
    { "signon.code_wrong", MSG("Gõ sai mã thiết bị") },
    { "signon.ask_agreed", MSG("Đồng ý cho thiết bị hoặc quầy") },
    { "signon.ask_denied", MSG("Không đồng ý cho thiết bị hoặc quầy") },
    { "signon.app_keys_fetched", MSG("Ứng dụng công bố khoá công khai mới") },
    { "signon.app_invited", MSG("Mời một cơ quan đăng ký ứng dụng") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "signon.own", ROLES(ROLE_ANY), MSG("Đồng ý, xem và rút lại việc ứng dụng dùng thông tin của mình") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_CITIZEN, 20, MSG("Ứng dụng đã được tôi cho phép"), "/my-apps", "signon.own" },
    { MENU_CITIZEN, 21, MSG("Việc chờ tôi xác nhận"), "/confirmations", "signon.own" },
    { .path = NULL },
};

static int signed_out_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    signed_out(&h);
    return 0;
}

#define REGISTERED "the key that came with the registration is the right"
#define APPS       "a protocol: apps prove themselves by their own keys"

static const struct route routes[] = {
    GET("/.well-known/openid-configuration", discovery_get, .open = "what the provider can do is no secret",
        .machine = oauth_say_refusal, .own_key = true, .title = MSG("Mô tả máy chủ đăng nhập")),
    GET("/oauth2/jwks", jwks_get, .open = "public keys", .machine = oauth_say_refusal, .own_key = true,
        .title = MSG("Khoá công khai ký thẻ")),
    GET_RECORDED("/oauth2/authorize", .open = "where apps send browsers; asks for sign-in itself",
                 .prepare = authorize_prepare, .write = authorize_write, .reply = authorize_reply,
                 .machine = authorize_say_refusal, .many_in_query = "resource",
                 .title = MSG("Đăng nhập vào ứng dụng")),
    POST("/oauth2/authorize", .open = "where apps send browsers; leads on to the same by GET", .form = &authorize_form,
         .reply = authorize_posted, .machine = authorize_say_refusal, .own_key = true,
         .title = MSG("Đăng nhập vào ứng dụng")),
    GET_RECORDED("/oauth2/resume", .open = "a request goes on after its person has signed in", .prepare = resume_prepare,
                 .write = authorize_write, .reply = authorize_reply, .machine = authorize_say_refusal,
                 .title = MSG("Đăng nhập vào ứng dụng")),
    GET("/oauth2/consent", consent_get, .may = "signon.own", .title = MSG("Cho phép ứng dụng")),
    POST("/oauth2/consent", .may = "signon.own", .form = &consent_form, .prepare = consent_prepare, .write = consent_write,
         .reply = consent_reply, .no_idempotency = true, .title = MSG("Cho phép ứng dụng")),
    POST("/oauth2/par", .open = APPS, .form = &par_form, .prepare = par_prepare, .write = par_write, .reply = par_reply,
         .machine = oauth_say_refusal, .own_key = true, .title = MSG("Gửi trước yêu cầu đăng nhập")),
    POST("/oauth2/token", .open = APPS, .form = &token_form, .prepare = token_prepare, .write = token_write,
         .reply = token_reply, .machine = oauth_say_refusal, .own_key = true, .title = MSG("Lấy thẻ truy cập")),
    GET_RECORDED("/oauth2/userinfo", .open = "the access token is the right", .prepare = userinfo_prepare,
                 .write = userinfo_write, .reply = userinfo_reply, .machine = oauth_say_refusal, .own_key = true,
                 .title = MSG("Thông tin người đăng nhập")),
    POST("/oauth2/userinfo", .open = "the access token is the right", .form = &userinfo_form, .prepare = userinfo_prepare,
         .write = userinfo_write, .reply = userinfo_reply, .machine = oauth_say_refusal, .own_key = true,
         .title = MSG("Thông tin người đăng nhập")),
    POST("/oauth2/introspect", .open = APPS, .form = &introspect_form, .reply = introspect_reply,
         .machine = oauth_say_refusal, .own_key = true, .title = MSG("Hỏi về thẻ truy cập")),
    POST("/oauth2/revoke", .open = APPS, .form = &introspect_form, .prepare = revoke_prepare, .write = revoke_write,
         .reply = revoke_reply, .machine = oauth_say_refusal, .own_key = true, .title = MSG("Trả lại thẻ truy cập")),
    GET_RECORDED("/oauth2/logout", .open = "where apps send browsers to sign out", .prepare = logout_prepare,
                 .write = logout_write, .reply = logout_reply, .machine = authorize_say_refusal, .title = MSG("Đăng xuất")),
    POST("/oauth2/logout", .open = "where apps send browsers to sign out; leads on to the same by GET", .form = &logout_form,
         .reply = logout_posted, .machine = authorize_say_refusal, .own_key = true, .title = MSG("Đăng xuất")),
    POST("/oauth2/sign-out", .may = "signon.own", .form = &sign_out_form, .prepare = sign_out_prepare,
         .write = sign_out_of_all_write, .reply = sign_out_of_all_reply, .no_idempotency = true, .title = MSG("Đăng xuất")),
    GET("/oauth2/signed-out", signed_out_get, .open = "says that it is over", .title = MSG("Đã đăng xuất")),
    GET("/my-apps", my_apps_get, .may = "signon.own", .title = MSG("Ứng dụng đã được tôi cho phép")),
    POST("/my-apps/{id}/withdraw", .may = "signon.own", .form = &withdraw_form, .write = withdraw_write,
         .reply = withdraw_reply, .title = MSG("Rút lại sự đồng ý")),
    POST("/oauth2/device", .open = APPS, .form = &device_begin_form, .prepare = device_begin_prepare, .write = device_begin_write,
         .reply = device_begin_reply, .machine = oauth_say_refusal, .own_key = true, .title = MSG("Thiết bị xin đăng nhập")),
    POST("/oauth2/bc-authorize", .open = APPS, .form = &counter_form, .prepare = counter_prepare, .write = counter_write,
         .reply = counter_reply, .machine = oauth_say_refusal, .own_key = true, .title = MSG("Quầy nhờ xác nhận trên điện thoại")),
    GET("/device", device_get, .may = "signon.own", .title = MSG("Kết nối thiết bị")),
    POST("/device", .may = "signon.own", .form = &device_form, .prepare = device_prepare, .write = device_write, .reply = device_reply,
         .again = device_get, .no_idempotency = true, .title = MSG("Kết nối thiết bị")),
    POST("/device/answer", .may = "signon.own", .form = &device_answer_form, .prepare = device_prepare, .write = device_answer_write,
         .reply = device_answer_reply, .no_idempotency = true, .title = MSG("Cho phép thiết bị này?")),
    GET("/confirmations", confirmations_get, .may = "signon.own", .title = MSG("Việc chờ tôi xác nhận")),
    GET("/confirmations/live", confirmations_live, .may = "signon.own", .title = MSG("Báo thay đổi")),
    POST("/confirmations/{id}", .may = "signon.own", .form = &confirm_form, .prepare = confirm_prepare, .write = confirm_write,
         .reply = ask_answered_reply, .no_idempotency = true, .title = MSG("Trả lời câu hỏi của quầy")),
    POST("/oauth2/register", .open = "an invitation of the desk is the right: random, used once", .form = &registration_form,
         .prepare = register_prepare, .write = register_write, .reply = register_reply, .json = true, .machine = registration_refuse,
         .own_key = true, .title = MSG("Ứng dụng tự đăng ký")),
    GET("/oauth2/register/{id}", registration_get, .open = REGISTERED, .json = true, .machine = registration_refuse, .own_key = true,
        .title = MSG("Ứng dụng xem đăng ký của mình")),
    PUT("/oauth2/register/{id}", .open = REGISTERED, .form = &registration_form, .prepare = registration_put_prepare,
        .write = registration_put_write, .reply = registration_put_reply, .json = true, .machine = registration_refuse, .own_key = true,
        .title = MSG("Ứng dụng sửa đăng ký của mình")),
    DELETE("/oauth2/register/{id}", .open = REGISTERED, .prepare = registration_delete_prepare, .write = registration_delete_write,
           .reply = registration_delete_reply, .json = true, .machine = registration_refuse, .own_key = true,
           .title = MSG("Ứng dụng rút đăng ký của mình")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "signon.farewell",
      .every_us = US_PER_SECOND,
      .run = farewell_job,
      .what = MSG("Báo ứng dụng khi phiên kết thúc") },
    { .name = "signon.keys",
      .every_us = 5 * US_PER_SECOND,
      .run = client_keys_job,
      .what = MSG("Tải khoá công khai mà ứng dụng tự công bố"),
      .patient = true },
    { .name = "signon.forget", .every_us = US_PER_HOUR, .run = forget_job, .what = MSG("Xoá mã và thẻ đã quá hạn") },
    { .name = NULL },
};

const struct module signon_module = {
    .name = "signon",
    .title = MSG("Đăng nhập một lần"),
    .needs = NEEDS("audit", "accounts", "people", "organisations"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .jobs = jobs,
    .migrations = signon_migrations,
    .statements = signon_statements,
    .events = events,
    .commands = signon_commands,
    .start = signon_start,
    .stop = signon_stop,
};
