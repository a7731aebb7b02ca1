/* What an app says of itself, and what of it is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "engines/signon/registration.h"
#include "platform/crypto/crypto.h"

static struct arena arena;

static const struct registration_terms terms = { .owner = STR_INIT("Sở Thử nghiệm"),
                                                 .purpose = STR_INIT("Thử"),
                                                 .legal_basis = STR_INIT("Chạy thử"),
                                                 .valid_until = { 25000 } };

#define APP "\"client_name\":\"Sổ tay\",\"redirect_uris\":[\"https://so-tay.example/cb\"]"

static int kept(const char *sent, struct str *metadata, struct err *e)
{
    json_t *j;
    assert_int_equal(json_read(&arena, str_of(sent), &j, e), 0);
    return registration_metadata(&arena, j, &terms, metadata, e);
}

static void is_kept(const char *sent, const char *expected)
{
    struct str metadata;
    struct err e;
    assert_int_equal(kept(sent, &metadata, &e), 0);
    assert_string_equal(str_cstr(&arena, metadata), expected);
}

static void is_refused(const char *sent, const char *member)
{
    struct str metadata;
    struct err e;
    assert_int_equal(kept(sent, &metadata, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
    assert_string_equal(e.field, member);
}

#define PRESET "\"id_token_signed_response_alg\":\"RS256\","
#define DESK "\"legal_basis\":\"Chạy thử\",\"owner\":\"Sở Thử nghiệm\",\"purpose\":\"Thử\""
#define REST "\"redirect_uris\":[\"https://so-tay.example/cb\"],\"valid_until\":\"2038-06-13\"}"

static void test_registration__the_desk_says_who_answers_for_it_what_for_and_until_when(void **state)
{
    (void)state;
    is_kept("{" APP "}", "{\"client_name\":\"Sổ tay\"," PRESET DESK "," REST);
    is_kept("{" APP ",\"owner\":\"Bộ Khác\",\"purpose\":\"Khác\",\"legal_basis\":\"Khác\",\"valid_until\":\"9999-01-01\"}",
            "{\"client_name\":\"Sổ tay\"," PRESET DESK "," REST);
}

static void test_registration__what_only_the_desk_gives_and_what_nobody_knows_is_let_be(void **state)
{
    (void)state;
    is_kept(
        "{" APP
        ",\"software_statement\":\"e30.e30.\",\"serves\":[\"https://a.example\"],\"sector\":\"a.example\",\"x\":{\"y\":1}}",
        "{\"client_name\":\"Sổ tay\"," PRESET DESK "," REST);
}

static void test_registration__an_algorithm_that_is_named_is_kept(void **state)
{
    (void)state;
    is_kept("{" APP ",\"id_token_signed_response_alg\":\"ES256\"}",
            "{\"client_name\":\"Sổ tay\",\"id_token_signed_response_alg\":\"ES256\"," DESK "," REST);
}

static void test_registration__refusals_name_the_member(void **state)
{
    (void)state;
    is_refused("{\"redirect_uris\":[\"https://so-tay.example/cb\"]}", "client_name");
    is_refused("{\"client_name\":\"Sổ tay\"}", "redirect_uris");
    is_refused("{\"client_name\":\"Sổ tay\",\"redirect_uris\":[\"https://so-tay.example/cb#x\"]}", "redirect_uris");
    is_refused("{" APP ",\"response_types\":[\"token\"]}", "response_types");
    is_refused("{" APP ",\"token_endpoint_auth_method\":\"tls_client_auth\"}", "token_endpoint_auth_method");
    is_refused("{" APP ",\"jwks_uri\":\"http://so-tay.example/jwks\"}", "jwks_uri");
}

int main(void)
{
    arena_init(&arena, 1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registration__the_desk_says_who_answers_for_it_what_for_and_until_when),
        cmocka_unit_test(test_registration__what_only_the_desk_gives_and_what_nobody_knows_is_let_be),
        cmocka_unit_test(test_registration__an_algorithm_that_is_named_is_kept),
        cmocka_unit_test(test_registration__refusals_name_the_member),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
