/* JSON, JWK and detached JWS: published vectors, hostile input, and the `jose` and `openssl` commands as second opinions. */
#include "platform/crypto/crypto.h"
#include "base/test/command.h"
#include "platform/crypto/test/test_main.h"

#include <jansson.h>

/* ---- JSON ---- */

static struct str canonical(struct arena *a, const char *text)
{
    json_t *j;
    struct str out = STR_NONE;
    struct err e = { 0 };
    return json_read(a, str_of(text), &j, &e) || json_canonical(a, j, &out, &e) ? STR_NONE : out;
}

static void test_json_canonical__members_are_sorted_and_spaces_dropped(void **state)
{
    assert_str(canonical(*state, " { \"b\" : [ 1 , true, null, -7 ],\n \"a\" : { } , \"\" : false } "),
               "{\"\":false,\"a\":{},\"b\":[1,true,null,-7]}");
}

/* The names of RFC 8785 section 3.2.3, whose order differs between UTF-16 and UTF-8. */
static void test_json_canonical__names_sort_as_utf16(void **state)
{
    assert_str(
        canonical(*state,
                  "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"),
        "{\"\\r\":2,\"1\":4,\"\xc2\x80\":6,\"\xc3\xb6\":7,\"\xe2\x82\xac\":1,\"\xf0\x9f\x98\x80\":5,\"\xef\xac\xb3\":3}");
}

/* The string of RFC 8785 section 3.2.2. */
static void test_json_canonical__strings_escape_only_what_they_must(void **state)
{
    assert_str(canonical(*state, "[\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\u007f\"]"),
               "[\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\x7f\"]");
}

static void test_json_canonical__fractions_and_integers_past_2_to_53_are_refused(void **state)
{
    assert_str(canonical(*state, "[9007199254740992,-9007199254740992]"), "[9007199254740992,-9007199254740992]");
    assert_null(canonical(*state, "[9007199254740993]").p);
    assert_null(canonical(*state, "[1.5]").p);
}

static enum err_code read_code(struct arena *a, struct str s)
{
    json_t *j = NULL;
    struct err e = { 0 };
    if (json_read(a, s, &j, &e) == 0)
        return ERR_NONE;
    assert_null(j);
    return e.code;
}

static void test_json_read__hostile_texts_are_refused(void **state)
{
    char *deep = arena_alloc(*state, 100000), *large = arena_alloc(*state, (1 << 20) + 1);
    memset(deep, '[', 100000);
    memset(large, ' ', (1 << 20) + 1);
    assert_int_equal(read_code(*state, (struct str) { deep, 100000 }), ERR_INPUT);
    assert_int_equal(read_code(*state, (struct str) { large, (1 << 20) + 1 }), ERR_TOO_LARGE);
    assert_int_equal(read_code(*state, STR("{\"a\":1,\"a\":2}")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR("{\"a\":1} x")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR("[\"\xff\"]")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR("[\"\\u0000\"]")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR("[99999999999999999999]")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR("{a:1}")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR("")), ERR_INPUT);
    assert_int_equal(read_code(*state, STR_NONE), ERR_INPUT);
}

static void test_json_str__is_what_a_text_says_and_nothing_of_any_other_kind(void **state)
{
    json_t *j;
    assert_int_equal(json_read(*state, STR("{\"a\":\"một\",\"e\":\"\",\"n\":1}"), &j, NULL), 0);
    assert_true(str_eq(json_str_at(j, "a"), STR("một")));
    assert_true(json_str_at(j, "e").p && json_str_at(j, "e").n == 0);
    assert_null(json_str_at(j, "n").p);
    assert_null(json_str_at(j, "absent").p);
    assert_null(json_str_at(json_object_get(j, "a"), "b").p);
    assert_null(json_str(NULL).p);
}

static void test_json_read__32_levels_pass_and_33_do_not_and_brackets_in_strings_do_not_count(void **state)
{
    (void)state;
    char text[80];
    for (size_t depth = 32; depth <= 33; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_int_equal(read_code(*state, (struct str) { text, 2 * depth }), depth == 32 ? ERR_NONE : ERR_INPUT);
    }
    assert_int_equal(read_code(*state, STR("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[\"]")), ERR_NONE);
}

/* ---- published keys and signatures ---- */

#define RFC8037_KEY "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
#define RFC8037_SIG "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
#define RFC7515_KEY                                                                            \
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"," \
    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"
#define RFC7515_SIG     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
#define RFC7515_PAYLOAD "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"

static struct jwk key_of(struct arena *a, const char *json)
{
    struct jwk k = { 0 };
    struct err e = { 0 };
    assert_int_equal(jwk_read(a, str_of(json), &k, &e), 0);
    return k;
}

