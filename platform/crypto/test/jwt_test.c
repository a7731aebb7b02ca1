/* Keys, compact tokens and claims: what other programs made is read, what nobody should make is refused by its name. */
#include "platform/crypto/jose.h"
#include "base/test/command.h"
#include "platform/crypto/test/jose_vectors.h"
#include "platform/crypto/test/test_main.h"

#include <jansson.h>
#include <sodium.h>

#define RSA_JWK   "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" RSA_N "\"}"
#define EC_JWK    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"ec-1\",\"x\":\"" EC_X "\",\"y\":\"" EC_Y "\"}"
#define SET(keys) "{\"keys\":[" keys "]}"

enum { NOW = 1794995000 }; /* between iat and exp of the vectors */

static struct jose_keys *keys_of(struct arena *a, const char *json)
{
    struct jose_keys *k = NULL;
    struct err e = { 0 };
    if (jose_keys_read(a, str_of(json), &k, &e))
        print_message("%s\n", e.detail);
    assert_non_null(k);
    return k;
}

/* The part that a refusal names. */
static void assert_keys_refused(struct arena *a, const char *json, const char *part)
{
    struct jose_keys *k = NULL;
    struct err e = { 0 };
    assert_int_equal(jose_keys_read(a, str_of(json), &k, &e), -1);
    assert_null(k);
    assert_string_equal(e.field, part);
}

static const char *why_not(struct arena *a, struct str token, unsigned algs, const char *keys)
{
    static char part[64];
    struct jose_keys *k = keys_of(a, keys);
    struct jwt t = { 0 };
    struct err e = { 0 };
    int result = jwt_read(a, token, algs, k, &t, &e);
    snprintf(part, sizeof part, "%s", result == 0 ? "taken" : e.field);
    return part;
}

/* ---- keys ---- */

static void test_jose_keys__thumbprints_are_those_of_the_jose_command(void **state)
{
    (void)state;
    struct jose_keys *k = keys_of(*state, SET(RSA_JWK "," EC_JWK));
    assert_int_equal(jose_keys_count(k), 2);
    assert_str(jose_key_thumbprint(jose_keys_at(k, 0)), RSA_THUMBPRINT);
    assert_str(jose_key_thumbprint(jose_keys_at(k, 1)), EC_THUMBPRINT);
    assert_str(jose_key_id(jose_keys_at(k, 1)), "ec-1");
    assert_int_equal(jose_key_algs(jose_keys_at(k, 0)), JOSE_RS256 | JOSE_PS256);
}

