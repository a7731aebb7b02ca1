/* json.c: JSON from outside into the canonical form that is hashed and signed: one value, one text. */
#include "fuzz/fuzz.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    json_t *j = NULL, *again;
    struct str canonical, twice;
    struct err e = { 0 };
    if (json_read(a, input, &j, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(j == NULL);
        return;
    }
    /* Numbers that have no canonical form here (fractions, over 2^53) are refused, never rounded. */
    if (json_canonical(a, j, &canonical, &e) == 0) {
        ASSERT(json_read(a, canonical, &again, &e) == 0);
        ASSERT(json_equal(j, again));
        ASSERT(json_canonical(a, again, &twice, &e) == 0 && str_eq(canonical, twice));
    } else {
        fuzz_check_refusal(&e);
    }
}
