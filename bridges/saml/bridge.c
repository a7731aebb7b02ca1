/* bridge.c: an old app's request comes in, bon says who it is, a signed answer goes out. The OpenID side is engines/broker's relying
 * party, as it stands; the SAML side is idp.h.
 */
#include "bridges/saml/bridge.h"

#include "bridges/saml/guard.h"
#include "bridges/saml/post_page.h"
#include "engines/broker/arrival.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define THE_BRIDGE "the bridge of old apps"

enum { SKEW_MINUTES = 3, AGE_MINUTES = 10, RELAY_MAX = 1024 };

struct bridge *bridge_of(const struct req *q)
{
    return *app_engine_slot(q->app, "saml");
}

int bridge_refuse_page(struct req *q, struct res *s, const struct err *why)
{
    log_err(q->log, LOG_INFO, "saml.refused", q->id, why);
    s->status = err_http_status(why->code) >= 500 ? 502 : 400;
    return res_text(
        s, "text/plain; charset=utf-8",
        str_fmt(
            q->arena,
            "Yêu cầu này không được nhận (%s). Xin quay lại ứng dụng và bắt đầu lại; nếu vẫn vậy, xin đọc mã %.*s cho người "
            "quản trị.\n",
            why->field[0] ? why->field : err_name(why->code), STR_ARG(q->id)));
}

/* ---- what came ---- */

static struct str param_of(const struct req *q, const char *name)
{
    return q->method == METHOD_POST ? req_form(q, name) : req_query(q, name);
}

