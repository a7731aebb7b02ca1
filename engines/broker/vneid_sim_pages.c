/* vneid_sim_pages.c: the stand-in's addresses, and the page on which somebody chooses who he is. */
#include "engines/broker/vneid_sim_inside.h"

#include "gen/broker_pages.h"
#include "platform/crypto/crypto.h"

#include <stdio.h>
#include <string.h>

static void keep(char *to, size_t room, struct str s)
{
    snprintf(to, room, "%.*s", STR_ARG(s));
}

/* ---- pages ---- */

static struct str param_of(const struct param *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, str_of(name)))
            return v[i].value;
    return STR("");
}

static struct str choice_href(struct req *q, size_t person, int level)
{
    struct buf b;
    buf_init(&b, q->arena, 8192);
    buf_fmt(&b, "/authorize/as?person=%zu&level=%d&asked=", person, level);
    struct str raw = str_base64url(q->arena, q->query_raw.p ? q->query_raw.p : "", q->query_raw.n);
    buf_put(&b, raw);
    return buf_str(&b);
}

static struct str refusal(const struct vneid_sim *sim, const struct req *q)
{
    if (!str_eq(req_query(q, "response_type"), STR("code")))
        return MSGS("Ứng dụng không xin mã (response_type=code).");
    if (!str_eq(req_query(q, "client_id"), sim->o.client_id))
        return MSGS("Ứng dụng này chưa đăng ký.");
    if (!str_eq(req_query(q, "code_challenge_method"), STR("S256")))
        return MSGS("Ứng dụng không dùng PKCE S256.");
    return req_query(q, "redirect_uri").n > 0 ? STR_NONE : MSGS("Ứng dụng không nói quay về đâu.");
}

static int authorize_page(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct vneid_sim *sim = sim_self(q);
    struct sim_page_view v = { .why = refusal(sim, q), .asks = req_query(q, "redirect_uri") };
    if (sim_misbehave(sim, s))
        return 0;
    for (size_t i = 0; i < sim->n_people && !v.why.p; i++)
        *vec_push(q->arena, &v.choices) = (struct sim_choice) { .name = sim->people[i].name,
                                                                .pid = sim->people[i].pid,
                                                                .level2 = choice_href(q, i, 2),
                                                                .level1 = choice_href(q, i, 1) };
    v.deny = choice_href(q, SIM_PEOPLE, 0);
    struct html h = res_html(q, s);
    vneid_sim_page(&h, &v);
    return 0;
}

static struct str back_to(struct req *q, const struct param *asked, size_t n, const char *name, struct str value,
                          struct str issuer)
{
    struct buf b;
    struct str redirect = param_of(asked, n, "redirect_uri"), state = param_of(asked, n, "state");
    buf_init(&b, q->arena, 8192);
    buf_put(&b, redirect);
    buf_put_char(&b, str_find_char(redirect, '?') < 0 ? '?' : '&');
    buf_fmt(&b, "%s=%.*s", name, STR_ARG(value));
    if (state.n > 0)
        buf_fmt(&b, "&state=%.*s", STR_ARG(state)); /* base64url from the relying party: nothing to encode */
    buf_lit(&b, "&iss=");
    for (size_t i = 0; i < issuer.n; i++) {
        char c = issuer.p[i];
        if (c == ':' || c == '/')
            buf_fmt(&b, "%%%02X", (unsigned)c);
        else
            buf_put_char(&b, c);
    }
    return buf_str(&b);
}

static struct str new_grant(struct vneid_sim *sim, struct req *q, const struct param *asked, size_t n, size_t person,
                            int level)
{
    struct sim_grant *g = &sim->grants[sim->next++ % SIM_GRANTS];
    memset(g, 0, sizeof(*g));
    keep(g->code, sizeof(g->code), token_new(q->arena));
    keep(g->refresh, sizeof(g->refresh), token_new(q->arena));
    keep(g->sid, sizeof(g->sid), token_new(q->arena));
    keep(g->client, sizeof(g->client), param_of(asked, n, "client_id"));
    keep(g->redirect, sizeof(g->redirect), param_of(asked, n, "redirect_uri"));
    keep(g->nonce, sizeof(g->nonce), param_of(asked, n, "nonce"));
    keep(g->challenge, sizeof(g->challenge), param_of(asked, n, "code_challenge"));
    g->offline = str_find(param_of(asked, n, "scope"), STR("offline_access")) >= 0;
    g->person = &sim->people[person];
    g->level = level;
    g->at = q->now;
    return str_of(g->code);
}

