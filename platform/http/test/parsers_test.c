/* parsers_test.c: the readers of untrusted bytes. */
#include "platform/http/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_arena(void **state)
{
    struct arena *a = malloc(sizeof(*a));
    arena_init(a, (size_t)16 << 20);
    *state = a;
    return 0;
}

static int close_arena(void **state)
{
    arena_release(*state);
    free(*state);
    return 0;
}

#define assert_str(s, text) assert_string_equal(str_cstr(a, (s)), (text))

/* ---- percent ---- */
static void test_percent__escapes_and_plus_become_bytes(void **state)
{
    struct arena *a = *state;
    struct str out;
    assert_true(parse_percent(a, STR("a%20b+c"), true, &out));
    assert_str(out, "a b c");
    assert_true(parse_percent(a, STR("a+b"), false, &out));
    assert_str(out, "a+b");
    assert_true(parse_percent(a, STR("%C4%90%c4%91"), false, &out));
    assert_str(out, "Đđ");
    assert_true(parse_percent(a, STR(""), false, &out));
    assert_int_equal(out.n, 0);
}

static void test_percent__a_cut_or_wrong_escape_and_a_zero_byte_are_refused(void **state)
{
    struct arena *a = *state;
    struct str out = STR("kept");
    const char *bad[] = { "%", "%4", "a%", "%zz", "%4g", "%00", "x%0", "%%20" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(parse_percent(a, str_of(bad[i]), true, &out));
    assert_false(parse_percent(a, (struct str) { "a\0b", 3 }, true, &out));
    assert_str(out, "kept");
}

/* ---- urlencoded ---- */
static void test_urlencoded__pairs_keep_their_order_and_repetitions(void **state)
{
    struct arena *a = *state;
    struct err e = { 0 };
    struct param *v;
    size_t n;
    assert_int_equal(parse_urlencoded(a, STR("a=1&b=&a=2&c&&d=x%3Dy"), &v, &n, &e), 0);
    assert_int_equal(n, 5);
    assert_str(v[0].value, "1");
    assert_str(v[1].value, "");
    assert_str(v[2].value, "2");
    assert_str(v[3].name, "c");
    assert_str(v[4].value, "x=y");
    assert_int_equal(parse_urlencoded(a, STR(""), &v, &n, &e), 0);
    assert_int_equal(n, 0);
}

static void test_urlencoded__sixty_five_values_are_too_many(void **state)
{
    struct arena *a = *state;
    struct err e = { 0 };
    struct param *v;
    size_t n;
    struct buf b;
    buf_init(&b, a, 1000);
    for (int i = 0; i < 64; i++)
        buf_lit(&b, "a=1&");
    assert_int_equal(parse_urlencoded(a, buf_str(&b), &v, &n, &e), 0);
    assert_int_equal(n, 64);
    buf_lit(&b, "a=1");
    assert_int_equal(parse_urlencoded(a, buf_str(&b), &v, &n, &e), -1);
    assert_int_equal(e.code, ERR_INPUT);
}

static void test_urlencoded__a_value_over_eight_kilobytes_or_without_name_is_refused(void **state)
{
    struct arena *a = *state;
    struct err e = { 0 };
    struct param *v;
    size_t n;
    struct buf b;
    buf_init(&b, a, 10000);
    buf_lit(&b, "a=");
    for (int i = 0; i < 8193; i++)
        buf_put_char(&b, 'x');
    assert_int_equal(parse_urlencoded(a, buf_str(&b), &v, &n, &e), -1);
    assert_int_equal(e.code, ERR_TOO_LARGE);
    assert_int_equal(parse_urlencoded(a, STR("=x"), &v, &n, &e), -1);
    assert_int_equal(parse_urlencoded(a, STR("a=%"), &v, &n, &e), -1);
}

/* ---- cookies ---- */
static void test_cookies__well_written_ones_are_read_and_odd_ones_skipped(void **state)
{
    struct arena *a = *state;
    struct err e = { 0 };
    struct param *v;
    size_t n;
    assert_int_equal(parse_cookies(a, STR("a=1; bad name=x; b=\"2\";c=; noequals; d=x y; e=3=4"), &v, &n, &e), 0);
    assert_int_equal(n, 4);
    assert_str(v[0].value, "1");
    assert_str(v[1].value, "2");
    assert_str(v[2].value, "");
    assert_str(v[3].name, "e");
    assert_str(v[3].value, "3=4");
}

static void test_cookies__too_many_are_refused(void **state)
{
    struct arena *a = *state;
    struct err e = { 0 };
    struct param *v;
    size_t n;
    struct buf b;
    buf_init(&b, a, 1000);
    for (int i = 0; i < 65; i++)
        buf_lit(&b, "a=1;");
    assert_int_equal(parse_cookies(a, buf_str(&b), &v, &n, &e), -1);
}

/* ---- multipart ---- */
static const char type[] = "multipart/form-data; boundary=XyZ";

static int read_parts(struct arena *a, const char *body, struct part **v, size_t *n)
{
    struct err e = { 0 };
    return parse_multipart(a, str_of(type), str_of(body), v, n, &e);
}

static void test_multipart__fields_and_files_are_slices_of_the_body(void **state)
{
    struct arena *a = *state;
    struct part *v;
    size_t n;
    const char *body =
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\ntwo\r\n"
        "--XyZ\r\nContent-Type: image/png\r\ncontent-disposition: form-data; filename=\"a;b.png\"; name=f\r\n\r\n"
        "\r\n--Xy\r\n--XyZ--\r\n";
    assert_int_equal(read_parts(a, body, &v, &n), 0);
    assert_int_equal(n, 2);
    assert_str(v[0].name, "a");
    assert_str(v[0].bytes, "one\r\ntwo");
    assert_null(v[0].filename.p);
    assert_str(v[1].name, "f");
    assert_str(v[1].filename, "a;b.png");
    assert_str(v[1].type, "image/png");
    assert_str(v[1].bytes, "\r\n--Xy");
    assert_true(v[1].bytes.p > body && v[1].bytes.p < body + strlen(body));
}

static void test_multipart__what_a_browser_never_sends_is_refused(void **state)
{
    struct arena *a = *state;
    struct part *v;
    size_t n;
    const char *bad[] = {
        "",
        "--XyZ",
        "preamble\r\n--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ--\r\n",
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ",
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ--\r\nmore",
        "--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--\r\n",
        "--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XyZ--\r\n",
        "--XyZ\r\n\r\n1\r\n--XyZ--\r\n",
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XyZ--\r\n",
        "--XyZ\nContent-Disposition: form-data; name=a\n\n1\n--XyZ--\n",
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed\r\n\r\n1\r\n--XyZ--\r\n",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(read_parts(a, bad[i], &v, &n), -1);
}

static void test_multipart__a_boundary_is_asked_for_and_at_most_seventy_characters(void **state)
{
    struct arena *a = *state;
    struct err e = { 0 };
    struct part *v;
    size_t n;
    assert_int_equal(parse_multipart(a, STR("multipart/form-data"), STR("x"), &v, &n, &e), -1);
    assert_int_equal(parse_multipart(a, STR("text/plain; boundary=x"), STR("--x--"), &v, &n, &e), -1);
    struct str type71 = str_fmt(a, "multipart/form-data; boundary=%071d", 1);
    assert_int_equal(parse_multipart(a, type71, STR("x"), &v, &n, &e), -1);
    assert_int_equal(parse_multipart(a, STR("multipart/form-data; boundary=\"a b\""), STR("x"), &v, &n, &e), -1);
    assert_int_equal(parse_multipart(a, STR("multipart/form-data; boundary=\"ab\""), STR("--ab--"), &v, &n, &e), 0);
    assert_int_equal(n, 0);
}

/* ---- days and times as typed ---- */
static void test_instant__is_read_as_controls_and_people_write_it(void **state)
{
    (void)state;
    const char *good[] = { "2024-02-16T22:10", "22:10 16/02/2024", "16/02/2024 22:10", "2024-02-16 22:10" };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct instant t;
        assert_true(instant_typed(str_of(good[i]), &t));
        assert_int_equal(t.us, INT64_C(1708096200) * US_PER_SECOND);
    }
    const char *bad[] = { "",
                          "22:10",
                          "2024-02-16",
                          "2024-02-16T24:00",
                          "2024-02-16T22:60",
                          "2024-02-30T10:00",
                          "16/02/2024 22:1",
                          "16/02/2024 -2:10" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct instant t;
        assert_false(instant_typed(str_of(bad[i]), &t));
    }
}

static void test_quoted__json_text_is_escaped(void **state)
{
    struct arena *a = *state;
    assert_str(json_quoted(a, STR("a\"b\\c\n\x01 đ")), "\"a\\\"b\\\\c\\u000a\\u0001 đ\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percent__escapes_and_plus_become_bytes),
        cmocka_unit_test(test_percent__a_cut_or_wrong_escape_and_a_zero_byte_are_refused),
        cmocka_unit_test(test_urlencoded__pairs_keep_their_order_and_repetitions),
        cmocka_unit_test(test_urlencoded__sixty_five_values_are_too_many),
        cmocka_unit_test(test_urlencoded__a_value_over_eight_kilobytes_or_without_name_is_refused),
        cmocka_unit_test(test_cookies__well_written_ones_are_read_and_odd_ones_skipped),
        cmocka_unit_test(test_cookies__too_many_are_refused),
        cmocka_unit_test(test_multipart__fields_and_files_are_slices_of_the_body),
        cmocka_unit_test(test_multipart__what_a_browser_never_sends_is_refused),
        cmocka_unit_test(test_multipart__a_boundary_is_asked_for_and_at_most_seventy_characters),
        cmocka_unit_test(test_instant__is_read_as_controls_and_people_write_it),
        cmocka_unit_test(test_quoted__json_text_is_escaped),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
