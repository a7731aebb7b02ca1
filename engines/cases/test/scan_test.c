/* scan_test.c: what is taken as a scan, and what number and code look like. */
#include "engines/cases/cases.h"
#include "engines/cases/inside.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

static int setup(void **state)
{
    static struct arena a;
    arena_init(&a, 32u << 20);
    *state = &a;
    return 0;
}

static int teardown(void **state)
{
    arena_release(*state);
    return 0;
}

static void taken(struct str bytes, const char *as)
{
    struct str media_type;
    struct err e = { 0 };
    if (case_scan_check(bytes, &media_type, &e))
        fail_msg("%s", e.detail);
    assert_true(str_eq(media_type, str_of(as)));
}

static void refused(struct str bytes, const char *in_the_sentence)
{
    struct str media_type;
    struct err e = { 0 };
    assert_int_equal(case_scan_check(bytes, &media_type, &e), -1);
    if (str_find(err_sentence(&e), str_of(in_the_sentence)) < 0)
        fail_msg("says: %.*s", STR_ARG(err_sentence(&e)));
}

#define PDF(inside) STR("%PDF-1.4\n1 0 obj << /Type /Catalog " inside " >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")

static void test_scan__pictures_and_plain_pdf_are_taken(void **state)
{
    (void)state;
    taken(PDF("/Pages 2 0 R"), "application/pdf");
    taken(STR("\x89PNG\r\n\x1a\n....IEND\xae\x42\x60\x82"), "image/png");
    taken(STR("\xff\xd8\xff\xe0....\xff\xd9"), "image/jpeg");
    taken(STR("RIFF\x10\0\0\0WEBPVP8 ...."), "image/webp");
}

static void test_scan__a_name_of_a_file_does_not_help_what_is_inside(void **state)
{
    (void)state;
    refused(STR("PK\x03\x04 word/vbaProject.bin"), "Word, Excel");
    refused(STR("\xd0\xcf\x11\xe0 old macros"), "đời cũ");
    refused(STR("MZ\x90 program"), "chương trình");
    refused(STR("<svg onload=\"x()\">"), "SVG");
    refused(STR("\x1f\x8b zipped"), "nén");
    refused(STR("hello"), "JPEG, PNG");
    refused(STR(""), "trống");
}

static void test_scan__a_pdf_that_does_something_is_refused_by_name(void **state)
{
    (void)state;
    refused(PDF("/Names << /JavaScript 3 0 R >>"), "JavaScript");
    refused(PDF("/OpenAction 3 0 R"), "khi mở");
    refused(PDF("/AA << /O 3 0 R >>"), "khi mở");
    refused(PDF("/A << /S /Launch >>"), "chương trình khác");
    refused(PDF("/EmbeddedFiles 3 0 R"), "tệp khác bên trong");
    refused(PDF("/AcroForm << /XFA 3 0 R >>"), "biểu mẫu");
    refused(STR("%PDF-1.4 1 0 obj << >> endobj"), "không trọn vẹn");
}

static void test_scan__escaped_letters_hide_nothing(void **state)
{
    (void)state;
    refused(PDF("/J#61v#61Script 3 0 R"), "JavaScript");
    refused(PDF("/#4aS 3 0 R"), "JavaScript");
    taken(PDF("/JSomethingElse 3 0 R /AAB /Lab"), "application/pdf"); /* names that only begin so */
}

static struct str packed_pdf(struct arena *a, struct str inside, const char *dictionary)
{
    static unsigned char room[1 << 16];
    uLongf n = sizeof room;
    assert_int_equal(compress2(room, &n, (const unsigned char *)inside.p, inside.n, 9), Z_OK);
    struct buf b;
    buf_init(&b, a, 1 << 20);
    buf_fmt(&b, "%%PDF-1.5\n7 0 obj << %s >>\nstream\n", dictionary);
    buf_put_bytes(&b, room, n);
    buf_lit(&b, "\nendstream endobj\n%%EOF\n");
    return buf_str(&b);
}

