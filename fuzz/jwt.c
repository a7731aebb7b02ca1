/* jwt.c: a public key or a set of them, and a compact token, one a line. What passes under keys of ours must be the one token that they
 * signed; whatever the input's own keys sign, reading its claims must not break.
 */
#include "fuzz/fuzz.h"
#include "platform/crypto/jose.h"
#include "platform/crypto/test/jose_vectors.h"

#define OURS                                                                                                              \
    "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" RSA_N "\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"ec-1\"," \
    "\"x\":\"" EC_X "\",\"y\":\"" EC_Y "\"}]}"

void fuzz_start(void)
{
}

static void check(struct arena *a, struct str token, const struct jose_keys *keys, bool ours)
{
    struct jwt t;
    struct err e = { 0 };
    if (jwt_read(a, token, JOSE_ALL, keys, &t, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0' || e.code == ERR_BUSY);
        return;
    }
    const struct jwt_expect x = { .issuer = STR("https://op.example"),
                                  .audience = STR("s6BhdRkqt3"),
                                  .now = { 1794995000000000 },
                                  .skew_s = 10,
                                  .needs_exp = true };
    int good = jwt_check(&t, &x, &e);
    if (ours)
        ASSERT(good == 0); /* all that our keys signed are the vectors */
    else if (good != 0)
        fuzz_check_refusal(&e);
}

void fuzz_one(struct arena *a, struct str input)
{
    struct jose_keys *keys;
    struct err e = { 0 };
    struct str own = fuzz_line(&input), token = fuzz_line(&input);
    if (jose_keys_read(a, own, &keys, &e) != 0)
        fuzz_check_refusal(&e);
    else {
        check(a, token, keys, false);
    }
    ASSERT(jose_keys_read(a, STR(OURS), &keys, &e) == 0);
    check(a, token, keys, true);
}
