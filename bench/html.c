/* html: how fast values are escaped, each beside memcpy of the same bytes in the same run. Usage: bench/html [seconds] */
#include "platform/html/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_MAX = 1 << 20, PER_PAGE = 200 };

static void copy(struct html *h, struct str s)
{
    html_raw(h, s.p, s.n);
}

/* Bytes of input a second, in MB: pages of PER_PAGE values into one buffer, over and over. */
static double measure(struct arena *a, void (*put)(struct html *, struct str), struct str value, double seconds)
{
    struct buf out;
    buf_init(&out, a, OUT_MAX);
    struct html h = { .out = &out, .arena = a };
    int64_t begin = monotonic_us(), end = begin + (int64_t)(seconds * 1e6), now;
    double bytes = 0;
    do {
        buf_clear(&out);
        for (int i = 0; i < PER_PAGE; i++)
            put(&h, value);
        bytes += (double)value.n * PER_PAGE;
        now = monotonic_us();
    } while (now < end);
    return bytes / (double)(now - begin);
}

static struct str repeated(struct arena *a, struct str piece, size_t times)
{
    struct buf b;
    buf_init(&b, a, OUT_MAX);
    for (size_t i = 0; i < times; i++)
        buf_put(&b, piece);
    return buf_str(&b);
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 0.3;
    struct arena a;
    arena_init(&a, (size_t)64 << 20);
    const struct {
        const char *what;
        struct str value;
    } rows[] = {
        { "a name, 23 bytes", STR("Nguyễn Thị H'Nhi Niê") },
        { "a number, 6 bytes", STR("12.345") },
        { "prose, 2 KB", repeated(&a, STR("Thông báo lưu trú đã được tiếp nhận lúc 22:10. "), 38) },
        { "markup, 2 KB", repeated(&a, STR("<a href=\"x\">b & c</a> "), 93) },
    };
    printf("%-20s %10s %10s %10s %10s   MB/s of input\n", "", "memcpy", "html_text", "html_attr", "html_query");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        printf("%-20s %10.0f %10.0f %10.0f %10.0f\n", rows[i].what, measure(&a, copy, rows[i].value, seconds),
               measure(&a, html_text, rows[i].value, seconds), measure(&a, html_attr, rows[i].value, seconds),
               measure(&a, html_query, rows[i].value, seconds));
    arena_release(&a);
    return 0;
}
