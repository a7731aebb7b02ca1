/* seal.c: what a device takes while it is cut off, closed so that only the server opens it. */
#include "engines/edge/inside.h"

#include "platform/crypto/crypto.h"
#include "platform/crypto/signer.h"

#include <sodium.h>
#include <string.h>

enum { SEAL_BLOCK = 256 };

struct str edge_seal(struct arena *a, const uint8_t public_key[EDGE_SEAL_KEY], struct str plain)
{
    ASSERT(sodium_init() >= 0);
    size_t room = plain.n + SEAL_BLOCK, padded = 0;
    unsigned char *text = arena_alloc(a, room);
    unsigned char *sealed = arena_alloc(a, room + crypto_box_SEALBYTES);
    memcpy(text, plain.p, plain.n);
    ASSERT(sodium_pad(&padded, text, plain.n, SEAL_BLOCK, room) == 0);
    ASSERT(crypto_box_seal(sealed, text, padded, public_key) == 0);
    secret_wipe(text, room);
    return (struct str) { (const char *)sealed, padded + crypto_box_SEALBYTES };
}

int edge_seal_pair(const struct app *app, struct arena *a, uint8_t public_key[EDGE_SEAL_KEY], uint8_t secret[EDGE_SEAL_KEY],
                   struct err *e)
{
    struct hash32 seed;
    if (signer_vault_key(app->signer, a, STR("edge/spool"), &seed, e))
        return -1;
    ASSERT(sodium_init() >= 0);
    crypto_box_seed_keypair(public_key, secret, seed.b);
    secret_wipe(&seed, sizeof(seed));
    return 0;
}

int edge_unseal(const struct app *app, struct arena *a, struct str sealed, struct str *plain, struct err *e)
{
    uint8_t public_key[EDGE_SEAL_KEY], secret[EDGE_SEAL_KEY];
    size_t n = 0;
    if (sealed.n <= crypto_box_SEALBYTES || sealed.n > EDGE_SEALED_MAX)
        return 0;
    size_t padded = sealed.n - crypto_box_SEALBYTES;
    unsigned char *text = arena_alloc(a, padded);
    if (edge_seal_pair(app, a, public_key, secret, e))
        return -1;
    bool good = crypto_box_seal_open(text, (const unsigned char *)sealed.p, sealed.n, public_key, secret) == 0 &&
                sodium_unpad(&n, text, padded, SEAL_BLOCK) == 0;
    secret_wipe(secret, sizeof(secret));
    if (good)
        *plain = (struct str) { (const char *)text, n };
    return good;
}
