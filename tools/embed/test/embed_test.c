#include "embed_sample.h"
#include "tools/embed/embed.h"

#include <cmocka.h>
#include <openssl/evp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

static const char HELLO[] = "Xin chào bon.\n\"Hỏi?\?(\" \\ 1";

static const struct embedded_file *file_named(const char *path)
{
    for (const struct embedded_file *f = embed_sample; f->path; f++)
        if (strcmp(f->path, path) == 0)
            return f;
    return NULL;
}

static void test_table__is_sorted_by_path_and_ended_by_null(void **state)
{
    (void)state;
    assert_int_equal(embed_sample_count, 2);
    assert_string_equal(embed_sample[0].path, "css/a.css");
    assert_string_equal(embed_sample[1].path, "hello.txt");
    assert_null(embed_sample[2].path);
}

static void test_bytes__are_those_of_the_file_with_a_nul_behind_them(void **state)
{
    (void)state;
    const struct embedded_file *f = file_named("hello.txt");
    assert_int_equal(f->n, sizeof HELLO - 1);
    assert_memory_equal(f->bytes, HELLO, sizeof HELLO);
    assert_string_equal(f->type, "text/plain; charset=utf-8");
}

static void test_hash__is_the_first_quarter_of_sha256(void **state)
{
    (void)state;
    unsigned char digest[32];
    char hex[17];
    const struct embedded_file *f = file_named("css/a.css");
    assert_true(EVP_Digest(f->bytes, f->n, digest, NULL, EVP_sha256(), NULL));
    for (int i = 0; i < 8; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(f->hash, hex);
}

static void test_gzip__unpacks_to_the_bytes_and_is_smaller(void **state)
{
    (void)state;
    static unsigned char plain[4096];
    const struct embedded_file *f = file_named("css/a.css");
    assert_non_null(f->gzip);
    assert_true(f->gzip_n < f->n);
    z_stream z = {
        .next_in = (Bytef *)(uintptr_t)f->gzip, .avail_in = (uInt)f->gzip_n, .next_out = plain, .avail_out = sizeof plain
    };
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    assert_int_equal(z.total_out, f->n);
    assert_memory_equal(plain, f->bytes, f->n);
}

static void test_gzip__is_left_out_where_it_saves_nothing(void **state)
{
    (void)state;
    const struct embedded_file *f = file_named("hello.txt");
    assert_null(f->gzip);
    assert_int_equal(f->gzip_n, 0);
}

static void test_collect__refuses_a_file_outside_the_root(void **state)
{
    (void)state;
    struct arena a;
    struct err e = { 0 };
    struct source_files files = { 0 };
    arena_init(&a, 1 << 20);
    assert_int_equal(embed_collect(&a, STR("/usr"), STR("/etc/passwd"), &files, &e), -1);
    assert_string_equal(e.detail, "/etc/passwd does not lie under /usr");
    assert_int_equal(files.n, 0);
    arena_release(&a);
}

static void test_collect__refuses_a_file_that_is_not_there(void **state)
{
    (void)state;
    struct arena a;
    struct err e = { 0 };
    struct source_files files = { 0 };
    arena_init(&a, 1 << 20);
    assert_int_equal(embed_collect(&a, STR("/usr"), STR("/usr/no-such-file.css"), &files, &e), -1);
    assert_int_equal(e.code, ERR_NOT_FOUND);
    arena_release(&a);
}

static void test_finish__refuses_two_files_with_one_path(void **state)
{
    (void)state;
    struct arena a;
    struct err e = { 0 };
    struct source_files files = { 0 };
    arena_init(&a, 1 << 20);
    for (int i = 0; i < 2; i++)
        *vec_push(&a, &files) = (struct source_file) { .path = STR("a.css"), .bytes = STR("x") };
    assert_int_equal(embed_finish(&a, &files, &e), -1);
    assert_string_equal(e.detail, "two files are called a.css");
    arena_release(&a);
}

static void test_source__keeps_every_byte_from_being_read_as_something_else(void **state)
{
    (void)state;
    struct arena a;
    struct source_files files = { 0 };
    arena_init(&a, 1 << 20);
    *vec_push(&a, &files) =
        (struct source_file) { .path = STR("x.bin"), .bytes = { "\0001\"\\?", 5 }, .hash = "0123456789abcdef" };
    struct str c = embed_source(&a, &files, STR("t"), STR("t.h"));
    assert_true(str_find(c, STR("static const uint8_t bytes_0[6] =\n    \"\\0001\\042\\134\\077\";\n")) > 0);
    assert_true(str_find(c, STR("{ \"x.bin\", bytes_0, 5, \"0123456789abcdef\", NULL, 0, \"application/octet-stream\" },")) >
                0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table__is_sorted_by_path_and_ended_by_null),
        cmocka_unit_test(test_bytes__are_those_of_the_file_with_a_nul_behind_them),
        cmocka_unit_test(test_hash__is_the_first_quarter_of_sha256),
        cmocka_unit_test(test_gzip__unpacks_to_the_bytes_and_is_smaller),
        cmocka_unit_test(test_gzip__is_left_out_where_it_saves_nothing),
        cmocka_unit_test(test_collect__refuses_a_file_outside_the_root),
        cmocka_unit_test(test_collect__refuses_a_file_that_is_not_there),
        cmocka_unit_test(test_finish__refuses_two_files_with_one_path),
        cmocka_unit_test(test_source__keeps_every_byte_from_being_read_as_something_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
