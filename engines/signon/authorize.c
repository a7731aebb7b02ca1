/* authorize.c: the authorization endpoint. Browsers bring requests by GET; one that comes by POST is led to the same address
 * by GET, since a cookie does not come along with another site's post (SameSite=Lax) and nobody would be signed in. */
#include "engines/signon/authorize.h"

#include "base/json.h"
#include "engines/signon/act_as.h"
#include "engines/signon/levels.h"

#include <string.h>

static const struct field authorize_fields[] = {
    { .name = "client_id", .type = FIELD_TEXT, .required = true },
    { .name = "redirect_uri", .type = FIELD_TEXT },
    { .name = "response_type", .type = FIELD_TEXT },
    { .name = "scope", .type = FIELD_TEXT },
    { .name = "state", .type = FIELD_TEXT },
    { .name = "nonce", .type = FIELD_TEXT },
    { .name = "code_challenge", .type = FIELD_TEXT },
    { .name = "code_challenge_method", .type = FIELD_TEXT },
    { .name = "resource", .type = FIELD_TEXT, .many = true },
    { .name = NULL },
};
const struct form authorize_form = { .name = "authorize", .fields = authorize_fields };

/* ---- the request, from the query or from where it was pushed ---- */

static int read_pushed(struct req *q, struct params p, struct str uri, struct auth_request *r, struct err *e)
{
    struct str prefix = STR(REQUEST_URN);
    if (!str_starts(uri, prefix))
        return oauth_refuse(e, "request_uri_not_supported", "only requests that were pushed here have an address");
    if (request_load(q, str_from(uri, prefix.n), r, e))
        return -1;
    if (str_eq(param_of(p, "client_id"), r->client->id))
        return 0;
    r->redirect_uri = STR_NONE; /* not this one's to send the browser to */
    return oauth_refuse(e, "invalid_request", "the pushed request is another client's");
}

static int read_plain(struct req *q, struct params p, struct auth_request *r, struct err *e)
{
    const struct signon_client *c;
    struct str id = param_of(p, "client_id");
    int found = client_of(q, id, &c, e);
    if (found < 0)
        return -1;
    if (found == 0)
        return oauth_refuse(e, "invalid_client", id.p ? "no such client" : "client_id is missing");
    return request_read(q, p, c, false, r, e);
}

static int read_request(struct req *q, struct auth_request *r, struct err *e)
{
    struct params p = { q->query, q->n_query };
    struct str uri = param_of(p, "request_uri");
    if (str_starts(uri, STR(REQUEST_URN)))
        return read_pushed(q, p, uri, r, e);
    return read_plain(q, p, r, e);
}

/* A refusal travels back to the app where that is safe, and shows here where it is not. */
static int settle(struct req *q, struct authorizing *w, int read, struct err *e)
{
    if (read == 0)
        read = authorize_decide(q, w, e);
    if (read == 0)
        return 0;
    if (!is_oauth_refusal(e) || !w->r.redirect_uri.p || str_eq(str_of(oauth_error(e)), STR("invalid_request_uri")))
        return -1;
    w->next = STEP_ANSWER_ERROR;
    w->refused = *e;
    return 0;
}

int authorize_prepare(struct req *q, struct err *e)
{
    struct authorizing *w = arena_new(q->arena, struct authorizing);
    q->work = w;
    return settle(q, w, read_request(q, &w->r, e), e);
}

int resume_prepare(struct req *q, struct err *e)
{
    struct authorizing *w = arena_new(q->arena, struct authorizing);
    struct params p = { q->query, q->n_query };
    q->work = w;
    w->resumed = true;
    return settle(q, w, request_load(q, param_of(p, "request"), &w->r, e), e);
}

/* ---- at the door ---- */

int authorize_record(struct req *q, struct tx *tx, const struct auth_request *r, const char *action, struct str detail,
                     struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.object = str_fmt(q->arena, "app/%.*s", STR_ARG(r->client->id));
    rec.facility_name = r->client->name;
    rec.detail = detail;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static struct str granted(struct req *q, const struct auth_request *r)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 2000);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "claims", r->claim_names);
    json_out_str(&j, "scope", r->scope);
    json_out_end(&j);
    return buf_str(&b);
}

static int insert_family(struct req *q, struct tx *tx, const struct authorizing *w, int64_t *family, struct err *e)
{
    const struct actor *actor = q->actor;
    bool told = act_as_asked(&w->r) && actor->hat;
    struct family_insert_in in = { .client = w->r.client->id,
                                   .account = actor->account,
                                   .consent = w->consent,
                                   .session = actor->session,
                                   .scope = w->r.scope,
                                   .claims = w->r.claims,
                                   .resource = w->r.resource,
                                   .nonce = w->r.nonce,
                                   .acr = str_of(level_name(actor->assurance)),
                                   .amr = str_or_empty(actor->methods),
                                   .auth_at = actor->authenticated_at,
                                   .made_at = tx_now(tx),
                                   .told = false,
                                   .has_hat = told,
                                   .hat = told ? actor->hat->id : 0 };
    return family_insert(tx, &in, family, e);
}

