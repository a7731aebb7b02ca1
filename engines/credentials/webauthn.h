/* webauthn.h: whether what a browser says about a passkey is true (Web Authentication Level 2, sections 7.1 and 7.2). Pure: no
 * store, no clock. Signatures are libfido2's work; what they stand over is checked here.
 *
 * Always asked for: the user is present and verified (a PIN or a finger on the device), the origin and relying party are exactly ours, the
 * challenge is the one that was given. Keys: ES256, EdDSA, RS256. Attestation is not asked for: which make of device somebody
 * owns is not our business; "none" and self-attestation are taken, others are not.
 */
#ifndef BON_ENGINES_CREDENTIALS_WEBAUTHN_H
#define BON_ENGINES_CREDENTIALS_WEBAUTHN_H

#include "base/err.h"

/* Whom a passkey is made for. An address by number cannot have passkeys: for 127.0.0.1 it is "localhost" at the same port. */
struct relying_party {
    struct str id;     /* "bon.example.vn" */
    struct str origin; /* "https://bon.example.vn" */
};
bool relying_party_of(struct arena *a, const char *base_url, struct relying_party *out);

struct passkey_kept {
    int alg;        /* COSE: -7, -8, -257 */
    struct str key; /* as libfido2 holds it */
    uint32_t sign_count;
    bool synced; /* may be on more than one device */
};

enum { HANDLE_MOST = 1023, WEBAUTHN_MOST = 8192 };

/* The challenge that clientDataJSON carries, when it is of the wanted type ("webauthn.create", "webauthn.get") and from our own
 * page. What the challenge is worth, the caller knows. */
int webauthn_client_data(struct arena *a, const struct relying_party *rp, struct str client_data, const char *type, struct str *challenge,
                         struct err *e);

/* A new passkey: its handle and what to keep of it. */
int webauthn_registration(struct arena *a, const struct relying_party *rp, struct str client_data, struct str attestation,
                          struct str *handle, struct passkey_kept *out, struct err *e);

/* A passkey that was kept shows itself. *now has the new counter. ERR_CONFLICT: the counter went back, which a copied key does. */
int webauthn_assertion(const struct relying_party *rp, struct str client_data, struct str auth_data, struct str signature,
                       const struct passkey_kept *kept, struct passkey_kept *now, struct err *e);

#endif
