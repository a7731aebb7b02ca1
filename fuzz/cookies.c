/* cookies.c: the Cookie header, and the Accept-Language header beside it. */
#include "fuzz/fuzz.h"
#include "platform/http/inside.h"

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    struct param *v = NULL, one;
    size_t n = 0, seen = 0;
    struct err e = { 0 };
    struct str rest = input;
    enum lang lang = LANG_VI;
    bool known = lang_parse(input, &lang);
    ASSERT(!known || lang == LANG_VI || lang == LANG_EN);
    while (cookie_next(&rest, &one)) {
        seen++;
        ASSERT(one.name.n > 0);
        ASSERT(str_find_char(one.value, ';') < 0 && str_find_char(one.value, '\0') < 0);
    }
    if (parse_cookies(a, input, &v, &n, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(seen > LIMIT_PARAMS || input.n > LIMIT_VALUE);
        return;
    }
    ASSERT(n == seen && n <= LIMIT_PARAMS);
}
