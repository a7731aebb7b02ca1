/* percent.c: %XX and +, and the way back: what is decoded and escaped again decodes to the same bytes. */
#include "fuzz/fuzz.h"
#include "platform/http/inside.h"

void fuzz_start(void)
{
}

static struct str escaped(struct arena *a, struct str s, void (*escape)(struct html *, struct str))
{
    struct buf b;
    buf_init(&b, a, 3 * s.n + 16);
    struct html h = { .out = &b, .arena = a };
    escape(&h, s);
    ASSERT(!b.full);
    return buf_str(&b);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str path, query, again;
    bool as_path = parse_percent(a, input, false, &path), as_query = parse_percent(a, input, true, &query);
    ASSERT(as_path == as_query); /* a plus is never wrong */
    if (!as_path)
        return;
    ASSERT(path.n == query.n && path.n <= input.n && str_find_char(path, '\0') < 0);
    ASSERT(parse_percent(a, escaped(a, query, html_query), true, &again) && str_eq(again, query));
    bool dots = str_eq(path, STR(".")) || str_eq(path, STR(".."));
    ASSERT(parse_percent(a, escaped(a, path, html_path), false, &again) && (dots || str_eq(again, path)));
}
