/* apps.c: the apps of the world: each can be proven with a secret that the tests know. */
#include "tests/apps.h"

#include "engines/signon/signon.h"
#include "gen/signon_queries.h"
#include "platform/crypto/crypto.h"

#define PEOPLE                                                                                          \
    "\"purpose\":\"Nộp tờ khai thuế hộ\",\"owner\":\"Sở Tài chính\",\"legal_basis\":\"NĐ " \
    "168/2025\",\"valid_until\":\"2027-12-31\","
#define ALL_SCOPES "\"scope\":\"openid profile email phone address personal_number offline_access\","

static const struct {
    const char *id, *metadata;
    enum client_status status;
} apps[] = {
    { "app",
      "{\"client_name\":\"Thuế hộ\",\"client_name#en\":\"Household tax\"," PEOPLE ALL_SCOPES
      "\"redirect_uris\":[\"https://app.example/cb\",\"https://app.example/cb?from=x\"],"
      "\"post_logout_redirect_uris\":[\"https://app.example/out\"],\"backchannel_logout_uri\":\"https://app.example/told\","
      "\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
      "\"resources\":[\"https://api.example/\",\"https://so.example/\"]}",
      CLIENT_ACTIVE },
    { "app.khac",
      "{\"client_name\":\"Ứng dụng khác\"," PEOPLE ALL_SCOPES
      "\"redirect_uris\":[\"https://khac.example/cb\"],\"grant_types\":[\"authorization_code\",\"refresh_token\"]}",
      CLIENT_ACTIVE },
    { "app.may",
      "{\"client_name\":\"Máy với máy\"," PEOPLE
      "\"scope\":\"tax.read tax.write\",\"redirect_uris\":[],\"grant_types\":[\"client_credentials\"],"
      "\"resources\":[\"https://api.example/\"]}",
      CLIENT_ACTIVE },
    { "api", "{\"client_name\":\"Máy chủ dữ liệu\"," PEOPLE "\"grant_types\":[],\"serves\":[\"https://api.example/\"]}",
      CLIENT_ACTIVE },
    { "app.mo",
      "{\"client_name\":\"Ứng dụng điện thoại\"," PEOPLE ALL_SCOPES
      "\"token_endpoint_auth_method\":\"none\",\"redirect_uris\":[\"vn.gov.daknong.app:/cb\"]}",
      CLIENT_ACTIVE },
    { "app.day",
      "{\"client_name\":\"Gửi trước\"," PEOPLE ALL_SCOPES
      "\"require_pushed_authorization_requests\":true,\"redirect_uris\":[\"https://day.example/cb\"]}",
      CLIENT_ACTIVE },
    { "app.jwt",
      "{\"client_name\":\"Thẻ JWT\"," PEOPLE
      "\"scope\":\"tax.read\",\"grant_types\":[\"client_credentials\"],\"access_token_format\":\"jwt\","
      "\"resources\":[\"https://api.example/\",\"https://so.example/\"]}",
      CLIENT_ACTIVE },
    { "app.tv",
      "{\"client_name\":\"Màn hình nhà văn hoá\"," PEOPLE ALL_SCOPES
      "\"token_endpoint_auth_method\":\"none\",\"grant_types\":[\"urn:ietf:params:oauth:grant-type:device_code\"]}",
      CLIENT_ACTIVE },
    { "app.quay",
      "{\"client_name\":\"Quầy một cửa\"," PEOPLE ALL_SCOPES
      "\"grant_types\":[\"urn:openid:params:grant-type:ciba\"]}",
      CLIENT_ACTIVE },
    { "app.ky",
      "{\"client_name\":\"Trả lời có chữ ký\"," PEOPLE "\"scope\":\"openid profile\",\"claims\":[\"personal_number\"],"
      "\"userinfo_signed_response_alg\":\"EdDSA\",\"subject_type\":\"public\",\"redirect_uris\":[\"https://ky.example/cb\"]}",
      CLIENT_ACTIVE },
    { "app.vai",
      "{\"client_name\":\"Nộp hồ sơ thay\"," PEOPLE "\"scope\":\"openid act_as offline_access\","
      "\"grant_types\":[\"authorization_code\",\"refresh_token\"],\"redirect_uris\":[\"https://vai.example/cb\"]}",
      CLIENT_ACTIVE },
    { "app.cho", "{\"client_name\":\"Chờ duyệt\"," PEOPLE ALL_SCOPES "\"redirect_uris\":[\"https://cho.example/cb\"]}",
      CLIENT_PROPOSED },
};

/* Tokens of the desk, each good for one registration. */
static const char *const invitations[] = { "loi-moi-1", "loi-moi-2", "loi-moi-3", "loi-moi-4" };

/* The last was sent by a person, the others by a command. */
static int add_invitations(struct tx *tx, int64_t inviter, struct err *e)
{
    for (size_t i = 0; i < sizeof(invitations) / sizeof(invitations[0]); i++) {
        struct invitation_insert_in row = { .token = sha256(str_of(invitations[i])),
                                            .owner = STR("Sở Tài chính"),
                                            .purpose = STR("Tra cứu lệ phí"),
                                            .legal_basis = STR("NĐ 168/2025"),
                                            .has_made_by = i == 3,
                                            .made_by = inviter,
                                            .made_at = tx_now(tx),
                                            .expires_at = { tx_now(tx).us + 7 * US_PER_DAY } };
        if (invitation_insert(tx, &row, NULL, e) != 0)
            return -1;
    }
    return 0;
}

int world_add_apps(struct tx *tx, struct arena *a, int64_t inviter, struct err *e)
{
    for (size_t i = 0; i < sizeof(apps) / sizeof(apps[0]); i++) {
        struct client_new in = { .id = str_of(apps[i].id), .metadata = str_of(apps[i].metadata), .status = apps[i].status };
        struct str id;
        int64_t secret;
        if (signon_client_create(tx, a, &in, (struct audit_record) { .mode = STR("MÔ PHỎNG") }, &id, e) != 0)
            return -1;
        struct secret_insert_in row = { .client = id,
                                        .hash = sha256(STR(APP_SECRET)),
                                        .made_at = tx_now(tx),
                                        .expires_at = { tx_now(tx).us + 4000 * US_PER_DAY } };
        if (secret_insert(tx, &row, &secret, e) != 0)
            return -1;
    }
    return add_invitations(tx, inviter, e);
}
