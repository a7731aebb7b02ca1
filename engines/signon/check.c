#include "engines/signon/check.h"

#include <jansson.h>

/* A JWT is looked up by its jti, which is a handle: nothing in it need be believed, since the row knows everything, and a forged one would
 * have to guess 224 bits. Its other parts must still be those that were signed, so the whole is not checked here but by
 * resource servers. */
static bool key_of(struct req *q, struct str token, struct hash32 *key)
{
    struct jws j;
    json_t *claims;
    if (handle_key(token, key))
        return true;
    if (token.n > JOSE_TOKEN_MAX || str_find_char(token, '.') < 0 || jws_open(q->arena, token, JOSE_ALL, &j, NULL) ||
        jwt_claims(q->arena, &j, &claims, NULL))
        return false;
    return handle_key(json_str_at(claims, "jti"), key);
}

int token_find(struct req *q, struct str token, struct token_find_by_key_row *row, struct hash32 *key, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (!key_of(q, token, key))
        return 0;
    return token_find_by_key(r, q->arena, &(struct token_find_by_key_in) { .key = *key }, row, e);
}

/* ---- what was sent ---- */

struct sent {
    struct str token;
    bool dpop; /* the scheme */
};

static int read_sent(struct req *q, struct sent *out, struct err *e)
{
    struct str header = req_header(q, "authorization"), body = req_form(q, "access_token");
    bool bearer = str_eq_nocase(str_head(header, 7), STR("Bearer ")),
         dpop = str_eq_nocase(str_head(header, 5), STR("DPoP "));
    if ((bearer || dpop) && body.p)
        return oauth_refuse(e, "invalid_request", "the token came twice");
    *out = (struct sent) { body, false };
    if (bearer || dpop)
        *out = (struct sent) { str_trim(str_from(header, bearer ? 7 : 5)), dpop };
    return out->token.n > 0 ? 0 : oauth_refuse(e, "invalid_token", "no access token");
}

static int check_key(struct req *q, const struct sent *sent, struct str bound, struct dpop *proof, struct err *e)
{
    *proof = (struct dpop) { 0 };
    if (!bound.p)
        return sent->dpop ? oauth_refuse(e, "invalid_token", "the token is bound to no key") : 0;
    if (!sent->dpop)
        return oauth_refuse(e, "invalid_token", "the token is bound to a key: DPoP is needed");
    if (dpop_read(q, sent->token, proof, e))
        return -1;
    if (!proof->jkt.p)
        return oauth_refuse(e, "invalid_dpop_proof", "the DPoP proof is missing");
    return str_eq(proof->jkt, bound) ? 0 : oauth_refuse(e, "invalid_token", "not the key that the token is bound to");
}

int token_check(struct req *q, struct token_seen *out, struct dpop *proof, struct err *e)
{
    struct sent sent = { 0 };
    struct token_find_by_key_row row;
    struct hash32 key;
    if (read_sent(q, &sent, e))
        return -1;
    int found = token_find(q, sent.token, &row, &key, e);
    if (found < 0)
        return -1;
    if (found == 0 || row.has_ended_at || row.expires_at.us <= q->now.us)
        return oauth_refuse(e, "invalid_token", "the token is not known, is over or was withdrawn");
    if (check_key(q, &sent, row.jkt, proof, e))
        return -1;
    *out = (struct token_seen) { .client = row.client,
                                 .account = row.has_account ? row.account : 0,
                                 .scope = row.scope,
                                 .resource = row.resource,
                                 .jkt = row.jkt,
                                 .made_at = row.made_at,
                                 .expires_at = row.expires_at,
                                 .family = row.has_family ? row.family : 0 };
    return 0;
}

int signon_token_of(struct req *q, struct token_seen *out, struct err *e)
{
    struct dpop proof;
    if (token_check(q, out, &proof, e) == 0)
        return 1;
    if (!is_oauth_refusal(e))
        return -1;
    e->code = ERR_SIGN_IN;
    return 0;
}
