/* webauthn_test.c: an authenticator written a second time (webauthn_vectors.mjs) is believed; every bit it did not sign is not. */
#include "engines/credentials/cbor.h"
#include "engines/credentials/webauthn.h"

#include "engines/credentials/test/webauthn_vectors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static const struct relying_party rp = { STR_INIT("bon.example.vn"), STR_INIT("https://bon.example.vn") };

static struct str of(const char *base64url)
{
    struct str out = STR_NONE;
    assert_true(str_unbase64url(&arena, str_of(base64url), &out));
    return out;
}

static const struct kind {
    const char *attestation, *self, *auth, *signature, *unverified, *unverified_signature;
    int alg;
} kinds[] = {
    { v_es256_attestation, v_es256_self, v_es256_auth, v_es256_auth_signature, v_es256_auth_unverified, v_es256_auth_unverified_signature,
      -7 },
    { v_eddsa_attestation, v_eddsa_self, v_eddsa_auth, v_eddsa_auth_signature, v_eddsa_auth_unverified, v_eddsa_auth_unverified_signature,
      -8 },
    { v_rs256_attestation, v_rs256_self, v_rs256_auth, v_rs256_auth_signature, v_rs256_auth_unverified, v_rs256_auth_unverified_signature,
      -257 },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static struct passkey_kept registered(const struct kind *k)
{
    struct err e = { 0 };
    struct str handle;
    struct passkey_kept kept;
    if (webauthn_registration(&arena, &rp, of(v_created), of(k->attestation), &handle, &kept, &e) != 0)
        fail_msg("alg %d: %s", k->alg, e.detail);
    assert_true(str_eq(handle, of(v_handle)));
    return kept;
}

static int asserted(const struct kind *k, const struct passkey_kept *kept, struct str auth, struct str signature, struct err *e)
{
    struct passkey_kept now;
    (void)k;
    return webauthn_assertion(&rp, of(v_got), auth, signature, kept, &now, e);
}

static void test_registration__three_algorithms_are_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        struct passkey_kept kept = registered(&kinds[i]);
        assert_int_equal(kept.alg, kinds[i].alg);
        assert_int_equal(kept.sign_count, 0);
        assert_false(kept.synced);
    }
}

static void test_registration__a_key_that_signed_for_itself_is_taken_and_a_spoiled_signature_is_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        struct err e = { 0 };
        struct str handle, self = of(kinds[i].self);
        struct passkey_kept kept;
        assert_int_equal(webauthn_registration(&arena, &rp, of(v_created), self, &handle, &kept, &e), 0);
        ptrdiff_t sig = str_find(self, STR("csig"));
        assert_true(sig > 0);
        ((char *)(uintptr_t)self.p)[sig + 20] ^= 1;
        assert_int_equal(webauthn_registration(&arena, &rp, of(v_created), self, &handle, &kept, &e), -1);
        assert_int_equal(webauthn_registration(&arena, &rp, of(v_got), of(kinds[i].self), &handle, &kept, &e), -1);
    }
}

static void test_registration__another_place_is_refused(void **state)
{
    (void)state;
    struct err e = { 0 };
    struct str handle;
    struct passkey_kept kept;
    const struct relying_party other = { STR("bon.example"), STR("https://bon.example") };
    assert_int_equal(webauthn_registration(&arena, &other, of(v_created), of(v_es256_attestation), &handle, &kept, &e), -1);
}

static void test_registration__every_cut_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        struct str whole = of(kinds[i].attestation), handle;
        struct passkey_kept kept;
        struct err e = { 0 };
        for (size_t n = 0; n < whole.n; n++)
            assert_int_equal(webauthn_registration(&arena, &rp, of(v_created), str_head(whole, n), &handle, &kept, &e), -1);
    }
}

static void test_client_data__gives_the_challenge_of_our_own_page_and_type_only(void **state)
{
    (void)state;
    struct str challenge;
    struct err e = { 0 };
    assert_int_equal(webauthn_client_data(&arena, &rp, of(v_created), "webauthn.create", &challenge, &e), 0);
    assert_true(str_eq(challenge, STR("challenge one")));
    assert_int_equal(webauthn_client_data(&arena, &rp, of(v_created), "webauthn.get", &challenge, &e), -1);
    assert_int_equal(webauthn_client_data(&arena, &rp, of(v_created_elsewhere), "webauthn.create", &challenge, &e), -1);
    static const char *const wrong[] = {
        "", "[]", "{}", "{\"type\":\"webauthn.get\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"AA\",\"origin\":\"https://bon.example.vn\",\"crossOrigin\":true}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"AA\",\"origin\":\"https://bon.example.vn\",\"topOrigin\":\"https://evil.example\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"A A\",\"origin\":\"https://bon.example.vn\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"AA\",\"origin\":\"http://bon.example.vn\"}",
        "{\"type\":\"webauthn.get\",\"challenge\":\"AA\",\"origin\":\"https://bon.example.vn\",\"type\":\"webauthn.get\"}",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(webauthn_client_data(&arena, &rp, str_of(wrong[i]), "webauthn.get", &challenge, &e), -1);
}

static void test_assertion__is_believed_once_its_counter_has_gone_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        struct err e = { 0 };
        const struct kind *k = &kinds[i];
        struct passkey_kept kept = registered(k), now;
        assert_int_equal(webauthn_assertion(&rp, of(v_got), of(k->auth), of(k->signature), &kept, &now, &e), 0);
        assert_int_equal(now.sign_count, 7);
        assert_int_equal(webauthn_assertion(&rp, of(v_got), of(k->auth), of(k->signature), &now, &now, &e), -1);
        assert_int_equal(e.code, ERR_CONFLICT);
    }
}

