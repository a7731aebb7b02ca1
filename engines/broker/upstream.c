/* upstream.c: a provider's configuration: read strictly, so that a misspelt member is found by the one who wrote it and not by the
 * citizens who cannot sign in.
 */
#include "engines/broker/upstream.h"

#include "gen/broker_queries.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <stddef.h>
#include <string.h>

enum member_kind { MEMBER_TEXT, MEMBER_TEXTS, MEMBER_BOOL, MEMBER_DAY, MEMBER_AUTH, MEMBER_ADDRESS };

struct member {
    const char *name;
    enum member_kind kind;
    size_t at;
    bool required;
};

#define AT(member) offsetof(struct upstream, member)

static const struct member members[] = {
    { "name", MEMBER_TEXT, AT(name), true },
    { "from", MEMBER_DAY, AT(from), true },
    { "label", MEMBER_TEXT, AT(label), true },
    { "mode", MEMBER_TEXT, AT(mode), true },
    { "issuer", MEMBER_ADDRESS, AT(issuer), true },
    { "client_id", MEMBER_TEXT, AT(client_id), true },
    { "auth", MEMBER_AUTH, AT(auth), true },
    { "secret_file", MEMBER_TEXT, AT(secret_file), false },
    { "scopes", MEMBER_TEXT, AT(scopes), true },
    { "ask_acr", MEMBER_TEXT, AT(ask_acr), false },
    { "algs", MEMBER_TEXTS, AT(algs), true },
    { "authorization_endpoint", MEMBER_ADDRESS, AT(authorize), false },
    { "token_endpoint", MEMBER_ADDRESS, AT(token), false },
    { "userinfo_endpoint", MEMBER_ADDRESS, AT(userinfo), false },
    { "jwks_uri", MEMBER_ADDRESS, AT(jwks), false },
    { "end_session_endpoint", MEMBER_ADDRESS, AT(logout), false },
    { "claim_pid", MEMBER_TEXT, AT(claim_pid), true },
    { "claim_name", MEMBER_TEXT, AT(claim_name), true },
    { "claim_born", MEMBER_TEXT, AT(claim_born), true },
    { "claim_level", MEMBER_TEXT, AT(claim_level), true },
    { "level_2", MEMBER_TEXTS, AT(level2), true },
    { "level_1", MEMBER_TEXTS, AT(level1), false },
    { "only_way_for", MEMBER_TEXTS, AT(only_way_for), false },
    { "userinfo_in_body", MEMBER_BOOL, AT(userinfo_in_body), false },
    { "recheck", MEMBER_BOOL, AT(recheck), false },
    { "join", MEMBER_BOOL, AT(join), false },
    { "off", MEMBER_BOOL, AT(off), false },
};
enum { MEMBERS = sizeof(members) / sizeof(members[0]) };

static int refuse(struct err *e, const char *member, struct str say)
{
    ERR_SAY(e, ERR_FORM, say, "upstream: %s", member);
    snprintf(e->field, sizeof(e->field), "%s", member);
    return -1;
}

/* Tokens and codes travel there: over TLS, or not off this machine. */
bool upstream_address_is_safe(struct str s)
{
    static const struct str loopback[] = { STR_INIT("http://127.0.0.1:"), STR_INIT("http://localhost:"),
                                           STR_INIT("http://[::1]:") };
    if (str_starts(s, STR("https://")) && s.n > 8)
        return true;
    for (size_t i = 0; i < sizeof(loopback) / sizeof(loopback[0]); i++)
        if (str_starts(s, loopback[i]))
            return true;
    return false;
}

static bool auth_parse(struct str s, enum upstream_auth *out)
{
    static const struct str words[] = {
        [AUTH_PRIVATE_KEY_JWT] = STR_INIT("private_key_jwt"),
        [AUTH_SECRET_BASIC] = STR_INIT("client_secret_basic"),
        [AUTH_SECRET_POST] = STR_INIT("client_secret_post"),
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq(s, words[i])) {
            *out = (enum upstream_auth)i;
            return true;
        }
    return false;
}

static bool take_texts(const json_t *v, struct upstream_texts *out)
{
    size_t n = json_array_size(v);
    if (!json_is_array(v) || n == 0 || n > UPSTREAM_TEXTS)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct str s = json_str(json_array_get(v, i));
        if (s.n == 0 || s.n > 100)
            return false;
        out->v[out->n++] = s;
    }
    return true;
}

static bool take_text(const json_t *v, struct str *out)
{
    struct str s = json_str(v);
    if (s.n == 0 || s.n > 300)
        return false;
    *out = s;
    return true;
}

static int take_member(const json_t *v, const struct member *m, struct upstream *u, struct err *e)
{
    void *at = (char *)u + m->at;
    switch (m->kind) {
    case MEMBER_TEXT:
        return take_text(v, at) ? 0 : refuse(e, m->name, MSGS("Mục này cần một dòng chữ, tối đa 300 ký tự."));
    case MEMBER_TEXTS:
        return take_texts(v, at) ? 0 : refuse(e, m->name, MSGS("Mục này cần một danh sách từ 1 đến 8 dòng chữ."));
    case MEMBER_BOOL:
        *(bool *)at = json_is_true(v);
        return json_is_boolean(v) ? 0 : refuse(e, m->name, MSGS("Mục này chỉ nhận true hoặc false."));
    case MEMBER_DAY:
        return day_parse_iso(json_str(v), at) ? 0 : refuse(e, m->name, MSGS("Ngày chưa đúng. Ví dụ 2026-11-24."));
    case MEMBER_AUTH:
        return auth_parse(json_str(v), at)
                   ? 0
                   : refuse(e, m->name,
                            MSGS("Cách chứng minh là private_key_jwt, client_secret_basic hoặc client_secret_post."));
    case MEMBER_ADDRESS:
        return take_text(v, at) && upstream_address_is_safe(*(struct str *)at)
                   ? 0
                   : refuse(e, m->name, MSGS("Địa chỉ cần bắt đầu bằng https:// (hoặc http:// của chính máy này khi thử)."));
    }
    return -1;
}