/* RFC 7638 section 3.1 hashes this key to NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs. */
static void test_jose_keys__thumbprint_of_rfc_7638(void **state)
{
    (void)state;
    struct jose_keys *k =
        keys_of(*state, "{\"kty\":\"RSA\",\"n\":"
                "\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebW"
                "KRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
                "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6"
                "qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
                "kEgU8awapJzKnqDKgw\","
                "\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\"}");
    assert_str(jose_key_thumbprint(jose_keys_at(k, 0)), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_int_equal(jose_key_algs(jose_keys_at(k, 0)), JOSE_RS256);
}

static void test_jose_keys__foreign_kinds_are_passed_over_and_bad_ones_refused(void **state)
{
    struct arena *a = *state;
    struct jose_keys *k =
        keys_of(*state, SET(EC_JWK ",{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AA\",\"y\":\"AA\"},{\"kty\":\"new\"},"
                           "{\"kty\":\"RSA\",\"use\":\"enc\",\"n\":\"AQ\",\"e\":\"AQAB\"}"));
    assert_int_equal(jose_keys_count(k), 1);
    assert_keys_refused(*state, "{\"kty\":\"oct\",\"k\":\"AAAA\"}", "key");
    assert_keys_refused(*state, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" EC_X "\",\"y\":\"" EC_Y "\",\"d\":\"AAAA\"}", "key");
    assert_keys_refused(*state, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" EC_Y "\",\"y\":\"" EC_X "\"}", "key");
    assert_keys_refused(*state, "{\"kty\":\"RSA\",\"e\":\"AQ\",\"n\":\"" RSA_N "\"}", "key");
    assert_keys_refused(*state, "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
                        "sF8YywvGruOj2hsOxBibiqAH6fpweESnZlUtJhEx3_HirShlzJc_kKhizENKNKOdzwmDLIeuTPS4lc6X23EYVGDD5D"
                        "yCNOrwc7YKKnZ0GsLSNs4p40Iw_0qg1GUJCYkwiyWgUodUZEFEIsOygjheWHWX9GBLmSgj67ixGt9U0Uk\"}",
                        "key");
    assert_keys_refused(*state, "{\"keys\":[1]}", "key");
    assert_keys_refused(*state, "{\"keys\":[],\"keys\":[]}", "json");
    char *large = arena_alloc(a, JOSE_KEYS_BYTES + 2);
    memset(large, ' ', JOSE_KEYS_BYTES + 1);
    assert_keys_refused(*state, large, "size");
}

/* ---- signatures ---- */

static void test_jwt_read__tokens_of_the_jose_command_are_taken(void **state)
{
    assert_string_equal(why_not(*state, STR(TOKEN_RS256), JOSE_ALL, RSA_JWK), "taken");
    assert_string_equal(why_not(*state, STR(TOKEN_PS256), JOSE_ALL, RSA_JWK), "taken");
    assert_string_equal(why_not(*state, STR(TOKEN_ES256), JOSE_ALL, SET(RSA_JWK "," EC_JWK)), "taken");
}

static void test_jwt_read__an_algorithm_off_the_list_is_refused(void **state)
{
    assert_string_equal(why_not(*state, STR(TOKEN_RS256), JOSE_FAPI, RSA_JWK), "alg");
    assert_string_equal(why_not(*state, STR(TOKEN_ES256), JOSE_RS256, EC_JWK), "alg");
}

static struct str token_with(struct arena *a, const char *header, const char *payload, const char *signature)
{
    struct str h = str_base64url(a, header, strlen(header)), p = str_base64url(a, payload, strlen(payload));
    return str_fmt(a, "%.*s.%.*s.%s", STR_ARG(h), STR_ARG(p), signature);
}

static void test_jwt_read__none_and_hmac_under_a_public_key_are_refused(void **state)
{
    struct arena *a = *state;
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":\"none\"}", "{}", ""), JOSE_ALL, RSA_JWK), "alg");
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":\"None\"}", "{}", ""), JOSE_ALL, RSA_JWK), "alg");
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":\"HS256\"}", "{}", "AAAA"), JOSE_ALL, RSA_JWK), "alg");
    assert_string_equal(why_not(a, token_with(a, "{}", "{}", "AAAA"), JOSE_ALL, RSA_JWK), "alg");
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":[\"ES256\"]}", "{}", "AAAA"), JOSE_ALL, RSA_JWK), "alg");
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":\"ES256\"}", "{}", "AAAA"), JOSE_ALL, RSA_JWK), "kid");
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":\"ES256\",\"crit\":[\"b64\"]}", "{}", "AAAA"), JOSE_ALL, EC_JWK),
                        "crit");
}

static void test_jwt_read__a_changed_token_does_not_match(void **state)
{
    struct arena *a = *state;
    static const char *const tokens[] = { TOKEN_RS256, TOKEN_PS256, TOKEN_ES256 };
    for (size_t i = 0; i < 3; i++) {
        char *t = str_cstr(a, str_of(tokens[i]));
        char *tail = strrchr(t, '.') + 3;
        *tail = *tail == 'A' ? 'B' : 'A';
        assert_string_equal(why_not(a, str_of(t), JOSE_ALL, SET(RSA_JWK "," EC_JWK)), "signature");
        *strrchr(t, '.') = '\0';
        assert_string_equal(why_not(a, str_of(t), JOSE_ALL, SET(RSA_JWK "," EC_JWK)), "form");
    }
}

static void test_jwt_read__without_kid_one_key_is_enough_and_two_are_not(void **state)
{
    const char *other = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"kid\":\"b\",\"n\":\"" RSA_N "\"}";
    struct str two = str_fmt(*state, SET("%s," RSA_JWK), other);
    assert_string_equal(why_not(*state, STR(TOKEN_RS256), JOSE_ALL, SET(RSA_JWK "," EC_JWK)), "taken");
    assert_string_equal(why_not(*state, STR(TOKEN_RS256), JOSE_ALL, str_cstr(*state, two)), "kid");
    assert_string_equal(why_not(*state, STR(TOKEN_ES256), JOSE_ALL, RSA_JWK), "kid");
}

