/* client.c: an app's metadata, from JSON to a struct that cannot be wrong later. Names are those of RFC 7591 and OpenID Connect where these
 * have one; each refusal names its member and says what would be right. */
#include "engines/signon/inside.h"

#include "base/text.h"
#include "engines/signon/uri.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { LIST_MOST = 20, TEXT_MOST = 500 };

static const struct {
    const char *name;
    struct str label;
} statuses[CLIENT_STATUSES_] = {
    [CLIENT_PROPOSED] = { "proposed", MSG("Chờ duyệt") },
    [CLIENT_ACTIVE] = { "active", MSG("Đang hoạt động") },
    [CLIENT_SUSPENDED] = { "suspended", MSG("Tạm dừng") },
    [CLIENT_RETIRED] = { "retired", MSG("Đã thôi dùng") },
};

struct str client_status_label(enum client_status s)
{
    return statuses[s].label;
}

const char *client_status_name(enum client_status s)
{
    return statuses[s].name;
}

bool client_status_parse(struct str s, enum client_status *out)
{
    for (int i = 0; i < CLIENT_STATUSES_; i++)
        if (str_eq(s, str_of(statuses[i].name))) {
            *out = (enum client_status)i;
            return true;
        }
    return false;
}

bool str_list_has(const struct str_list *l, struct str s)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i], s))
            return true;
    return false;
}

/* ---- reading members ---- */

struct reading {
    struct arena *a;
    const json_t *j;
    struct signon_client *c;
};

static int refuse(struct err *e, const char *member, struct str say)
{
    ERR_SAY(e, ERR_FORM, say, "client metadata: %s", member);
    if (e)
        snprintf(e->field, sizeof e->field, "%s", member);
    return -1;
}

static int take_text(const struct reading *r, const char *name, bool needed, struct str *out, struct err *e)
{
    const json_t *v = json_object_get(r->j, name);
    if (!v && !needed)
        return 0;
    struct str s = json_str(v);
    if (s.n == 0 || text_clean(r->a, s, TEXT_ONE_LINE, TEXT_MOST, &s, NULL) != 0)
        return refuse(e, name, MSGS("Cần một dòng chữ, nhiều nhất 500 ký tự."));
    *out = str_dup(r->a, s);
    return 0;
}

static int take_list(const struct reading *r, const char *name, struct str_list *out, struct err *e)
{
    const json_t *v = json_object_get(r->j, name);
    size_t n = json_array_size(v);
    if (!v)
        return 0;
    if (!json_is_array(v) || n > LIST_MOST)
        return refuse(e, name, MSGS("Cần một danh sách, nhiều nhất 20 mục."));
    out->v = arena_new_array(r->a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(v, i);
        struct str s = json_str(item);
        if (s.n == 0 || s.n > TEXT_MOST || str_list_has(out, s))
            return refuse(e, name, MSGS("Mỗi mục là một chuỗi chữ, không trùng nhau."));
        out->v[out->n++] = str_dup(r->a, s);
    }
    return 0;
}

/* "openid profile" as a list. */
static int take_words(const struct reading *r, const char *name, const char *preset, struct str_list *out, struct err *e)
{
    const json_t *v = json_object_get(r->j, name);
    struct str rest = v ? str_of(json_string_value(v)) : str_of(preset), word;
    if (!rest.p || rest.n > TEXT_MOST)
        return refuse(e, name, MSGS("Cần các từ cách nhau bằng một dấu cách."));
    rest = str_dup(r->a, rest);
    out->v = arena_new_array(r->a, struct str, rest.n / 2 + 1);
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        if (word.n > 0 && !str_list_has(out, word))
            out->v[out->n++] = word;
    return 0;
}

static int take_switch(const struct reading *r, const char *name, bool *out, struct err *e)
{
    const json_t *v = json_object_get(r->j, name);
    if (v && !json_is_boolean(v))
        return refuse(e, name, MSGS("Cần true hoặc false."));
    *out = json_is_true(v);
    return 0;
}

static int take_alg(const struct reading *r, const char *name, unsigned preset, unsigned *out, struct err *e)
{
    const json_t *v = json_object_get(r->j, name);
    *out = v ? jose_alg_named(str_of(json_string_value(v))) : preset;
    if (v && !*out)
        return refuse(e, name, MSGS("Thuật toán ký phải là ES256, PS256, EdDSA hoặc RS256."));
    return 0;
}

/* One of a few words; its place in the list. */
static int take_choice(const struct reading *r, const char *name, const char *const *words, int preset, int *out,
                       struct err *e)
{
    const json_t *v = json_object_get(r->j, name);
    *out = preset;
    for (int i = 0; v && words[i]; i++) {
        if (str_eq(str_of(json_string_value(v)), str_of(words[i]))) {
            *out = i;
            return 0;
        }
    }
    return v ? refuse(e, name, MSGS("Giá trị này không nằm trong các lựa chọn.")) : 0;
}

