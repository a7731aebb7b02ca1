/* password_test.c: which passwords are refused, and with which sentence. */
#include "base/test/directory.h"
#include "engines/credentials/password.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;

/* What the owner of 067090000123, who signs in as lan.pham, is told; "taken" when nothing. */
static const char *told(const char *password)
{
    struct err e = { 0 };
    struct pid pid = { "067090000123" };
    if (password_acceptable(&arena, str_of(password), STR("lan.pham"), &pid, &e) == 0)
        return "taken";
    return str_cstr(&arena, err_sentence(&e));
}

#define assert_told(password, part)                                                 \
    do {                                                                            \
        const char *said = told(password);                                          \
        if (!strstr(said, (part)))                                                  \
            fail_msg("\"%s\": \"%s\", expected \"%s\"", (password), said, (part));  \
    } while (0)

static void test_password__a_sentence_of_ones_own_is_taken(void **state)
{
    (void)state;
    assert_told("mua roi tren mai ton", "taken");
    assert_told("thu-mat-khau-2026", "taken");
    assert_told("Cà phê nở hoa tháng ba", "taken");
    assert_told("x9$kQ2!vLm", "taken");
}

static void test_password__a_short_one_is_refused(void **state)
{
    (void)state;
    assert_told("tron-7-nui", "taken");
    assert_told("ngan-9-ky", "ít nhất 10 ký tự");
}

static void test_password__the_owners_name_and_number_are_refused_however_written(void **state)
{
    (void)state;
    assert_told("toi la LAN.PHAM day", "tên đăng nhập");
    assert_told("toi la lan pham day", "tên đăng nhập");
    assert_told("nha cua toi 000123", "sáu số cuối");
    assert_told("nha cua toi 000-123", "sáu số cuối");
}

static void test_password__words_of_the_province_are_refused_with_or_without_tones(void **state)
{
    (void)state;
    assert_told("daknong123", "từ ai cũng đoán được");
    assert_told("Đắk Nông 2026", "từ ai cũng đoán được");
    assert_told("MatKhau@2026", "từ ai cũng đoán được");
    assert_told("Đắk Nông có ba dòng thác", "taken");
}

static void test_password__rows_of_the_keyboard_and_one_key_again_and_again_are_refused(void **state)
{
    (void)state;
    assert_told("qwertyuiop", "dãy phím");
    assert_told("1234567890", "dãy phím");
    assert_told("zxcvbnm,./asdf", "dãy phím");
    assert_told("aaaaaaaaaaaa", "dãy phím");
    assert_told("987654321abc", "dãy phím");
}

static void test_password__dates_and_telephone_numbers_are_refused(void **state)
{
    (void)state;
    assert_told("sn 16/02/1990", "ngày tháng");
    assert_told("1990-02-16 a", "ngày tháng");
    assert_told("sdt 0912345678", "điện thoại");
    assert_told("+84 912 345 678", "điện thoại");
}

/* ---- the list of leaked passwords ---- */
static char dir[64];

static const char *in_dir(const char *name)
{
    return str_cstr(&arena, str_fmt(&arena, "%s/%s", dir, name));
}

