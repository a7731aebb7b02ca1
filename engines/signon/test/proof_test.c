/* DPoP proofs. */
#include "engines/signon/dpop.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/test/test_main.h"

#include <sodium.h>

enum { NOW = 1795000000 };

struct pair {
    unsigned char public_key[32], secret[64];
    struct str jwk;
};

static struct pair pair_of(struct arena *a, unsigned char first)
{
    struct pair p;
    unsigned char seed[32] = { first };
    assert_true(sodium_init() >= 0);
    crypto_sign_seed_keypair(p.public_key, p.secret, seed);
    p.jwk = str_fmt(a, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"}", STR_ARG(str_base64url(a, p.public_key, 32)));
    return p;
}

static struct str sign(struct arena *a, const struct pair *p, struct str header, struct str claims)
{
    unsigned char sig[64];
    struct str h = str_base64url(a, header.p, header.n), b = str_base64url(a, claims.p, claims.n);
    struct str text = str_fmt(a, "%.*s.%.*s", STR_ARG(h), STR_ARG(b));
    crypto_sign_detached(sig, NULL, (const unsigned char *)text.p, text.n, p->secret);
    return str_fmt(a, "%.*s.%.*s", STR_ARG(text), STR_ARG(str_base64url(a, sig, sizeof sig)));
}

/* A proof that is right, each part of which a test may change. */
struct proof {
    const char *typ, *alg, *htm, *htu, *jti, *more;
    int64_t iat;
    struct str jwk; /* another key's */
};
static const struct proof right = { .typ = "dpop+jwt",
                                    .alg = "EdDSA",
                                    .htm = "POST",
                                    .htu = "https://op.example/oauth2/token",
                                    .jti = "\"jti\":\"j1\",",
                                    .more = "",
                                    .iat = NOW };

static struct str made(struct arena *a, const struct proof *x)
{
    struct pair p = pair_of(a, 7);
    struct str header =
        str_fmt(a, "{\"typ\":\"%s\",\"alg\":\"%s\",\"jwk\":%.*s}", x->typ, x->alg, STR_ARG(x->jwk.p ? x->jwk : p.jwk));
    struct str claims =
        str_fmt(a, "{%s%s\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%lld}", x->jti, x->more, x->htm, x->htu, (long long)x->iat);
    return sign(a, &p, header, claims);
}

struct asking {
    struct app app;
    struct req q;
    struct param headers[2];
};

static void ask(struct asking *k, struct arena *a, struct str proof, size_t n)
{
    *k = (struct asking) { .app.settings.base_url = "https://op.example" };
    for (size_t i = 0; i < n; i++)
        k->headers[i] = (struct param) { STR("dpop"), proof };
    k->q = (struct req) { .app = &k->app,
                          .arena = a,
                          .path = STR("/oauth2/token"),
                          .method = METHOD_POST,
                          .now = { NOW * US_PER_SECOND },
                          .headers = k->headers,
                          .n_headers = n };
}

struct defer {
    struct defer *next;
    void (*fn)(void *);
    void *obj;
};

static void run_defers(struct req *q)
{
    for (struct defer *d = q->defers; d; d = d->next)
        d->fn(d->obj);
}

static const char *read_as(struct arena *a, const struct proof *x, struct str token)
{
    static char why[256];
    struct asking k;
    struct dpop out;
    struct err e = { 0 };
    ask(&k, a, made(a, x), 1);
    snprintf(why, sizeof why, "%s", dpop_read(&k.q, token, &out, &e) == 0 ? "good" : e.detail);
    if (strcmp(why, "good") != 0)
        assert_string_equal(oauth_error(&e), "invalid_dpop_proof");
    run_defers(&k.q);
    return why;
}

#define assert_says(x, part)                                        \
    do {                                                            \
        const char *said = read_as(*state, (x), STR_NONE);          \
        if (!strstr(said, (part)))                                  \
            fail_msg("said \"%s\", expected \"%s\"", said, (part)); \
    } while (0)

