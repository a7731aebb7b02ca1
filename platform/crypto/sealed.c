/* Small secrets in the store: XChaCha20-Poly1305 under a key that is not in it. */
#include "platform/crypto/crypto.h"

#include "base/rng.h"

#include <sodium.h>
#include <string.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

struct str secret_seal(struct arena *a, const struct hash32 *key, struct str about, struct str plain)
{
    unsigned char *out = arena_alloc(a, NONCE + plain.n + TAG);
    random_bytes(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, (const unsigned char *)plain.p, plain.n,
                                               (const unsigned char *)about.p, about.n, NULL, out, key->b);
    return (struct str) { (const char *)out, NONCE + plain.n + TAG };
}

bool secret_open(struct arena *a, const struct hash32 *key, struct str about, struct str sealed, struct str *plain)
{
    if (sealed.n < NONCE + TAG)
        return false;
    const unsigned char *in = (const unsigned char *)sealed.p;
    unsigned char *out = arena_alloc(a, sealed.n - NONCE - TAG + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + NONCE, sealed.n - NONCE, (const unsigned char *)about.p,
                                                   about.n, in, key->b) != 0)
        return false;
    *plain = (struct str) { (const char *)out, sealed.n - NONCE - TAG };
    return true;
}
