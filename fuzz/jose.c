/* jose.c: a public key, a detached signature and what it should stand under, one a line. A signature that holds under one of
 * our keys must be over the one text that key signed.
 */
#include "fuzz/fuzz.h"
#include "fuzz/signed.h"
#include "platform/crypto/crypto.h"

#include <string.h>

void fuzz_start(void)
{
}

static void check_key(struct arena *a, const struct jwk *k)
{
    struct jwk again;
    struct err e = { 0 };
    ASSERT(jwk_read(a, jwk_json(a, k), &again, &e) == 0);
    ASSERT(strcmp(again.kid, k->kid) == 0 && again.key_n == k->key_n && memcmp(again.key, k->key, k->key_n) == 0);
}

void fuzz_one(struct arena *a, struct str input)
{
    static const char *const ours[] = { SIGNED_KEY_ED, SIGNED_KEY_P256 };
    struct jwk k;
    struct err e = { 0 };
    struct str key = fuzz_line(&input), jws = fuzz_line(&input);
    if (jwk_read(a, key, &k, &e) != 0)
        fuzz_check_refusal(&e);
    else {
        check_key(a, &k);
        jws_check_detached(a, jws, input, &k, &e); /* a key of the input's own may sign what it likes */
    }
    for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
        ASSERT(jwk_read(a, str_of(ours[i]), &k, &e) == 0);
        if (jws_check_detached(a, jws, input, &k, &e) == 0)
            ASSERT(str_eq(input, STR(SIGNED_PAYLOAD)));
        else
            fuzz_check_refusal(&e);
    }
}
