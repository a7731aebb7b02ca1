/* urlencoded.c: bodies of forms and query strings. */
#include "fuzz/fuzz.h"
#include "platform/http/inside.h"

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    struct param *v = NULL;
    size_t n = 0;
    struct err e = { 0 };
    if (parse_urlencoded(a, input, &v, &n, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(v == NULL && n == 0);
        return;
    }
    ASSERT(n <= LIMIT_PARAMS);
    for (size_t i = 0; i < n; i++) {
        ASSERT(v[i].name.n > 0 && v[i].value.n <= LIMIT_VALUE);
        ASSERT(str_find_char(v[i].name, '\0') < 0 && str_find_char(v[i].value, '\0') < 0);
    }
}
