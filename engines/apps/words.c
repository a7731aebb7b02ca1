/* words.c: small texts for the templates. */
#include "engines/apps/apps.h"

static struct str joined(struct arena *a, const struct str_list *l, const char *between)
{
    struct buf b;
    buf_init(&b, a, 16 * 1024);
    for (size_t i = 0; i < l->n; i++) {
        if (i > 0)
            buf_put(&b, str_of(between));
        buf_put(&b, l->v[i]);
    }
    return b.n > 0 ? buf_str(&b) : STR("");
}

struct str app_lines(struct arena *a, const struct str_list *l)
{
    return joined(a, l, "\n");
}

struct str app_words(struct arena *a, const struct str_list *l)
{
    return joined(a, l, ", ");
}

struct str app_spaced(struct arena *a, const struct str_list *l)
{
    return joined(a, l, " ");
}

struct str app_state(const struct app_row_row *row, enum client_status s)
{
    if (s == CLIENT_PROPOSED)
        return row->returned ? MSGS("trả lại để sửa") : MSGS("chờ duyệt");
    if (s == CLIENT_ACTIVE)
        return row->pending.n > 0 ? MSGS("đang dùng, có thay đổi chờ duyệt") : MSGS("đang dùng");
    return s == CLIENT_SUSPENDED ? MSGS("tạm dừng") : MSGS("đã thôi dùng");
}

enum tag_kind app_tag(enum client_status s, bool waits)
{
    static const enum tag_kind kinds[CLIENT_STATUSES_] = { [CLIENT_PROPOSED] = TAG_DRAFT,
                                                           [CLIENT_ACTIVE] = TAG_ACCEPTED,
                                                           [CLIENT_SUSPENDED] = TAG_REFUSED,
                                                           [CLIENT_RETIRED] = TAG_VOID };
    return waits ? TAG_QUEUED : kinds[s];
}

struct str app_act_label(struct str act)
{
    static const struct {
        const char *act;
        struct str label;
    } acts[] = {
        { "asked", MSG("Xin đăng ký") },       { "changed", MSG("Xin thay đổi") },  { "approved", MSG("Được duyệt") },
        { "returned", MSG("Bị trả lại") },     { "suspended", MSG("Bị tạm dừng") }, { "resumed", MSG("Được mở lại") },
        { "retired", MSG("Thôi dùng") },       { "secret", MSG("Tạo bí mật mới") }, { "secret_ended", MSG("Bỏ một bí mật") },
        { "keys", MSG("Đổi khoá công khai") }, { "by_itself", MSG("Tự đăng ký theo lời mời") },
    };
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
        if (str_eq(act, str_of(acts[i].act)))
            return acts[i].label;
    return act;
}

struct str app_auth_label(enum client_auth auth)
{
    static const struct str labels[CLIENT_AUTHS_] = { [CLIENT_AUTH_NONE] = MSG("không có, chỉ PKCE"),
                                                      [CLIENT_AUTH_BASIC] = MSG("bí mật, trong tiêu đề"),
                                                      [CLIENT_AUTH_POST] = MSG("bí mật, trong nội dung"),
                                                      [CLIENT_AUTH_KEY] = MSG("chữ ký bằng khoá riêng") };
    return labels[auth];
}

struct str app_thing_label(struct str thing)
{
    return str_eq(thing, STR("secret")) ? MSGS("bí mật") : MSGS("đăng ký");
}

bool app_asks(const struct signon_client *c, const char *scope)
{
    return str_list_has(&c->scopes, str_of(scope));
}

struct day app_last_day(struct day valid_until)
{
    return (struct day) { valid_until.n - 1 };
}

struct str app_last_day_typed(struct html *h, const struct app_form_view *v)
{
    return v->now.id.n > 0 ? day_iso(h->arena, app_last_day(v->now.valid_until)) : STR("");
}

struct str app_auth_value(const struct app_form_view *v)
{
    static const struct str names[CLIENT_AUTHS_] = { [CLIENT_AUTH_NONE] = STR_INIT("none"),
                                                     [CLIENT_AUTH_BASIC] = STR_INIT("client_secret_basic"),
                                                     [CLIENT_AUTH_POST] = STR_INIT("client_secret_basic"),
                                                     [CLIENT_AUTH_KEY] = STR_INIT("private_key_jwt") };
    return v->now.id.n > 0 ? names[v->now.auth] : STR("");
}

struct field_view app_fapi_field(struct html *h, const struct app_form_view *v)
{
    return field_with(h, &app_form, "fapi2", v->now.fapi2 ? STR("1") : STR(""));
}

static const struct field *scope_field(void)
{
    const struct field *f = app_form.fields;
    while (!str_eq(str_of(f->name), STR("scope")))
        f++;
    return f;
}

static bool typed_scope(const struct req *q, struct str scope)
{
    for (size_t i = 0; req_form_nth(q, "scope", i).n > 0; i++)
        if (str_eq(req_form_nth(q, "scope", i), scope))
            return true;
    return false;
}

struct choice_view app_scope_choices(struct html *h, const struct signon_client *now)
{
    struct choice_view out = { scope_field()->choices, { false }, 0 };
    const struct req *q = page_of(h)->q;
    for (; out.v[out.n].value; out.n++)
        out.chosen[out.n] = q->refused ? typed_scope(q, str_of(out.v[out.n].value)) : app_asks(now, out.v[out.n].value);
    return out;
}
