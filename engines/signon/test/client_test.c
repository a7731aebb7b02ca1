/* An app's metadata and addresses: what is taken, and what is refused at which member. */
#include "engines/signon/inside.h"
#include "engines/signon/uri.h"
#include "platform/crypto/test/test_main.h"

#include <jansson.h>

#define PEOPLE                                                                                                                  \
    "\"client_name\":\"Hộ kinh doanh\",\"purpose\":\"Nộp tờ khai\",\"owner\":\"Sở Tài chính\",\"legal_basis\":\"NĐ " \
    "168/2025\",\"valid_until\":\"2027-12-31\""
#define APP PEOPLE ",\"redirect_uris\":[\"https://app.example/cb\"]"
#define KEYS                                                                                                       \
    "\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"F_UItmas8HDTAMi6LbSfqLHSGh2Z42ZvL5kPbyFlViU\"," \
    "\"y\":\"rq__KQ5rIGBXwDohWLvtAy1fmEOvxvKW6ladhHtSAJE\"}]}"

static int parse(struct arena *a, const char *text, struct signon_client *out, struct err *e)
{
    json_t *j = NULL;
    assert_int_equal(json_read(a, str_of(text), &j, NULL), 0);
    return client_parse(a, j, out, e);
}

static const char *refused_at(struct arena *a, const char *text)
{
    static char member[64];
    struct signon_client c;
    struct err e = { 0 };
    if (parse(a, text, &c, &e) == 0) {
        return "taken";
    }
    assert_int_equal(e.code, ERR_FORM);
    assert_true(e.say.n > 0);
    snprintf(member, sizeof member, "%s", e.field);
    return member;
}

static void test_client__what_is_not_said_is_the_careful_choice(void **state)
{
    struct signon_client c;
    struct err e = { 0 };
    assert_int_equal(parse(*state, "{" APP "}", &c, &e), 0);
    assert_int_equal(c.auth, CLIENT_AUTH_BASIC);
    assert_true(c.pairwise);
    assert_false(c.token_is_jwt);
    assert_int_equal(c.id_token_alg, JOSE_ES256);
    assert_str(c.sector, "app.example");
    assert_true(client_may(&c, "authorization_code"));
    assert_false(client_may(&c, "client_credentials"));
}

static void test_client__fapi2_asks_for_all_of_it(void **state)
{
    struct arena *a = *state;
    struct signon_client c;
    struct err e = { 0 };
    assert_int_equal(
        parse(a, "{" APP ",\"profile\":\"fapi2\",\"token_endpoint_auth_method\":\"private_key_jwt\"," KEYS "}", &c, &e), 0);
    assert_true(c.needs_par && c.needs_dpop && c.keys);
    assert_string_equal(refused_at(a, "{" APP ",\"profile\":\"fapi2\"}"), "token_endpoint_auth_method");
    assert_string_equal(refused_at(a, "{" APP ",\"profile\":\"fapi2\",\"token_endpoint_auth_method\":\"private_key_jwt\","
                                      "\"id_token_signed_response_alg\":\"RS256\"," KEYS "}"),
                        "id_token_signed_response_alg");
}

static void test_client__keys_may_stand_at_an_address_of_its_own(void **state)
{
    struct signon_client c;
    struct err e = { 0 };
    assert_int_equal(parse(*state,
                           "{" APP ",\"token_endpoint_auth_method\":\"private_key_jwt\","
                           "\"jwks_uri\":\"https://app.example/jwks\"}",
                           &c, &e),
                     0);
    assert_str(c.jwks_uri, "https://app.example/jwks");
    assert_null(c.keys);
}

static void test_client__refusals_name_the_member(void **state)
{
    struct arena *a = *state;
    const struct {
        const char *more, *member;
    } wrong[] = {
        { "\"redirect_uris\":[]", "redirect_uris" },
        { "\"redirect_uris\":[\"http://app.example/cb\"]", "redirect_uris" },
        { "\"redirect_uris\":[\"https://a.example/\",\"https://b.example/\"]", "sector" },
        { "\"redirect_uris\":[\"https://a.example/\",\"https://a.example/\"]", "redirect_uris" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"token_endpoint_auth_method\":\"private_key_jwt\"", "jwks" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"token_endpoint_auth_method\":\"tls_client_auth\"",
          "token_endpoint_auth_method" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"response_types\":[\"code token\"]", "response_types" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"grant_types\":[\"implicit\"]", "grant_types" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"claims\":[\"religion\"]", "claims" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"scope\":\"openid everything\"", "scope" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"id_token_signed_response_alg\":\"none\"",
          "id_token_signed_response_alg" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"id_token_signed_response_alg\":\"HS256\"",
          "id_token_signed_response_alg" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}", "jwks" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"jwks_uri\":\"http://a.example/jwks\"", "jwks_uri" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"jwks_uri\":\"https://a.example/jwks\"," KEYS, "jwks_uri" },
        { "\"redirect_uris\":[\"https://a.example/cb\"],\"backchannel_logout_uri\":\"ftp://a.example/\"",
          "backchannel_logout_uri" },
        { "\"token_endpoint_auth_method\":\"none\",\"grant_types\":[\"client_credentials\"]", "grant_types" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct str text = str_fmt(a, "{" PEOPLE ",%s}", wrong[i].more);
        assert_string_equal(refused_at(a, str_cstr(a, text)), wrong[i].member);
    }
    assert_string_equal(refused_at(a, "{\"client_name\":\"x\"}"), "purpose");
    assert_string_equal(refused_at(a, "[]"), "metadata");
}

