/* Keys of tokens: their lives, what they sign, and that a relying party which keeps an old copy of the set is never surprised. */
#include "platform/crypto/signer_ring.h"
#include "base/test/command.h"
#include "platform/crypto/test/test_main.h"

#include <pthread.h>

#define T0 (INT64_C(1795000000) * US_PER_SECOND)

struct fixture {
    struct arena arena;
    char *dir;
    struct signer *signer;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    arena_init(&f->arena, (size_t)64 << 20);
    f->dir = temp_dir(&f->arena);
    *state = f;
    return f->dir && signer_spawn(f->dir, &f->signer, NULL) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    signer_close(f->signer);
    remove_dir(f->dir);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static void restart(struct fixture *f)
{
    signer_close(f->signer);
    assert_int_equal(signer_spawn(f->dir, &f->signer, NULL), 0);
}

static struct instant day(int n)
{
    return (struct instant) { T0 + n * US_PER_DAY };
}

/* What is published on a day, as a relying party reads it. */
static struct jose_keys *published(struct fixture *f, struct instant now)
{
    struct ring_key keys[RING_KEYS_MAX];
    struct buf b;
    size_t n;
    struct jose_keys *out = NULL;
    struct err e = { 0 };
    assert_int_equal(signer_ring(f->signer, &f->arena, "signon", keys, &n, RING_KEYS_MAX, &e), 0);
    buf_init(&b, &f->arena, 65536);
    buf_lit(&b, "{\"keys\":[");
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (ring_key_is_gone(&keys[i], now))
            continue;
        buf_fmt(&b, "%s{%s,\"alg\":\"%s\",\"kid\":\"%s\"}", first ? "" : ",", keys[i].members, jose_alg_name(keys[i].alg),
                keys[i].kid);
        first = false;
    }
    buf_lit(&b, "]}");
    assert_int_equal(jose_keys_read(&f->arena, buf_str(&b), &out, &e), 0);
    return out;
}

static struct str sign(struct fixture *f, enum jose_alg alg, struct instant now)
{
    struct str token = STR_NONE;
    struct err e = { 0 };
    const struct token_order t = {
        .purpose = "signon", .alg = alg, .typ = "JWT", .claims = STR("{\"sub\":\"1\"}"), .now = now
    };
    if (signer_token(f->signer, &f->arena, &t, &token, &e))
        print_message("%s\n", e.detail);
    return token;
}

static const char *read_by(struct fixture *f, struct str token, const struct jose_keys *keys)
{
    static char part[64];
    struct jwt t = { 0 };
    struct err e = { 0 };
    snprintf(part, sizeof part, "%s", jwt_read(&f->arena, token, JOSE_ALL, keys, &t, &e) == 0 ? "good" : e.field);
    return part;
}

static void test_ring__signs_with_three_algorithms_from_the_start(void **state)
{
    struct fixture *f = *state;
    struct jose_keys *keys = published(f, day(0));
    assert_int_equal(jose_keys_count(keys), 3);
    assert_string_equal(read_by(f, sign(f, JOSE_ES256, day(0)), keys), "good");
    assert_string_equal(read_by(f, sign(f, JOSE_RS256, day(0)), keys), "good");
    assert_string_equal(read_by(f, sign(f, JOSE_EDDSA, day(0)), keys), "good");
    assert_null(sign(f, JOSE_PS256, day(0)).p);
}

static void test_ring__what_the_province_asks_of_others_needs_no_rsa(void **state)
{
    struct fixture *f = *state;
    struct ring_key keys[RING_KEYS_MAX];
    size_t n;
    assert_int_equal(signer_ring(f->signer, &f->arena, "broker", keys, &n, RING_KEYS_MAX, NULL), 0);
    for (size_t i = 0; i < n; i++)
        assert_int_not_equal(keys[i].alg, JOSE_RS256);
    assert_int_equal(n, 2);
}

/* A province from before the preset: its ring has no RS256. The next start brings it, and what was there stays. */
static void test_ring__an_older_ring_gets_its_missing_algorithm_at_the_next_start(void **state)
{
    struct fixture *f = *state;
    struct str before = sign(f, JOSE_ES256, day(0));
    struct str line = str_fmt(&f->arena, "cd %s && sed -i '/RS256/d' signon.ring", f->dir);
    assert_int_equal(command(&f->arena, str_cstr(&f->arena, line), NULL), 0);
    restart(f);
    struct jose_keys *keys = published(f, day(0));
    assert_int_equal(jose_keys_count(keys), 3);
    assert_string_equal(read_by(f, before, keys), "good");
    assert_string_equal(read_by(f, sign(f, JOSE_RS256, day(0)), keys), "good");
}

static void test_ring__pss_comes_with_its_first_rotation(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_PS256, day(0), false, &e), 0);
    restart(f);
    struct jose_keys *keys = published(f, day(0));
    assert_int_equal(jose_keys_count(keys), 4);
    assert_string_equal(read_by(f, sign(f, JOSE_PS256, day(0)), keys), "good");
}