static void test_jwt_read__a_megabyte_and_ten_thousand_levels_are_refused_by_name(void **state)
{
    struct arena *a = *state;
    char *large = arena_alloc(a, (1 << 20) + 1), *deep = arena_alloc(a, 10001);
    memset(large, 'A', 1 << 20);
    memset(deep, '[', 10000);
    assert_string_equal(why_not(a, str_of(large), JOSE_ALL, EC_JWK), "size");
    assert_string_equal(why_not(a, token_with(a, deep, "{}", "AAAA"), JOSE_ALL, EC_JWK), "form");
    deep[6000] = '\0'; /* 8,000 characters of base64url: within the header's limit */
    assert_string_equal(why_not(a, token_with(a, deep, "{}", "AAAA"), JOSE_ALL, EC_JWK), "json");
    assert_string_equal(why_not(a, token_with(a, "{\"alg\":\"ES256\",\"alg\":\"RS256\"}", "{}", "AAAA"), JOSE_ALL, EC_JWK),
                        "json");
}

/* ---- EdDSA, signed here ---- */

struct ed_pair {
    unsigned char public_key[32], secret[64];
};

static struct str ed_sign(struct arena *a, const struct ed_pair *p, const char *header, struct str payload)
{
    unsigned char sig[64];
    struct str h = str_base64url(a, header, strlen(header)), b = str_base64url(a, payload.p, payload.n);
    struct str text = str_fmt(a, "%.*s.%.*s", STR_ARG(h), STR_ARG(b));
    crypto_sign_detached(sig, NULL, (const unsigned char *)text.p, text.n, p->secret);
    return str_fmt(a, "%.*s.%.*s", STR_ARG(text), STR_ARG(str_base64url(a, sig, sizeof sig)));
}

static struct ed_pair ed_pair(struct arena *a, struct str *jwk)
{
    struct ed_pair p;
    unsigned char seed[32] = { 7 };
    assert_true(sodium_init() >= 0);
    crypto_sign_seed_keypair(p.public_key, p.secret, seed);
    *jwk = str_fmt(a, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"}", STR_ARG(str_base64url(a, p.public_key, 32)));
    return p;
}

/* ---- claims ---- */

static const char *claim_refused(struct arena *a, struct str claims, const struct jwt_expect *x)
{
    static char part[64];
    struct str jwk;
    struct ed_pair p = ed_pair(a, &jwk);
    struct jose_keys *k = keys_of(a, str_cstr(a, jwk));
    struct jwt t = { 0 };
    struct err e = { 0 };
    struct str token = ed_sign(a, &p, "{\"alg\":\"EdDSA\",\"typ\":\"application/AT+jwt\"}", claims);
    assert_int_equal(jwt_read(a, token, JOSE_EDDSA, k, &t, &e), 0);
    snprintf(part, sizeof part, "%s", jwt_check(&t, x, &e) == 0 ? "taken" : e.field);
    return part;
}

static const struct jwt_expect all_asked = { .issuer = STR_INIT("https://op.example"),
                                             .audience = STR_INIT("app"),
                                             .type = STR_INIT("at+jwt"),
                                             .now = { NOW * US_PER_SECOND },
                                             .skew_s = 10,
                                             .needs_exp = true,
                                             .needs_iat = true,
                                             .needs_sub = true,
                                             .needs_jti = true };

static struct str claims_at(struct arena *a, const char *aud, int64_t exp, int64_t nbf, int64_t iat)
{
    return str_fmt(
        a, "{\"iss\":\"https://op.example\",\"sub\":\"1\",\"jti\":\"x\",\"aud\":%s,\"exp\":%lld,\"nbf\":%lld,\"iat\":%lld}",
        aud, (long long)exp, (long long)nbf, (long long)iat);
}

static void test_jwt_check__clocks_ten_seconds_apart_pass_and_ten_minutes_do_not(void **state)
{
    struct arena *a = *state;
    const char *aud = "\"app\"";
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW + 60, NOW, NOW), &all_asked), "taken");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW + 60, NOW + 10, NOW + 10), &all_asked), "taken");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW - 9, NOW - 60, NOW - 60), &all_asked), "taken");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW - 10, NOW - 60, NOW - 60), &all_asked), "exp");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW - 600, NOW - 900, NOW - 900), &all_asked), "exp");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW + 900, NOW + 600, NOW), &all_asked), "nbf");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW + 900, NOW, NOW + 600), &all_asked), "iat");
    struct jwt_expect young = all_asked;
    young.age_s = 60;
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW + 900, NOW, NOW - 70), &young), "taken");
    assert_string_equal(claim_refused(a, claims_at(a, aud, NOW + 900, NOW, NOW - 600), &young), "iat");
}

