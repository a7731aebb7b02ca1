/* token.c: the token endpoint: who asks, by which way, and one record whatever came of it. */
#include "engines/signon/token.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <string.h>

static const struct field token_fields[] = {
    { .name = "grant_type", .type = FIELD_TEXT, .required = true },
    { .name = "code", .type = FIELD_TEXT },
    { .name = "redirect_uri", .type = FIELD_TEXT },
    { .name = "code_verifier", .type = FIELD_SECRET },
    { .name = "refresh_token", .type = FIELD_SECRET },
    { .name = "device_code", .type = FIELD_SECRET },
    { .name = "auth_req_id", .type = FIELD_SECRET },
    { .name = "scope", .type = FIELD_TEXT },
    { .name = "resource", .type = FIELD_TEXT, .many = true },
    { .name = "client_id", .type = FIELD_TEXT },
    { .name = "client_secret", .type = FIELD_SECRET },
    { .name = "client_assertion", .type = FIELD_SECRET },
    { .name = "client_assertion_type", .type = FIELD_TEXT },
    { .name = NULL },
};
const struct form token_form = { .name = "token", .fields = token_fields };

/* ---- prepare ---- */

static int check_binding(const struct token_act *t, struct err *e)
{
    if (t->c->needs_dpop && !t->dpop.jkt.p)
        return oauth_refuse(e, "invalid_dpop_proof", "this client must show a DPoP proof");
    return 0;
}

static int find_type(struct req *q, struct token_act *t, struct err *e)
{
    struct str name = req_form(q, "grant_type");
    t->type = grant_type_named(name);
    if (name.n == 0)
        return oauth_refuse(e, "invalid_request", "grant_type is missing");
    if (!t->type)
        return oauth_refuse(e, "unsupported_grant_type", "grant_type is not known here");
    return client_may(t->c, t->type->name)
               ? 0
               : oauth_refuse(e, "unauthorized_client", "this client may not use that grant_type");
}

static int check(struct req *q, struct token_act *t, struct err *e)
{
    if (client_authenticate(q, &t->proof, e))
        return -1;
    t->c = t->proof.client;
    if (find_type(q, t, e) || dpop_read(q, STR_NONE, &t->dpop, e) || check_binding(t, e))
        return -1;
    t->bound = t->dpop.jkt;
    return t->type->prepare(q, t, e);
}

/* What a known app is refused is recorded; a stranger's attempts are the log's. */
int token_prepare(struct req *q, struct err *e)
{
    struct token_act *t = arena_new(q->arena, struct token_act);
    q->work = t;
    if (check(q, t, e) == 0)
        return 0;
    if (!is_oauth_refusal(e) || !t->proof.client)
        return -1;
    t->refused = *e;
    return 0;
}

int token_access(struct req *q, struct token_act *t, const struct sign_in_facts *f, struct err *e)
{
    struct str handle = handle_new(q->arena, q->now, &t->access_key);
    t->access = handle;
    if (!t->c->token_is_jwt)
        return 0;
    return access_jwt_make(q, t->c, f, t->scope, t->resource, handle, t->bound, &t->access, e);
}

/* ---- at the door ---- */

int token_keep(struct tx *tx, const struct token_act *t, struct err *e)
{
    struct token_insert_in in = { .key = t->access_key,
                                  .client = t->c->id,
                                  .has_family = t->family != 0,
                                  .family = t->family,
                                  .has_account = t->facts.account != 0,
                                  .account = t->facts.account,
                                  .scope = t->scope,
                                  .resource = t->resource,
                                  .jkt = t->bound,
                                  .made_at = tx_now(tx),
                                  .expires_at = { tx_now(tx).us + ACCESS_S * US_PER_SECOND } };
    return token_insert(tx, &in, NULL, e);
}

int token_refuse_late(struct token_act *t, const char *error, const char *why)
{
    oauth_refuse(&t->refused_late, error, "%s", why);
    return 0;
}

