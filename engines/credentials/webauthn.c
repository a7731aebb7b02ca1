#include "engines/credentials/webauthn.h"

#include "engines/credentials/cbor.h"
#include "platform/crypto/crypto.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <jansson.h>
#include <string.h>

enum { FLAG_UP = 0x01, FLAG_UV = 0x04, FLAG_BE = 0x08, FLAG_AT = 0x40, FLAG_ED = 0x80, HEAD = 37, AAGUID = 16 };

static int refuse(struct err *e, const char *why)
{
    return ERR_SAY(e, ERR_FORM, MSGS("Khoá truy cập không xác nhận được. Xin thử lại từ đầu."), "webauthn: %s", why);
}

/* ---- whom it is made for ---- */
static bool is_number(struct str host)
{
    struct str last = host;
    for (ptrdiff_t dot; (dot = str_find_char(last, '.')) >= 0;)
        last = str_from(last, (size_t)dot + 1);
    return str_is_digits(last) || host.n == 0 || host.p[0] == '[';
}

bool relying_party_of(struct arena *a, const char *base_url, struct relying_party *out)
{
    struct str base = str_of(base_url);
    ptrdiff_t slashes = str_find(base, STR("://"));
    if (slashes <= 0)
        return false;
    struct str scheme = str_head(base, (size_t)slashes), rest = str_from(base, (size_t)slashes + 3);
    ptrdiff_t path = str_find_char(rest, '/');
    struct str place = path < 0 ? rest : str_head(rest, (size_t)path);
    ptrdiff_t colon = str_find_char(place, ':');
    struct str host = colon < 0 || place.p[0] == '[' ? place : str_head(place, (size_t)colon);
    struct str port = colon < 0 || place.p[0] == '[' ? STR("") : str_from(place, (size_t)colon);
    if (str_eq(host, STR("127.0.0.1")))
        host = STR("localhost");
    if (is_number(host))
        return false;
    out->id = host;
    out->origin = str_fmt(a, "%.*s://%.*s%.*s", STR_ARG(scheme), STR_ARG(host), STR_ARG(port));
    return true;
}

/* ---- clientDataJSON ---- */
int webauthn_client_data(struct arena *a, const struct relying_party *rp, struct str client_data, const char *type, struct str *challenge,
                         struct err *e)
{
    json_t *j;
    if (client_data.n > WEBAUTHN_MOST || json_read(a, client_data, &j, e) != 0)
        return refuse(e, "clientDataJSON is no JSON");
    const char *why = !str_eq(json_str_at(j, "type"), str_of(type))                 ? "another type"
                      : !str_eq(json_str_at(j, "origin"), rp->origin)               ? "another origin"
                      : json_is_true(json_object_get(j, "crossOrigin"))             ? "from within a foreign page"
                      : json_object_get(j, "topOrigin")                             ? "from within a foreign page"
                      : !str_unbase64url(a, json_str_at(j, "challenge"), challenge) ? "the challenge is no base64url"
                                                                                    : NULL;
    return why ? refuse(e, why) : 0;
}

/* ---- authenticator data ---- */
struct auth_data {
    uint8_t flags;
    uint32_t count;
    struct str handle, cose; /* of a registration */
};

static bool take_key(struct str *rest, struct auth_data *d)
{
    if (rest->n < AAGUID + 2)
        return false;
    size_t n = (size_t)(uint8_t)rest->p[AAGUID] << 8 | (uint8_t)rest->p[AAGUID + 1];
    *rest = str_from(*rest, AAGUID + 2);
    if (n == 0 || n > HANDLE_MOST || rest->n < n)
        return false;
    d->handle = str_head(*rest, n);
    *rest = str_from(*rest, n);
    struct str before = *rest;
    if (!cbor_skip(rest))
        return false;
    d->cose = str_head(before, before.n - rest->n);
    return true;
}

static bool read_auth_data(struct str s, const struct relying_party *rp, bool with_key, struct auth_data *d)
{
    struct hash32 ours = sha256(rp->id);
    struct str rest = str_from(s, HEAD);
    if (s.n < HEAD || s.n > WEBAUTHN_MOST || memcmp(s.p, ours.b, sizeof(ours.b)) != 0)
        return false;
    d->flags = (uint8_t)s.p[32];
    d->count = (uint32_t)(uint8_t)s.p[33] << 24 | (uint32_t)(uint8_t)s.p[34] << 16 | (uint32_t)(uint8_t)s.p[35] << 8 | (uint8_t)s.p[36];
    bool key = (d->flags & FLAG_AT) != 0, more = (d->flags & FLAG_ED) != 0;
    if (key != with_key || !(d->flags & FLAG_UP) || !(d->flags & FLAG_UV))
        return false;
    if (key && !take_key(&rest, d))
        return false;
    return (!more || cbor_skip(&rest)) && rest.n == 0;
}

