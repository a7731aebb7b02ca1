/* jose.h: signed tokens that come from outside, and the public keys they are checked with: compact JWS (RFC 7515), JWK sets
 * (RFC 7517, 7518, 8037), JWT claims (RFC 7519), under the advice of RFC 8725. The caller lists the algorithms it takes; "none" and
 * every HMAC are not in this file, and a key's kind must fit the algorithm, so no header can turn a public key into a shared secret.
 *
 * A refusal names its cause in err.field: "size" "form" "alg" "typ" "crit" "kid" "key" "signature" "json", or the claim's own name.
 * What stands in a token is believed only after jws_verify (or jwt_read, which ends with it).
 */
#ifndef BON_PLATFORM_JOSE_H
#define BON_PLATFORM_JOSE_H

#include "base/date.h"
#include "platform/crypto/crypto.h"

/* Bits, so that an allow-list is a sum. */
enum jose_alg {
    JOSE_ES256 = 1,
    JOSE_RS256 = 2,
    JOSE_PS256 = 4,
    JOSE_EDDSA = 8, /* Ed25519 */
};
#define JOSE_ALL  (JOSE_ES256 | JOSE_RS256 | JOSE_PS256 | JOSE_EDDSA)
#define JOSE_FAPI (JOSE_ES256 | JOSE_PS256 | JOSE_EDDSA) /* FAPI 2.0 Security Profile section 5.4.1 */

unsigned jose_alg_named(struct str name); /* 0: unknown, "none", HMAC */
const char *jose_alg_name(enum jose_alg alg);

enum { JOSE_TOKEN_MAX = 16 * 1024, JOSE_KEYS_MAX = 32, JOSE_KEYS_BYTES = 64 * 1024, JOSE_THUMBPRINT = 43 };

/* ---- keys ---- */
struct jose_key;  /* one public key, checked: on its curve, of a fit size */
struct jose_keys; /* a set; never changes once read, so threads may share it */

/* {"keys":[…]}, or one key by itself. Kinds that nobody here checks with (other curves, "use":"enc") are passed over, as RFC 7517 section 5
 * asks; a private or malformed key refuses the whole. The set lives in the arena. */
int jose_keys_read(struct arena *a, struct str json, struct jose_keys **out, struct err *e);
size_t jose_keys_count(const struct jose_keys *k);
const struct jose_key *jose_keys_at(const struct jose_keys *k, size_t i);

/* The key that a header means: by kid where it has one, else the only one that fits alg. None or several: NULL, field "kid". */
const struct jose_key *jose_keys_pick(const struct jose_keys *k, struct str kid, enum jose_alg alg, struct err *e);

struct str jose_key_thumbprint(const struct jose_key *k); /* RFC 7638, SHA-256, base64url; borrowed from the key */
struct str jose_key_id(const struct jose_key *k);         /* its own "kid"; empty: it has none */
unsigned jose_key_algs(const struct jose_key *k);         /* what it may check */

/* ---- compact JWS ---- */
struct jws {
    enum jose_alg alg;
    struct str typ, kid; /* STR_NONE: absent */
    struct str jwk;      /* header member "jwk" as JSON (a DPoP proof's key), STR_NONE: absent */
    struct str payload;
    struct str signed_text, signature;
};
/* Takes the token apart: form, size, header. Nothing is verified yet. */
int jws_open(struct arena *a, struct str compact, unsigned algs, struct jws *out, struct err *e);
int jws_verify(const struct jws *j, const struct jose_key *k, struct err *e);

/* ---- JWT ---- */
struct jwt {
    struct jws jws;
    struct json_t *claims; /* an object; goes with the arena */
};
/* Opens, picks the key, verifies, reads the claims: in this order, so that no claim of a forged token is looked at. */
int jwt_read(struct arena *a, struct str compact, unsigned algs, const struct jose_keys *keys, struct jwt *out,
             struct err *e);
/* The claims of a JWS that is verified by other means, or not yet: an issuer must be known before its keys are. */
int jwt_claims(struct arena *a, const struct jws *j, struct json_t **out, struct err *e);

/* A NumericDate in seconds; false when absent or no number. Fractions are cut off. */
bool claim_time(const struct json_t *claims, const char *name, int64_t *seconds);

struct jwt_expect {
    struct str issuer;   /* iss must be this; STR_NONE: not asked */
    struct str audience; /* aud must be or have this; STR_NONE: not asked */
    bool sole_audience;  /* aud must be that one text and no list (FAPI 2.0 section 5.3.2.1) */
    struct str
        type; /* header typ, "application/" left off and letters alike (RFC 7515 section 4.1.9); STR_NONE: not asked */
    struct instant now;
    int64_t skew_s; /* how far two clocks may be apart */
    int64_t age_s;  /* iat at most this long ago; 0: not asked */
    bool needs_exp, needs_iat, needs_sub, needs_jti;
};
int jwt_check(const struct jwt *t, const struct jwt_expect *x, struct err *e);

#endif