static int record(struct req *q, struct tx *tx, const struct token_act *t, const char *action, struct str detail,
                  struct err *e)
{
    const struct signon_client *c = t->proof.client;
    struct audit_record rec = audit_of(q, str_of(action));
    rec.account = t->facts.account;
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(c->id));
    rec.facility_name = c->name;
    rec.subject = t->person;
    rec.purpose = t->person ? c->purpose : STR_NONE;
    rec.detail = detail;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static struct str detail_of(struct req *q, const char *key, struct str value, const char *way)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 2000);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, key, value);
    json_out_str(&j, "way", str_of(way));
    json_out_end(&j);
    return buf_str(&b);
}

static int record_refusal(struct req *q, struct tx *tx, const struct token_act *t, const struct err *why, struct err *e)
{
    struct str detail = detail_of(q, "error", str_of(oauth_error(why)), t->type ? t->type->name : "?");
    return record(q, tx, t, "signon.token_refused", detail, e);
}

int family_kill(struct req *q, struct tx *tx, struct token_act *t, const char *action, struct err *e)
{
    const struct instant now = tx_now(tx);
    if (family_end(tx, &(struct family_end_in) { .now = now, .id = t->family }, NULL, e) ||
        family_tokens_end(tx, &(struct family_tokens_end_in) { .now = now, .family = t->family }, NULL, e))
        return -1;
    return record(q, tx, t, action, STR_NONE, e);
}

/* Proofs that count once. Shown again: nothing is given, which is recorded. */
static int show_proofs(struct tx *tx, struct token_act *t, struct err *e)
{
    struct err why = { 0 };
    int failed = t->proof.shown && shown_once(tx, &t->proof.key, t->proof.key_until, "invalid_client", &why) ? -1 : 0;
    if (!failed && t->dpop.jkt.p)
        failed = shown_once(tx, &t->dpop.key, t->dpop.key_until, "invalid_dpop_proof", &why);
    if (!failed)
        return 0;
    if (!is_oauth_refusal(&why)) {
        *e = why;
        return -1;
    }
    t->refused_late = why;
    return 0;
}

int token_write(struct req *q, struct tx *tx, struct err *e)
{
    struct token_act *t = q->work;
    t->refused_late = (struct err) { 0 }; /* it may run again */
    if (t->refused.code != ERR_NONE)
        return record_refusal(q, tx, t, &t->refused, e);
    if (show_proofs(tx, t, e))
        return -1;
    if (t->refused_late.code == ERR_NONE && t->type->write(q, tx, t, e))
        return -1;
    if (t->unrecorded) {
        tx_unaudited(tx, "a poll before the answer");
        return 0;
    }
    if (t->refused_late.code != ERR_NONE)
        return record_refusal(q, tx, t, &t->refused_late, e);
    return record(q, tx, t, "signon.token_given", detail_of(q, "scope", t->scope, t->type->name), e);
}

/* ---- reply ---- */

int token_reply(struct req *q, struct res *s, struct err *e)
{
    const struct token_act *t = q->work;
    const struct err *why = t->refused.code != ERR_NONE ? &t->refused : &t->refused_late;
    struct buf b;
    struct json_out j;
    if (why->code != ERR_NONE) {
        *e = *why;
        return -1;
    }
    buf_init(&b, q->arena, 32 * 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "access_token", t->access);
    json_out_int(&j, "expires_in", ACCESS_S);
    json_out_str(&j, "id_token", t->id_token);
    json_out_str(&j, "refresh_token", t->refresh);
    json_out_str(&j, "scope", t->scope);
    json_out_str(&j, "token_type", t->bound.p ? STR("DPoP") : STR("Bearer"));
    json_out_end(&j);
    res_header(q, s, STR("Pragma"), STR("no-cache"));
    return res_json_secret(q, s, buf_str(&b));
}