/* ---- registration ---- */
/* A COSE key is a map of small numbers to numbers and bytes; 3 is its algorithm. */
static bool cose_alg(struct str cose, int64_t *alg)
{
    struct cbor_item map;
    bool found = false;
    if (!cbor_take(&cose, &map) || map.kind != CBOR_MAP || map.n > CBOR_PAIRS)
        return false;
    for (uint64_t i = 0; i < map.n; i++) {
        int64_t label;
        if (!cbor_take_int(&cose, &label))
            return false;
        if (label != 3 ? !cbor_skip(&cose) : found || !cbor_take_int(&cose, alg))
            return false;
        found |= label == 3;
    }
    return found;
}

struct attestation {
    struct str format, statement, auth_data;
};

static bool read_attestation(struct str s, struct attestation *out)
{
    struct cbor_item map, key, value;
    *out = (struct attestation){ .format = STR_NONE };
    if (s.n > WEBAUTHN_MOST || !cbor_take(&s, &map) || map.kind != CBOR_MAP || map.n != 3)
        return false;
    for (uint64_t i = 0; i < map.n; i++) {
        if (!cbor_take(&s, &key) || key.kind != CBOR_TEXT)
            return false;
        struct str before = s;
        if (!cbor_skip(&s))
            return false;
        struct str whole = str_head(before, before.n - s.n);
        if (str_eq(key.bytes, STR("attStmt"))) {
            out->statement = whole;
            continue;
        }
        if (!cbor_take(&before, &value))
            return false;
        if (str_eq(key.bytes, STR("fmt")) && value.kind == CBOR_TEXT)
            out->format = value.bytes;
        else if (str_eq(key.bytes, STR("authData")) && value.kind == CBOR_BYTES)
            out->auth_data = value.bytes;
        else
            return false;
    }
    return s.n == 0 && out->format.p && out->statement.p && out->auth_data.p;
}

/* libfido2 reads the key, and for self-attestation checks that it signed for itself. */
static bool take_with_library(fido_cred_t *cred, const struct relying_party *rp, struct str client_data, const struct attestation *at,
                              int alg, const char *id)
{
    struct hash32 hash = sha256(client_data);
    bool self = str_eq(at->format, STR("packed"));
    (void)rp;
    if (fido_cred_set_type(cred, alg) != FIDO_OK || fido_cred_set_rp(cred, id, NULL) != FIDO_OK ||
        fido_cred_set_uv(cred, FIDO_OPT_TRUE) != FIDO_OK ||
        fido_cred_set_clientdata_hash(cred, hash.b, sizeof(hash.b)) != FIDO_OK ||
        fido_cred_set_authdata_raw(cred, (const unsigned char *)at->auth_data.p, at->auth_data.n) != FIDO_OK)
        return false;
    if (!self)
        return true;
    return fido_cred_set_fmt(cred, "packed") == FIDO_OK &&
           fido_cred_set_attstmt(cred, (const unsigned char *)at->statement.p, at->statement.n) == FIDO_OK &&
           fido_cred_x5c_len(cred) == 0 && fido_cred_verify_self(cred) == FIDO_OK;
}

int webauthn_registration(struct arena *a, const struct relying_party *rp, struct str client_data, struct str attestation,
                          struct str *handle, struct passkey_kept *out, struct err *e)
{
    struct attestation at;
    struct auth_data d = { 0 };
    int64_t alg = 0;
    if (!read_attestation(attestation, &at) || !read_auth_data(at.auth_data, rp, true, &d) || !cose_alg(d.cose, &alg))
        return refuse(e, "the attestation object is broken, of another place, or without verification of the user");
    bool none = str_eq(at.format, STR("none")) && at.statement.n == 1;
    if (!none && !str_eq(at.format, STR("packed")))
        return refuse(e, "an attestation that was not asked for");
    if (alg != COSE_ES256 && alg != COSE_EDDSA && alg != COSE_RS256)
        return refuse(e, "an algorithm that was not offered");
    char *id = str_cstr(a, rp->id);
    fido_cred_t *cred = fido_cred_new();
    bool good = cred && take_with_library(cred, rp, client_data, &at, (int)alg, id) && fido_cred_pubkey_len(cred) > 0;
    size_t n = good ? fido_cred_pubkey_len(cred) : 0;
    char *key = good ? arena_try(a, n) : NULL;
    if (key)
        memcpy(key, fido_cred_pubkey_ptr(cred), n);
    fido_cred_free(&cred);
    if (!key)
        return refuse(e, "the key or its signature over itself is not good");
    *handle = d.handle;
    *out = (struct passkey_kept){ (int)alg, { key, n }, d.count, (d.flags & FLAG_BE) != 0 };
    return 0;
}