/* ---- groups ---- */

static int take_words_for_people(const struct reading *r, struct err *e)
{
    struct signon_client *c = r->c;
    return take_text(r, "client_name", true, &c->name, e) || take_text(r, "client_name#en", false, &c->name_en, e) ||
                   take_text(r, "purpose", true, &c->purpose, e) || take_text(r, "purpose#en", false, &c->purpose_en, e) ||
                   take_text(r, "owner", true, &c->owner, e) || take_text(r, "legal_basis", true, &c->legal_basis, e)
               ? -1
               : 0;
}

static int check_uris(const struct str_list *l, const char *name, bool (*fit)(struct str), struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (!fit(l->v[i]))
            return refuse(e, name,
                          MSGS("Địa chỉ phải đầy đủ, bắt đầu bằng https://, không có dấu # và viết đúng một cách."));
    return 0;
}

static int take_uris(const struct reading *r, struct err *e)
{
    struct signon_client *c = r->c;
    if (take_list(r, "redirect_uris", &c->redirect_uris, e) ||
        take_list(r, "post_logout_redirect_uris", &c->post_logout_uris, e) ||
        take_text(r, "backchannel_logout_uri", false, &c->backchannel_uri, e) ||
        take_list(r, "resources", &c->resources, e) || take_list(r, "serves", &c->serves, e))
        return -1;
    if (check_uris(&c->redirect_uris, "redirect_uris", uri_is_redirect, e) ||
        check_uris(&c->post_logout_uris, "post_logout_redirect_uris", uri_is_redirect, e) ||
        check_uris(&c->resources, "resources", uri_is_https, e) || check_uris(&c->serves, "serves", uri_is_https, e))
        return -1;
    if (c->backchannel_uri.p && !uri_is_https(c->backchannel_uri))
        return refuse(e, "backchannel_logout_uri", MSGS("Địa chỉ báo đăng xuất phải bắt đầu bằng https://."));
    return 0;
}

static int take_keys(const struct reading *r, struct err *e)
{
    const json_t *v = json_object_get(r->j, "jwks");
    if (take_text(r, "jwks_uri", false, &r->c->jwks_uri, e))
        return -1;
    if (r->c->jwks_uri.n > 0 && !uri_is_https(r->c->jwks_uri))
        return refuse(e, "jwks_uri", MSGS("Địa chỉ công bố khoá phải bắt đầu bằng https://."));
    if (r->c->jwks_uri.n > 0 && v)
        return refuse(e, "jwks_uri", MSGS("Chỉ một trong hai: khoá công khai (jwks), hoặc địa chỉ công bố khoá (jwks_uri)."));
    if (!v)
        return 0;
    struct err why = { 0 };
    if (json_canonical(r->a, v, &r->c->jwks_text, &why) || jose_keys_read(r->a, r->c->jwks_text, &r->c->keys, &why))
        return refuse(e, "jwks",
                      MSGS("Khoá công khai trong jwks không đọc được; chỉ gửi khoá công khai EC P-256, RSA hoặc Ed25519."));
    return 0;
}

static const char *const auths[] = { "none", "client_secret_basic", "client_secret_post", "private_key_jwt", NULL };

static int take_protocol(const struct reading *r, struct err *e)
{
    static const char *const profiles[] = { "plain", "fapi2", NULL }, *const subjects[] = { "pairwise", "public", NULL },
                             *const formats[] = { "opaque", "jwt", NULL };
    struct signon_client *c = r->c;
    int auth, profile, subject, format;
    if (take_choice(r, "token_endpoint_auth_method", auths, CLIENT_AUTH_BASIC, &auth, e) ||
        take_choice(r, "profile", profiles, 0, &profile, e) || take_choice(r, "subject_type", subjects, 0, &subject, e) ||
        take_choice(r, "access_token_format", formats, 0, &format, e) ||
        take_alg(r, "id_token_signed_response_alg", JOSE_ES256, &c->id_token_alg, e) ||
        take_alg(r, "userinfo_signed_response_alg", 0, &c->userinfo_alg, e) ||
        take_switch(r, "require_pushed_authorization_requests", &c->needs_par, e) ||
        take_switch(r, "dpop_bound_access_tokens", &c->needs_dpop, e) || take_words(r, "scope", "openid", &c->scopes, e))
        return -1;
    c->auth = (enum client_auth)auth;
    c->fapi2 = profile == 1;
    c->pairwise = subject == 0;
    c->token_is_jwt = format == 1;
    c->needs_par |= c->fapi2;
    c->needs_dpop |= c->fapi2;
    return 0;
}

