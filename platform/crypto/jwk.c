/* Public keys as JWK: Ed25519 (RFC 8037) and P-256 (RFC 7518 section 6.2), named by their RFC 7638 thumbprint. */
#include "platform/crypto/crypto.h"
#include "platform/crypto/crypto_internal.h"

#include <jansson.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <sodium.h>
#include <string.h>

enum { JWK_TEXT = 4096, COORDINATE = 32 };

static bool is_eddsa(const struct jwk *k)
{
    return strcmp(k->alg, "EdDSA") == 0;
}

/* The members that RFC 7638 hashes, in its order, no spaces. Written whole it is also the JWK that other programs read. */
static struct str required_members(struct arena *a, const struct jwk *k)
{
    if (is_eddsa(k)) {
        struct str x = str_base64url(a, k->key, ED25519_PUBLIC);
        return str_fmt(a, "\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%.*s\"", STR_ARG(x));
    }
    struct str x = str_base64url(a, k->key + 1, COORDINATE);
    struct str y = str_base64url(a, k->key + 1 + COORDINATE, COORDINATE);
    return str_fmt(a, "\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%.*s\",\"y\":\"%.*s\"", STR_ARG(x), STR_ARG(y));
}

struct str jwk_json(struct arena *a, const struct jwk *k)
{
    return str_fmt(a, "{\"alg\":\"%s\",\"kid\":\"%s\",\"use\":\"sig\",%.*s}", k->alg, k->kid,
                   STR_ARG(required_members(a, k)));
}

static void put_thumbprint(struct jwk *k)
{
    struct arena scratch;
    arena_init(&scratch, 4096);
    struct str text = str_fmt(&scratch, "{%.*s}", STR_ARG(required_members(&scratch, k)));
    struct hash32 h = sha256(text);
    struct str kid = str_base64url(&scratch, h.b, sizeof h.b);
    memset(k->kid, 0, sizeof k->kid);
    memcpy(k->kid, kid.p, kid.n < sizeof k->kid ? kid.n : sizeof k->kid - 1);
    arena_release(&scratch);
}

static bool on_p256(const uint8_t *point)
{
    EC_GROUP *curve = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    EC_POINT *p = curve ? EC_POINT_new(curve) : NULL;
    /* EC_POINT_oct2point refuses coordinates that are no point of the curve. */
    bool good = p && point[0] == 4 && EC_POINT_oct2point(curve, p, point, P256_POINT, NULL) == 1;
    EC_POINT_free(p);
    EC_GROUP_free(curve);
    return good;
}

int jwk_from_key(const char *alg, const uint8_t *key, size_t key_n, struct jwk *out, struct err *e)
{
    struct jwk k = { .key_n = key_n };
    bool eddsa = strcmp(alg, "EdDSA") == 0;
    if (!eddsa && strcmp(alg, "ES256") != 0)
        return ERR(e, ERR_INPUT, "key for %s: only EdDSA and ES256 are known", alg);
    if (key_n != (eddsa ? (size_t)ED25519_PUBLIC : (size_t)P256_POINT))
        return ERR(e, ERR_INPUT, "%s key of %zu bytes", alg, key_n);
    if (sodium_init() < 0)
        return ERR(e, ERR_INTERNAL, "libsodium did not start");
    /* Low-order points would let one signature pass for many messages. */
    if (eddsa ? !crypto_core_ed25519_is_valid_point(key) : !on_p256(key))
        return ERR(e, ERR_INPUT, "%s key is no point of its curve", alg);
    memcpy(k.alg, alg, strlen(alg));
    memcpy(k.key, key, key_n);
    put_thumbprint(&k);
    *out = k;
    return 0;
}

/* One base64url member that must decode to exactly n bytes. */
static int read_bytes(struct arena *a, const json_t *j, const char *name, uint8_t *to, size_t n, struct err *e)
{
    struct str raw;
    const json_t *v = json_object_get(j, name);
    if (!json_is_string(v) || !str_unbase64url(a, json_str(v), &raw) || raw.n != n)
        return ERR(e, ERR_INPUT, "JWK: \"%s\" is not %zu bytes in base64url", name, n);
    memcpy(to, raw.p, n);
    return 0;
}

static bool member_is(const json_t *j, const char *name, const char *value)
{
    const char *s = json_string_value(json_object_get(j, name));
    return s && strcmp(s, value) == 0;
}

static bool member_is_or_absent(const json_t *j, const char *name, const char *value)
{
    return !json_object_get(j, name) || member_is(j, name, value);
}

static int read_key(struct arena *a, const json_t *j, struct jwk *out, struct err *e)
{
    if (json_object_get(j, "d") || json_object_get(j, "k"))
        return ERR(e, ERR_INPUT, "JWK carries a private key; only public keys are taken");
    if (!member_is_or_absent(j, "use", "sig"))
        return ERR(e, ERR_INPUT, "JWK is not for signatures");
    uint8_t key[P256_POINT];
    if (member_is(j, "kty", "OKP") && member_is(j, "crv", "Ed25519") && member_is_or_absent(j, "alg", "EdDSA")) {
        if (read_bytes(a, j, "x", key, ED25519_PUBLIC, e))
            return -1;
        return jwk_from_key("EdDSA", key, ED25519_PUBLIC, out, e);
    }
    if (member_is(j, "kty", "EC") && member_is(j, "crv", "P-256") && member_is_or_absent(j, "alg", "ES256")) {
        key[0] = 4;
        if (read_bytes(a, j, "x", key + 1, COORDINATE, e) || read_bytes(a, j, "y", key + 1 + COORDINATE, COORDINATE, e))
            return -1;
        return jwk_from_key("ES256", key, P256_POINT, out, e);
    }
    return ERR(e, ERR_INPUT, "JWK is neither Ed25519 with EdDSA nor P-256 with ES256");
}

int jwk_read(struct arena *a, struct str json, struct jwk *out, struct err *e)
{
    json_t *j;
    if (json.n > JWK_TEXT)
        return ERR(e, ERR_TOO_LARGE, "JWK of %zu bytes", json.n);
    return json_read(a, json, &j, e) ? -1 : read_key(a, j, out, e);
}
