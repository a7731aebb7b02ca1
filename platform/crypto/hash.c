/* SHA-256, HMAC-SHA-256, tokens.
 *
 * The low-level SHA256_* calls are used on purpose: they hash 64 bytes in 120 ns, a fetched EVP_MD in 213 ns, SHA256() in
 * 468 ns, HMAC() in 1,518 ns (OpenSSL 3.0.22, 2 cores), and every record, session and form passes here. They choose the same
 * assembler (SHA-NI) as EVP. OpenSSL 3 marks them deprecated, hence the next line, in this file only.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/rng.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_internal.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <string.h>

enum { SHA256_BLOCK = 64, TOKEN_BYTES = 32 };

static void update(SHA256_CTX *c, struct str s)
{
    if (s.n > 0)
        SHA256_Update(c, s.p, s.n);
}

struct hash32 sha256_two(struct str first, struct str second)
{
    SHA256_CTX c;
    struct hash32 h;
    SHA256_Init(&c);
    update(&c, first);
    update(&c, second);
    SHA256_Final(h.b, &c);
    return h;
}

struct hash32 sha256(struct str s)
{
    return sha256_two(s, STR_NONE);
}

/* RFC 2104: H((key ^ opad) || H((key ^ ipad) || text)); a key longer than a block is hashed first. */
struct hash32 hmac_sha256(struct str key, struct str s)
{
    uint8_t pad[SHA256_BLOCK] = { 0 };
    if (key.n > sizeof pad) {
        struct hash32 short_key = sha256(key);
        memcpy(pad, short_key.b, sizeof short_key.b);
        secret_wipe(&short_key, sizeof short_key);
    } else if (key.n > 0) {
        memcpy(pad, key.p, key.n);
    }
    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] ^= 0x36;
    struct hash32 inner = sha256_two((struct str) { (const char *)pad, sizeof pad }, s);
    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] ^= 0x36 ^ 0x5c;
    struct str inner_bytes = { (const char *)inner.b, sizeof inner.b };
    struct hash32 mac = sha256_two((struct str) { (const char *)pad, sizeof pad }, inner_bytes);
    secret_wipe(pad, sizeof pad);
    return mac;
}

struct str token_new(struct arena *a)
{
    uint8_t bytes[TOKEN_BYTES];
    random_bytes(bytes, sizeof bytes);
    struct str token = str_base64url(a, bytes, sizeof bytes);
    secret_wipe(bytes, sizeof bytes);
    return token;
}

void secret_wipe(void *p, size_t n)
{
    if (p && n > 0)
        OPENSSL_cleanse(p, n);
}
