/* buf.h: bytes that grow in an arena up to a compulsory maximum. Past the maximum nothing more is written and `full` is
 * set; whoever sends the buffer checks it once, at the end.
 */
#ifndef BON_BASE_BUF_H
#define BON_BASE_BUF_H

#include "base/str.h"

struct buf {
    char *p;
    size_t n;    /* bytes written */
    size_t room; /* bytes allocated */
    size_t max;
    struct arena *arena;
    bool full; /* something did not fit; the content is a prefix */
};

void buf_init(struct buf *b, struct arena *a, size_t max);
void buf_put(struct buf *b, struct str s);
void buf_put_bytes(struct buf *b, const void *p, size_t n);
void buf_put_char(struct buf *b, char c);
void buf_put_i64(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b);
struct str buf_str(const struct buf *b); /* borrowed; valid until the next write */

#define buf_lit(b, literal) buf_put_bytes((b), "" literal, sizeof(literal) - 1)

#endif
