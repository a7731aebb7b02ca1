/* owner.c: an agency's own apps: registered, changed, their secrets and keys. */
#include "engines/apps/apps.h"

#include "gen/apps_pages.h"

#include <string.h>

enum { SECRET_DAYS = 365, JWKS_MOST = 20000 };

static const struct choice auth_choices[] = {
    { "client_secret_basic", MSG("Có máy chủ, giữ được một bí mật") },
    { "private_key_jwt", MSG("Có máy chủ, ký bằng khoá riêng (an toàn hơn)") },
    { "none", MSG("Ứng dụng điện thoại hoặc trang tĩnh, không giữ được bí mật") },
    { .value = NULL },
};
static const struct choice scope_choices[] = {
    { "profile", MSG("Họ tên, ngày sinh, giới tính") },
    { "address", MSG("Nơi thường trú") },
    { "personal_number", MSG("Số định danh cá nhân") },
    { "act_as", MSG("Tư cách đang dùng: cho mình, cơ quan, tổ chức hay người được giám hộ") },
    { "offline_access", MSG("Làm việc thay người dùng khi họ không mở ứng dụng") },
    { .value = NULL },
};
static const struct field app_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .required = true, .max = 100, .label = MSG("Tên ứng dụng") },
    { .name = "name_en", .type = FIELD_TEXT, .max = 100, .label = MSG("Tên tiếng Anh") },
    { .name = "purpose",
      .type = FIELD_TEXT,
      .required = true,
      .min = 10,
      .max = 300,
      .label = MSG("Dùng để làm gì"),
      .help = MSG("Người dân đọc câu này trước khi đồng ý") },
    { .name = "purpose_en", .type = FIELD_TEXT, .max = 300, .label = MSG("Dùng để làm gì, tiếng Anh") },
    { .name = "legal_basis",
      .type = FIELD_TEXT,
      .required = true,
      .max = 300,
      .label = MSG("Căn cứ pháp lý"),
      .help = MSG("Số, ngày, điều khoản của văn bản cho phép thu thập") },
    { .name = "contact",
      .type = FIELD_TEXT,
      .required = true,
      .max = 120,
      .label = MSG("Người chịu trách nhiệm"),
      .help = MSG("Họ tên, điện thoại hoặc thư điện tử") },
    { .name = "scope", .type = FIELD_CHOICE, .many = true, .choices = scope_choices, .label = MSG("Xin những gì") },
    { .name = "redirect_uris",
      .type = FIELD_LINES,
      .required = true,
      .max = 4000,
      .label = MSG("Địa chỉ nhận kết quả đăng nhập"),
      .help = MSG("Mỗi dòng một địa chỉ, so khớp từng chữ; không dùng dấu *") },
    { .name = "post_logout_uris", .type = FIELD_LINES, .max = 4000, .label = MSG("Địa chỉ về sau khi đăng xuất") },
    { .name = "backchannel_uri", .type = FIELD_TEXT, .max = 400, .label = MSG("Địa chỉ nhận tin đăng xuất") },
    { .name = "auth",
      .type = FIELD_CHOICE,
      .required = true,
      .choices = auth_choices,
      .label = MSG("Ứng dụng tự chứng minh bằng gì") },
    { .name = "fapi2", .type = FIELD_CHECK, .label = MSG("Mức bảo vệ cao (FAPI 2.0): cần khoá riêng") },
    { .name = "jwks",
      .type = FIELD_LINES,
      .max = JWKS_MOST,
      .label = MSG("Khoá công khai (JWK Set)"),
      .help = MSG("Chỉ phần công khai. Có khoá riêng thì bị từ chối.") },
    { .name = "valid_until", .type = FIELD_DAY, .required = true, .label = MSG("Dùng đến hết ngày") },
    { .name = NULL },
};
const struct form app_form = { .name = "app", .fields = app_fields };

