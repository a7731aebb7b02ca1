/* metadata.c: from the form an agency fills in to the metadata of RFC 7591 that the provider keeps. */
#include "engines/apps/apps.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <string.h>

enum { METADATA_MOST = 48 * 1024 };

/* Where the provider's word for a member stands in the form. */
static const char *field_of_member(const char *member)
{
    static const struct {
        const char *member, *field;
    } fields[] = {
        { "client_name", "name" },
        { "client_name#en", "name_en" },
        { "purpose", "purpose" },
        { "purpose#en", "purpose_en" },
        { "legal_basis", "legal_basis" },
        { "redirect_uris", "redirect_uris" },
        { "post_logout_redirect_uris", "post_logout_uris" },
        { "backchannel_logout_uri", "backchannel_uri" },
        { "jwks", "jwks" },
        { "token_endpoint_auth_method", "auth" },
        { "profile", "fapi2" },
        { "valid_until", "valid_until" },
    };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        if (strcmp(member, fields[i].member) == 0)
            return fields[i].field;
    return "name";
}

static void put_lines(struct json_out *j, const char *key, struct str lines)
{
    struct str rest = lines, line;
    if (str_trim(lines).n == 0)
        return;
    json_out_array(j, key);
    while (str_cut(&rest, '\n', &line))
        if (str_trim(line).n > 0)
            json_out_item_str(j, str_trim(line));
    json_out_end(j);
}

static void put_list(struct json_out *j, const char *key, const struct str_list *l)
{
    if (l->n == 0)
        return;
    json_out_array(j, key);
    for (size_t i = 0; i < l->n; i++)
        json_out_item_str(j, l->v[i]);
    json_out_end(j);
}

static struct str typed(const struct req *q, const char *name)
{
    struct str s = req_form(q, name);
    return s.n > 0 ? s : STR_NONE;
}

static struct str scopes_of(struct req *q)
{
    struct buf b;
    buf_init(&b, q->arena, 500);
    buf_lit(&b, "openid");
    for (size_t i = 0; req_form_nth(q, "scope", i).n > 0; i++) {
        buf_put_char(&b, ' ');
        buf_put(&b, req_form_nth(q, "scope", i));
    }
    return buf_str(&b);
}

static void put_grants(struct json_out *j, bool offline)
{
    json_out_array(j, "grant_types");
    json_out_item_str(j, STR("authorization_code"));
    if (offline)
        json_out_item_str(j, STR("refresh_token"));
    json_out_end(j);
}

/* What is written must pass the provider's own judgement; its refusal goes beside the field. */
static int judge(struct req *q, struct str json, struct err *e)
{
    json_t *j;
    struct signon_client c;
    struct err why = { .code = ERR_NONE };
    if (json_read(q->arena, json, &j, e) != 0)
        return -1;
    if (client_parse(q->arena, j, &c, &why) == 0)
        return 0;
    return req_refuse_field(q, e, field_of_member(why.field), err_sentence(&why));
}

/* Keys typed now, else those the app has. False: what was typed is no JSON. */
static int keys_of(struct req *q, struct str typed_keys, const struct signon_client *keep, struct str *out, struct err *e)
{
    json_t *j;
    *out = keep && keep->jwks_text.n > 0 ? keep->jwks_text : STR_NONE;
    if (str_trim(typed_keys).n == 0)
        return 0;
    if (json_read(q->arena, typed_keys, &j, NULL) != 0)
        return req_refuse_field(q, e, "jwks",
                                MSGS("Đây không phải một JWK Set (JSON). Xin dán nguyên văn tệp khoá công khai."));
    return json_canonical(q->arena, j, out, e);
}