/* ---- addresses ---- */

static void test_uri__a_redirect_has_one_spelling(void **state)
{
    (void)state;
    static const char *const good[] = {
        "https://app.example/cb", "https://app.example:8443/cb?x=1", "http://127.0.0.1:8080/",
        "http://localhost/cb",    "vn.gov.daknong.app:/cb",          "https://xn--bnh-hoa.example/cb",
    };
    static const char *const bad[] = {
        "http://app.example/cb",
        "https://app.example/cb#x",
        "https://user@app.example/cb",
        "https://app.example\\@evil.example/",
        "https://app.example/../cb",
        "https://app.example/./cb",
        "https://app.example/%2e%2e/cb",
        "https://app.example/%2Fcb",
        "https://app.example//cb",
        "https://app.example./cb",
        "https://App.example/cb",
        "HTTPS://app.example/cb",
        "https://b\xc3\xacnh.example/cb",
        "https://app.example/c b",
        "//app.example/cb",
        "/cb",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:app.example/cb",
        "https://app.example/*",
        "https://:443/cb",
        "https://app.example:x/cb",
        "",
        "myapp:/cb",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!uri_is_redirect(str_of(good[i])))
            fail_msg("%s is refused", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (uri_is_redirect(str_of(bad[i])))
            fail_msg("%s is taken", bad[i]);
}

static void test_uri__htu_is_compared_without_query_and_with_the_default_port(void **state)
{
    struct arena *a = *state;
    assert_str(uri_bare(a, STR("HTTPS://Op.Example:443/oauth2/token?x=1#y")), "https://op.example/oauth2/token");
    assert_str(uri_bare(a, STR("http://127.0.0.1:8006/oauth2/Token")), "http://127.0.0.1:8006/oauth2/Token");
    assert_str(uri_bare(a, STR("https://op.example")), "https://op.example/");
}

/* ---- handles and scopes ---- */

/* Found by fuzzing: what stood behind a NUL was lost, and the bare form of a bare form was another one. */
static void test_uri__a_bare_address_is_its_own_bare_form_also_with_a_nul_inside(void **state)
{
    struct str odd = STR("HTTPS://a.example\0://B.example/x");
    struct str bare = uri_bare(*state, odd);
    assert_int_equal(bare.n, odd.n);
    assert_true(str_eq(uri_bare(*state, bare), bare));
}

static void test_handle__its_key_begins_with_its_time_and_no_other_text_has_one(void **state)
{
    struct arena *a = *state;
    struct hash32 key, again;
    struct str handle = handle_new(a, (struct instant) { INT64_C(0x6b000001) * US_PER_SECOND }, &key);
    assert_int_equal(handle.n, 43);
    assert_memory_equal(key.b, "\x6b\x00\x00\x01", 4);
    assert_true(handle_key(handle, &again));
    assert_memory_equal(key.b, again.b, 32);
    assert_false(handle_key(STR(""), &again));
    assert_false(handle_key(STR("not base64url of thirty-two bytes, 43 long!"), &again));
}

static void test_scope__what_is_not_allowed_or_asked_twice_is_left_out(void **state)
{
    struct arena *a = *state;
    struct str words[] = { STR("openid"), STR("profile") };
    const struct str_list allowed = { words, 2 };
    assert_str(scope_within(a, STR("profile openid  profile address"), &allowed), "profile openid");
    assert_str(scope_within(a, STR("address"), &allowed), "");
    assert_true(scope_covers(STR("openid profile"), STR("profile")));
    assert_false(scope_covers(STR("openid"), STR("openid profile")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_client__what_is_not_said_is_the_careful_choice, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_client__fapi2_asks_for_all_of_it, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_client__keys_may_stand_at_an_address_of_its_own, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_client__refusals_name_the_member, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_uri__a_redirect_has_one_spelling, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_uri__htu_is_compared_without_query_and_with_the_default_port, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_uri__a_bare_address_is_its_own_bare_form_also_with_a_nul_inside, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_handle__its_key_begins_with_its_time_and_no_other_text_has_one, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_scope__what_is_not_allowed_or_asked_twice_is_left_out, arena_setup,
                                        arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