static const struct field keys_fields[] = {
    { .name = "jwks",
      .type = FIELD_LINES,
      .required = true,
      .max = JWKS_MOST,
      .label = MSG("Khoá công khai (JWK Set)"),
      .help = MSG("Để khoá cũ cạnh khoá mới cho đến khi mọi máy đã đổi") },
    { .name = NULL },
};
const struct form app_keys_form = { .name = "app_keys", .fields = keys_fields };
static const struct field secret_end_fields[] = {
    { .name = "secret", .type = FIELD_INT, .required = true, .min = 1, .max = 2147483647, .label = MSG("Bí mật") },
    { .name = NULL },
};
const struct form app_secret_end_form = { .name = "app_secret_end", .fields = secret_end_fields };
static const struct field no_fields[] = { { .name = NULL } };
const struct form app_empty_form = { .name = "app_empty", .fields = no_fields };

/* ---- history ---- */

int app_note(struct tx *tx, const struct req *q, struct str client, const char *act, struct str note, struct err *e)
{
    struct app_history_insert_in in = { .client = client,
                                        .at = tx_now(tx),
                                        .account = q->actor->account,
                                        .by_name = q->actor->name,
                                        .act = str_of(act),
                                        .note = str_or_empty(note) };
    return app_history_insert(tx, &in, NULL, e);
}

/* ---- registering ---- */

/* The agency of the role that asks. */
static int own_agency(struct req *q, struct agency *out, struct err *e)
{
    const struct grant *g = req_may(q, APP_OWN, NULL, 0);
    struct dbr *r = req_read(q, e);
    int got = !r ? -1 : g && g->agency.n > 0 ? agency_by_code(r, q->arena, g->agency, out, e) : 0;
    if (got < 0)
        return -1;
    return got == 1 ? 0
                    : ERR_SAY(e, ERR_FORBIDDEN, MSGS("Vai trò chủ ứng dụng của bạn chưa gắn với cơ quan nào."), "no agency");
}

static int show_form(struct req *q, struct res *s, struct app_form_view *v)
{
    v->key = req_form_key(q);
    struct html h = res_html(q, s);
    app_form_page(&h, v);
    return 0;
}

int app_new_get(struct req *q, struct res *s, struct err *e)
{
    struct app_form_view v;
    struct agency g;
    memset(&v, 0, sizeof(v));
    if (own_agency(q, &g, e) != 0)
        return -1;
    v.agency = g.name;
    v.action = STR("/apps");
    v.title = MSGS("Đăng ký ứng dụng");
    v.contact = STR("");
    return show_form(q, s, &v);
}

struct registering {
    struct agency agency;
    struct str metadata;
};

int app_new_prepare(struct req *q, struct err *e)
{
    struct registering *w = arena_new(q->arena, struct registering);
    q->work = w;
    if (own_agency(q, &w->agency, e) != 0)
        return -1;
    if (req_form_day(q, "valid_until").n < instant_day(q->now).n)
        return req_refuse_field(q, e, "valid_until", MSGS("Ngày cuối phải từ hôm nay trở đi."));
    return app_metadata(q, w->agency.name, NULL, &w->metadata, e);
}

int app_new_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct registering *w = q->work;
    struct client_new in = { .metadata = w->metadata, .status = CLIENT_PROPOSED };
    struct str id;
    if (signon_client_create(tx, q->arena, &in, audit_of(q, STR("")), &id, e) != 0)
        return -1;
    struct app_insert_in row = { .client = id,
                                 .agency = w->agency.code,
                                 .contact = req_form(q, "contact"),
                                 .made_by = q->actor->account,
                                 .made_at = tx_now(tx) };
    req_outcome(q, id);
    return app_insert(tx, &row, NULL, e) != 0 ? -1 : app_note(tx, q, id, "asked", STR(""), e);
}

int to_app(struct req *q, struct res *s, struct err *e)
{
    struct str id = req_param(q, "id").n > 0 ? req_param(q, "id") : q->outcome;
    (void)e;
    signon_client_changed(q->app, id);
    return res_redirect(s, str_fmt(q->arena, "/apps/%.*s", STR_ARG(id)));
}

/* ---- changing ---- */

struct changing {
    struct app_row_row row;
    struct signon_client now;
    struct str metadata;
};