int app_metadata(struct req *q, struct str owner, const struct signon_client *keep, struct str *json, struct err *e)
{
    struct buf b;
    struct json_out j;
    struct str keys, scope = scopes_of(q);
    if (keys_of(q, req_form(q, "jwks"), keep, &keys, e) != 0)
        return -1;
    buf_init(&b, q->arena, METADATA_MOST);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "backchannel_logout_uri", typed(q, "backchannel_uri"));
    json_out_str(&j, "client_name", typed(q, "name"));
    json_out_str(&j, "client_name#en", typed(q, "name_en"));
    put_grants(&j, scope_has(scope, STR("offline_access")));
    if (keys.n > 0)
        json_out_raw(&j, "jwks", keys);
    json_out_str(&j, "legal_basis", typed(q, "legal_basis"));
    json_out_str(&j, "owner", owner);
    put_lines(&j, "post_logout_redirect_uris", req_form(q, "post_logout_uris"));
    json_out_str(&j, "profile", req_form_has(q, "fapi2") ? STR("fapi2") : STR_NONE);
    json_out_str(&j, "purpose", typed(q, "purpose"));
    json_out_str(&j, "purpose#en", typed(q, "purpose_en"));
    put_lines(&j, "redirect_uris", req_form(q, "redirect_uris"));
    json_out_str(&j, "scope", scope);
    json_out_str(&j, "token_endpoint_auth_method", typed(q, "auth"));
    json_out_str(&j, "valid_until", day_iso(q->arena, (struct day) { req_form_day(q, "valid_until").n + 1 }));
    json_out_end(&j);
    *json = buf_str(&b);
    return b.full ? ERR(e, ERR_TOO_LARGE, "metadata") : judge(q, *json, e);
}

static const char *const auth_names[CLIENT_AUTHS_] = {
    [CLIENT_AUTH_NONE] = "none",
    [CLIENT_AUTH_BASIC] = "client_secret_basic",
    [CLIENT_AUTH_POST] = "client_secret_post",
    [CLIENT_AUTH_KEY] = "private_key_jwt",
};

int app_metadata_with_keys(struct req *q, const struct signon_client *now, struct str jwks, struct str *json, struct err *e)
{
    struct buf b;
    struct json_out j;
    struct str keys;
    if (keys_of(q, jwks, NULL, &keys, e) != 0)
        return -1;
    buf_init(&b, q->arena, METADATA_MOST);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "backchannel_logout_uri", now->backchannel_uri.n > 0 ? now->backchannel_uri : STR_NONE);
    json_out_str(&j, "client_name", now->name);
    json_out_str(&j, "client_name#en", now->name_en.n > 0 ? now->name_en : STR_NONE);
    put_list(&j, "grant_types", &now->grants);
    json_out_raw(&j, "jwks", keys.n > 0 ? keys : STR("{\"keys\":[]}"));
    json_out_str(&j, "legal_basis", now->legal_basis);
    json_out_str(&j, "owner", now->owner);
    put_list(&j, "post_logout_redirect_uris", &now->post_logout_uris);
    json_out_str(&j, "profile", now->fapi2 ? STR("fapi2") : STR_NONE);
    json_out_str(&j, "purpose", now->purpose);
    json_out_str(&j, "purpose#en", now->purpose_en.n > 0 ? now->purpose_en : STR_NONE);
    put_list(&j, "redirect_uris", &now->redirect_uris);
    json_out_str(&j, "scope", app_spaced(q->arena, &now->scopes));
    json_out_str(&j, "token_endpoint_auth_method", str_of(auth_names[now->auth]));
    json_out_str(&j, "valid_until", day_iso(q->arena, now->valid_until));
    json_out_end(&j);
    *json = buf_str(&b);
    return b.full ? ERR(e, ERR_TOO_LARGE, "metadata") : judge(q, *json, e);
}

bool app_has_more(const struct signon_client *c)
{
    static const char *const usual[] = { "authorization_code", "refresh_token" };
    bool grants = false;
    for (size_t i = 0; i < c->grants.n; i++)
        grants |= !str_eq(c->grants.v[i], str_of(usual[0])) && !str_eq(c->grants.v[i], str_of(usual[1]));
    bool protocol = c->token_is_jwt || !c->pairwise || c->id_token_alg != JOSE_ES256 || c->userinfo_alg != 0 ||
                    (!c->fapi2 && (c->needs_par || c->needs_dpop));
    return grants || protocol || c->jwks_uri.n > 0 || c->claims.n > 0 || c->resources.n > 0 || c->serves.n > 0;
}
