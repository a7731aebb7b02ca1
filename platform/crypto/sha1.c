/* SHA-1, where other people's formats ask for it. */
#include "platform/crypto/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

void sha1(struct str s, uint8_t out[20])
{
    size_t n = 20;
    ASSERT(EVP_Q_digest(NULL, "SHA1", NULL, s.p ? s.p : "", s.n, out, &n) == 1 && n == 20);
}

void hmac_sha1(struct str key, struct str s, uint8_t out[20])
{
    unsigned n = 20;
    ASSERT(HMAC(EVP_sha1(), key.p ? key.p : "", (int)key.n, (const uint8_t *)s.p, s.n, out, &n) && n == 20);
}