static int load(struct req *q, struct changing *w, struct err *e)
{
    if (app_of_request(q, APP_OWN, &w->row, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    return r && signon_client_read(r, q->arena, w->row.client, &w->now, e) == 1 ? 0 : -1;
}

static int load_for_change(struct req *q, struct changing *w, struct err *e)
{
    if (load(q, w, e) != 0)
        return -1;
    if (w->now.status == CLIENT_RETIRED || w->now.status == CLIENT_SUSPENDED)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Ứng dụng đang tạm dừng hoặc đã thôi dùng nên không sửa được. Xin liên hệ người duyệt."),
                       "status");
    if (app_has_more(&w->now))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Ứng dụng này có cấu hình mà trang không sửa được. Xin người quản trị dùng lệnh bon signon."),
                       "more");
    return 0;
}

int app_edit_get(struct req *q, struct res *s, struct err *e)
{
    struct app_form_view v;
    struct changing *w = arena_new(q->arena, struct changing);
    memset(&v, 0, sizeof(v));
    if (load_for_change(q, w, e) != 0)
        return -1;
    v.now = w->now;
    v.contact = w->row.contact;
    v.agency = w->now.owner;
    v.action = str_fmt(q->arena, "/apps/%.*s", STR_ARG(w->row.client));
    v.title = MSGS("Sửa ứng dụng");
    return show_form(q, s, &v);
}

int app_change_prepare(struct req *q, struct err *e)
{
    struct changing *w = arena_new(q->arena, struct changing);
    q->work = w;
    return load_for_change(q, w, e) != 0 ? -1 : app_metadata(q, w->now.owner, &w->now, &w->metadata, e);
}

/* What nobody uses yet is changed at once; what people use waits, and goes on as it is. */
int app_change_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct changing *w = q->work;
    struct app_contact_set_in contact = { .contact = req_form(q, "contact"), .client = w->row.client };
    struct app_pending_set_in pending = { .pending = w->metadata, .client = w->row.client };
    struct audit_record rec = audit_of(q, STR("apps.change_asked"));
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(w->row.client));
    if (app_contact_set(tx, &contact, NULL, e) != 0 || app_note(tx, q, w->row.client, "changed", STR(""), e) != 0)
        return -1;
    if (w->now.status == CLIENT_PROPOSED)
        return signon_client_update(tx, q->arena, w->row.client, w->metadata, audit_of(q, STR("")), e);
    return app_pending_set(tx, &pending, NULL, e) != 0 ? -1 : audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- secrets and keys: at once, since a lost one cannot wait ---- */

int app_own_prepare(struct req *q, struct err *e)
{
    struct changing *w = arena_new(q->arena, struct changing);
    q->work = w;
    return load(q, w, e);
}

int app_secret_write(struct req *q, struct tx *tx, struct err *e)
{
    struct changing *w = q->work;
    if (w->now.auth != CLIENT_AUTH_BASIC && w->now.auth != CLIENT_AUTH_POST)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Ứng dụng này không dùng bí mật."), "auth");
    struct instant ends = { tx_now(tx).us + SECRET_DAYS * US_PER_DAY };
    if (signon_secret_add(tx, q->arena, w->row.client, ends, audit_of(q, STR("")), &w->metadata, e) != 0)
        return -1;
    return app_note(tx, q, w->row.client, "secret", STR(""), e);
}

int app_secret_end_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct changing *w = q->work;
    if (signon_secret_end(tx, q->arena, w->row.client, req_form_int(q, "secret"), audit_of(q, STR("")), e) != 0)
        return -1;
    return app_note(tx, q, w->row.client, "secret_ended", STR(""), e);
}

int app_keys_prepare(struct req *q, struct err *e)
{
    struct changing *w = arena_new(q->arena, struct changing);
    q->work = w;
    return load_for_change(q, w, e) != 0 ? -1 : app_metadata_with_keys(q, &w->now, req_form(q, "jwks"), &w->metadata, e);
}

int app_keys_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct changing *w = q->work;
    if (signon_client_update(tx, q->arena, w->row.client, w->metadata, audit_of(q, STR("")), e) != 0)
        return -1;
    return app_note(tx, q, w->row.client, "keys", STR(""), e);
}

/* Shown on this page once; the store keeps its hash. */
int app_secret_reply(struct req *q, struct res *s, struct err *e)
{
    const struct changing *w = q->work;
    signon_client_changed(q->app, req_param(q, "id"));
    return q->replayed || !w ? to_app(q, s, e) : app_page_with_secret(q, s, w->metadata, e);
}