static int check(struct arena *a, const char *jws, struct str payload, const struct jwk *k)
{
    struct err e = { 0 };
    return jws_check_detached(a, str_of(jws), payload, k, &e);
}

static void test_jwk_read__thumbprint_of_rfc_8037(void **state)
{
    struct jwk k = key_of(*state, RFC8037_KEY);
    assert_string_equal(k.alg, "EdDSA");
    assert_string_equal(k.kid, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

static void test_jwk_json__what_it_writes_reads_back_the_same(void **state)
{
    const char *const keys[] = { RFC8037_KEY, RFC7515_KEY };
    for (size_t i = 0; i < 2; i++) {
        struct jwk k = key_of(*state, keys[i]);
        struct jwk again = key_of(*state, str_cstr(*state, jwk_json(*state, &k)));
        assert_memory_equal(&k, &again, sizeof k);
    }
}

static void test_jws__rfc_8037_ed25519_example(void **state)
{
    struct jwk k = key_of(*state, RFC8037_KEY);
    assert_int_equal(check(*state, "eyJhbGciOiJFZERTQSJ9.." RFC8037_SIG, STR("Example of Ed25519 signing"), &k), 0);
    assert_int_equal(check(*state, "eyJhbGciOiJFZERTQSJ9.." RFC8037_SIG, STR("Example of Ed25519 signinG"), &k), -1);
}

static void test_jws__rfc_7515_es256_example(void **state)
{
    struct jwk k = key_of(*state, RFC7515_KEY);
    assert_int_equal(check(*state, "eyJhbGciOiJFUzI1NiJ9.." RFC7515_SIG, STR(RFC7515_PAYLOAD), &k), 0);
    assert_int_equal(check(*state, "eyJhbGciOiJFUzI1NiJ9.." RFC7515_SIG, STR(RFC7515_PAYLOAD " "), &k), -1);
}

static const char *jws_with_header(struct arena *a, const char *header, const char *signature)
{
    struct str head = str_base64url(a, header, strlen(header));
    return str_cstr(a, str_fmt(a, "%.*s..%s", STR_ARG(head), signature));
}

static void test_jws__headers_that_choose_for_themselves_are_refused(void **state)
{
    struct jwk k = key_of(*state, RFC8037_KEY);
    const char *const headers[] = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"ES256\"}",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":\"eddsa\"}",
        "{}",
        "{\"alg\":7}",
        "[\"EdDSA\"]",
        "{\"alg\":\"EdDSA\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"alg\":\"EdDSA\",\"crit\":[\"x\"]}",
        "{\"alg\":\"EdDSA\",\"kid\":\"another\"}",
        "{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\"}",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        assert_int_equal(
            check(*state, jws_with_header(*state, headers[i], RFC8037_SIG), STR("Example of Ed25519 signing"), &k), -1);
        assert_int_equal(check(*state, jws_with_header(*state, headers[i], ""), STR("Example of Ed25519 signing"), &k), -1);
    }
}

static void test_jws__broken_forms_are_refused(void **state)
{
    struct jwk k = key_of(*state, RFC8037_KEY);
    const char *const broken[] = {
        "",
        ".",
        "..",
        "...",
        "eyJhbGciOiJFZERTQSJ9",
        "eyJhbGciOiJFZERTQSJ9..",
        "eyJhbGciOiJFZERTQSJ9.." RFC8037_SIG ".",
        "eyJhbGciOiJFZERTQSJ9..AAAA",
        "eyJhbGciOiJFZERTQSJ9..!!!!",
        "eyJhbGciOiJFZERTQSJ9." RFC8037_SIG,
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZQ." RFC8037_SIG,
        "!!.." RFC8037_SIG,
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_int_equal(check(*state, broken[i], STR("Example of Ed25519 signing"), &k), -1);
}

static void test_jwk_read__keys_that_must_not_be_trusted_are_refused(void **state)
{
    const char *const keys[] = {
        "{}",
        "[]",
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        /* a private key, a short one, one of low order, one for encryption, one whose alg does not fit */
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":\"AA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"use\":\"enc\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"ES256\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
        /* not on the curve */
        ("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":"
         "\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5b0\"}"),
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct jwk k;
        struct err e = { 0 };
        assert_int_equal(jwk_read(*state, str_of(keys[i]), &k, &e), -1);
        assert_int_equal(e.code, ERR_INPUT);
    }
}

/* ---- second opinions ---- */

static void test_jws__what_jose_signs_we_accept_and_its_thumbprint_is_ours(void **state)
{
    struct arena *a = *state;
    if (!has_command("jose"))
        skip();
    const char *dir = temp_dir(a);
    struct str public_key = STR_NONE, thumbprint = STR_NONE, header = STR_NONE, signature = STR_NONE;
    assert_true(write_file(dir, "payload", STR("biên nhận 42")));
    assert_int_equal(
        command(a,
                str_cstr(a, str_fmt(a,
                                    "cd %s && jose jwk gen -i '{\"alg\":\"ES256\"}' -o k && jose jwk pub -i k -o p "
                                    "&& jose jws sig -I payload -k k -o s",
                                    dir)),
                NULL),
        0);
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "cd %s && jose jwk pub -i k | tee p", dir)), &public_key), 0);
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "cd %s && jose jwk thp -i p", dir)), &thumbprint), 0);
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "cd %s && jose fmt -j s -g protected -u-", dir)), &header), 0);
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "cd %s && jose fmt -j s -g signature -u-", dir)), &signature), 0);
    remove_dir(dir);

    struct jwk k;
    struct err e = { 0 };
    json_t *j; /* jose adds key_ops: it stays, our reader must bear it */
    assert_int_equal(json_read(a, public_key, &j, &e), 0);
    assert_int_equal(jwk_read(a, public_key, &k, &e), 0);
    assert_str(thumbprint, k.kid);
    struct str jws = str_fmt(a, "%.*s..%.*s", STR_ARG(header), STR_ARG(signature));
    assert_int_equal(jws_check_detached(a, jws, STR("biên nhận 42"), &k, &e), 0);
    assert_int_equal(jws_check_detached(a, jws, STR("biên nhận 43"), &k, &e), -1);
}

