#include "base/buf.h"

#include <stdio.h>
#include <string.h>

enum { ROOM_FIRST = 256 };

void buf_init(struct buf *b, struct arena *a, size_t max)
{
    *b = (struct buf) { .arena = a, .max = max };
}

/* Room for n more bytes; gives how many of them may be written. */
static size_t make_room(struct buf *b, size_t n)
{
    if (b->full)
        return 0;
    if (n > b->max - b->n) {
        b->full = true;
        n = b->max - b->n;
    }
    if (n <= b->room - b->n)
        return n;
    size_t want = b->room > b->max / 2 ? b->max : b->room * 2;
    if (want < b->n + n)
        want = b->n + n;
    if (want < ROOM_FIRST)
        want = b->max < ROOM_FIRST ? b->max : ROOM_FIRST;
    b->p = arena_grow(b->arena, b->p, b->room, want);
    b->room = want;
    return n;
}

void buf_put_bytes(struct buf *b, const void *p, size_t n)
{
    n = make_room(b, n);
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
}

void buf_put(struct buf *b, struct str s)
{
    buf_put_bytes(b, s.p, s.n);
}

void buf_put_char(struct buf *b, char c)
{
    buf_put_bytes(b, &c, 1);
}

void buf_put_i64(struct buf *b, int64_t v)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (v < 0)
        digits[--at] = '-';
    buf_put_bytes(b, digits + at, sizeof digits - at);
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    char quick[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(quick, sizeof quick, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    if ((size_t)n < sizeof quick) {
        buf_put_bytes(b, quick, (size_t)n);
        return;
    }
    va_start(ap, fmt);
    buf_put(b, str_vfmt(b->arena, fmt, ap));
    va_end(ap);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
}

struct str buf_str(const struct buf *b)
{
    return (struct str) { b->p ? b->p : "", b->n };
}
