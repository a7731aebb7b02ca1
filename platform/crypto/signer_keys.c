/* The keys that seal: one current and its forebears for each purpose. This file runs in the signer process only. */
#include "platform/crypto/crypto_internal.h"
#include "platform/crypto/jose_internal.h"
#include "platform/crypto/key_file.h"
#include "platform/crypto/signer_ring.h"

#include <jansson.h>
#include <openssl/core_names.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int make_key(const char *dir, const char *purpose, const char *name, struct err *e)
{
    EVP_PKEY *key = private_key_make(strcmp(purpose, PAPER_PURPOSE) == 0 ? JOSE_ES256 : JOSE_EDDSA);
    if (!key)
        return ERR(e, ERR_SIGNER, "no new key for %s", purpose);
    int result = private_key_write(dir, name, key, e);
    EVP_PKEY_free(key);
    return result;
}

/* ---- its public half ---- */

static int public_half(EVP_PKEY *key, struct jwk *out, struct err *e)
{
    uint8_t bytes[P256_POINT];
    size_t n = sizeof bytes;
    if (EVP_PKEY_is_a(key, "ED25519") && EVP_PKEY_get_raw_public_key(key, bytes, &n) == 1)
        return jwk_from_key("EdDSA", bytes, n, out, e);
    if (EVP_PKEY_is_a(key, "EC") &&
        EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytes, sizeof bytes, &n) == 1)
        return jwk_from_key("ES256", bytes, n, out, e);
    return ERR(e, ERR_SIGNER, "the key is neither Ed25519 nor P-256");
}

static bool same_key(const struct jwk *x, const struct jwk *y)
{
    return strcmp(x->kid, y->kid) == 0;
}

static int take_listed(struct signing_key *k, struct arena *a, const json_t *entry, struct err *e)
{
    struct jwk listed;
    struct str text;
    if (json_canonical(a, entry, &text, e) || jwk_read(a, text, &listed, e))
        return -1;
    if (same_key(&listed, &k->current))
        return 0;
    if (k->n_older == SIGNER_KEYS_MAX - 1)
        return ERR(e, ERR_SIGNER, "%s.jwks lists more than %d keys", k->purpose, SIGNER_KEYS_MAX);
    k->older[k->n_older++] = listed;
    return 0;
}

static int take_list(struct signing_key *k, struct arena *a, struct str text, bool *has_current, struct err *e)
{
    json_t *j;
    if (json_read(a, text, &j, e))
        return -1;
    const json_t *keys = json_object_get(j, "keys");
    int result = json_is_array(keys) ? 0 : ERR(e, ERR_SIGNER, "%s.jwks has no \"keys\"", k->purpose);
    for (size_t i = 0; result == 0 && i < json_array_size(keys); i++)
        result = take_listed(k, a, json_array_get(keys, i), e);
    *has_current = json_array_size(keys) > k->n_older;
    return result;
}

static int write_list(const char *dir, const char *name, const struct signing_key *k, struct arena *a, struct err *e)
{
    struct buf b;
    buf_init(&b, a, KEY_FILE_MAX);
    buf_lit(&b, "{\"keys\":[\n");
    buf_put(&b, jwk_json(a, &k->current));
    for (size_t i = 0; i < k->n_older; i++) {
        buf_lit(&b, ",\n");
        buf_put(&b, jwk_json(a, &k->older[i]));
    }
    buf_lit(&b, "\n]}\n");
    return key_file_write(dir, name, buf_str(&b), 0644, true, e);
}

/* The list of this purpose's public keys is where a rotated key's signatures are still checked from. */
static int keep_list(const char *dir, struct signing_key *k, struct arena *a, struct err *e)
{
    char name[64];
    char *text = arena_alloc(a, KEY_FILE_MAX);
    size_t n = 0;
    bool has_current = false;
    snprintf(name, sizeof name, "%s.jwks", k->purpose);
    int found = key_file_read(dir, name, false, text, KEY_FILE_MAX, &n, e);
    if (found < 0 || (found && take_list(k, a, (struct str) { text, n }, &has_current, e)))
        return -1;
    return has_current ? 0 : write_list(dir, name, k, a, e);
}

int signing_key_load(const char *dir, const char *purpose, struct signing_key *out, struct err *e)
{
    struct signing_key k = { .purpose = purpose };
    struct arena scratch;
    char name[64];
    snprintf(name, sizeof name, "%s.key", purpose);
    int found = private_key_read(dir, name, &k.private_key, e);
    if (found == 0 && make_key(dir, purpose, name, e) == 0)
        found = private_key_read(dir, name, &k.private_key, e);
    if (found <= 0)
        return -1;
    arena_init(&scratch, (size_t)1 << 20);
    int result = public_half(k.private_key, &k.current, e) || keep_list(dir, &k, &scratch, e) ? -1 : 0;
    arena_release(&scratch);
    if (result)
        signing_key_release(&k);
    else
        *out = k;
    return result;
}

void signing_key_release(struct signing_key *k)
{
    EVP_PKEY_free(k->private_key);
    k->private_key = NULL;
}

/* ---- signing ---- */

int signing_key_sign(const struct signing_key *k, struct arena *a, struct str payload, struct str *jws, struct err *e)
{
    size_t header_n;
    uint8_t raw[RSA_BITS_MOST / 8];
    size_t n;
    enum jose_alg alg = strcmp(k->current.alg, "EdDSA") == 0 ? JOSE_EDDSA : JOSE_ES256;
    struct str text = jws_signing_input(a, &k->current, payload, &header_n);
    if (private_key_sign(k->private_key, alg, text, raw, &n))
        return ERR(e, ERR_SIGNER, "%s key did not sign", k->purpose);
    struct str signature = str_base64url(a, raw, n);
    *jws = str_fmt(a, "%.*s..%.*s", (int)header_n, text.p, STR_ARG(signature));
    return 0;
}
