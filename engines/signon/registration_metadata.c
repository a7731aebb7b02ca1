/* registration_metadata.c: from what an app says of itself to metadata that are kept. Pure. */
#include "engines/signon/registration.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>

/* What an app may choose. Everything else is let be (RFC 7591 section 2): a software statement, what this provider does not do, and what
 * only the desk decides: owner, purpose, end, sector, resources. */
static const char *const chosen[] = {
    "client_name",
    "client_name#en",
    "redirect_uris",
    "post_logout_redirect_uris",
    "backchannel_logout_uri",
    "grant_types",
    "response_types",
    "scope",
    "token_endpoint_auth_method",
    "id_token_signed_response_alg",
    "userinfo_signed_response_alg",
    "jwks",
    "jwks_uri",
    "subject_type",
    "profile",
    "require_pushed_authorization_requests",
    "dpop_bound_access_tokens",
    NULL,
};

static void put_text(json_t *j, const char *name, struct str s)
{
    json_object_set_new(j, name, json_stringn(s.p, s.n));
}

/* An app that names no algorithm means the standard's own preset (OpenID Connect Dynamic Client Registration section 2). */
static void put_preset_alg(json_t *j)
{
    static const char *const name = "id_token_signed_response_alg";
    bool fapi2 = str_eq(str_of(json_string_value(json_object_get(j, "profile"))), STR("fapi2"));
    if (!fapi2 && !json_object_get(j, name))
        json_object_set_new(j, name, json_string(jose_alg_name(JOSE_RS256)));
}

int registration_metadata(struct arena *a, const json_t *sent, const struct registration_terms *terms, struct str *metadata,
                          struct err *e)
{
    struct signon_client parsed;
    json_t *j = json_kept(a, json_object());
    for (int i = 0; chosen[i]; i++)
        if (json_object_get(sent, chosen[i]))
            json_object_set(j, chosen[i], json_object_get(sent, chosen[i]));
    put_preset_alg(j);
    put_text(j, "owner", terms->owner);
    put_text(j, "purpose", terms->purpose);
    put_text(j, "legal_basis", terms->legal_basis);
    put_text(j, "valid_until", day_iso(a, terms->valid_until));
    if (client_parse(a, j, &parsed, e))
        return -1;
    return json_canonical(a, j, metadata, e);
}
