/* Passwords: Argon2id v1.3 through libsodium. Parameters are OWASP's second choice (t=2, m=19 MiB, p=1): 35 ms on one core
 * here, so that a bounded queue of two threads still serves 57 sign-ins a second. */
#include "platform/crypto/crypto.h"

#include <sodium.h>
#include <string.h>

enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 * 1024 * 1024, PASSWORD_MAX = 1024 };

int password_hash(struct arena *a, struct str password, struct str *encoded, struct err *e)
{
    if (password.n > PASSWORD_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Mật khẩu quá dài."), "password of %zu bytes", password.n);
    if (sodium_init() < 0)
        return ERR(e, ERR_INTERNAL, "libsodium did not start");
    char text[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(text, password.n > 0 ? password.p : "", password.n, PASSWORD_PASSES, PASSWORD_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ERR(e, ERR_BUSY, "no memory for Argon2id");
    *encoded = str_dup(a, str_of(text));
    return 0;
}

bool password_matches(struct str password, struct str encoded)
{
    char text[crypto_pwhash_STRBYTES] = { 0 };
    if (password.n > PASSWORD_MAX || encoded.n == 0 || encoded.n >= sizeof text || sodium_init() < 0)
        return false;
    memcpy(text, encoded.p, encoded.n);
    return crypto_pwhash_str_verify(text, password.n > 0 ? password.p : "", password.n) == 0;
}
