/* scan_quality.c: what the points of a scan say.
 *
 * A sheet at 150 points an inch: its paper is the grey that three quarters of the points do not exceed, its ink that of the darkest
 * two in a thousand. A printed letter goes from ink to paper within two points: its steepest edges cross nine tenths of the difference
 * and more at one step, after a scanner's own softness four; out of focus by four points they cross a quarter
 * (test/scan_quality_test.c prints them).
 */
#include "engines/counter/scan_quality.h"

#include "engines/counter/scan_pixels.h"
#include "platform/http/module.h"

#include <stdlib.h>

enum { LONG_SIDE = 1170, GREYS = 256, TEN_THOUSAND = 10000 };
enum { PAPER_PLACE = 7500, INK_PLACE = 20, EDGE_PLACE = 9995 };                  /* of the points in order, in ten thousandths */
enum { PAPER_LEAST = 90, CONTRAST_LEAST = 60, STEEP_LEAST = 30, INKED_LEAST = 8 }; /* of a page that can be read */

/* The value that `place` ten-thousandths of all points do not exceed. */
static int value_at(const int64_t *counts, int64_t total, int64_t place)
{
    int64_t sum = 0;
    for (int v = 0; v < GREYS; v++) {
        sum += counts[v];
        if (sum * TEN_THOUSAND >= total * place)
            return v;
    }
    return GREYS - 1;
}

/* How many points are nearer to the ink than to the paper, in ten thousand. */
static int inked(const int64_t *counts, int64_t total, int paper)
{
    int64_t sum = 0;
    for (int v = 0; v < paper - CONTRAST_LEAST / 2; v++)
        sum += counts[v];
    return (int)(sum * TEN_THOUSAND / total);
}

static int steepest(const struct grey *g)
{
    int64_t counts[GREYS] = { 0 };
    for (int y = 0; y < g->height; y++)
        for (int x = 1; x < g->width; x++) {
            const unsigned char *p = g->p + (size_t)y * (size_t)g->width + (size_t)x;
            counts[abs(p[0] - p[-1])]++;
        }
    return value_at(counts, (int64_t)g->height * (g->width - 1), EDGE_PLACE);
}

static void judge(const struct grey *g, struct scan_look *look)
{
    int64_t counts[GREYS] = { 0 }, total = (int64_t)g->width * g->height;
    for (int64_t i = 0; i < total; i++)
        counts[g->p[i]]++;
    look->paper = value_at(counts, total, PAPER_PLACE);
    look->ink = value_at(counts, total, INK_PLACE);
    look->inked = inked(counts, total, look->paper);
    int contrast = look->paper - look->ink;
    look->steep = contrast > 0 && g->width > 1 ? 100 * steepest(g) / contrast : 0;
    look->doubt = look->paper < PAPER_LEAST        ? SCAN_DARK
                  : look->inked < INKED_LEAST      ? SCAN_EMPTY
                  : contrast < CONTRAST_LEAST      ? SCAN_PALE
                  : look->steep < STEEP_LEAST      ? SCAN_BLURRED
                                                   : SCAN_FINE;
}

struct scan_look scan_look(struct str bytes)
{
    static const enum scan_doubt failed[] = { [GREY_TOO_MUCH] = SCAN_UNKNOWN, [GREY_BROKEN] = SCAN_BROKEN };
    struct scan_size size = scan_size_of(bytes);
    struct scan_look look = { .doubt = SCAN_UNKNOWN, .width = size.width, .height = size.height };
    struct grey g;
    if (size.kind == SCAN_NO_PICTURE)
        return look;
    if (scan_too_large(&size)) {
        look.doubt = SCAN_TOO_LARGE;
        return look;
    }
    enum grey_result read = grey_read(bytes, &size, &g);
    if (read != GREY_DONE) {
        look.doubt = failed[read];
        return look;
    }
    judge(&g, &look);
    free(g.p);
    if ((size.width > size.height ? size.width : size.height) < LONG_SIDE)
        look.doubt = SCAN_SMALL;
    return look;
}

bool scan_is_refused(enum scan_doubt d)
{
    return d == SCAN_BROKEN || d == SCAN_TOO_LARGE;
}

struct str scan_objection(enum scan_doubt d, bool keep)
{
    return keep && !scan_is_refused(d) ? STR("") : scan_doubt_label(d);
}

struct str scan_doubt_label(enum scan_doubt d)
{
    static const struct str labels[SCAN_DOUBTS_] = {
        [SCAN_FINE] = STR_INIT(""),
        [SCAN_UNKNOWN] = STR_INIT(""),
        [SCAN_SMALL] = MSG("Bản chụp quá nhỏ, chữ có thể không đọc được: xin quét lại từ 150 DPI."),
        [SCAN_EMPTY] = MSG("Bản chụp gần như trắng: xin xem tờ giấy có bị lật mặt không rồi quét lại."),
        [SCAN_DARK] = MSG("Bản chụp quá tối: xin quét lại, hoặc chụp ở chỗ sáng, không để bóng tay che giấy."),
        [SCAN_PALE] = MSG("Chữ quá nhạt so với giấy: xin tăng độ đậm của máy quét rồi quét lại."),
        [SCAN_BLURRED] = MSG("Bản chụp bị nhoè: xin giữ yên máy, lau mặt kính và quét lại."),
        [SCAN_BROKEN] = MSG("Tệp ảnh bị cụt hoặc hỏng, không mở được: xin quét lại."),
        [SCAN_TOO_LARGE] = MSG("Ảnh ghi kích thước quá lớn nên không được mở: xin quét lại ở 150 đến 300 DPI."),
    };
    return labels[d];
}