static void test_ring__the_next_key_is_published_a_day_before_it_signs(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    struct str before = sign(f, JOSE_ES256, day(0));
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_ES256, day(0), false, &e), 0);
    restart(f);
    struct jose_keys *copy = published(f, day(0));
    assert_int_equal(jose_keys_count(copy), 4);
    struct str same_day = sign(f, JOSE_ES256, day(0)), next_day = sign(f, JOSE_ES256, day(1));
    struct str head, other, rest = same_day, rest_next = next_day;
    assert_true(str_cut(&rest, '.', &head));
    assert_true(str_cut(&rest_next, '.', &other));
    assert_false(str_eq(head, other));
    /* A copy of the set taken on the day of the rotation reads all three. */
    assert_string_equal(read_by(f, before, copy), "good");
    assert_string_equal(read_by(f, same_day, copy), "good");
    assert_string_equal(read_by(f, next_day, copy), "good");
}

static void test_ring__a_retired_key_is_published_a_month_and_then_gone(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    struct str before = sign(f, JOSE_ES256, day(0));
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_ES256, day(0), false, &e), 0);
    restart(f);
    struct jose_keys *late = published(f, day(30)), *gone = published(f, day(31));
    assert_string_equal(read_by(f, before, late), "good");
    assert_string_equal(read_by(f, before, gone), "kid");
    struct str files;
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_ES256, day(40), false, &e), 0);
    assert_int_equal(
        command(&f->arena, str_cstr(&f->arena, str_fmt(&f->arena, "ls %s/signon-*.key | wc -l", f->dir)), &files), 0);
    assert_str(files, "4"); /* EdDSA, RS256, and ES256 current and next: the file of the gone one is removed */
}

static void test_ring__a_second_rotation_waits_for_the_first_unless_the_key_is_known_to_others(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    struct str before = sign(f, JOSE_ES256, day(0));
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_ES256, day(0), false, &e), 0);
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_ES256, day(0), false, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_int_equal(signer_rotate(f->dir, "signon", JOSE_ES256, day(0), true, &e), 0);
    restart(f);
    struct str head, other, rest = before, after = sign(f, JOSE_ES256, day(0));
    assert_true(str_cut(&rest, '.', &head));
    assert_true(str_cut(&after, '.', &other));
    assert_false(str_eq(head, other));
}

static void test_ring__a_key_file_that_is_another_key_keeps_the_signer_from_starting(void **state)
{
    struct fixture *f = *state;
    struct signer *s;
    struct str line = str_fmt(&f->arena, "cd %s && for k in signon-*.key; do cp seal.key $k; done", f->dir);
    assert_int_equal(command(&f->arena, str_cstr(&f->arena, line), NULL), 0);
    assert_int_equal(signer_spawn(f->dir, &s, NULL), -1);
}

struct signing_thread {
    pthread_t thread;
    struct signer *signer;
    const struct jose_keys *keys;
    int good;
};

static void *sign_many(void *arg)
{
    struct signing_thread *t = arg;
    for (int i = 0; i < 100; i++) {
        struct arena a;
        struct str token;
        struct jwt read = { 0 };
        arena_init(&a, 1 << 20);
        struct str claims = str_fmt(&a, "{\"sub\":\"%p %d\"}", arg, i);
        const struct token_order o = {
            .purpose = "signon", .alg = JOSE_ES256, .typ = "JWT", .claims = claims, .now = day(0)
        };
        t->good += signer_token(t->signer, &a, &o, &token, NULL) == 0 &&
                   jwt_read(&a, token, JOSE_ES256, t->keys, &read, NULL) == 0 && str_eq(read.jws.payload, claims);
        arena_release(&a);
    }
    return NULL;
}

static void test_ring__eight_threads_get_each_their_own_tokens(void **state)
{
    struct fixture *f = *state;
    struct jose_keys *keys = published(f, day(0));
    struct signing_thread t[8];
    for (size_t i = 0; i < 8; i++) {
        t[i] = (struct signing_thread) { .signer = f->signer, .keys = keys };
        assert_int_equal(pthread_create(&t[i].thread, NULL, sign_many, &t[i]), 0);
    }
    for (size_t i = 0; i < 8; i++) {
        pthread_join(t[i].thread, NULL);
        assert_int_equal(t[i].good, 100);
    }
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_ring__signs_with_three_algorithms_from_the_start),
        T(test_ring__what_the_province_asks_of_others_needs_no_rsa),
        T(test_ring__an_older_ring_gets_its_missing_algorithm_at_the_next_start),
        T(test_ring__pss_comes_with_its_first_rotation),
        T(test_ring__the_next_key_is_published_a_day_before_it_signs),
        T(test_ring__a_retired_key_is_published_a_month_and_then_gone),
        T(test_ring__a_second_rotation_waits_for_the_first_unless_the_key_is_known_to_others),
        T(test_ring__a_key_file_that_is_another_key_keeps_the_signer_from_starting),
        T(test_ring__eight_threads_get_each_their_own_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