/* ---- assertion ---- */
union public_key {
    es256_pk_t *es256;
    eddsa_pk_t *eddsa;
    rs256_pk_t *rs256;
    void *any;
};

static bool verify(fido_assert_t *assert, const struct passkey_kept *kept)
{
    const void *p = kept->key.p;
    union public_key k = { .any = NULL };
    bool good = false;
    switch (kept->alg) {
    case COSE_ES256:
        good = (k.es256 = es256_pk_new()) && es256_pk_from_ptr(k.es256, p, kept->key.n) == FIDO_OK &&
               fido_assert_verify(assert, 0, COSE_ES256, k.es256) == FIDO_OK;
        es256_pk_free(&k.es256);
        break;
    case COSE_EDDSA:
        good = (k.eddsa = eddsa_pk_new()) && eddsa_pk_from_ptr(k.eddsa, p, kept->key.n) == FIDO_OK &&
               fido_assert_verify(assert, 0, COSE_EDDSA, k.eddsa) == FIDO_OK;
        eddsa_pk_free(&k.eddsa);
        break;
    case COSE_RS256:
        good = (k.rs256 = rs256_pk_new()) && rs256_pk_from_ptr(k.rs256, p, kept->key.n) == FIDO_OK &&
               fido_assert_verify(assert, 0, COSE_RS256, k.rs256) == FIDO_OK;
        rs256_pk_free(&k.rs256);
        break;
    default:
        break;
    }
    return good;
}

static bool signed_by(const struct relying_party *rp, struct str client_data, struct str auth_data, struct str signature,
                      const struct passkey_kept *kept)
{
    char id[256];
    struct hash32 hash = sha256(client_data);
    if (rp->id.n >= sizeof(id) || signature.n == 0 || signature.n > 1024)
        return false;
    memcpy(id, rp->id.p, rp->id.n);
    id[rp->id.n] = '\0';
    fido_assert_t *assert = fido_assert_new();
    bool good = assert && fido_assert_set_rp(assert, id) == FIDO_OK &&
                fido_assert_set_clientdata_hash(assert, hash.b, sizeof(hash.b)) == FIDO_OK &&
                fido_assert_set_count(assert, 1) == FIDO_OK && fido_assert_set_up(assert, FIDO_OPT_TRUE) == FIDO_OK &&
                fido_assert_set_uv(assert, FIDO_OPT_TRUE) == FIDO_OK &&
                fido_assert_set_authdata_raw(assert, 0, (const unsigned char *)auth_data.p, auth_data.n) == FIDO_OK &&
                fido_assert_set_sig(assert, 0, (const unsigned char *)signature.p, signature.n) == FIDO_OK && verify(assert, kept);
    fido_assert_free(&assert);
    return good;
}

int webauthn_assertion(const struct relying_party *rp, struct str client_data, struct str auth_data, struct str signature,
                       const struct passkey_kept *kept, struct passkey_kept *now, struct err *e)
{
    struct auth_data d = { 0 };
    if (!read_auth_data(auth_data, rp, false, &d))
        return refuse(e, "the authenticator data are broken, of another place, or without verification of the user");
    if (!signed_by(rp, client_data, auth_data, signature, kept))
        return refuse(e, "the signature is not the key's");
    /* Synchronised passkeys count nothing and say 0 for ever. */
    if ((d.count != 0 || kept->sign_count != 0) && d.count <= kept->sign_count)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Khoá truy cập này có thể đã bị sao chép, nên không được nhận. Xin gỡ nó và thêm khoá khác."),
                       "the counter went from %u to %u", kept->sign_count, d.count);
    *now = *kept;
    now->sign_count = d.count;
    now->synced = (d.flags & FLAG_BE) != 0;
    return 0;
}
