/* webauthn.c: what a browser says about a passkey, in base64url, one a line: client data, attestation object or authenticator data,
 * signature. As an answer of our three passkeys it holds only for what they signed; what registers is asked for its own form.
 */
#include "engines/credentials/test/webauthn_vectors.h"
#include "engines/credentials/webauthn.h"
#include "fuzz/fuzz.h"

#include <string.h>

static const struct relying_party rp = { STR_INIT("bon.example.vn"), STR_INIT("https://bon.example.vn") };

void fuzz_start(void)
{
}

static struct str unpacked(struct arena *a, struct str line)
{
    struct str out;
    return str_unbase64url(a, line, &out) ? out : line;
}

static void check_registration(struct arena *a, struct str client_data, struct str attestation)
{
    struct str handle = STR_NONE;
    struct passkey_kept kept = { 0 };
    struct err e = { 0 };
    if (webauthn_registration(a, &rp, client_data, attestation, &handle, &kept, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(handle.p == NULL && kept.key.p == NULL);
        return;
    }
    ASSERT(handle.n > 0 && handle.n <= HANDLE_MOST && kept.key.n > 0);
    ASSERT(kept.alg == -7 || kept.alg == -8 || kept.alg == -257);
}

static void check_assertion(struct arena *a, const char *attestation, const char *auth, struct str client_data, struct str data,
                            struct str signature)
{
    struct str handle;
    struct passkey_kept kept, now;
    struct err e = { 0 };
    ASSERT(webauthn_registration(a, &rp, unpacked(a, str_of(v_created)), unpacked(a, str_of(attestation)), &handle, &kept, &e) == 0);
    if (webauthn_assertion(&rp, client_data, data, signature, &kept, &now, &e) != 0)
        fuzz_check_refusal(&e);
    else
        ASSERT(str_eq(data, unpacked(a, str_of(auth))) && str_eq(client_data, unpacked(a, str_of(v_got))));
}

void fuzz_one(struct arena *a, struct str input)
{
    struct str client_data = unpacked(a, fuzz_line(&input)), data = unpacked(a, fuzz_line(&input)), signature = unpacked(a, input);
    struct str challenge;
    struct err e = { 0 };
    if (webauthn_client_data(a, &rp, client_data, "webauthn.get", &challenge, &e) != 0)
        fuzz_check_refusal(&e);
    check_registration(a, client_data, data);
    check_assertion(a, v_es256_attestation, v_es256_auth, client_data, data, signature);
    check_assertion(a, v_eddsa_attestation, v_eddsa_auth, client_data, data, signature);
}
