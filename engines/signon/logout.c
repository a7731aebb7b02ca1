/* logout.c: an app asks that its person be signed out (OpenID Connect RP-Initiated Logout 1.0). With an ID token of this
 * very session as hint it happens at once; without, the person is asked, since any page may send a browser here. Back to the
 * app only where it said beforehand. */
#include "engines/signon/endpoints.h"

#include "engines/accounts/accounts.h"
#include "engines/signon/hint.h"
#include "engines/signon/pages.h"
#include "gen/signon_pages.h"

static const struct field logout_fields[] = {
    { .name = "id_token_hint", .type = FIELD_TEXT },
    { .name = "client_id", .type = FIELD_TEXT },
    { .name = "post_logout_redirect_uri", .type = FIELD_TEXT },
    { .name = "state", .type = FIELD_TEXT },
    { .name = NULL },
};
const struct form logout_form = { .name = "logout", .fields = logout_fields };

static const struct field sign_out_fields[] = {
    { .name = "client", .type = FIELD_HIDDEN, .max = 64, .label = MSG("Ứng dụng") },
    { .name = "uri", .type = FIELD_HIDDEN, .max = 1000, .label = MSG("Địa chỉ quay về") },
    { .name = "state", .type = FIELD_HIDDEN, .max = 2000, .label = MSG("Trạng thái") },
    { .name = NULL },
};
const struct form sign_out_form = { .name = "sign_out_of_all", .fields = sign_out_fields };

struct leaving {
    const struct signon_client *c; /* NULL: no app said who it is */
    struct str uri, state;         /* where to, afterwards; STR_NONE: our own page */
    bool at_once;                  /* the hint is this session's */
};

static int find_client(struct req *q, struct str id, struct leaving *w, struct err *e)
{
    if (!id.p)
        return 0;
    int known = client_of(q, id, &w->c, e);
    if (known < 0)
        return -1;
    return known ? 0 : oauth_refuse(e, "invalid_request", "no such client");
}

static int read_hint(struct req *q, struct str token, struct str id, struct leaving *w, struct err *e)
{
    struct hint h;
    if (!token.p)
        return find_client(q, id, w, e);
    if (hint_read(q, token, &h, e))
        return -1;
    if (id.p && !str_eq(id, h.client))
        return oauth_refuse(e, "invalid_request", "client_id is not the hint's");
    if (find_client(q, h.client, w, e))
        return -1;
    w->at_once = q->actor->account != 0 && str_eq(h.sid, session_name(q, w->c, q->actor->session));
    return 0;
}

static int check_target(struct leaving *w, struct str uri, struct str state, struct err *e)
{
    if (!uri.p)
        return 0;
    if (!w->c || !str_list_has(&w->c->post_logout_uris, uri))
        return oauth_refuse(e, "invalid_request", "post_logout_redirect_uri is not one of this client's");
    w->uri = uri;
    w->state = state;
    return 0;
}

int logout_prepare(struct req *q, struct err *e)
{
    struct leaving *w = arena_new(q->arena, struct leaving);
    struct params p = { q->query, q->n_query };
    q->work = w;
    return read_hint(q, param_of(p, "id_token_hint"), param_of(p, "client_id"), w, e) ||
                   check_target(w, param_of(p, "post_logout_redirect_uri"), param_of(p, "state"), e)
               ? -1
               : 0;
}

static int end_session(struct req *q, struct tx *tx, const struct leaving *w, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("signon.signed_out"));
    rec.object = w->c ? str_fmt(q->arena, "app/%.*s", STR_ARG(w->c->id)) : STR_NONE;
    return session_close(q, tx, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int logout_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct leaving *w = q->work;
    if (w->at_once)
        return end_session(q, tx, w, e);
    tx_unaudited(tx, "asks the person, or there was no session");
    return 0;
}

static struct str target(struct req *q, const struct leaving *w)
{
    struct buf b;
    struct html h = { .out = &b, .arena = q->arena };
    buf_init(&b, q->arena, 16 * 1024);
    buf_put(&b, w->uri);
    if (w->state.p) {
        buf_put(&b, str_find_char(w->uri, '?') < 0 ? STR("?state=") : STR("&state="));
        html_query(&h, w->state);
    }
    return buf_str(&b);
}

static int ask(struct req *q, struct res *s, const struct leaving *w)
{
    struct sign_out_view v = {
        .signed_in = q->actor->account != 0, .key = req_form_key(q), .uri = w->uri, .state = w->state
    };
    if (w->c) {
        v.app = q->lang == LANG_EN && w->c->name_en.p ? w->c->name_en : w->c->name;
        v.client = w->c->id;
    }
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    struct html h = res_html(q, s);
    sign_out_page(&h, &v);
    return 0;
}

int logout_reply(struct req *q, struct res *s, struct err *e)
{
    const struct leaving *w = q->work;
    (void)e;
    if (q->actor->account != 0 && !w->at_once)
        return ask(q, s, w);
    if (w->at_once)
        res_cookie(q, s, SESSION_COOKIE, STR(""), 0);
    if (!w->uri.p)
        return res_redirect(s, STR("/oauth2/signed-out"));
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_redirect(s, target(q, w));
}

/* Sent by POST: led to the same by GET, where the cookie comes along (authorize.c). */
int logout_posted(struct req *q, struct res *s, struct err *e)
{
    struct buf b;
    struct html h = { .out = &b, .arena = q->arena };
    (void)e;
    buf_init(&b, q->arena, 64 * 1024);
    buf_lit(&b, "/oauth2/logout");
    for (size_t i = 0; i < q->n_form; i++) {
        buf_put_char(&b, i == 0 ? '?' : '&');
        html_query(&h, q->form[i].name);
        buf_put_char(&b, '=');
        html_query(&h, q->form[i].value);
    }
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_redirect(s, buf_str(&b));
}

/* ---- the person said yes ---- */

int sign_out_prepare(struct req *q, struct err *e)
{
    struct leaving *w = arena_new(q->arena, struct leaving);
    struct str id = req_form(q, "client"), uri = req_form(q, "uri"), state = req_form(q, "state");
    q->work = w;
    if (find_client(q, id.n > 0 ? id : STR_NONE, w, e))
        return -1;
    return check_target(w, uri.n > 0 ? uri : STR_NONE, state.n > 0 ? state : STR_NONE, e);
}

int sign_out_of_all_write(struct req *q, struct tx *tx, struct err *e)
{
    return end_session(q, tx, q->work, e);
}

int sign_out_of_all_reply(struct req *q, struct res *s, struct err *e)
{
    const struct leaving *w = q->work;
    (void)e;
    res_cookie(q, s, SESSION_COOKIE, STR(""), 0);
    if (!w->uri.p)
        return res_redirect(s, STR("/oauth2/signed-out"));
    struct lead_on_view v = { .app = w->c->name, .href = str_starts(w->uri, STR("https://")) ? target(q, w) : STR_NONE };
    res_header(q, s, STR("Refresh"), str_fmt(q->arena, "0;url=%.*s", STR_ARG(target(q, w))));
    struct html h = res_html(q, s);
    lead_on(&h, &v);
    return 0;
}
