/* The signer end to end: a real process, real files, and other programs that check what it signed. */
#include "platform/crypto/signer_internal.h"
#include "base/test/command.h"
#include "platform/crypto/test/test_main.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

struct fixture {
    struct arena arena;
    char *dir;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    arena_init(&f->arena, (size_t)64 << 20);
    f->dir = temp_dir(&f->arena);
    *state = f;
    return f->dir ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    remove_dir(f->dir);
    arena_release(&f->arena);
    free(f);
    return 0;
}

static struct signer *spawn(struct fixture *f)
{
    struct signer *s = NULL;
    struct err e = { 0 };
    if (signer_spawn(f->dir, &s, &e))
        print_message("%s\n", e.detail);
    assert_non_null(s);
    return s;
}

/* A signer whose process and socket the test holds itself. */
static pid_t start_process(struct fixture *f, int *fd)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        _exit(signer_main(pair[1], f->dir));
    }
    close(pair[1]);
    *fd = pair[0];
    return pid;
}

static int exit_of(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int shell(struct fixture *f, const char *text, struct str *out)
{
    return command(&f->arena, str_cstr(&f->arena, str_fmt(&f->arena, "cd %s && %s", f->dir, text)), out);
}

static void put_file(struct fixture *f, const char *name, struct str s)
{
    assert_true(write_file(f->dir, name, s));
}

static void test_signer__each_purpose_signs_with_a_key_of_its_own(void **state)
{
    struct fixture *f = *state;
    struct signer *s = spawn(f);
    struct jwk keys[PURPOSES];
    for (size_t i = 0; i < PURPOSES; i++) {
        struct str jws;
        size_t n;
        assert_int_equal(signer_keys(s, &f->arena, signer_purposes[i], &keys[i], &n, 1, NULL), 0);
        assert_int_equal(n, 1);
        assert_int_equal(signer_sign(s, &f->arena, signer_purposes[i], STR("{\"n\":7}"), &jws, NULL), 0);
        assert_int_equal(jws_check_detached(&f->arena, jws, STR("{\"n\":7}"), &keys[i], NULL), 0);
        assert_int_equal(jws_check_detached(&f->arena, jws, STR("{\"n\":8}"), &keys[i], NULL), -1);
        if (i > 0)
            assert_int_equal(jws_check_detached(&f->arena, jws, STR("{\"n\":7}"), &keys[i - 1], NULL), -1);
    }
    signer_close(s);
}

static void test_signer__the_vault_gives_each_name_a_key_of_its_own_that_lasts(void **state)
{
    struct fixture *f = *state;
    struct hash32 first, other, again;
    struct signer *s = spawn(f);
    assert_int_equal(signer_vault_key(s, &f->arena, STR("totp/1"), &first, NULL), 0);
    assert_int_equal(signer_vault_key(s, &f->arena, STR("totp/2"), &other, NULL), 0);
    signer_close(s);
    s = spawn(f);
    assert_int_equal(signer_vault_key(s, &f->arena, STR("totp/1"), &again, NULL), 0);
    signer_close(s);
    assert_true(hash32_eq(&first, &again));
    assert_false(hash32_eq(&first, &other));
    struct stat st;
    assert_int_equal(stat(str_cstr(&f->arena, str_fmt(&f->arena, "%s/vault.secret", f->dir)), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(st.st_size, 64);
}

static void test_sealed__what_is_sealed_opens_under_its_key_and_name_only(void **state)
{
    struct fixture *f = *state;
    struct hash32 key = { { 1 } }, other = { { 2 } };
    struct str plain, sealed = secret_seal(&f->arena, &key, STR("totp/1"), STR("twenty bytes of seed"));
    assert_true(secret_open(&f->arena, &key, STR("totp/1"), sealed, &plain));
    assert_true(str_eq(plain, STR("twenty bytes of seed")));
    assert_false(secret_open(&f->arena, &other, STR("totp/1"), sealed, &plain));
    assert_false(secret_open(&f->arena, &key, STR("totp/2"), sealed, &plain));
    for (size_t i = 0; i < sealed.n; i++) {
        struct str spoiled = str_dup(&f->arena, sealed);
        ((char *)(uintptr_t)spoiled.p)[i] ^= 1;
        assert_false(secret_open(&f->arena, &key, STR("totp/1"), spoiled, &plain));
        assert_false(secret_open(&f->arena, &key, STR("totp/1"), str_head(sealed, i), &plain));
    }
}

static void test_signer__key_files_are_the_owners_alone_and_stay_the_same(void **state)
{
    struct fixture *f = *state;
    struct jwk first, second;
    size_t n;
    struct signer *s = spawn(f);
    assert_int_equal(signer_keys(s, &f->arena, "seal", &first, &n, 1, NULL), 0);
    signer_close(s);
    struct stat st;
    assert_int_equal(stat(str_cstr(&f->arena, str_fmt(&f->arena, "%s/seal.key", f->dir)), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    s = spawn(f);
    assert_int_equal(signer_keys(s, &f->arena, "seal", &second, &n, 1, NULL), 0);
    signer_close(s);
    assert_memory_equal(&first, &second, sizeof first);
}

static void test_signer__a_rotated_key_is_still_listed_behind_the_new_one(void **state)
{
    struct fixture *f = *state;
    struct jwk before, keys[4];
    size_t n;
    struct signer *s = spawn(f);
    assert_int_equal(signer_keys(s, &f->arena, "receipt", &before, &n, 1, NULL), 0);
    signer_close(s);
    assert_int_equal(shell(f, "mv receipt.key receipt.key.old", NULL), 0);
    s = spawn(f);
    assert_int_equal(signer_keys(s, &f->arena, "receipt", keys, &n, 4, NULL), 0);
    signer_close(s);
    assert_int_equal(n, 2);
    assert_string_not_equal(keys[0].kid, before.kid);
    assert_string_equal(keys[1].kid, before.kid);
}

static void test_signer__a_key_that_others_may_read_is_refused(void **state)
{
    struct fixture *f = *state;
    struct signer *s = spawn(f);
    struct err e = { 0 };
    signer_close(s);
    assert_int_equal(shell(f, "chmod 640 seal.key", NULL), 0);
    assert_int_equal(signer_spawn(f->dir, &s, &e), -1);
    assert_int_equal(e.code, ERR_SIGNER);
}

static void test_signer__a_broken_key_or_list_keeps_it_from_starting(void **state)
{
    struct fixture *f = *state;
    struct signer *s;
    put_file(f, "seal.jwks", STR("{\"keys\":[{\"kty\":\"none\"}]}"));
    assert_int_equal(signer_spawn(f->dir, &s, NULL), -1);
    put_file(f, "seal.jwks", STR("{\"keys\":[]}"));
    signer_close(spawn(f));
    put_file(f, "seal.key", STR("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    assert_int_equal(signer_spawn(f->dir, &s, NULL), -1);
}

/* ---- other programs check ---- */

static void test_signer__openssl_verifies_what_it_signed(void **state)
{
    struct fixture *f = *state;
    if (!has_command("openssl"))
        skip();
    struct str jws, head, rest, signature, raw;
    struct signer *s = spawn(f);
    assert_int_equal(signer_sign(s, &f->arena, "seal", STR("gốc cây"), &jws, NULL), 0);
    signer_close(s);
    rest = jws;
    assert_true(str_cut(&rest, '.', &head));
    signature = str_from(rest, 1);
    assert_true(str_unbase64url(&f->arena, signature, &raw));
    struct str body = str_base64url(&f->arena, "gốc cây", strlen("gốc cây"));
    put_file(f, "in", str_fmt(&f->arena, "%.*s.%.*s", STR_ARG(head), STR_ARG(body)));
    put_file(f, "sig", raw);
    const char *verify =
        "openssl pkey -in seal.key -pubout -out pub && openssl pkeyutl -verify -rawin -in in -sigfile sig -pubin "
        "-inkey pub >/dev/null 2>&1";
    assert_int_equal(shell(f, verify, NULL), 0);
    put_file(f, "in", STR("something else"));
    assert_int_not_equal(shell(f, verify, NULL), 0);
}

static void test_signer__a_p256_key_signs_es256_and_jose_verifies_it(void **state)
{
    struct fixture *f = *state;
    if (!has_command("jose") || !has_command("openssl"))
        skip();
    assert_int_equal(shell(f,
                           "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out backup.key 2>/dev/null && "
                           "chmod 600 backup.key",
                           NULL),
                     0);
    struct str jws, head, rest;
    struct jwk k;
    size_t n;
    struct signer *s = spawn(f);
    assert_int_equal(signer_keys(s, &f->arena, "backup", &k, &n, 1, NULL), 0);
    assert_string_equal(k.alg, "ES256");
    assert_int_equal(signer_sign(s, &f->arena, "backup", STR("manifest"), &jws, NULL), 0);
    signer_close(s);
    assert_int_equal(jws_check_detached(&f->arena, jws, STR("manifest"), &k, NULL), 0);
    rest = jws;
    assert_true(str_cut(&rest, '.', &head));
    put_file(f, "jwk", jwk_json(&f->arena, &k));
    put_file(f, "payload", STR("manifest"));
    put_file(
        f, "jws",
        str_fmt(&f->arena, "{\"protected\":\"%.*s\",\"signature\":\"%.*s\"}", STR_ARG(head), STR_ARG(str_from(rest, 1))));
    assert_int_equal(shell(f, "jose jws ver -i jws -I payload -k jwk >/dev/null", NULL), 0);
    put_file(f, "payload", STR("manifesT"));
    assert_int_not_equal(shell(f, "jose jws ver -i jws -I payload -k jwk >/dev/null 2>&1", NULL), 0);
}

/* ---- limits and faults ---- */

static void test_signer__an_unknown_purpose_is_refused_and_it_lives_on(void **state)
{
    struct fixture *f = *state;
    struct signer *s = spawn(f);
    struct str jws;
    struct err e = { 0 };
    assert_int_equal(signer_sign(s, &f->arena, "bank", STR("x"), &jws, &e), -1);
    assert_int_equal(e.code, ERR_SIGNER);
    assert_string_equal(e.detail, "the signer refused: no such purpose");
    assert_int_equal(signer_sign(s, &f->arena, "../../etc/x", STR("x"), &jws, &e), -1);
    assert_true(signer_alive(s));
    signer_close(s);
}

static void test_signer__48000_bytes_are_signed_and_one_more_is_not(void **state)
{
    struct fixture *f = *state;
    struct signer *s = spawn(f);
    struct str jws, large = { arena_alloc(&f->arena, SIGNER_PAYLOAD_MAX + 1), SIGNER_PAYLOAD_MAX };
    struct err e = { 0 };
    assert_int_equal(signer_sign(s, &f->arena, "seal", large, &jws, &e), 0);
    large.n++;
    assert_int_equal(signer_sign(s, &f->arena, "seal", large, &jws, &e), -1);
    assert_int_equal(e.code, ERR_TOO_LARGE);
    assert_true(signer_alive(s));
    signer_close(s);
}

static void test_signer__once_killed_every_call_says_err_signer(void **state)
{
    struct fixture *f = *state;
    struct signer *s;
    struct str jws;
    struct err e = { 0 };
    int fd;
    pid_t pid = start_process(f, &fd);
    assert_int_equal(signer_connect(fd, &s, &e), 0);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(exit_of(pid), -SIGKILL);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(signer_sign(s, &f->arena, "seal", STR("x"), &jws, &e), -1);
        assert_int_equal(e.code, ERR_SIGNER);
        assert_false(signer_alive(s));
    }
    signer_close(s);
    signer_close(NULL);
    assert_false(signer_alive(NULL));
}

/* What the signer says to raw bytes behind a right length. */
static struct str raw_answer(struct fixture *f, int fd, const char *text)
{
    uint8_t head[WIRE_HEAD];
    size_t n;
    wire_put_length(head, strlen(text));
    assert_int_equal(wire_send(fd, head, sizeof head, 0), 0);
    assert_int_equal(wire_send(fd, text, strlen(text), 0), 0);
    assert_int_equal(wire_take(fd, head, sizeof head, 0), 0);
    assert_int_equal(wire_length(head, &n), 0);
    char *p = arena_alloc(&f->arena, n);
    assert_int_equal(wire_take(fd, p, n, 0), 0);
    return (struct str) { p, n };
}

static void test_signer__requests_that_are_not_of_its_three_types_are_refused(void **state)
{
    struct fixture *f = *state;
    const char *const forged[] = {
        "x",
        "[]",
        "{}",
        "7",
        "{\"op\":\"export\",\"purpose\":\"seal\"}",
        "{\"op\":\"alive\",\"more\":1}",
        "{\"op\":\"sign\",\"purpose\":\"seal\"}",
        "{\"op\":\"sign\",\"purpose\":\"seal\",\"payload\":\"!\"}",
        "{\"op\":\"sign\",\"purpose\":\"seal\",\"payload\":7}",
        "{\"op\":\"sign\",\"purpose\":[\"seal\"],\"payload\":\"AA\"}",
        "{\"op\":\"sign\",\"purpose\":\"seal\",\"payload\":\"AA\",\"alg\":\"none\"}",
        "{\"op\":\"sign\",\"op\":\"sign\",\"purpose\":\"seal\"}",
    };
    int fd;
    pid_t pid = start_process(f, &fd);
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++)
        assert_true(str_starts(raw_answer(f, fd, forged[i]), STR("{\"error\":")));
    assert_str(raw_answer(f, fd, "{\"op\":\"alive\"}"), "{\"alive\":true}");
    close(fd);
    assert_int_equal(exit_of(pid), 0);
}

static void test_signer__a_forged_length_ends_it_before_a_byte_is_read(void **state)
{
    struct fixture *f = *state;
    const uint8_t forged[][WIRE_HEAD] = { { 0x7f, 0xff, 0xff, 0xff }, { 0, 1, 0, 1 }, { 0, 0, 0, 0 } };
    for (size_t i = 0; i < 3; i++) {
        int fd;
        pid_t pid = start_process(f, &fd);
        assert_int_equal(wire_send(fd, forged[i], WIRE_HEAD, 0), 0);
        assert_int_equal(exit_of(pid), 2);
        close(fd);
    }
}

static void test_signer__a_silent_other_end_is_given_up_at_the_deadline(void **state)
{
    int pair[2];
    char c;
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    int64_t began = monotonic_us();
    assert_int_equal(wire_take(pair[0], &c, 1, began + 20000), -1);
    assert_true(monotonic_us() - began >= 20000);
    close(pair[0]);
    close(pair[1]);
}

static void test_signer__the_process_runs_under_seccomp_without_new_privileges(void **state)
{
    struct fixture *f = *state;
    int fd;
    struct str out;
    pid_t pid = start_process(f, &fd);
    assert_str(raw_answer(f, fd, "{\"op\":\"alive\"}"), "{\"alive\":true}");
    assert_int_equal(
        command(&f->arena, str_cstr(&f->arena, str_fmt(&f->arena, "tr '\\t' ' ' < /proc/%d/status", (int)pid)), &out), 0);
    assert_true(str_find(out, STR("NoNewPrivs: 1")) >= 0);
    assert_true(str_find(out, STR("Seccomp: 2")) >= 0);
    close(fd);
    assert_int_equal(exit_of(pid), 0);
}

struct signing_thread {
    pthread_t thread;
    struct signer *signer;
    const struct jwk *key;
    int good;
};

static void *sign_many(void *arg)
{
    struct signing_thread *t = arg;
    for (int i = 0; i < 50; i++) {
        struct arena a;
        struct str jws;
        arena_init(&a, 1 << 20);
        struct str payload = str_fmt(&a, "%p %d", arg, i);
        t->good += signer_sign(t->signer, &a, "seal", payload, &jws, NULL) == 0 &&
                   jws_check_detached(&a, jws, payload, t->key, NULL) == 0;
        arena_release(&a);
    }
    return NULL;
}

static void test_signer__four_threads_get_each_their_own_signatures(void **state)
{
    struct fixture *f = *state;
    struct signer *s = spawn(f);
    struct jwk key;
    size_t n;
    struct signing_thread t[4];
    assert_int_equal(signer_keys(s, &f->arena, "seal", &key, &n, 1, NULL), 0);
    for (size_t i = 0; i < 4; i++) {
        t[i] = (struct signing_thread) { .signer = s, .key = &key };
        assert_int_equal(pthread_create(&t[i].thread, NULL, sign_many, &t[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(t[i].thread, NULL);
        assert_int_equal(t[i].good, 50);
    }
    signer_close(s);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_signer__each_purpose_signs_with_a_key_of_its_own),
        T(test_signer__the_vault_gives_each_name_a_key_of_its_own_that_lasts),
        T(test_sealed__what_is_sealed_opens_under_its_key_and_name_only),
        T(test_signer__key_files_are_the_owners_alone_and_stay_the_same),
        T(test_signer__a_rotated_key_is_still_listed_behind_the_new_one),
        T(test_signer__a_key_that_others_may_read_is_refused),
        T(test_signer__a_broken_key_or_list_keeps_it_from_starting),
        T(test_signer__openssl_verifies_what_it_signed),
        T(test_signer__a_p256_key_signs_es256_and_jose_verifies_it),
        T(test_signer__an_unknown_purpose_is_refused_and_it_lives_on),
        T(test_signer__48000_bytes_are_signed_and_one_more_is_not),
        T(test_signer__once_killed_every_call_says_err_signer),
        T(test_signer__requests_that_are_not_of_its_three_types_are_refused),
        T(test_signer__a_forged_length_ends_it_before_a_byte_is_read),
        T(test_signer__a_silent_other_end_is_given_up_at_the_deadline),
        T(test_signer__the_process_runs_under_seccomp_without_new_privileges),
        T(test_signer__four_threads_get_each_their_own_signatures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
