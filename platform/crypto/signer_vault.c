/* The signer's vault: one secret that never leaves it, from which it derives a key for each thing that the store holds sealed. Who
 * only has the store, or a backup of it, has none of these keys. Both ends of the request stand here.
 */
#include "platform/crypto/key_file.h"
#include "platform/crypto/signer_internal.h"

#include "base/json.h"
#include "base/rng.h"

#include <jansson.h>
#include <string.h>

#define VAULT_FILE "vault.secret"

int vault_load(const char *dir, struct hash32 *secret, struct err *e)
{
    char text[256];
    size_t n = 0;
    int found = key_file_read(dir, VAULT_FILE, true, text, sizeof text, &n, e);
    if (found == 0) {
        struct arena a;
        arena_init(&a, 4096);
        random_bytes(secret->b, sizeof secret->b);
        struct str hex = str_hex(&a, secret->b, sizeof secret->b);
        int made = key_file_write(dir, VAULT_FILE, hex, 0600, false, e);
        secret_wipe((void *)(uintptr_t)hex.p, hex.n);
        arena_release(&a);
        return made == 1 ? vault_load(dir, secret, e) : made; /* 1: another signer was faster */
    }
    bool good = found > 0 && str_unhex(str_trim((struct str) { text, n }), secret->b, sizeof secret->b);
    secret_wipe(text, sizeof text);
    return good || found < 0 ? (found < 0 ? -1 : 0) : ERR(e, ERR_SIGNER, "%s/%s is no 64 hexadecimal digits", dir, VAULT_FILE);
}

/* A secret of 256 bits and a message that no other purpose uses: one HMAC is the extraction and the expansion of RFC 5869. */
struct str vault_answer(struct arena *a, const struct hash32 *secret, struct str name)
{
    struct hash32 key = hmac_sha256((struct str) { (const char *)secret->b, sizeof secret->b },
                                    str_fmt(a, "bon vault 1 %.*s", STR_ARG(name)));
    struct str text = str_fmt(a, "{\"key\":\"%.*s\"}", STR_ARG(str_hex(a, key.b, sizeof key.b)));
    secret_wipe(&key, sizeof key);
    return text;
}

int signer_vault_key(struct signer *s, struct arena *a, struct str name, struct hash32 *key, struct err *e)
{
    json_t *j;
    struct buf b;
    buf_init(&b, a, 1024);
    buf_lit(&b, "{\"name\":");
    buf_put_json_string(&b, name);
    buf_lit(&b, ",\"op\":\"vault\"}");
    if (signer_ask(s, a, buf_str(&b), &j, e))
        return -1;
    const char *hex = json_string_value(json_object_get(j, "key"));
    bool good = hex && str_unhex(str_of(hex), key->b, sizeof key->b);
    return good ? 0 : ERR(e, ERR_SIGNER, "the signer gave no key");
}