static void test_assertion__every_spoiled_bit_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        struct err e = { 0 };
        const struct kind *k = &kinds[i];
        struct passkey_kept kept = registered(k);
        struct str auth = of(k->auth), signature = of(k->signature);
        for (size_t at = 0; at < auth.n; at++) {
            struct str spoiled = str_dup(&arena, auth);
            ((char *)(uintptr_t)spoiled.p)[at] ^= 1;
            assert_int_equal(asserted(k, &kept, spoiled, signature, &e), -1);
            assert_int_equal(asserted(k, &kept, str_head(auth, at), signature, &e), -1);
        }
        for (size_t at = 0; at < signature.n; at++) {
            struct str spoiled = str_dup(&arena, signature);
            ((char *)(uintptr_t)spoiled.p)[at] ^= 1;
            assert_int_equal(asserted(k, &kept, auth, spoiled, &e), -1);
        }
        struct passkey_kept other = registered(&kinds[(i + 1) % KINDS]);
        assert_int_equal(asserted(k, &other, auth, signature, &e), -1);
        assert_int_equal(webauthn_assertion(&rp, of(v_created), auth, signature, &kept, &other, &e), -1);
    }
}

static void test_assertion__without_a_pin_or_finger_is_refused_though_it_is_signed(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        struct err e = { 0 };
        struct passkey_kept kept = registered(&kinds[i]);
        assert_int_equal(asserted(&kinds[i], &kept, of(kinds[i].unverified), of(kinds[i].unverified_signature), &e), -1);
    }
}

static void assert_party(const char *base_url, const char *id, const char *origin)
{
    struct relying_party p;
    assert_true(relying_party_of(&arena, base_url, &p));
    assert_true(str_eq(p.id, str_of(id)));
    assert_true(str_eq(p.origin, str_of(origin)));
}

static void test_relying_party__is_the_sites_name_and_localhost_for_a_try(void **state)
{
    (void)state;
    struct relying_party p;
    assert_party("https://bon.example.vn", "bon.example.vn", "https://bon.example.vn");
    assert_party("https://bon.example.vn/", "bon.example.vn", "https://bon.example.vn");
    assert_party("http://127.0.0.1:8006", "localhost", "http://localhost:8006");
    assert_party("http://localhost:8006", "localhost", "http://localhost:8006");
    assert_false(relying_party_of(&arena, "http://10.1.2.3:8006", &p));
    assert_false(relying_party_of(&arena, "http://[::1]:8006", &p));
    assert_false(relying_party_of(&arena, "bon", &p));
}

/* ---- CBOR ---- */
static void test_cbor__what_claims_to_be_larger_than_it_is_is_refused(void **state)
{
    (void)state;
    static const struct str wrong[] = {
        STR_INIT(""),                                     /* nothing */
        STR_INIT("\x9b\xff\xff\xff\xff\xff\xff\xff\xff"), /* a list of 2^64 - 1 */
        STR_INIT("\xbb\x00\x00\x00\x01\x00\x00\x00\x00"), /* a map of 2^32 */
        STR_INIT("\x5f\x41\x61\xff"),                     /* bytes whose length is told at the end */
        STR_INIT("\x58\x05" "abc"),                       /* five bytes, three there */
        STR_INIT("\x81\x81\x81\x81\x81\x81\x01"),         /* too deep */
        STR_INIT("\xc0\x01"),                             /* a tag */
        STR_INIT("\x1c"),                                 /* reserved */
        STR_INIT("\xa1\x01"),                             /* a key without its value */
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct str rest = wrong[i];
        assert_false(cbor_skip(&rest));
    }
    struct str good = STR("\xa2\x01\x82\x18\x64\x20\x61x\x43" "abc" "rest");
    assert_true(cbor_skip(&good));
    assert_true(str_eq(good, STR("rest")));
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registration__three_algorithms_are_taken),
        cmocka_unit_test(test_registration__a_key_that_signed_for_itself_is_taken_and_a_spoiled_signature_is_not),
        cmocka_unit_test(test_registration__another_place_is_refused),
        cmocka_unit_test(test_registration__every_cut_is_refused),
        cmocka_unit_test(test_client_data__gives_the_challenge_of_our_own_page_and_type_only),
        cmocka_unit_test(test_assertion__is_believed_once_its_counter_has_gone_up),
        cmocka_unit_test(test_assertion__every_spoiled_bit_is_refused),
        cmocka_unit_test(test_assertion__without_a_pin_or_finger_is_refused_though_it_is_signed),
        cmocka_unit_test(test_relying_party__is_the_sites_name_and_localhost_for_a_try),
        cmocka_unit_test(test_cbor__what_claims_to_be_larger_than_it_is_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
