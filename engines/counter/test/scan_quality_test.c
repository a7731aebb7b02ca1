/* scan_quality_test.c: pages of drawn letters, spoiled as scanners and hands spoil them, packed by libjpeg-turbo and libpng; and
 * pictures that are made to hurt.
 */
#include "engines/counter/scan_quality.h"

#include "engines/cases/scan_size.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>
#include <turbojpeg.h>

enum { WIDE = 1240, HIGH = 1754, ROOM = 4 << 20 }; /* A4 at 150 points an inch */

static void bar(unsigned char *p, int x, int y, int width, int height, int grey)
{
    for (int dy = 0; dy < height; dy++)
        memset(p + (size_t)(y + dy) * WIDE + x, grey, (size_t)width);
}

/* Lines of signs with the strokes of 13-point letters: a stem of three points, bars of two, at places that chance would not make even. */
static unsigned char *page(int lines, int ink)
{
    unsigned char *p = malloc((size_t)WIDE * HIGH);
    memset(p, 245, (size_t)WIDE * HIGH);
    for (int i = 0; i < lines; i++)
        for (int k = 0; k < 60; k++) {
            int x = 120 + 16 * k, y = 160 + 44 * i;
            if ((k * 7 + i) % 6 == 0)
                continue; /* between words */
            bar(p, x, y, 3, 20, ink);
            bar(p, x, y + (k % 3) * 9, 10, 2, ink);
            bar(p, x + 7, y + 8, 3, 12, ink);
        }
    return p;
}

/* Each point the mean of those within r: a lens out of focus. */
static void blur(unsigned char *p, int r)
{
    unsigned char *old = malloc((size_t)WIDE * HIGH);
    memcpy(old, p, (size_t)WIDE * HIGH);
    for (int y = r; y < HIGH - r; y++)
        for (int x = r; x < WIDE - r; x++) {
            int sum = 0;
            for (int dy = -r; dy <= r; dy++)
                for (int dx = -r; dx <= r; dx++)
                    sum += old[(y + dy) * WIDE + x + dx];
            p[y * WIDE + x] = (unsigned char)(sum / ((2 * r + 1) * (2 * r + 1)));
        }
    free(old);
}

static void darken(unsigned char *p, double factor)
{
    for (size_t i = 0; i < (size_t)WIDE * HIGH; i++)
        p[i] = (unsigned char)(p[i] * factor);
}

static unsigned char packed[ROOM];

static struct str jpeg(unsigned char *p, int width, int height)
{
    tjhandle t = tjInitCompress();
    unsigned char *to = packed;
    unsigned long n = ROOM;
    assert_int_equal(tjCompress2(t, p, width, 0, height, TJPF_GRAY, &to, &n, TJSAMP_GRAY, 75, TJFLAG_NOREALLOC), 0);
    tjDestroy(t);
    return (struct str) { (const char *)packed, n };
}

static struct str png(unsigned char *p, int width, int height)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = (png_uint_32)width, .height = (png_uint_32)height, .format = PNG_FORMAT_GRAY
    };
    png_alloc_size_t n = ROOM;
    assert_true(png_image_write_to_memory(&image, packed, &n, 0, p, 0, NULL));
    return (struct str) { (const char *)packed, n };
}

static enum scan_doubt doubt_of(unsigned char *p)
{
    struct scan_look as_png = scan_look(png(p, WIDE, HIGH)), as_jpeg = scan_look(jpeg(p, WIDE, HIGH));
    if (as_png.doubt != as_jpeg.doubt)
        print_error("png %d, jpeg %d\n", as_png.doubt, as_jpeg.doubt);
    print_message("paper %d, ink %d, steep %d, inked %d: %d\n", as_jpeg.paper, as_jpeg.ink, as_jpeg.steep, as_jpeg.inked, as_jpeg.doubt);
    assert_int_equal(as_png.doubt, as_jpeg.doubt);
    return as_jpeg.doubt;
}

static void test_scan_look__a_printed_page_at_150_dpi_is_fine(void **state)
{
    (void)state;
    unsigned char *p = page(30, 25);
    assert_int_equal(doubt_of(p), SCAN_FINE);
    struct scan_look look = scan_look(jpeg(p, WIDE, HIGH));
    assert_int_equal(look.width, WIDE);
    assert_int_equal(look.height, HIGH);
    assert_int_equal(scan_doubt_label(SCAN_FINE).n, 0);
    blur(p, 1);
    assert_int_equal(doubt_of(p), SCAN_FINE); /* a scanner's own softness */
    free(p);
}

static void test_scan_look__a_page_with_three_lines_is_fine(void **state)
{
    (void)state;
    unsigned char *p = page(3, 25);
    assert_int_equal(doubt_of(p), SCAN_FINE);
    free(p);
}

static void test_scan_look__out_of_focus_is_doubted(void **state)
{
    (void)state;
    unsigned char *p = page(30, 25);
    blur(p, 4);
    assert_int_equal(doubt_of(p), SCAN_BLURRED);
    free(p);
}

