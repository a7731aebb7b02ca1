/* scan_quality_test.c: which scans are doubted, by pictures whose head and length are made here. */
#include "engines/counter/scan_quality.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROOM = 600000 };
static char picture[ROOM];

static struct str png(unsigned width, unsigned height, size_t bytes)
{
    static const unsigned char head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
    assert_true(bytes <= ROOM && bytes >= 33);
    memset(picture, 0, bytes);
    memcpy(picture, head, sizeof head);
    picture[18] = (char)(width >> 8);
    picture[19] = (char)width;
    picture[22] = (char)(height >> 8);
    picture[23] = (char)height;
    return (struct str) { picture, bytes };
}

/* An APP0 segment of two bytes, then the frame. */
static struct str jpeg(unsigned width, unsigned height, size_t bytes)
{
    static const unsigned char head[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 4, 'J', 'F', 0xff, 0xc0, 0, 17, 8 };
    assert_true(bytes <= ROOM && bytes >= 40);
    memset(picture, 0, bytes);
    memcpy(picture, head, sizeof head);
    picture[13] = (char)(height >> 8);
    picture[14] = (char)height;
    picture[15] = (char)(width >> 8);
    picture[16] = (char)width;
    return (struct str) { picture, bytes };
}

static void test_scan_look__a_printed_page_at_150_dpi_is_fine(void **state)
{
    (void)state;
    struct scan_look look = scan_look(jpeg(1240, 1754, 140000));
    assert_int_equal(look.doubt, SCAN_FINE);
    assert_int_equal(look.width, 1240);
    assert_int_equal(look.height, 1754);
    assert_int_equal(scan_look(png(1240, 1754, 40000)).doubt, SCAN_FINE);
    assert_int_equal(scan_doubt_label(SCAN_FINE).n, 0);
}

static void test_scan_look__under_100_dpi_is_doubted(void **state)
{
    (void)state;
    assert_int_equal(scan_look(jpeg(800, 1169, 140000)).doubt, SCAN_SMALL);
    assert_int_equal(scan_look(jpeg(800, 1170, 140000)).doubt, SCAN_FINE);
    assert_true(scan_doubt_label(SCAN_SMALL).n > 0);
}

static void test_scan_look__a_white_sheet_is_doubted(void **state)
{
    (void)state;
    assert_int_equal(scan_look(jpeg(1240, 1754, 20000)).doubt, SCAN_EMPTY);
    assert_int_equal(scan_look(png(1240, 1754, 2000)).doubt, SCAN_EMPTY);
}

static void test_scan_look__what_it_cannot_read_is_not_judged(void **state)
{
    (void)state;
    assert_int_equal(scan_look(STR("%PDF-1.4")).doubt, SCAN_UNKNOWN);
    assert_int_equal(scan_look(STR("\xff\xd8\xff")).doubt, SCAN_UNKNOWN);
    assert_int_equal(scan_look(STR("")).doubt, SCAN_UNKNOWN);
    struct str cut = jpeg(1240, 1754, 140000);
    for (size_t n = 0; n < 17; n++) /* the width ends with the 17th byte */
        assert_int_equal(scan_look(str_head(cut, n)).doubt, SCAN_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan_look__a_printed_page_at_150_dpi_is_fine),
        cmocka_unit_test(test_scan_look__under_100_dpi_is_doubted),
        cmocka_unit_test(test_scan_look__a_white_sheet_is_doubted),
        cmocka_unit_test(test_scan_look__what_it_cannot_read_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