static int authorize_as(struct req *q, struct res *s, struct err *e)
{
    struct vneid_sim *sim = sim_self(q);
    struct str raw;
    struct param *asked;
    size_t n;
    int64_t person = -1, level = 0;
    if (!str_unbase64url(q->arena, req_query(q, "asked"), &raw) || parse_urlencoded(q->arena, raw, &asked, &n, e) != 0 ||
        !str_to_i64(req_query(q, "person"), &person) || !str_to_i64(req_query(q, "level"), &level))
        return ERR(e, ERR_INPUT, "the stand-in's own link is broken");
    if (!str_eq(param_of(asked, n, "client_id"), sim->o.client_id))
        return ERR(e, ERR_INPUT, "unknown client");
    struct str issuer = sim_faults(sim) & VNEID_MIX_UP ? STR("https://honest-but-other.example") : sim_issuer(sim, q->arena);
    if (person < 0 || person >= (int64_t)sim->n_people)
        return res_redirect(s, back_to(q, asked, n, "error", STR("access_denied"), issuer));
    pthread_mutex_lock(&sim->lock);
    sim->counts.authorize++;
    struct str code = str_dup(q->arena, new_grant(sim, q, asked, n, (size_t)person, (int)level));
    pthread_mutex_unlock(&sim->lock);
    return res_redirect(s, back_to(q, asked, n, "code", code, issuer));
}

static int logout_answer(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct vneid_sim *sim = sim_self(q);
    struct str to = req_query(q, "post_logout_redirect_uri");
    pthread_mutex_lock(&sim->lock);
    sim->counts.logout++;
    pthread_mutex_unlock(&sim->lock);
    return to.n > 0 ? res_redirect(s, to) : res_text(s, "text/plain", STR("signed out\n"));
}

static int discovery(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct vneid_sim *sim = sim_self(q);
    return sim_misbehave(sim, s) ? 0 : res_text(s, "application/json", sim_discovery(sim, q->arena));
}

static int keys_answer(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct vneid_sim *sim = sim_self(q);
    if (sim_misbehave(sim, s))
        return 0;
    pthread_mutex_lock(&sim->lock);
    sim->counts.jwks++;
    struct str keys = sim_keys_json(sim->keys, q->arena, sim->faults & VNEID_TWO_KEYS);
    pthread_mutex_unlock(&sim->lock);
    return res_text(s, "application/json", keys);
}

/* For browser tests: /sim/faults?set=wrong-nonce */
static int set_faults(struct req *q, struct res *s, struct err *e)
{
    unsigned faults;
    if (!vneid_faults_parse(req_query(q, "set"), &faults))
        return ERR(e, ERR_INPUT, "unknown fault");
    vneid_sim_fault(sim_self(q), faults);
    return res_text(s, "text/plain", STR("ok\n"));
}

#define STAND_IN "a stand-in on loopback"

static int refuse_program(struct req *q, struct res *s, const struct err *why)
{
    (void)q;
    s->status = err_http_status(why->code);
    return res_text(s, "application/json", STR("{\"error\":\"invalid_request\"}"));
}

static const struct field token_fields[] = {
    { .name = "grant_type", .type = FIELD_TEXT, .max = 40, .label = STR_INIT("grant_type") },
    { .name = "code", .type = FIELD_TEXT, .max = 100, .label = STR_INIT("code") },
    { .name = "refresh_token", .type = FIELD_TEXT, .max = 100, .label = STR_INIT("refresh_token") },
    { .name = "redirect_uri", .type = FIELD_TEXT, .max = 400, .label = STR_INIT("redirect_uri") },
    { .name = "code_verifier", .type = FIELD_TEXT, .max = 200, .label = STR_INIT("code_verifier") },
    { .name = "client_id", .type = FIELD_TEXT, .max = 200, .label = STR_INIT("client_id") },
    { .name = "client_secret", .type = FIELD_TEXT, .max = 200, .label = STR_INIT("client_secret") },
    { .name = "client_assertion", .type = FIELD_TEXT, .max = 4000, .label = STR_INIT("client_assertion") },
    { .name = "client_assertion_type", .type = FIELD_TEXT, .max = 100, .label = STR_INIT("client_assertion_type") },
    { .name = NULL },
};
static const struct form token_form = { .name = "token", .fields = token_fields, .max_body = 16 * 1024 };
static const struct field userinfo_fields[] = {
    { .name = "access_token", .type = FIELD_TEXT, .max = 100, .label = STR_INIT("access_token") },
    { .name = NULL },
};
static const struct form userinfo_form = { .name = "userinfo", .fields = userinfo_fields, .max_body = 4096 };

const struct route sim_routes[] = {
    GET("/.well-known/openid-configuration", discovery, .open = STAND_IN, .slow = true),
    GET("/jwks", keys_answer, .open = STAND_IN, .slow = true),
    GET("/authorize", authorize_page, .open = STAND_IN, .slow = true, .title = STR_INIT("VNeID")),
    GET("/authorize/as", authorize_as, .open = STAND_IN),
    POST("/token", .open = STAND_IN, .form = &token_form, .reply = sim_token, .machine = refuse_program, .own_key = true,
         .slow = true),
    GET("/userinfo", sim_userinfo_answer, .open = STAND_IN, .slow = true),
    POST("/userinfo", .open = STAND_IN, .form = &userinfo_form, .reply = sim_userinfo_answer, .machine = refuse_program,
         .own_key = true, .slow = true),
    GET("/logout", logout_answer, .open = STAND_IN),
    GET("/sim/faults", set_faults, .open = STAND_IN),
    ROUTE_END,
};