static void put(const char *name, const char *text)
{
    FILE *f = fopen(in_dir(name), "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static bool leaked(const char *list, const char *password)
{
    struct err e = { 0 };
    bool found = true;
    assert_int_equal(breached_has(list, str_of(password), &found, &e), 0);
    return found;
}

/* SHA-1 of "password" is 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8 (as sha1sum says), of "abc" A9993E36…9CD0D89D (FIPS 180). */
static void test_breached__a_directory_of_ranges_is_kept_and_found(void **state)
{
    (void)state;
    struct err e = { 0 };
    int64_t n = 0;
    put("5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:2\r\n");
    put("A9993.txt", "E364706816ABA3E25717850C26C9CD0D89D:7\n");
    assert_int_equal(breached_make(dir, in_dir("list"), &n, &e), 0);
    assert_int_equal(n, 3);
    assert_true(leaked(in_dir("list"), "password"));
    assert_true(leaked(in_dir("list"), "abc"));
    assert_false(leaked(in_dir("list"), "passwore"));
    assert_false(leaked(in_dir("list"), ""));
}

static void test_breached__one_sorted_file_is_kept_and_an_unsorted_one_is_refused_by_line(void **state)
{
    (void)state;
    struct err e = { 0 };
    int64_t n = 0;
    put("sorted.txt", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:1\nA9993E364706816ABA3E25717850C26C9CD0D89D:1\n");
    assert_int_equal(breached_make(in_dir("sorted.txt"), in_dir("list2"), &n, &e), 0);
    assert_int_equal(n, 2);
    put("wild.txt", "A9993E364706816ABA3E25717850C26C9CD0D89D:1\n5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:1\n");
    assert_int_equal(breached_make(in_dir("wild.txt"), in_dir("list2"), &n, &e), -1);
    assert_non_null(strstr(e.detail, "wild.txt:2: the hashes do not ascend"));
    assert_true(leaked(in_dir("list2"), "password")); /* the old list stays */
    assert_int_not_equal(access(in_dir("list2.new"), F_OK), 0);
}

/* All of them pass the rules of length and own letters; what refuses them is that everybody tries them. */
static void test_breached__what_everybody_tries_first_is_known_without_any_list(void **state)
{
    static const char *const common[] = { "nguyentuan123", "Nguyentuan123", "matkhaumoi@2025", "anhyeuem1234",
                                          "NguyenVanHung2025", "phamthihuong123", "toilatoi@123456" };
    static const char *const own[] = { "mua roi tren mai ton", "nguyentuan-trong-ca-phe", "thu-mat-khau-2026" };
    struct breached_list l;
    (void)state;
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
        if (!leaked(in_dir("none"), common[i]))
            fail_msg("%s", common[i]);
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        assert_false(leaked(in_dir("none"), own[i]));
    assert_int_equal(breached_list_of(in_dir("none"), &l, NULL), 0);
    assert_true(l.common > 10000);
    assert_int_equal(l.loaded, 0);
}

static void test_breached__the_list_says_how_large_and_how_old_it_is(void **state)
{
    struct breached_list l;
    struct err e = { 0 };
    (void)state;
    put("one.txt", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:1\n");
    int64_t n = 0;
    assert_int_equal(breached_make(in_dir("one.txt"), in_dir("aged"), &n, &e), 0);
    const struct timespec at[2] = { { .tv_sec = 1700000000 }, { .tv_sec = 1700000000 } };
    assert_int_equal(utimensat(AT_FDCWD, in_dir("aged"), at, 0), 0);
    assert_int_equal(breached_list_of(in_dir("aged"), &l, &e), 0);
    assert_int_equal(l.loaded, 1);
    assert_int_equal(l.loaded_at.us, INT64_C(1700000000) * US_PER_SECOND);
    put("broken", "bonleak1abc");
    assert_int_equal(breached_list_of(in_dir("broken"), &l, &e), -1);
}

static void test_breached__without_a_list_nothing_is_in_it_and_a_broken_one_is_an_error(void **state)
{
    (void)state;
    struct err e = { 0 };
    bool found = true;
    assert_false(leaked(in_dir("none"), "password"));
    put("broken", "bonleak1abc");
    assert_int_equal(breached_has(in_dir("broken"), STR("password"), &found, &e), -1);
    put("text", "this is no list at all");
    assert_int_equal(breached_has(in_dir("text"), STR("password"), &found, &e), -1);
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 8 << 20);
    return test_directory(dir, "leak") ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    const char *command = str_cstr(&arena, str_fmt(&arena, "rm -rf %s", dir));
    int rc = system(command);
    arena_release(&arena);
    return rc;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_password__a_sentence_of_ones_own_is_taken),
        cmocka_unit_test(test_password__a_short_one_is_refused),
        cmocka_unit_test(test_password__the_owners_name_and_number_are_refused_however_written),
        cmocka_unit_test(test_password__words_of_the_province_are_refused_with_or_without_tones),
        cmocka_unit_test(test_password__rows_of_the_keyboard_and_one_key_again_and_again_are_refused),
        cmocka_unit_test(test_password__dates_and_telephone_numbers_are_refused),
        cmocka_unit_test(test_breached__a_directory_of_ranges_is_kept_and_found),
        cmocka_unit_test(test_breached__one_sorted_file_is_kept_and_an_unsorted_one_is_refused_by_line),
        cmocka_unit_test(test_breached__what_everybody_tries_first_is_known_without_any_list),
        cmocka_unit_test(test_breached__the_list_says_how_large_and_how_old_it_is),
        cmocka_unit_test(test_breached__without_a_list_nothing_is_in_it_and_a_broken_one_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