static int fail(struct err *e, const char *field, const char *what)
{
    ERR(e, ERR_INPUT, "%s", what);
    snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

/* The redirect binding signs the query, so nothing is signed inside; RSA with SHA-2 only. */
static int check_query_signature(const struct req *q, const struct saml_message *m, struct err *e)
{
    static const struct str allowed[] = { STR_INIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
                                          STR_INIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"),
                                          STR_INIT("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512") };
    struct str alg = req_query(q, "SigAlg");
    if (m->is_signed || req_query(q, "Signature").n == 0)
        return fail(e, "signature", "a signature inside instead of over the query, or none");
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
        if (str_eq(alg, allowed[i]))
            return 0;
    return fail(e, "signature", "a weak or unknown method");
}

static int check_time(const struct req *q, struct str issued, struct err *e)
{
    struct instant at;
    if (!instant_parse(str_or_empty(issued), &at))
        return fail(e, "time", "no IssueInstant");
    if (at.us > q->now.us + SKEW_MINUTES * US_PER_MINUTE || at.us < q->now.us - AGE_MINUTES * US_PER_MINUTE)
        return fail(e, "time", "made too long ago, or in the future");
    return 0;
}

/* The guard's look at it. Nothing of it is believed before lasso has verified the signature. */
static int look_at(struct req *q, enum saml_kind kind, struct saml_message *m, struct err *e)
{
    const struct bridge *b = bridge_of(q);
    struct str packed, xml, endpoint = kind == SAML_AUTHN_REQUEST ? STR("/saml/sso") : STR("/saml/slo");
    if (saml_unbase64(q->arena, str_or_empty(param_of(q, "SAMLRequest")), &packed, e) != 0)
        return -1;
    xml = packed;
    if (q->method == METHOD_GET && saml_inflate(q->arena, packed, &xml, e) != 0)
        return -1;
    if (saml_guard(q->arena, xml, m, e) != 0)
        return -1;
    if (m->kind != kind)
        return fail(e, "root", "the other kind of request");
    if (!str_eq(m->destination, str_fmt(q->arena, "%.*s%.*s", STR_ARG(b->config.base_url), STR_ARG(endpoint))))
        return fail(e, "destination", "meant for another address");
    if (q->method == METHOD_GET ? check_query_signature(q, m, e) != 0 : !m->is_signed)
        return q->method == METHOD_GET ? -1 : fail(e, "signature", "not signed");
    if (param_of(q, "RelayState").n > RELAY_MAX)
        return fail(e, "size", "a RelayState of more than 1 KiB");
    return check_time(q, m->issued, e);
}

static struct idp_input input_of(const struct req *q)
{
    return (struct idp_input) { .post = q->method == METHOD_POST,
                                .raw = q->method == METHOD_POST ? req_form(q, "SAMLRequest") : q->query_raw,
                                .relay_state = str_or_empty(param_of(q, "RelayState")) };
}

/* After the signature: who cannot sign cannot fill the memory either. */
static int check_replay(struct req *q, const struct saml_message *m, struct err *e)
{
    struct hash32 what = sha256(str_fmt(q->arena, "%.*s %.*s", STR_ARG(m->issuer), STR_ARG(m->id)));
    return saml_memory_is_new(bridge_of(q)->memory, what, q->now) ? 0 : fail(e, "replay", "this request came before");
}

/* ---- signing in ---- */

static int deny(struct req *q, struct res *s, struct str dump, struct str relay, struct err *e)
{
    struct idp_answer answer;
    if (idp_answer(bridge_of(q)->idp, q->arena, dump, NULL, &answer, e) != 0)
        return -1;
    return post_page(q, s, answer.url, answer.message, relay);
}

static int to_bon(struct req *q, struct res *s, const struct idp_asked *asked, struct str relay, struct err *e)
{
    struct bridge *b = bridge_of(q);
    struct provider p;
    struct flow f;
    struct str name = token_new(q->arena);
    if (provider_find(q->app, q->arena, &b->config.bon, q->now, &p, e) != 0)
        return -1;
    struct str kept = str_fmt(q->arena, "%.*s\n%.*s", STR_ARG(asked->app->entity_id), STR_ARG(asked->dump));
    saml_memory_put(b->memory, sha256(name), kept, relay, q->now);
    flow_begin(q, &b->config.bon, FLOW_SIGN_IN, str_fmt(q->arena, "/saml/%.*s", STR_ARG(name)), &f);
    res_cookie(q, s, FLOW_COOKIE, flow_cookie(q, &f), FLOW_MINUTES * 60);
    return res_redirect(s, flow_authorize_url(q, &b->config.bon, &p, &f, asked->force));
}

static int sso(struct req *q, struct res *s, struct err *e)
{
    struct saml_message m;
    struct idp_asked asked;
    struct idp_input in = input_of(q);
    struct err why = { 0 };
    (void)e;
    if (look_at(q, SAML_AUTHN_REQUEST, &m, &why) != 0 ||
        idp_take_request(bridge_of(q)->idp, q->arena, &in, &asked, &why) != 0 || check_replay(q, &m, &why) != 0)
        return bridge_refuse_page(q, s, &why);
    int result = asked.passive ? deny(q, s, asked.dump, in.relay_state, &why) : to_bon(q, s, &asked, in.relay_state, &why);
    return result == 0 ? 0 : bridge_refuse_page(q, s, &why);
}

/* ---- coming back from bon ---- */

static struct str claim_text(struct arena *a, const json_t *claims, struct str name)
{
    const json_t *v = json_object_get(claims, str_cstr(a, name));
    if (json_is_string(v))
        return json_str(v);
    return json_is_integer(v) ? str_fmt(a, "%lld", (long long)json_integer_value(v))
           : json_is_true(v)  ? STR("true")
                              : STR_NONE;
}

/* What the configuration lets this app know, and no more; a claim that bon did not give is left out. */
static void read_attributes(struct arena *a, const struct saml_app *app, struct str claims, struct saml_attribute *out,
                            size_t *n)
{
    json_t *j;
    struct err e = { 0 };
    *n = 0;
    if (json_read(a, claims, &j, &e) != 0)
        return;
    for (size_t i = 0; i < app->n_attributes; i++) {
        struct str value = claim_text(a, j, app->attributes[i].claim);
        if (value.n > 0)
            out[(*n)++] = (struct saml_attribute) { value, app->attributes[i].name };
    }
}

/* The same person is another one for each app, for ever. */
static struct str pairwise(struct req *q, const struct bridge *b, struct str entity_id, struct str subject)
{
    struct str key = { (const char *)b->config.pairwise.b, sizeof(b->config.pairwise.b) };
    struct hash32 h =
        hmac_sha256(key, str_fmt(q->arena, "%zu %.*s %.*s", entity_id.n, STR_ARG(entity_id), STR_ARG(subject)));
    return str_base64url(q->arena, h.b, sizeof(h.b));
}

static struct hash32 session_key(struct req *q, struct str entity_id, struct str name_id, struct str index)
{
    return sha256(str_fmt(q->arena, "%.*s\n%.*s\n%.*s", STR_ARG(entity_id), STR_ARG(name_id), STR_ARG(index)));
}

static int answer_with(struct req *q, struct res *s, const struct saml_app *app, const struct arrival *who, struct str dump,
                       struct str relay, struct err *e)
{
    struct bridge *b = bridge_of(q);
    struct saml_attribute attributes[SAML_ATTRIBUTES_MAX];
    struct idp_answer answer;
    struct idp_person person = { .name_id = pairwise(q, b, app->entity_id, who->subject),
                                 .session_index = str_fmt(q->arena, "_%.*s", STR_ARG(token_new(q->arena))),
                                 .at = q->now,
                                 .level = who->level,
                                 .attributes = attributes };
    read_attributes(q->arena, app, who->claims, attributes, &person.n_attributes);
    if (idp_answer(b->idp, q->arena, dump, &person, &answer, e) != 0)
        return -1;
    const struct saml_session session = { .dump = answer.session,
                                          .id_token = who->id_token,
                                          .subject = bridge_subject(q->arena, who->subject),
                                          .sid = bridge_sid(q->arena, str_or_empty(who->sid)) };
    saml_memory_open(b->memory, session_key(q, app->entity_id, person.name_id, person.session_index), &session, q->now);
    return post_page(q, s, answer.url, answer.message, relay);
}

/* The app is kept with lasso's dump, as its first line. */
static const struct saml_app *app_of_dump(const struct bridge *b, struct str *dump)
{
    struct str entity_id;
    if (!str_cut(dump, '\n', &entity_id))
        return NULL;
    for (size_t i = 0; i < b->config.n_apps; i++)
        if (str_eq(b->config.apps[i].entity_id, entity_id))
            return &b->config.apps[i];
    return NULL;
}

static int arrive(struct req *q, struct res *s, struct err *e)
{
    struct bridge *b = bridge_of(q);
    struct flow f;
    struct provider p;
    struct arrival who;
    struct str dump, relay, iss = req_query(q, "iss");
    if (flow_read(q, b->config.bon.name, req_query(q, "state"), &f, e) != 0)
        return -1;
    if (!saml_memory_take(b->memory, q->arena, sha256(str_from(f.next, strlen("/saml/"))), q->now, &dump, &relay))
        return fail(e, "replay", "nothing waits under this name any more");
    const struct saml_app *app = app_of_dump(b, &dump);
    if (!app || provider_find(q->app, q->arena, &b->config.bon, q->now, &p, e) != 0)
        return app ? -1 : fail(e, "app", "an app that is registered no longer");
    if (iss.p ? !str_eq(iss, b->config.bon.issuer) : p.tells_issuer)
        return fail(e, "iss", "the answer of another provider");
    if (req_query(q, "error").n > 0)
        return deny(q, s, dump, relay, e);
    if (arrival_fetch(q, &b->config.bon, &p, &f, str_or_empty(req_query(q, "code")), &who, e) != 0)
        return -1;
    return answer_with(q, s, app, &who, dump, relay, e);
}

static int back(struct req *q, struct res *s, struct err *e)
{
    struct err why = { 0 };
    (void)e;
    res_cookie(q, s, FLOW_COOKIE, STR(""), 0);
    return arrive(q, s, &why) == 0 ? 0 : bridge_refuse_page(q, s, &why);
}

/* ---- signing out ---- */

struct hash32 bridge_subject(struct arena *a, struct str subject)
{
    return sha256(str_fmt(a, "sub %.*s", STR_ARG(subject)));
}

struct hash32 bridge_sid(struct arena *a, struct str sid)
{
    return sha256(str_fmt(a, "sid %.*s", STR_ARG(sid)));
}

int bridge_deliver(struct req *q, struct res *s, struct str url, struct str message, struct str relay)
{
    return message.n > 0 ? post_page(q, s, url, message, relay) : res_redirect(s, url);
}

static int slo(struct req *q, struct res *s, struct err *e)
{
    struct bridge *b = bridge_of(q);
    struct saml_message m;
    struct idp_answer answer;
    struct idp_input in = input_of(q);
    struct saml_session session = { 0 };
    struct err why = { 0 };
    (void)e;
    if (look_at(q, SAML_LOGOUT_REQUEST, &m, &why) != 0)
        return bridge_refuse_page(q, s, &why);
    /* Verified first with nothing to lose; the session is looked up only for whoever could sign. */
    if (idp_logout(b->idp, q->arena, &in, STR_NONE, &answer, &why) != 0 || check_replay(q, &m, &why) != 0)
        return bridge_refuse_page(q, s, &why);
    struct hash32 key = session_key(q, m.issuer, m.name_id, str_or_empty(m.session_index));
    if (saml_memory_close(b->memory, q->arena, key, q->now, &session) &&
        idp_logout(b->idp, q->arena, &in, session.dump, &answer, &why) != 0)
        return bridge_refuse_page(q, s, &why);
    if (leave_by_bon(q, s, &session, &answer, in.relay_state))
        return 0;
    return bridge_deliver(q, s, answer.url, answer.message, in.relay_state);
}

/* ---- the rest ---- */

static int metadata(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_text(s, "application/samlmetadata+xml", idp_metadata(bridge_of(q)->idp));
}

static int script(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_text(s, "text/javascript", post_script);
}

static int health(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_text(s, "text/plain", STR("ok\n"));
}

/* SAML's names have capitals, which the fields of our forms have not: a machine's route lets be what its form does not name. */
static const struct field message_fields[] = { { .name = NULL } };
static const struct form message_form = { .name = "saml", .fields = message_fields, .max_body = 4 * SAML_MESSAGE_MAX };

static const struct route routes[] = {
    GET("/saml/metadata", metadata, .open = "public metadata"),
    GET("/saml/post.js", script, .open = "a public script"),
    GET("/saml/sso", sso, .open = THE_BRIDGE, .machine = bridge_refuse_page, .own_key = true, .far = true),
    POST("/saml/sso", .open = THE_BRIDGE, .form = &message_form, .reply = sso, .machine = bridge_refuse_page, .own_key = true,
         .far = true),
    GET("/sign-in/with/{upstream}/back", back, .open = THE_BRIDGE, .far = true),
    GET("/saml/slo", slo, .open = THE_BRIDGE, .machine = bridge_refuse_page, .own_key = true, .far = true),
    POST("/saml/slo", .open = THE_BRIDGE, .form = &message_form, .reply = slo, .machine = bridge_refuse_page, .own_key = true,
         .far = true),
    GET("/saml/left", left_get, .open = THE_BRIDGE),
    POST("/sign-in/with/{upstream}/logout-token", .open = THE_BRIDGE, .form = &leave_notice_form, .reply = leave_notice,
         .machine = leave_notice_refuse, .own_key = true, .far = true),
    GET("/healthz", health, .open = "operations"),
    ROUTE_END,
};
const struct module saml_module = { .name = "saml", .title = STR_INIT("SAML"), .routes = routes };
