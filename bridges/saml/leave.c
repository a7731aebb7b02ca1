/* leave.c: signing out in both directions. An app that signs somebody out here signs them out at bon as well (OpenID Connect RP-Initiated
 * Logout 1.0), where the configuration says so; what ends at bon ends here (Back-Channel Logout 1.0).
 */
#include "bridges/saml/bridge.h"

#include "engines/broker/arrival.h"
#include "platform/crypto/crypto.h"

#include <stdio.h>

enum { ADDRESS_MAX = 24 * 1024 };

/* ---- towards bon ---- */

static struct str leave_url(struct req *q, struct str endpoint, struct str id_token, struct str name)
{
    struct buf params;
    buf_init(&params, q->arena, ADDRESS_MAX);
    urlencode_param(&params, "id_token_hint", id_token);
    urlencode_param(&params, "post_logout_redirect_uri", str_fmt(q->arena, "%s/saml/left", q->app->settings.base_url));
    urlencode_param(&params, "state", name);
    return str_fmt(q->arena, "%.*s%c%.*s", STR_ARG(endpoint), str_find_char(endpoint, '?') < 0 ? '?' : '&',
                   STR_ARG(buf_str(&params)));
}

bool leave_by_bon(struct req *q, struct res *s, const struct saml_session *session, const struct idp_answer *answer, struct str relay)
{
    struct bridge *b = bridge_of(q);
    struct provider p;
    struct err why = { 0 };
    if (!b->config.sign_out || session->id_token.n == 0)
        return false;
    if (provider_find(q->app, q->arena, &b->config.bon, q->now, &p, &why) != 0 || p.logout.n == 0)
        return false;
    struct str name = token_new(q->arena);
    struct str kept = str_fmt(q->arena, "%.*s\n%.*s", STR_ARG(answer->url), STR_ARG(answer->message));
    saml_memory_put(b->memory, sha256(name), kept, relay, q->now);
    return res_redirect(s, leave_url(q, p.logout, session->id_token, name)) == 0;
}

/* Back from bon: the app gets the answer that was made for it before. */
int left_get(struct req *q, struct res *s, struct err *e)
{
    struct str kept, relay, url;
    (void)e;
    if (saml_memory_take(bridge_of(q)->memory, q->arena, sha256(str_or_empty(req_query(q, "state"))), q->now, &kept, &relay) &&
        str_cut(&kept, '\n', &url))
        return bridge_deliver(q, s, url, kept, relay);
    struct err why = { .code = ERR_INPUT, .field = "replay" };
    return bridge_refuse_page(q, s, &why);
}

/* ---- from bon ---- */

static const struct field notice_fields[] = { { .name = "logout_token", .type = FIELD_TEXT }, { .name = NULL } };
const struct form leave_notice_form = { .name = "logout_token", .fields = notice_fields, .max_body = 2 * JOSE_TOKEN_MAX };

int leave_notice(struct req *q, struct res *s, struct err *e)
{
    struct bridge *b = bridge_of(q);
    struct logout_notice notice;
    struct jwt *t = arena_new(q->arena, struct jwt);
    if (!str_eq(req_param(q, "upstream"), b->config.bon.name))
        return ERR(e, ERR_NOT_FOUND, "no such provider");
    if (logout_token_read(q->app, q->arena, &b->config.bon, str_or_empty(req_form(q, "logout_token")), q->now, t, &notice, e) != 0)
        return -1;
    if (!saml_memory_is_new(b->memory, notice.token, q->now))
        return ERR(e, ERR_INPUT, "this logout token was taken before");
    struct hash32 subject = bridge_subject(q->arena, notice.subject), sid = bridge_sid(q->arena, notice.sid);
    size_t n = saml_memory_end(b->memory, subject, notice.sid.n > 0 ? &sid : NULL, q->now);
    LOG(q->log, LOG_INFO, "saml.signed_out_there", LF("sessions", str_fmt(q->arena, "%zu", n)));
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "text/plain", STR(""));
}

int leave_notice_refuse(struct req *q, struct res *s, const struct err *why)
{
    log_err(q->log, LOG_INFO, "saml.refused", q->id, why);
    s->status = err_http_status(why->code) >= 500 ? err_http_status(why->code) : 400;
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "application/json",
                    str_fmt(q->arena, "{\"error\":\"invalid_request\",\"error_description\":\"%s\"}",
                            why->field[0] ? why->field : "logout_token"));
}