static void test_jwt_check__audience_is_one_text_or_one_of_a_list_unless_told_otherwise(void **state)
{
    struct arena *a = *state;
    struct jwt_expect sole = all_asked;
    sole.sole_audience = true;
    assert_string_equal(claim_refused(a, claims_at(a, "[\"x\",\"app\"]", NOW + 60, NOW, NOW), &all_asked), "taken");
    assert_string_equal(claim_refused(a, claims_at(a, "[\"app\"]", NOW + 60, NOW, NOW), &sole), "aud");
    assert_string_equal(claim_refused(a, claims_at(a, "\"app2\"", NOW + 60, NOW, NOW), &all_asked), "aud");
    assert_string_equal(claim_refused(a, claims_at(a, "[]", NOW + 60, NOW, NOW), &all_asked), "aud");
    assert_string_equal(claim_refused(a, claims_at(a, "{\"app\":1}", NOW + 60, NOW, NOW), &all_asked), "aud");
}

static void test_jwt_check__what_is_asked_for_and_absent_is_named(void **state)
{
    struct arena *a = *state;
    struct jwt_expect x = all_asked;
    assert_string_equal(claim_refused(a, STR("{\"sub\":\"1\"}"), &x), "iss");
    assert_string_equal(claim_refused(a, STR("{\"iss\":\"https://op.example/\"}"), &x), "iss");
    assert_string_equal(claim_refused(a, STR("{\"iss\":\"https://op.example\"}"), &x), "sub");
    assert_string_equal(claim_refused(a, STR("{\"iss\":\"https://op.example\",\"sub\":\"1\"}"), &x), "jti");
    assert_string_equal(claim_refused(a, STR("{\"iss\":\"https://op.example\",\"sub\":\"1\",\"jti\":\"2\"}"), &x), "aud");
    assert_string_equal(
        claim_refused(a, STR("{\"iss\":\"https://op.example\",\"sub\":\"1\",\"jti\":\"2\",\"aud\":\"app\"}"), &x), "exp");
    assert_string_equal(
        claim_refused(a, STR("{\"iss\":\"https://op.example\",\"sub\":\"1\",\"jti\":\"2\",\"aud\":\"app\",\"exp\":\"1\"}"),
                      &x),
        "exp");
    x.type = STR("dpop+jwt");
    assert_string_equal(claim_refused(a, claims_at(a, "\"app\"", NOW + 60, NOW, NOW), &x), "typ");
}

static void test_jwt_read__claims_that_are_no_object_are_refused(void **state)
{
    struct arena *a = *state;
    struct str jwk;
    struct ed_pair p = ed_pair(a, &jwk);
    const char *keys = str_cstr(a, jwk);
    assert_string_equal(why_not(a, ed_sign(a, &p, "{\"alg\":\"EdDSA\"}", STR("[]")), JOSE_EDDSA, keys), "json");
    assert_string_equal(why_not(a, ed_sign(a, &p, "{\"alg\":\"EdDSA\"}", STR("{\"a\":1,\"a\":2}")), JOSE_EDDSA, keys),
                        "json");
}

/* ---- the other way round: the jose command reads what its own tokens say ---- */

static void test_jws__the_jose_command_reads_the_same_payload(void **state)
{
    struct arena *a = *state;
    struct jws j;
    struct err e = { 0 };
    if (!has_command("jose"))
        skip();
    char *dir = temp_dir(a);
    assert_non_null(dir);
    assert_true(write_file(dir, "k.jwk", STR(RSA_JWK)) && write_file(dir, "t", STR(TOKEN_PS256)));
    struct str out = STR_NONE;
    struct str line = str_fmt(a, "cd %s && jose jws ver -i t -k k.jwk -O -", dir);
    assert_int_equal(command(a, str_cstr(a, line), &out), 0);
    assert_int_equal(jws_open(a, STR(TOKEN_PS256), JOSE_PS256, &j, &e), 0);
    assert_true(str_eq(out, j.payload));
    remove_dir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_jose_keys__thumbprints_are_those_of_the_jose_command, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_jose_keys__thumbprint_of_rfc_7638, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jose_keys__foreign_kinds_are_passed_over_and_bad_ones_refused, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__tokens_of_the_jose_command_are_taken, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__an_algorithm_off_the_list_is_refused, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__none_and_hmac_under_a_public_key_are_refused, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__a_changed_token_does_not_match, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__without_kid_one_key_is_enough_and_two_are_not, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__a_megabyte_and_ten_thousand_levels_are_refused_by_name, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_check__clocks_ten_seconds_apart_pass_and_ten_minutes_do_not, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_check__audience_is_one_text_or_one_of_a_list_unless_told_otherwise,
                                        arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_check__what_is_asked_for_and_absent_is_named, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jwt_read__claims_that_are_no_object_are_refused, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_jws__the_jose_command_reads_the_same_payload, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
