/* userinfo.c: what the person agreed to tell, for as long as that holds. Each answer is a look at somebody's data and is
 * recorded as one. */
#include "engines/signon/endpoints.h"

#include "engines/signon/act_as.h"
#include "engines/signon/check.h"
#include "engines/signon/client_auth.h"
#include "engines/signon/id_token.h"
#include "engines/signon/person.h"
#include "platform/crypto/signer.h"

static const struct field userinfo_fields[] = { { .name = "access_token", .type = FIELD_SECRET }, { .name = NULL } };
const struct form userinfo_form = { .name = "userinfo", .fields = userinfo_fields };

struct telling {
    struct token_seen token;
    struct dpop proof;
    const struct signon_client *c;
    struct claim_set claims;
    int64_t person;
    struct str reply; /* JSON, or a JWT */
};

static int sign_reply(struct req *q, struct telling *w, struct err *e)
{
    if (!w->c->userinfo_alg) {
        w->reply = claim_set_json(&w->claims);
        return 0;
    }
    claim_put(&w->claims, "iss", str_of(q->app->settings.base_url));
    claim_put(&w->claims, "aud", w->c->id);
    const struct token_order t = { .purpose = "signon",
                                   .alg = (enum jose_alg)w->c->userinfo_alg,
                                   .typ = "JWT",
                                   .claims = claim_set_json(&w->claims),
                                   .now = q->now };
    return q->signer ? signer_token(q->signer, q->arena, &t, &w->reply, e) : ERR(e, ERR_SIGNER, "there is no signer");
}

static int gather(struct req *q, struct telling *w, struct err *e)
{
    struct family_claims_row family;
    struct dbr *r = req_read(q, e);
    int found = r ? family_claims(r, q->arena, &(struct family_claims_in) { .id = w->token.family }, &family, e) : -1;
    if (found <= 0)
        return found < 0 ? -1 : oauth_refuse(e, "invalid_token", "its sign-in is gone");
    w->claims.a = q->arena;
    claim_put(&w->claims, "sub", subject_of(q, w->c, w->token.account));
    struct str names = claims_asked_in(q, family.claims, "userinfo");
    bool asked = scope_has(w->token.scope, STR(ACT_AS)) || scope_has(names, STR(ACT_AS));
    if (asked && act_as_claim(q, r, w->c, w->token.account, family.has_hat ? family.hat : 0, &w->claims, e))
        return -1;
    return person_claims(q, r, w->token.account, w->token.scope, names, &w->claims, &w->person, e);
}

int userinfo_prepare(struct req *q, struct err *e)
{
    struct telling *w = arena_new(q->arena, struct telling);
    q->work = w;
    if (token_check(q, &w->token, &w->proof, e))
        return -1;
    if (w->token.account == 0 || !scope_has(w->token.scope, STR("openid")))
        return oauth_refuse(e, "insufficient_scope", "the token has no openid scope");
    int known = client_of(q, w->token.client, &w->c, e);
    if (known <= 0 || !client_is_live(w->c, q->now))
        return known < 0 ? -1 : oauth_refuse(e, "invalid_token", "its client is not active");
    return gather(q, w, e) || sign_reply(q, w, e) ? -1 : 0;
}

int userinfo_write(struct req *q, struct tx *tx, struct err *e)
{
    struct telling *w = q->work;
    if (w->proof.jkt.p && shown_once(tx, &w->proof.key, w->proof.key_until, "invalid_dpop_proof", e))
        return -1;
    struct audit_record rec = audit_of(q, STR("signon.told"));
    rec.account = w->token.account;
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(w->c->id));
    rec.facility_name = w->c->name;
    rec.subject = w->person;
    rec.purpose = w->person ? w->c->purpose : STR_NONE;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int userinfo_reply(struct req *q, struct res *s, struct err *e)
{
    const struct telling *w = q->work;
    (void)e;
    if (!w->c->userinfo_alg)
        return res_json_secret(q, s, w->reply);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "application/jwt", w->reply);
}