static const struct member *member_named(const char *name)
{
    for (size_t i = 0; i < MEMBERS; i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}

static bool is_plain_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-')
            return false;
    return s.n > 0 && s.n <= 30;
}

/* What no single member can show to be wrong. */
static int check_whole(const struct upstream *u, struct err *e)
{
    static const struct str modes[] = { STR_INIT("MÔ PHỎNG"), STR_INIT("THỬ"), STR_INIT("THẬT") };
    bool known_mode = false;
    for (size_t i = 0; i < 3; i++)
        known_mode = known_mode || str_eq(u->mode, modes[i]);
    if (!is_plain_name(u->name))
        return refuse(e, "name", MSGS("Tên gồm chữ thường không dấu, chữ số và dấu -, tối đa 30 ký tự."));
    if (!known_mode)
        return refuse(e, "mode", MSGS("Chế độ là MÔ PHỎNG, THỬ hoặc THẬT."));
    if (str_eq(u->mode, modes[2]) && !str_starts(u->issuer, STR("https://")))
        return refuse(e, "issuer", MSGS("Ở chế độ THẬT, địa chỉ phải bắt đầu bằng https://."));
    if (u->auth != AUTH_PRIVATE_KEY_JWT && u->secret_file.n == 0)
        return refuse(e, "secret_file", MSGS("Xin ghi tên tệp giữ mật khẩu của ứng dụng, đặt trong thư mục dữ liệu."));
    if (upstream_texts_have(&u->only_way_for, STR("administrator")))
        return refuse(e, "only_way_for", MSGS("Người quản trị phải luôn vào được, để khi cần còn mở đường khẩn cấp."));
    if (str_find_char(u->secret_file, '/') >= 0 || str_starts(u->secret_file, STR(".")))
        return refuse(e, "secret_file", MSGS("Chỉ ghi tên tệp, không ghi đường dẫn."));
    if (u->authorize.n > 0 && (u->token.n == 0 || u->jwks.n == 0))
        return refuse(e, "token_endpoint",
                      MSGS("Khi không dùng discovery, xin ghi đủ authorization_endpoint, token_endpoint, jwks_uri."));
    return 0;
}

static int take_members(json_t *j, struct upstream *u, struct err *e)
{
    const char *name;
    json_t *v;
    if (!json_is_object(j))
        return refuse(e, "config", MSGS("Cấu hình là một đối tượng JSON."));
    for (size_t i = 0; i < MEMBERS; i++)
        if (members[i].required && !json_object_get(j, members[i].name))
            return refuse(e, members[i].name, MSGS("Thiếu mục này trong cấu hình."));
    json_object_foreach(j, name, v)
    {
        const struct member *m = member_named(name);
        if (!m)
            return refuse(e, name, MSGS("Không có mục nào tên như vậy."));
        if (take_member(v, m, u, e) != 0)
            return -1;
    }
    return check_whole(u, e);
}

int upstream_parse(struct arena *a, struct str json, struct upstream *out, struct err *e)
{
    json_t *j;
    struct upstream u = { 0 };
    if (json.n > UPSTREAM_CONFIG_MAX)
        return refuse(e, "config", MSGS("Cấu hình dài quá 16 KiB."));
    if (json_read(a, json, &j, e) != 0)
        return refuse(e, "config", MSGS("Cấu hình không phải JSON đúng dạng."));
    if (take_members(j, &u, e) != 0)
        return -1;
    *out = u;
    return 0;
}

/* ---- rows ---- */

static int from_row(struct arena *a, int64_t id, struct str config, struct upstream *out, struct err *e)
{
    if (upstream_parse(a, config, out, e) != 0)
        return -1;
    out->id = id;
    return 0;
}

int upstream_in_force(struct dbr *r, struct arena *a, struct str name, struct day on, struct upstream *out, struct err *e)
{
    struct broker_upstream_on_row row;
    int found = broker_upstream_on(r, a, &(struct broker_upstream_on_in) { .name = name, .on = on }, &row, e);
    return found != 1 ? found : from_row(a, row.id, row.config, out, e) == 0 ? 1 : -1;
}

int upstreams_in_force(struct dbr *r, struct arena *a, struct day on, struct upstream *out, size_t *n, struct err *e)
{
    struct broker_upstreams_on_rows rows;
    *n = 0;
    if (broker_upstreams_on(r, a, &(struct broker_upstreams_on_in) { .on = on }, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n && *n < UPSTREAMS_MAX; i++) {
        if (from_row(a, rows.v[i].id, rows.v[i].config, &out[*n], e) != 0)
            return -1;
        *n += !out[*n].off;
    }
    return 0;
}

bool upstream_texts_have(const struct upstream_texts *t, struct str s)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->v[i], s))
            return true;
    return false;
}

int upstream_level(const struct upstream *u, struct str value)
{
    return upstream_texts_have(&u->level2, value) ? 2 : upstream_texts_have(&u->level1, value) ? 1 : 0;
}
