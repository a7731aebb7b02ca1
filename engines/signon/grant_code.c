/* grant_code.c: a code for tokens, once. The second time, all that the first gave ends: one of the two who had it is a thief (RFC 9700
 * section 2.1.1, RFC 6749 section 4.1.2). */
#include "engines/signon/resource.h"
#include "engines/signon/shown_grant.h"

#include "platform/crypto/crypto.h"

static int refuse(struct err *e, const char *why)
{
    return oauth_refuse(e, "invalid_grant", "%s", why);
}

/* RFC 7636 section 4.6. A verifier for a code that asked for none is a sign that the challenge was taken off on the way. */
static int check_verifier(struct req *q, struct str challenge, struct err *e)
{
    struct str verifier = req_form(q, "code_verifier");
    if (!challenge.p)
        return verifier.p ? refuse(e, "code_verifier without a code_challenge") : 0;
    if (!verifier.p)
        return refuse(e, "code_verifier is missing");
    struct hash32 h = sha256(verifier);
    if (verifier.n < 43 || verifier.n > 128 || !str_eq_secret(str_base64url(q->arena, h.b, sizeof h.b), challenge))
        return refuse(e, "code_verifier does not fit the code_challenge");
    return 0;
}

static int check_code(struct req *q, const struct token_act *t, const struct code_find_row *row, const struct shown_grant *g,
                      struct err *e)
{
    if (shown_grant_check(q, t, g, e))
        return -1;
    if (!str_eq(req_form(q, "redirect_uri"), row->redirect_uri))
        return refuse(e, "redirect_uri is not the one of the request");
    return check_verifier(q, row->challenge, e);
}

static struct shown_grant as_shown(const struct code_find_row *row)
{
    return (struct shown_grant) { .what = "code",
                                  .client = row->client,
                                  .jkt = row->jkt,
                                  .family = row->family,
                                  .facts = { .account = row->account,
                                             .session = row->session,
                                             .hat = row->has_hat ? row->hat : 0,
                                             .nonce = row->nonce,
                                             .acr = row->acr,
                                             .amr = row->amr,
                                             .scope = row->scope,
                                             .resource = row->resource,
                                             .claims = row->claims,
                                             .auth_at = row->auth_at },
                                  .expires_at = row->expires_at,
                                  .ended = row->has_ended_at };
}

int code_prepare(struct req *q, struct token_act *t, struct err *e)
{
    struct code_find_row row;
    struct str code = req_form(q, "code");
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (code.n == 0)
        return oauth_refuse(e, "invalid_request", "code is missing");
    int found =
        handle_key(code, &t->shown) ? code_find(r, q->arena, &(struct code_find_in) { .key = t->shown }, &row, e) : 0;
    if (found <= 0)
        return found < 0 ? -1 : refuse(e, "no such code");
    const struct shown_grant g = as_shown(&row);
    t->replayed = row.has_used_at && str_eq(row.client, t->c->id);
    if (!t->replayed && check_code(q, t, &row, &g, e))
        return -1;
    shown_grant_take(t, &g);
    if (t->replayed)
        return 0;
    if (resources_narrow(q, t, e))
        return -1;
    offline_token(q, t);
    return sign_in_tokens(q, t, e);
}

int refresh_keep(struct tx *tx, const struct token_act *t, struct err *e)
{
    struct refresh_insert_in in = { .key = t->refresh_key,
                                    .family = t->family,
                                    .made_at = tx_now(tx),
                                    .expires_at = { tx_now(tx).us + REFRESH_S * US_PER_SECOND } };
    if (!t->refresh.p)
        return 0;
    /* An app that cannot keep a secret proves by its key that the token is still its own. */
    if (t->c->auth == CLIENT_AUTH_NONE && t->dpop.jkt.p &&
        family_bind(tx, &(struct family_bind_in) { .jkt = t->dpop.jkt, .id = t->family }, NULL, e))
        return -1;
    return refresh_insert(tx, &in, NULL, e);
}

int code_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e)
{
    int64_t changed = 0;
    if (!t->replayed && code_use(tx, &(struct code_use_in) { .key = t->shown, .now = tx_now(tx) }, &changed, e))
        return -1;
    if (changed != 1) {
        token_refuse_late(t, "invalid_grant", "the code was used before; what it gave has ended");
        return family_kill(q, tx, t, "signon.code_replayed", e);
    }
    return token_keep(tx, t, e) || refresh_keep(tx, t, e) ? -1 : 0;
}
