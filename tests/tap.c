#include "tests/tap.h"

#include <stdarg.h>
#include <stdio.h>

bool tap_case(struct tap *t, bool good, const char *why, const char *fmt, ...)
{
    va_list ap;
    if (!good && why && *why)
        printf("# %s\n", why);
    printf("%s %d - ", good ? "ok" : "not ok", ++t->cases);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    t->failures += !good;
    return good;
}

int tap_end(const struct tap *t)
{
    printf("1..%d\n", t->cases);
    return t->failures == 0 && t->cases > 0 ? 0 : 1;
}