int code_issue(struct req *q, struct tx *tx, struct authorizing *w, struct err *e)
{
    int64_t family;
    struct hash32 key;
    struct str code = handle_new(q->arena, q->now, &key);
    if (request_use(tx, &w->r, e) || insert_family(q, tx, w, &family, e))
        return -1;
    struct code_insert_in in = { .key = key,
                                 .family = family,
                                 .redirect_uri = w->r.redirect_uri,
                                 .challenge = w->r.challenge,
                                 .jkt = w->r.jkt,
                                 .expires_at = { tx_now(tx).us + CODE_S * US_PER_SECOND } };
    if (code_insert(tx, &in, NULL, e))
        return -1;
    w->code = code;
    return authorize_record(q, tx, &w->r, "signon.signed_in", granted(q, &w->r), e);
}

/* Somebody's request that failed is recorded; the silent question whether they are signed in, which apps ask all the time, is not. */
static int refuse_write(struct req *q, struct tx *tx, const struct authorizing *w, struct err *e)
{
    struct str error = str_of(oauth_error(&w->refused));
    if (w->r.stored && request_use(tx, &w->r, e))
        return -1;
    if (q->actor->account != 0 && !w->r.none)
        return authorize_record(q, tx, &w->r, "signon.request_refused", str_fmt(q->arena, "{\"error\":\"%.*s\"}", STR_ARG(error)), e);
    tx_unaudited(tx, "nothing was given and nobody looked at");
    return 0;
}

int authorize_write(struct req *q, struct tx *tx, struct err *e)
{
    struct authorizing *w = q->work;
    switch (w->next) {
    case STEP_ANSWER_CODE:
        return code_issue(q, tx, w, e);
    case STEP_ANSWER_ERROR:
        return refuse_write(q, tx, w, e);
    case STEP_SIGN_IN:
    case STEP_HAT:
    case STEP_CONSENT:
        tx_unaudited(tx, "a request waits for its person");
        return request_keep(tx, q->arena, &w->r, PENDING_S, e);
    }
    return 0;
}

/* ---- reply ---- */

static struct str path_with(struct req *q, const char *path, const struct auth_request *r)
{
    return str_fmt(q->arena, "%s?request=%.*s%s", path, STR_ARG(r->handle), r->popup ? "&display=popup" : "");
}

static struct str sign_in_for(struct req *q, const struct authorizing *w)
{
    struct buf b;
    buf_init(&b, q->arena, 16 * 1024);
    struct html h = { .out = &b, .arena = q->arena };
    buf_put(&b, sign_in_url(q, path_with(q, RESUME_PATH, &w->r), &w->wanted));
    if (w->r.login_hint.n > 0) {
        buf_lit(&b, "&login=");
        html_query(&h, w->r.login_hint);
    }
    return buf_str(&b);
}

int authorize_reply(struct req *q, struct res *s, struct err *e)
{
    struct authorizing *w = q->work;
    (void)e;
    if (w->r.lang)
        res_cookie(q, s, LANG_ASKED_COOKIE, str_of(w->r.lang), PENDING_S);
    if (w->next == STEP_SIGN_IN)
        return answer_send(q, s, sign_in_for(q, w));
    if (w->next == STEP_HAT)
        return answer_send(q, s, hat_url(q, path_with(q, RESUME_PATH, &w->r)));
    if (w->next == STEP_CONSENT)
        return answer_send(q, s, path_with(q, CONSENT_PATH, &w->r));
    struct str location =
        w->next == STEP_ANSWER_CODE ? answer_with_code(q, &w->r, w->code) : answer_with_error(q, &w->r, &w->refused);
    return w->resumed ? answer_lead_on(q, s, w->r.client, location) : answer_send(q, s, location);
}

int authorize_posted(struct req *q, struct res *s, struct err *e)
{
    struct buf b;
    struct html h = { .out = &b, .arena = q->arena };
    (void)e;
    buf_init(&b, q->arena, 32 * 1024);
    buf_lit(&b, "/oauth2/authorize");
    for (size_t i = 0; i < q->n_form; i++) {
        buf_put_char(&b, i == 0 ? '?' : '&');
        html_query(&h, q->form[i].name);
        buf_put_char(&b, '=');
        html_query(&h, q->form[i].value);
    }
    return answer_send(q, s, buf_str(&b));
}
