/* par.c: pushed authorization requests (RFC 9126): the app brings its request itself, proven and whole, before the browser knows of it. */
#include "engines/signon/authorize.h"
#include "engines/signon/client_auth.h"
#include "engines/signon/dpop.h"

#include "base/json.h"

static const struct field par_fields[] = {
    { .name = "client_id", .type = FIELD_TEXT },
    { .name = "redirect_uri", .type = FIELD_TEXT, .required = true },
    { .name = "response_type", .type = FIELD_TEXT, .required = true },
    { .name = "scope", .type = FIELD_TEXT },
    { .name = "state", .type = FIELD_TEXT },
    { .name = "nonce", .type = FIELD_TEXT },
    { .name = "code_challenge", .type = FIELD_TEXT },
    { .name = "code_challenge_method", .type = FIELD_TEXT },
    { .name = "dpop_jkt", .type = FIELD_TEXT },
    { .name = "claims", .type = FIELD_TEXT },
    { .name = "resource", .type = FIELD_TEXT, .many = true },
    { .name = "client_secret", .type = FIELD_SECRET },
    { .name = "client_assertion", .type = FIELD_SECRET },
    { .name = "client_assertion_type", .type = FIELD_TEXT },
    { .name = NULL },
};
const struct form par_form = { .name = "par", .fields = par_fields };

struct pushing {
    struct client_proof proof;
    struct dpop dpop;
    struct auth_request r;
};

/* What proved the client is no part of the request, and is not kept. */
static struct params request_params(struct req *q)
{
    struct param *v = arena_new_array(q->arena, struct param, q->n_form);
    size_t n = 0;
    for (size_t i = 0; i < q->n_form; i++)
        if (!str_eq(q->form[i].name, STR("client_secret")) && !str_starts(q->form[i].name, STR("client_assertion")))
            v[n++] = q->form[i];
    return (struct params) { v, n };
}

int par_prepare(struct req *q, struct err *e)
{
    struct pushing *w = arena_new(q->arena, struct pushing);
    q->work = w;
    if (client_authenticate(q, &w->proof, e) || dpop_read(q, STR_NONE, &w->dpop, e))
        return -1;
    struct params p = request_params(q);
    if (request_read(q, p, w->proof.client, true, &w->r, e))
        return -1;
    if (w->dpop.jkt.p && w->r.jkt.p && !str_eq(w->r.jkt, w->dpop.jkt))
        return oauth_refuse(e, "invalid_dpop_proof", "dpop_jkt is not the key of the proof");
    if (w->dpop.jkt.p)
        w->r.jkt = w->dpop.jkt;
    return 0;
}

int par_write(struct req *q, struct tx *tx, struct err *e)
{
    struct pushing *w = q->work;
    tx_unaudited(tx, "a request waits for its browser; nothing is known of a person yet");
    if (w->proof.shown && shown_once(tx, &w->proof.key, w->proof.key_until, "invalid_client", e))
        return -1;
    if (w->dpop.jkt.p && shown_once(tx, &w->dpop.key, w->dpop.key_until, "invalid_dpop_proof", e))
        return -1;
    return request_keep(tx, q->arena, &w->r, PUSHED_S, e);
}

int par_reply(struct req *q, struct res *s, struct err *e)
{
    const struct pushing *w = q->work;
    struct buf b;
    struct json_out j;
    (void)e;
    buf_init(&b, q->arena, 1000);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "expires_in", PUSHED_S);
    json_out_str(&j, "request_uri", str_fmt(q->arena, REQUEST_URN "%.*s", STR_ARG(w->r.handle)));
    json_out_end(&j);
    s->status = 201;
    return res_json_secret(q, s, buf_str(&b));
}
