/* leave.c: signing out in both directions. Towards the upstream a link that the person chooses to follow (a form could not lead off this
 * site, and ending everything at VNeID is theirs to decide); from the upstream a logout token that ends the sessions it opened here.
 */
#include "engines/broker/pages.h"

#include "engines/accounts/accounts.h"
#include "gen/broker_pages.h"

enum { URL_MAX = 2048 };

/* ---- towards the upstream ---- */

/* client_id instead of an ID token: this way none is kept, and the provider asks once more (RP-Initiated Logout 1.0 section 2). */
static struct str logout_url(struct req *q, const struct upstream *u, const struct provider *p)
{
    struct buf params, url;
    buf_init(&params, q->arena, URL_MAX);
    urlencode_param(&params, "client_id", u->client_id);
    urlencode_param(&params, "post_logout_redirect_uri", str_fmt(q->arena, "%s/sign-in", q->app->settings.base_url));
    buf_init(&url, q->arena, 2 * URL_MAX);
    buf_put(&url, p->logout);
    buf_put_char(&url, str_find_char(p->logout, '?') < 0 ? '?' : '&');
    buf_put(&url, buf_str(&params));
    return buf_str(&url);
}

/* 0; *p.logout none when the provider cannot be asked now or has no such address. */
static int find_logout(struct req *q, struct upstream *u, struct provider *p, struct err *e)
{
    struct err why = { 0 };
    if (upstream_asked(q, u, e) != 0)
        return -1;
    db_read_end(q->reader); /* not held while waiting for another system */
    q->reader = NULL;
    if (provider_find(q->app, q->arena, u, q->now, p, &why) != 0)
        *p = (struct provider) { .logout = STR_NONE };
    return 0;
}

int signed_out_get(struct req *q, struct res *s, struct err *e)
{
    struct upstream u;
    struct provider p;
    if (find_logout(q, &u, &p, e) != 0)
        return -1;
    struct left_view v = { .label = u.label };
    if (p.logout.n > 0)
        v.href = str_fmt(q->arena, "/sign-in/with/%.*s/leave", STR_ARG(u.name));
    struct html h = res_html(q, s);
    left_page(&h, &v);
    return 0;
}

int leave_get(struct req *q, struct res *s, struct err *e)
{
    struct upstream u;
    struct provider p;
    if (find_logout(q, &u, &p, e) != 0)
        return -1;
    return res_redirect(s, p.logout.n > 0 ? logout_url(q, &u, &p) : STR("/sign-in"));
}

int broker_signed_out(struct req *q, struct str *next, struct err *e)
{
    struct broker_session_of_row row;
    struct dbr *r = req_read(q, e);
    int found =
        r ? broker_session_of(r, q->arena, &(struct broker_session_of_in) { .session = q->actor->session }, &row, e) : -1;
    if (found == 1)
        *next = str_fmt(q->arena, "/sign-in/with/%.*s/left", STR_ARG(row.upstream));
    return found < 0 ? -1 : 0;
}

/* ---- from the upstream ---- */

static const struct field logout_fields[] = {
    { .name = "logout_token",
      .type = FIELD_TEXT,
      .required = true,
      .max = JOSE_TOKEN_MAX,
      .label = MSG("Thông báo đăng xuất") },
    { .name = NULL },
};
const struct form logout_token_form = { .name = "logout_token", .fields = logout_fields, .max_body = 2 * JOSE_TOKEN_MAX };

struct leaving {
    struct upstream u;
    struct jwt token;
    struct logout_notice notice;
};

int logout_token_prepare(struct req *q, struct err *e)
{
    struct leaving *w = arena_new(q->arena, struct leaving);
    q->work = w;
    if (upstream_asked(q, &w->u, e) != 0)
        return -1;
    db_read_end(q->reader);
    q->reader = NULL;
    return logout_token_read(q->app, q->arena, &w->u, str_or_empty(req_form(q, "logout_token")), q->now, &w->token,
                             &w->notice, e);
}

static int find_sessions(struct dbr *r, struct arena *a, const struct leaving *w, struct broker_session_there_rows *rows,
                         struct err *e)
{
    struct broker_sessions_of_sid_in by_sid = { .sid = w->notice.sid, .issuer = w->u.issuer, .subject = w->notice.subject };
    struct broker_sessions_of_subject_in by_subject = { .issuer = w->u.issuer, .subject = w->notice.subject };
    return w->notice.sid.n > 0 ? broker_sessions_of_sid(r, a, &by_sid, rows, e)
                               : broker_sessions_of_subject(r, a, &by_subject, rows, e);
}

int logout_token_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct leaving *w = q->work;
    struct broker_session_there_rows rows;
    struct broker_spend_in spend = { .token = w->notice.token, .at = tx_now(tx) };
    int64_t fresh;
    if (broker_spend(tx, &spend, &fresh, e) != 0)
        return -1;
    if (fresh == 0)
        return ERR(e, ERR_INPUT, "this logout token was taken before");
    if (find_sessions(tx_reader(tx), q->arena, w, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (session_end_one(tx, rows.v[i].session, rows.v[i].account, e) != 0)
            return -1;
    return link_record(q, tx, STR("broker.signed_out_there"), rows.n > 0 ? rows.v[0].account : 0, w->u.name,
                       str_fmt(q->arena, "%zu", rows.n), NULL, e);
}

int logout_token_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "text/plain", STR(""));
}

int logout_token_refuse(struct req *q, struct res *s, const struct err *why)
{
    bool ours = err_http_status(why->code) >= 500;
    s->status = ours ? err_http_status(why->code) : 400;
    s->type = STR("application/json");
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    buf_fmt(&s->body, "{\"error\":\"%s\",\"error_description\":\"%s\"}",
            ours ? "temporarily_unavailable" : "invalid_request", why->field[0] ? why->field : "logout_token");
    return 0;
}