static int take_grants(const struct reading *r, struct err *e)
{
    struct signon_client *c = r->c;
    struct str_list types = { 0 };
    if (take_list(r, "grant_types", &c->grants, e) || take_list(r, "claims", &c->claims, e) ||
        take_list(r, "response_types", &types, e))
        return -1;
    if (!json_object_get(r->j, "grant_types")) {
        c->grants.v = arena_new_array(r->a, struct str, 1);
        c->grants.v[c->grants.n++] = STR("authorization_code");
    }
    if (types.n > 1 || (types.n == 1 && !str_eq(types.v[0], STR("code"))))
        return refuse(e, "response_types", MSGS("Chỉ có response_type code."));
    for (size_t i = 0; i < c->grants.n; i++)
        if (!grant_type_named(c->grants.v[i]))
            return refuse(e, "grant_types", MSGS("Có cách lấy thẻ truy cập mà hệ thống không nhận."));
    for (size_t i = 0; i < c->claims.n; i++)
        if (!claim_known(c->claims.v[i]))
            return refuse(e, "claims", MSGS("Có mục thông tin mà hệ thống không cung cấp."));
    for (size_t i = 0; i < c->scopes.n; i++)
        if (c->grants.n > 0 && str_list_has(&c->grants, STR("authorization_code")) && !scope_known(c->scopes.v[i]) &&
            c->resources.n == 0)
            return refuse(e, "scope", MSGS("Có phạm vi mà hệ thống không biết; phạm vi riêng cần kèm resources."));
    return 0;
}

/* ---- what must fit together ---- */

static int check_together(const struct reading *r, struct err *e)
{
    const struct signon_client *c = r->c;
    bool browser = str_list_has(&c->grants, STR("authorization_code"));
    if (browser && c->redirect_uris.n == 0)
        return refuse(e, "redirect_uris", MSGS("Cần ít nhất một địa chỉ quay về."));
    if (c->auth == CLIENT_AUTH_KEY && !c->keys && c->jwks_uri.n == 0)
        return refuse(e, "jwks", MSGS("Cách xác thực bằng khoá cần có jwks hoặc jwks_uri."));
    if (c->auth == CLIENT_AUTH_NONE && str_list_has(&c->grants, STR("client_credentials")))
        return refuse(e, "grant_types", MSGS("Ứng dụng không giữ được bí mật thì không tự lấy thẻ truy cập cho mình được."));
    if (c->fapi2 && c->auth != CLIENT_AUTH_KEY)
        return refuse(e, "token_endpoint_auth_method", MSGS("Cấu hình fapi2 đòi xác thực bằng khoá (private_key_jwt)."));
    if (c->fapi2 && !(c->id_token_alg & JOSE_FAPI))
        return refuse(e, "id_token_signed_response_alg", MSGS("Cấu hình fapi2 đòi ES256, PS256 hoặc EdDSA."));
    return 0;
}

/* Apps of one sector know a person by one name. Where redirects lead to several hosts, the sector must be said (OpenID Connect Core section
 * 8.1). */
static int take_sector(const struct reading *r, struct err *e)
{
    struct signon_client *c = r->c;
    struct uri first, other;
    if (take_text(r, "sector", false, &c->sector, e))
        return -1;
    if (c->sector.p || c->redirect_uris.n == 0)
        return 0;
    if (!uri_parse(c->redirect_uris.v[0], &first))
        return refuse(e, "redirect_uris", MSGS("Cần ít nhất một địa chỉ quay về."));
    for (size_t i = 1; c->pairwise && i < c->redirect_uris.n; i++)
        if (uri_parse(c->redirect_uris.v[i], &other) && !str_eq(first.host, other.host))
            return refuse(e, "sector", MSGS("Các địa chỉ quay về ở nhiều máy chủ; xin ghi rõ sector."));
    c->sector = first.host.n > 0 ? first.host : first.scheme;
    return 0;
}

static int take_end(const struct reading *r, struct err *e)
{
    struct str day = STR_NONE;
    if (take_text(r, "valid_until", true, &day, e))
        return -1;
    return day_parse_iso(day, &r->c->valid_until) ? 0 : refuse(e, "valid_until", MSGS("Cần một ngày, ví dụ 2027-12-31."));
}

int client_parse(struct arena *a, const json_t *metadata, struct signon_client *out, struct err *e)
{
    struct signon_client c = { 0 };
    const struct reading r = { a, metadata, &c };
    if (!json_is_object(metadata))
        return refuse(e, "metadata", MSGS("Cần một đối tượng JSON."));
    if (take_words_for_people(&r, e) || take_uris(&r, e) || take_protocol(&r, e) || take_grants(&r, e) || take_end(&r, e) ||
        take_keys(&r, e) || take_sector(&r, e) || check_together(&r, e))
        return -1;
    *out = c;
    return 0;
}

