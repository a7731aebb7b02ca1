/* message_test.c: what a device signs, seals and believes. */
#include "engines/edge/config.h"

#include "base/test/directory.h"
#include "platform/crypto/signer.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

struct seals {
    struct signer *ours, *other;
    char our_dir[TEST_DIRECTORY], other_dir[TEST_DIRECTORY];
};

static int setup(void **state)
{
    static struct seals s;
    struct err e = { 0 };
    arena_init(&arena, 16u << 20);
    if (sodium_init() < 0 || !test_directory(s.our_dir, "edge-a") || !test_directory(s.other_dir, "edge-b") ||
        signer_spawn(s.our_dir, &s.ours, &e) ||
        signer_spawn(s.other_dir, &s.other, &e)) {
        fprintf(stderr, "%s\n", e.detail);
        return -1;
    }
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    struct seals *s = *state;
    signer_close(s->ours);
    signer_close(s->other);
    int gone = system(str_cstr(&arena, str_fmt(&arena, "rm -r %s %s", s->our_dir, s->other_dir)));
    arena_release(&arena);
    return gone == 0 ? 0 : -1;
}

static struct edge_config_signed signed_by(struct signer *s, const char *body)
{
    struct edge_config_signed c = { .body = str_of(body) };
    assert_int_equal(signer_sign(s, &arena, "device", c.body, &c.signature, NULL), 0);
    return c;
}

#define CONFIG(device, number)                                                                                           \
    "{\"device\":" device ",\"format\":\"bon-device-1\",\"idle_s\":60,\"name\":\"KB-01\",\"number\":" number              \
    ",\"place\":\"Sảnh\",\"unit\":\"24763\"}"

static int check(struct seals *s, struct edge_config_signed c, int64_t held, struct edge_config *out, struct err *e)
{
    struct jwk keys[2];
    size_t n;
    assert_int_equal(signer_keys(s->ours, &arena, "device", keys, &n, 2, NULL), 0);
    return edge_config_check(&arena, &c, keys, n, 7, held, out, e);
}

static void refused(struct seals *s, struct edge_config_signed c, int64_t held, const char *field)
{
    struct edge_config out;
    struct err e = { 0 };
    assert_int_equal(check(s, c, held, &out, &e), -1);
    assert_string_equal(e.field, field);
}

static void test_config__one_signed_for_this_device_is_taken(void **state)
{
    struct edge_config out;
    assert_int_equal(check(*state, signed_by(((struct seals *)*state)->ours, CONFIG("7", "3")), 2, &out, NULL), 0);
    assert_int_equal(out.number, 3);
    assert_int_equal(out.idle_s, 60);
    assert_true(str_eq(out.name, STR("KB-01")));
}

static void test_config__signed_by_another_key_is_refused(void **state)
{
    refused(*state, signed_by(((struct seals *)*state)->other, CONFIG("7", "3")), 2, "signature");
}

static void test_config__changed_by_a_letter_is_refused(void **state)
{
    struct edge_config_signed c = signed_by(((struct seals *)*state)->ours, CONFIG("7", "3"));
    c.body = STR(CONFIG("7", "4"));
    refused(*state, c, 2, "signature");
}

static void test_config__of_another_device_is_refused(void **state)
{
    refused(*state, signed_by(((struct seals *)*state)->ours, CONFIG("8", "3")), 2, "device");
}

static void test_config__older_than_what_is_held_is_refused(void **state)
{
    refused(*state, signed_by(((struct seals *)*state)->ours, CONFIG("7", "3")), 4, "number");
}

static void test_message__the_signature_covers_path_number_time_and_body(void **state)
{
    uint8_t public_key[EDGE_KEY], secret[EDGE_SECRET];
    struct edge_message m = { 7, 12, 1795467600000 };
    (void)state;
    memset(secret, 0, sizeof(secret));
    crypto_sign_seed_keypair(public_key, secret, (const unsigned char *)"0123456789abcdef0123456789abcdef");
    struct str header = edge_message_sign(&arena, secret, "POST", STR("/api/v1/edge/beat"), &m, STR("{}"));
    assert_true(str_starts(header, STR("7;12;1795467600000;")));
    struct str text = edge_message_text(&arena, "POST", STR("/api/v1/edge/beat"), &m, STR("{}"));
    assert_true(str_eq(text, STR("bon-edge-1\nPOST\n/api/v1/edge/beat\n7\n12\n1795467600000\n"
                                 "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n")));
}

static void test_seal__only_the_server_opens_it(void **state)
{
    struct seals *s = *state;
    struct app here = { .signer = s->ours }, elsewhere = { .signer = s->other };
    uint8_t public_key[EDGE_SEAL_KEY], secret[EDGE_SEAL_KEY];
    struct str plain = STR("{\"pid\":\"067090000123\"}"), got = STR_NONE;
    assert_int_equal(edge_seal_pair(&here, &arena, public_key, secret, NULL), 0);
    struct str sealed = edge_seal(&arena, public_key, plain);
    assert_true(str_find(sealed, STR("067090000123")) < 0);
    assert_int_equal(sealed.n, 256 + 48);
    assert_int_equal(edge_unseal(&here, &arena, sealed, &got, NULL), 1);
    assert_true(str_eq(got, plain));
    assert_int_equal(edge_unseal(&elsewhere, &arena, sealed, &got, NULL), 0);
}

static void test_seal__damaged_or_short_bytes_are_not_ours(void **state)
{
    struct seals *s = *state;
    struct app here = { .signer = s->ours };
    uint8_t public_key[EDGE_SEAL_KEY], secret[EDGE_SEAL_KEY];
    struct str got = STR_NONE;
    assert_int_equal(edge_seal_pair(&here, &arena, public_key, secret, NULL), 0);
    struct str sealed = edge_seal(&arena, public_key, STR("x"));
    ((char *)(uintptr_t)sealed.p)[60] ^= 1;
    assert_int_equal(edge_unseal(&here, &arena, sealed, &got, NULL), 0);
    assert_int_equal(edge_unseal(&here, &arena, STR("short"), &got, NULL), 0);
}

static void test_provisional__number_and_back(void **state)
{
    struct unit_code unit, back;
    int64_t n;
    (void)state;
    assert_true(unit_code_parse(STR("24763"), &unit));
    assert_true(str_eq(edge_provisional(&arena, &unit, 101), STR("T-24763-000101")));
    assert_true(edge_provisional_read(STR("T-24763-000101"), &back, &n) && n == 101 && unit_code_eq(&unit, &back));
    assert_false(edge_provisional_read(STR("T-24763-101"), &back, &n));
    assert_false(edge_provisional_read(STR("24763.H16-240304-0001"), &back, &n));
    assert_false(edge_provisional_read(STR(""), &back, &n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_config__one_signed_for_this_device_is_taken),
        cmocka_unit_test(test_config__signed_by_another_key_is_refused),
        cmocka_unit_test(test_config__changed_by_a_letter_is_refused),
        cmocka_unit_test(test_config__of_another_device_is_refused),
        cmocka_unit_test(test_config__older_than_what_is_held_is_refused),
        cmocka_unit_test(test_message__the_signature_covers_path_number_time_and_body),
        cmocka_unit_test(test_seal__only_the_server_opens_it),
        cmocka_unit_test(test_seal__damaged_or_short_bytes_are_not_ours),
        cmocka_unit_test(test_provisional__number_and_back),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
