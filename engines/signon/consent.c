/* consent.c: the person agrees or not (Nghị định 13/2023/NĐ-CP Điều 11: for each purpose, knowing who and what). */
#include "engines/signon/authorize.h"
#include "engines/signon/pages.h"
#include "gen/signon_pages.h"

#include "base/json.h"
#include "engines/accounts/accounts.h"
#include "platform/http/page.h"
#include "engines/signon/act_as.h"
#include "engines/signon/uri.h"

#include <string.h>

static const struct choice answers[] = { { "allow", MSG("Đồng ý") }, { "deny", MSG("Không đồng ý") }, { .value = NULL } };
static const struct field consent_fields[] = {
    { .name = "request", .type = FIELD_HIDDEN, .required = true, .max = 60, .label = MSG("Yêu cầu") },
    { .name = "answer", .type = FIELD_CHOICE, .required = true, .choices = answers, .label = MSG("Trả lời") },
    { .name = NULL },
};
const struct form consent_form = { .name = "consent", .fields = consent_fields };

/* ---- the page ---- */

/* Claims that are asked for one by one, where no scope brings them. */
static void list_single(struct req *q, const struct auth_request *r, struct consent_view *v)
{
    struct str rest = r->claim_names, word;
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        const struct claim_kind *k = claim_named(word);
        if (k && !(k->scope && scope_has(r->scope, str_of(k->scope))))
            vec_push(q->arena, &v->scopes)->label = k->label;
    }
}

static int load(struct req *q, struct str handle, struct auth_request *r, struct err *e)
{
    if (request_load(q, handle, r, e) == 0)
        return 0;
    if (!is_oauth_refusal(e))
        return -1;
    return ERR_SAY(e, ERR_NOT_FOUND,
                   MSGS("Yêu cầu của ứng dụng đã hết hạn hoặc đã được trả lời. Xin mở lại ứng dụng và đăng nhập lại từ đó."),
                   "consent: %s", "the request is over");
}

/* In which capacity: for an app that asked for it. */
static void say_hat(struct req *q, const struct auth_request *r, struct consent_view *v)
{
    const struct grant *g = q->actor->hat;
    const struct role *role = g && act_as_asked(r) ? role_by_name(q->app, g->role) : NULL;
    if (!role)
        return;
    v->hat = role->title;
    v->hat_of = hat_place(q, g);
}

int consent_get(struct req *q, struct res *s, struct err *e)
{
    struct auth_request r;
    struct uri target;
    struct str handle = q->method == METHOD_GET ? req_query(q, "request") : req_form(q, "request");
    if (load(q, handle, &r, e))
        return -1;
    struct consent_view v = { .app = in_language(q, r.client->name, r.client->name_en),
                              .owner = r.client->owner,
                              .purpose = in_language(q, r.client->purpose, r.client->purpose_en),
                              .legal_basis = r.client->legal_basis,
                              .handle = r.handle,
                              .person = q->actor->name,
                              .key = req_form_key(q) };
    v.host = uri_parse(r.redirect_uri, &target) && target.host.n > 0 ? target.host : r.redirect_uri;
    asked_scopes_of(q->arena, r.scope, &v.scopes);
    list_single(q, &r, &v);
    say_hat(q, &r, &v);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    struct html h = res_html(q, s);
    consent(&h, &v);
    return 0;
}

/* ---- the answer ---- */

struct consenting {
    struct authorizing a;
    bool allowed;
    struct err refused; /* what the app is told otherwise */
};

int consent_prepare(struct req *q, struct err *e)
{
    struct consenting *w = arena_new(q->arena, struct consenting);
    q->work = w;
    w->allowed = str_eq(req_form(q, "answer"), STR("allow"));
    if (load(q, req_form(q, "request"), &w->a.r, e) || authorize_decide(q, &w->a, e))
        return -1;
    /* The session may have grown old, or become somebody else's, while the page lay open. */
    if (w->a.next == STEP_SIGN_IN)
        return ERR(e, ERR_SIGN_IN, "the request wants a newer or higher sign-in");
    if (w->a.next == STEP_HAT)
        return ERR(e, ERR_HAT, "the hat that was to be told of has ended");
    if (w->a.next == STEP_ANSWER_ERROR) {
        w->allowed = false;
        w->refused = w->a.refused;
    } else if (!w->allowed) {
        oauth_refuse(&w->refused, "access_denied", "the person did not agree");
    }
    return 0;
}

static int keep_consent(struct req *q, struct tx *tx, struct consenting *w, struct err *e)
{
    const struct auth_request *r = &w->a.r;
    const struct consent_given given = {
        .account = q->actor->account, .client = r->client->id, .scope = r->scope, .claims = act_as_consent_words(q, r)
    };
    return consent_remember(tx, q->arena, &given, &w->a.consent, e);
}

static struct str agreed(struct req *q, const struct auth_request *r)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 3000);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "claims", act_as_consent_words(q, r));
    json_out_str(&j, "purpose", r->client->purpose);
    json_out_str(&j, "scope", r->scope);
    json_out_end(&j);
    return buf_str(&b);
}

int consent_write(struct req *q, struct tx *tx, struct err *e)
{
    struct consenting *w = q->work;
    if (!w->allowed) {
        if (request_use(tx, &w->a.r, e))
            return -1;
        return authorize_record(q, tx, &w->a.r, "signon.consent_refused", agreed(q, &w->a.r), e);
    }
    if (keep_consent(q, tx, w, e) || authorize_record(q, tx, &w->a.r, "signon.consented", agreed(q, &w->a.r), e))
        return -1;
    return code_issue(q, tx, &w->a, e);
}

int consent_reply(struct req *q, struct res *s, struct err *e)
{
    struct consenting *w = q->work;
    (void)e;
    struct str location = w->allowed ? answer_with_code(q, &w->a.r, w->a.code) : answer_with_error(q, &w->a.r, &w->refused);
    return answer_lead_on(q, s, w->a.r.client, location);
}