static void test_scan_look__a_dark_picture_is_doubted(void **state)
{
    (void)state;
    unsigned char *p = page(30, 25);
    darken(p, 0.3);
    assert_int_equal(doubt_of(p), SCAN_DARK);
    free(p);
}

static void test_scan_look__pale_letters_are_doubted(void **state)
{
    (void)state;
    unsigned char *p = page(30, 200);
    assert_int_equal(doubt_of(p), SCAN_PALE);
    free(p);
}

static void test_scan_look__a_white_sheet_is_doubted(void **state)
{
    (void)state;
    unsigned char *p = page(0, 0);
    assert_int_equal(doubt_of(p), SCAN_EMPTY);
    free(p);
}

static void test_scan_look__under_100_dpi_is_doubted(void **state)
{
    (void)state;
    unsigned char *p = page(30, 25);
    assert_int_equal(scan_look(jpeg(p, 800, 1100)).doubt, SCAN_SMALL);
    free(p);
}

/* A head that claims so many points, and nothing behind it. */
static struct str png_head(unsigned width, unsigned height)
{
    static const unsigned char head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
    memset(packed, 0, 64);
    memcpy(packed, head, sizeof head);
    for (int i = 0; i < 4; i++) {
        packed[16 + i] = (unsigned char)(width >> (24 - 8 * i));
        packed[20 + i] = (unsigned char)(height >> (24 - 8 * i));
    }
    return (struct str) { (const char *)packed, 64 };
}

static void test_scan_look__sixty_thousand_by_sixty_thousand_is_not_unpacked(void **state)
{
    (void)state;
    assert_int_equal(scan_look(png_head(60000, 60000)).doubt, SCAN_TOO_LARGE);
    assert_int_equal(scan_look(png_head(0x7fffffff, 0x7fffffff)).doubt, SCAN_TOO_LARGE);
    assert_int_equal(scan_look(png_head(SCAN_SIDE_MAX + 1, 1)).doubt, SCAN_TOO_LARGE);
    assert_true(scan_is_refused(SCAN_TOO_LARGE));
}

/* Eight thousand by eight thousand white points are 64 MB from 70 KB of file: looked at as JPEG at a fraction, as PNG not at all. */
static void test_scan_look__a_bomb_of_white_points_costs_little(void **state)
{
    (void)state;
    enum { SIDE = 8000 };
    unsigned char *p = malloc((size_t)SIDE * SIDE);
    memset(p, 255, (size_t)SIDE * SIDE);
    assert_int_equal(scan_look(png(p, SIDE, SIDE)).doubt, SCAN_UNKNOWN);
    assert_int_equal(scan_look(jpeg(p, SIDE, SIDE)).doubt, SCAN_EMPTY);
    free(p);
}

static void test_scan_look__what_is_cut_off_is_refused_wherever_it_is_cut(void **state)
{
    (void)state;
    unsigned char *p = page(30, 25);
    struct str whole = jpeg(p, WIDE, HIGH);
    for (size_t n = 400; n < whole.n - 2; n += whole.n / 7)
        assert_true(scan_is_refused(scan_look(str_head(whole, n)).doubt) || scan_look(str_head(whole, n)).doubt == SCAN_UNKNOWN);
    assert_int_equal(scan_look(str_head(whole, whole.n / 2)).doubt, SCAN_BROKEN);
    whole = png(p, WIDE, HIGH);
    assert_int_equal(scan_look(str_head(whole, whole.n / 2)).doubt, SCAN_BROKEN);
    free(p);
}

static void test_scan_look__what_it_cannot_read_is_not_judged(void **state)
{
    (void)state;
    assert_int_equal(scan_look(STR("%PDF-1.4")).doubt, SCAN_UNKNOWN);
    assert_int_equal(scan_look(STR("\xff\xd8\xff")).doubt, SCAN_UNKNOWN);
    assert_int_equal(scan_look(STR("")).doubt, SCAN_UNKNOWN);
    assert_int_equal(scan_size_of(STR("RIFF....WEBPVP8 ")).kind, SCAN_NO_PICTURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan_look__a_printed_page_at_150_dpi_is_fine),
        cmocka_unit_test(test_scan_look__a_page_with_three_lines_is_fine),
        cmocka_unit_test(test_scan_look__out_of_focus_is_doubted),
        cmocka_unit_test(test_scan_look__a_dark_picture_is_doubted),
        cmocka_unit_test(test_scan_look__pale_letters_are_doubted),
        cmocka_unit_test(test_scan_look__a_white_sheet_is_doubted),
        cmocka_unit_test(test_scan_look__under_100_dpi_is_doubted),
        cmocka_unit_test(test_scan_look__sixty_thousand_by_sixty_thousand_is_not_unpacked),
        cmocka_unit_test(test_scan_look__a_bomb_of_white_points_costs_little),
        cmocka_unit_test(test_scan_look__what_is_cut_off_is_refused_wherever_it_is_cut),
        cmocka_unit_test(test_scan_look__what_it_cannot_read_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
