#include "engines/signon/id_token.h"

#include "base/json.h"
#include "engines/signon/act_as.h"
#include "engines/signon/person.h"
#include "engines/signon/resource.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/signer.h"

#include <jansson.h>

static int64_t seconds(struct instant t)
{
    return t.us / US_PER_SECOND;
}

static struct str issuer(const struct req *q)
{
    return str_of(q->app->settings.base_url);
}

/* "pwd otp" as ["pwd","otp"]. */
static struct str amr_json(struct arena *a, struct str amr)
{
    struct buf b;
    struct str rest = amr, word;
    bool first = true;
    buf_init(&b, a, 400);
    buf_put_char(&b, '[');
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        if (!first)
            buf_put_char(&b, ',');
        buf_put_json_string(&b, word);
        first = false;
    }
    buf_put_char(&b, ']');
    return buf_str(&b);
}

/* The left half of the hash of the token beside it (OpenID Connect Core section 3.1.3.6). */
static struct str at_hash(struct arena *a, struct str access_token)
{
    struct hash32 h = sha256(access_token);
    return str_base64url(a, h.b, sizeof h.b / 2);
}

struct str claims_asked_in(struct req *q, struct str claims, const char *where)
{
    json_t *j;
    struct buf b;
    const struct claim_kind *k;
    if (claims.n == 0 || json_read(q->arena, claims, &j, NULL))
        return STR("");
    buf_init(&b, q->arena, 1000);
    for (size_t i = 0; (k = claim_at(i)); i++)
        if (json_object_get(json_object_get(j, where), k->name)) {
            if (b.n > 0)
                buf_put_char(&b, ' ');
            buf_put(&b, str_of(k->name));
        }
    return b.n > 0 ? buf_str(&b) : STR("");
}

static int sign(struct req *q, unsigned alg, const char *typ, struct claim_set *set, struct str *token, struct err *e)
{
    const struct token_order t = {
        .purpose = "signon", .alg = (enum jose_alg)alg, .typ = typ, .claims = claim_set_json(set), .now = q->now
    };
    return q->signer ? signer_token(q->signer, q->arena, &t, token, e) : ERR(e, ERR_SIGNER, "there is no signer");
}

int id_token_make(struct req *q, const struct signon_client *c, const struct sign_in_facts *f, struct str access_token,
                  struct str *token, int64_t *person, struct err *e)
{
    struct claim_set set = { .a = q->arena };
    struct dbr *r = req_read(q, e);
    struct str asked = claims_asked_in(q, f->claims, "id_token");
    *person = 0;
    claim_put(&set, "iss", issuer(q));
    claim_put(&set, "sub", subject_of(q, c, f->account));
    claim_put(&set, "aud", c->id);
    claim_put_int(&set, "iat", seconds(q->now));
    claim_put_int(&set, "exp", seconds(q->now) + ID_TOKEN_S);
    claim_put_int(&set, "auth_time", seconds(f->auth_at));
    claim_put(&set, "nonce", f->nonce);
    claim_put(&set, "acr", f->acr);
    claim_put_json(&set, "amr", amr_json(q->arena, f->amr));
    claim_put(&set, "at_hash", at_hash(q->arena, access_token));
    claim_put(&set, "sid", session_name(q, c, f->session));
    if (!r || (asked.n > 0 && person_claims(q, r, f->account, STR(""), asked, &set, person, e)))
        return -1;
    if (scope_has(asked, STR(ACT_AS)) && act_as_claim(q, r, c, f->account, f->hat, &set, e))
        return -1;
    return sign(q, c->id_token_alg, "JWT", &set, token, e);
}

int access_jwt_make(struct req *q, const struct signon_client *c, const struct sign_in_facts *f, struct str scope,
                    struct str resource, struct str jti, struct str jkt, struct str *token, struct err *e)
{
    struct claim_set set = { .a = q->arena };
    claim_put(&set, "iss", issuer(q));
    claim_put(&set, "sub", f ? subject_of(q, c, f->account) : c->id);
    claim_put_json(&set, "aud", resources_audience(q->arena, resource, issuer(q)));
    claim_put(&set, "client_id", c->id);
    claim_put_int(&set, "iat", seconds(q->now));
    claim_put_int(&set, "exp", seconds(q->now) + ACCESS_S);
    claim_put(&set, "jti", jti);
    claim_put(&set, "scope", scope);
    if (f) {
        claim_put(&set, "acr", f->acr);
        claim_put_int(&set, "auth_time", seconds(f->auth_at));
    }
    if (jkt.p)
        claim_put_json(&set, "cnf", str_fmt(q->arena, "{\"jkt\":\"%.*s\"}", STR_ARG(jkt)));
    return sign(q, c->id_token_alg, "at+jwt", &set, token, e);
}
