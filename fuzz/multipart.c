/* multipart.c: forms with files. The first line is the Content-Type, the rest the body. */
#include "fuzz/fuzz.h"
#include "platform/http/inside.h"

void fuzz_start(void)
{
}

/* Bytes of a part are a slice of the body: nothing is copied, nothing lies outside. */
static bool inside(struct str outer, struct str s)
{
    return s.n == 0 || (s.p >= outer.p && s.p + s.n <= outer.p + outer.n);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct part *v = NULL;
    size_t n = 0;
    struct err e = { 0 };
    struct str type = fuzz_line(&input);
    if (parse_multipart(a, type, input, &v, &n, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(v == NULL && n == 0);
        return;
    }
    ASSERT(n <= LIMIT_PARAMS);
    for (size_t i = 0; i < n; i++) {
        ASSERT(v[i].name.n > 0 && inside(input, v[i].bytes));
        ASSERT(i == 0 || v[i].bytes.n == 0 || v[i - 1].bytes.n == 0 || v[i].bytes.p > v[i - 1].bytes.p);
    }
}