static void test_dpop__a_right_proof_is_known_by_its_key(void **state)
{
    struct arena *a = *state;
    struct asking k;
    struct dpop out;
    struct err e = { 0 };
    ask(&k, a, made(a, &right), 1);
    assert_int_equal(dpop_read(&k.q, STR_NONE, &out, &e), 0);
    assert_int_equal(out.jkt.n, 43);
    run_defers(&k.q);
    ask(&k, a, STR_NONE, 0);
    assert_int_equal(dpop_read(&k.q, STR_NONE, &out, &e), 0);
    assert_null(out.jkt.p);
}

static void test_dpop__two_headers_are_refused(void **state)
{
    struct arena *a = *state;
    struct asking k;
    struct dpop out;
    struct err e = { 0 };
    ask(&k, a, made(a, &right), 2);
    assert_int_equal(dpop_read(&k.q, STR_NONE, &out, &e), -1);
    assert_string_equal(oauth_error(&e), "invalid_dpop_proof");
}

static void test_dpop__ten_seconds_pass_and_minutes_do_not(void **state)
{
    static const struct {
        int64_t iat;
        const char *say;
    } cases[] = {
        { NOW - 10, "good" }, { NOW + 10, "good" }, { NOW - 600, "iat" }, { NOW + 600, "iat" }, { NOW - 120, "iat" }
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proof x = right;
        x.iat = cases[i].iat;
        assert_says(&x, cases[i].say);
    }
}

static void test_dpop__each_wrong_part_is_named(void **state)
{
    struct arena *a = *state;
    struct proof x = right;
    x.typ = "JWT";
    assert_says(&x, "typ");
    x = right;
    x.alg = "none";
    assert_says(&x, "alg");
    x = right;
    x.alg = "HS256";
    assert_says(&x, "alg");
    x = right;
    x.htm = "GET";
    assert_says(&x, "htm");
    x = right;
    x.htu = "https://op.example/oauth2/par";
    assert_says(&x, "htu");
    x = right;
    x.htu = "https://evil.example/oauth2/token";
    assert_says(&x, "htu");
    x = right;
    x.jti = "";
    assert_says(&x, "jti");
    x = right;
    x.more = "\"exp\":1,";
    assert_says(&x, "exp");
    x = right;
    x.more = "\"nbf\":1895000000,";
    assert_says(&x, "nbf");
    x = right;
    x.jwk = pair_of(a, 8).jwk;
    assert_says(&x, "signature");
    x = right;
    x.jwk = STR("{\"kty\":\"oct\",\"k\":\"AAAA\"}");
    assert_says(&x, "key");
}

static void test_dpop__query_fragment_case_and_default_port_of_htu_do_not_count(void **state)
{
    struct proof x = right;
    x.htu = "HTTPS://OP.example:443/oauth2/token?a=1#b";
    assert_says(&x, "good");
    x.htu = "https://op.example/oauth2/TOKEN";
    assert_says(&x, "htu");
}

static void test_dpop__with_a_token_its_hash_must_stand_in_the_proof(void **state)
{
    struct arena *a = *state;
    struct hash32 h = sha256(STR("token"));
    struct proof x = right;
    assert_string_not_equal(read_as(a, &x, STR("token")), "good");
    x.more = str_cstr(a, str_fmt(a, "\"ath\":\"%.*s\",", STR_ARG(str_base64url(a, h.b, sizeof h.b))));
    assert_string_equal(read_as(a, &x, STR("token")), "good");
    assert_string_not_equal(read_as(a, &x, STR("other")), "good");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_dpop__a_right_proof_is_known_by_its_key, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_dpop__two_headers_are_refused, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_dpop__ten_seconds_pass_and_minutes_do_not, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_dpop__each_wrong_part_is_named, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_dpop__query_fragment_case_and_default_port_of_htu_do_not_count, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_dpop__with_a_token_its_hash_must_stand_in_the_proof, arena_setup,
                                        arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