static void test_scan__what_is_packed_is_unpacked_and_read(void **state)
{
    struct arena *a = *state;
    taken(packed_pdf(a, STR("1 0 << /Type /Page >>"), "/Type /ObjStm /Filter /FlateDecode"), "application/pdf");
    refused(packed_pdf(a, STR("1 0 << /OpenAction << /S /JavaScript >> >>"), "/Type /ObjStm /Filter /FlateDecode"),
            "khi mở");
    refused(packed_pdf(a, STR("1 0 << /OpenAction 2 0 R >>"), "/Filter /FlateDecode /Type /ObjStm"), "khi mở");
    refused(packed_pdf(a, STR("1 0 << >>"), "/Type /ObjStm /Filter /LZWDecode"), "phần nén");
    refused(STR("%PDF-1.5\n7 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\nnonsense endstream\n%%EOF"), "phần nén");
}

/* A name cut by the end of a slice is still seen. */
static void test_scan__a_name_over_two_slices_is_seen(void **state)
{
    struct arena *a = *state;
    enum { SLICE = 32 << 10 };
    char *inside = arena_alloc(a, SLICE + 100);
    memset(inside, ' ', SLICE + 100);
    memcpy(inside + SLICE - 5, "/OpenAction", 11);
    refused(packed_pdf(a, (struct str) { inside, SLICE + 100 }, "/Type /ObjStm /Filter /FlateDecode"), "khi mở");
}

static void test_scan__a_bomb_is_not_unpacked_to_its_end(void **state)
{
    struct arena *a = *state;
    enum { HUGE = 20 << 20 };
    char *zeros = arena_alloc(a, HUGE);
    memset(zeros, ' ', HUGE);
    refused(packed_pdf(a, (struct str) { zeros, HUGE }, "/Type /ObjStm /Filter /FlateDecode"), "phần nén");
}

static void test_scan__four_megabytes_are_the_most(void **state)
{
    struct arena *a = *state;
    char *p = arena_alloc(a, CASE_FILE_MAX + 1);
    memset(p, 'x', CASE_FILE_MAX + 1);
    refused((struct str) { p, CASE_FILE_MAX + 1 }, "4 MB");
}

/* ---- numbers and codes ---- */

static void test_number__is_read_as_people_type_it_and_written_in_one_way(void **state)
{
    static const char *const good[] = { "24763.H16-240304-0001", " 24763.h16-240304-0001 ", "000.00.24.H16-231128-12345" };
    static const char *const bad[] = {
        "",  "24763.H16-240304-0000", "24763.H16-240230-0001",  "24763.H16-240304-01", "24763.H16-240304-00001",
        "-", "24763/H16-240304-0001", "24763.H16-240304-0001x", "24763.H16-2403-0001"
    };
    struct case_number n;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(case_number_parse(*state, str_of(good[i]), &n));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(case_number_parse(*state, str_of(bad[i]), &n));
    assert_true(case_number_parse(*state, str_of(good[1]), &n));
    assert_true(str_eq(case_number_str(*state, &n), STR("24763.H16-240304-0001")));
}

static void test_code__has_no_letters_that_look_alike_and_forgives_how_it_is_typed(void **state)
{
    struct arena *a = *state;
    struct str code = case_code_new(a), again = case_code_new(a);
    assert_int_equal(code.n, 12);
    assert_false(str_eq(code, again));
    assert_true(str_eq(case_code_plain(a, STR("k7mq 2xpa-9d")), STR("K7MQ2XPA9D")));
    assert_null(case_code_plain(a, STR("K7MQ-2XPA-9")).p);
    assert_null(case_code_plain(a, STR("K7MQ-2XPA-9O")).p);
    assert_null(case_code_plain(a, STR_NONE).p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__pictures_and_plain_pdf_are_taken),
        cmocka_unit_test(test_scan__a_name_of_a_file_does_not_help_what_is_inside),
        cmocka_unit_test(test_scan__a_pdf_that_does_something_is_refused_by_name),
        cmocka_unit_test(test_scan__escaped_letters_hide_nothing),
        cmocka_unit_test(test_scan__what_is_packed_is_unpacked_and_read),
        cmocka_unit_test(test_scan__a_name_over_two_slices_is_seen),
        cmocka_unit_test(test_scan__a_bomb_is_not_unpacked_to_its_end),
        cmocka_unit_test(test_scan__four_megabytes_are_the_most),
        cmocka_unit_test(test_number__is_read_as_people_type_it_and_written_in_one_way),
        cmocka_unit_test(test_code__has_no_letters_that_look_alike_and_forgives_how_it_is_typed),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