/* openssl prints SubjectPublicKeyInfo; the raw key is its last 32 bytes (RFC 8410). */
static void test_jws__what_openssl_signs_with_ed25519_we_accept(void **state)
{
    struct arena *a = *state;
    if (!has_command("openssl"))
        skip();
    const char *dir = temp_dir(a);
    struct str x = STR_NONE, signature = STR_NONE;
    struct str head = str_base64url(a, "{\"alg\":\"EdDSA\"}", 15), body = str_base64url(a, "511", 3);
    assert_true(write_file(dir, "in", str_fmt(a, "%.*s.%.*s", STR_ARG(head), STR_ARG(body))));
    assert_int_equal(
        command(a,
                str_cstr(a, str_fmt(a,
                                    "cd %s && openssl genpkey -algorithm ed25519 -out k && openssl pkeyutl -sign "
                                    "-rawin -in in -inkey k -out s",
                                    dir)),
                NULL),
        0);
    assert_int_equal(command(a,
                             str_cstr(a, str_fmt(a,
                                                 "cd %s && openssl pkey -in k -pubout -outform DER | tail -c 32 | "
                                                 "basenc --base64url -w0 | tr -d =",
                                                 dir)),
                             &x),
                     0);
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "cd %s && basenc --base64url -w0 s | tr -d =", dir)), &signature), 0);
    remove_dir(dir);
    struct jwk k = key_of(a, str_cstr(a, str_fmt(a, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"}", STR_ARG(x))));
    const char *jws = str_cstr(a, str_fmt(a, "%.*s..%.*s", STR_ARG(head), STR_ARG(signature)));
    assert_int_equal(check(a, jws, STR("511"), &k), 0);
    assert_int_equal(check(a, jws, STR("512"), &k), -1);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, arena_setup, arena_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_json_str__is_what_a_text_says_and_nothing_of_any_other_kind),
        T(test_json_canonical__members_are_sorted_and_spaces_dropped),
        T(test_json_canonical__names_sort_as_utf16),
        T(test_json_canonical__strings_escape_only_what_they_must),
        T(test_json_canonical__fractions_and_integers_past_2_to_53_are_refused),
        T(test_json_read__hostile_texts_are_refused),
        T(test_json_read__32_levels_pass_and_33_do_not_and_brackets_in_strings_do_not_count),
        T(test_jwk_read__thumbprint_of_rfc_8037),
        T(test_jwk_json__what_it_writes_reads_back_the_same),
        T(test_jws__rfc_8037_ed25519_example),
        T(test_jws__rfc_7515_es256_example),
        T(test_jws__headers_that_choose_for_themselves_are_refused),
        T(test_jws__broken_forms_are_refused),
        T(test_jwk_read__keys_that_must_not_be_trusted_are_refused),
        T(test_jws__what_jose_signs_we_accept_and_its_thumbprint_is_ours),
        T(test_jws__what_openssl_signs_with_ed25519_we_accept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
