/* link.c: VNeID says, server to server, that somebody is about to come for a service, and gets a code for their browser: claims never stand
 * in an address. The code lives a minute and opens once; the same token opens nothing a second time.
 */
#include "models/m05_vneid_services/doors.h"

#include "base/json.h"
#include "engines/audit/audit.h"

enum { CODE_SECONDS = 60 };

static const struct field token_fields[] = {
    { .name = "token",
      .type = FIELD_TEXT,
      .required = true,
      .max = JOSE_TOKEN_MAX,
      .label = MSG("Thẻ có chữ ký của VNeID") },
    { .name = NULL },
};
const struct form vneid_token_form = { .name = "vneid_token", .fields = token_fields, .max_body = 2 * JOSE_TOKEN_MAX };

int vneid_posted_token(struct req *q, struct upstream *u, struct jwt *t, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int found = r ? upstream_in_force(r, q->arena, VNEID, instant_day(q->now), u, e) : -1;
    if (found < 0)
        return -1;
    if (found == 0 || u->off)
        return ERR(e, ERR_NOT_FOUND, "no VNeID is configured");
    db_read_end(q->reader); /* not held while keys are asked for */
    q->reader = NULL;
    return provider_token(q->app, q->arena, u, str_or_empty(req_form(q, "token")), q->now, t, e);
}

/* The cause by name, so that the other side's engineers need not guess; nothing of anybody's. */
int vneid_machine_refuse(struct req *q, struct res *s, const struct err *why)
{
    struct json_out j;
    int status = err_http_status(why->code);
    s->status = status == 422 ? 400 : status;
    s->type = STR("application/json");
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "cause", why->field[0] ? str_of(why->field) : STR_NONE);
    json_out_str(&j, "error", s->status >= 500 ? STR("temporarily_unavailable") : STR("invalid_request"));
    json_out_str(&j, "say", err_sentence(why));
    json_out_end(&j);
    return 0;
}

struct linking {
    struct upstream u;
    struct jwt token;
    struct vneid_claims claims;
    struct str code;
};

static int refuse_service(const struct vneid_service *s, struct err *e)
{
    ERR_SAY(e, ERR_CONFLICT, vneid_service_state_say(s->state), "service %.*s", STR_ARG(str_head(s->code, 40)));
    snprintf(e->field, sizeof e->field, "service");
    return -1;
}

int vneid_link_prepare(struct req *q, struct err *e)
{
    struct linking *w = arena_new(q->arena, struct linking);
    struct vneid_service service;
    q->work = w;
    if (vneid_posted_token(q, &w->u, &w->token, e) ||
        vneid_claims_read(q->arena, vneid_channel(q->app), &w->u, &w->token, q->now, &w->claims, e))
        return -1;
    struct dbr *r = req_read(q, e);
    if (!r || vneid_service_on(q->app, r, q->arena, w->claims.service, instant_day(q->now), &service, e))
        return -1;
    w->code = token_new(q->arena);
    return service.state == VNEID_OFFERED ? 0 : refuse_service(&service, e);
}

int vneid_link_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct linking *w = q->work;
    int64_t fresh, id;
    struct audit_record rec = audit_of(q, STR("vneid.announced"));
    struct vneid_token_take_in once = { .token = w->claims.token, .expires_at = w->claims.until };
    if (vneid_token_take(tx, &once, &fresh, e))
        return -1;
    if (fresh == 0) {
        ERR(e, ERR_CONFLICT, "this token was taken before");
        snprintf(e->field, sizeof e->field, "jti");
        return -1;
    }
    struct vneid_arrival_insert_in in = { .code = sha256(w->code),
                                          .issuer = w->claims.issuer,
                                          .subject = w->claims.subject,
                                          .pid = w->claims.pid,
                                          .service = w->claims.service,
                                          .known = w->claims.known,
                                          .level = w->claims.level,
                                          .mode = w->u.mode,
                                          .made_at = tx_now(tx),
                                          .expires_at = { tx_now(tx).us + CODE_SECONDS * US_PER_SECOND } };
    rec.account_name = STR("VNeID");
    rec.object = str_fmt(q->arena, "service/%.*s", STR_ARG(w->claims.service));
    rec.mode = w->u.mode;
    return vneid_arrival_insert(tx, &in, &id, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int vneid_link_reply(struct req *q, struct res *s, struct err *e)
{
    const struct linking *w = q->work;
    struct json_out j;
    (void)e;
    s->status = 201;
    s->type = STR("application/json");
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "code", w->code);
    json_out_int(&j, "expires_in", CODE_SECONDS);
    json_out_str(&j, "open", str_fmt(q->arena, "%s/vneid/den", q->app->settings.base_url));
    json_out_end(&j);
    return 0;
}

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    tx_unaudited(tx, "removes tokens and arrivals whose time is over");
    return vneid_tokens_forget(tx, &(struct vneid_tokens_forget_in) { .now = tx_now(tx) }, NULL, e) ||
                   vneid_arrivals_forget(tx, &(struct vneid_arrivals_forget_in) { .now = tx_now(tx) }, NULL, e)
               ? -1
               : 0;
}

int vneid_forget_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, forget_write, NULL, e);
}
