/* vneid_sim_token_endpoint.c: the stand-in's answers to programs: tokens for a code or a refresh token, and claims for a token. */
#include "engines/broker/vneid_sim_inside.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static int say_error(struct res *s, int status, const char *code)
{
    s->status = status;
    s->type = STR("application/json");
    buf_fmt(&s->body, "{\"error\":\"%s\"}", code);
    return 0;
}

/* ---- who asks ---- */

static bool basic_credentials(struct req *q, struct str *id, struct str *secret)
{
    struct str header = req_header(q, "authorization"), raw, user;
    if (!str_eq_nocase(str_head(header, 6), STR("Basic ")))
        return false;
    /* Debian's base64url reader takes the other alphabet's letters when they are turned. */
    struct str text = str_trim(str_from(header, 6));
    char *turned = str_cstr(q->arena, text);
    size_t n = strlen(turned);
    while (n > 0 && turned[n - 1] == '=')
        turned[--n] = '\0';
    for (char *p = turned; *p; p++)
        *p = (char)(*p == '+' ? '-' : *p == '/' ? '_' : *p);
    return str_unbase64url(q->arena, (struct str) { turned, n }, &raw) && str_cut(&raw, ':', &user) &&
           parse_percent(q->arena, user, true, id) && parse_percent(q->arena, raw, true, secret);
}

static bool knows_client(struct vneid_sim *sim, struct req *q)
{
    struct str id = req_form(q, "client_id"), secret = req_form(q, "client_secret");
    bool basic = basic_credentials(q, &id, &secret);
    pthread_mutex_lock(&sim->lock);
    sim->counts.basic += basic;
    sim->counts.post += !basic && secret.n > 0;
    pthread_mutex_unlock(&sim->lock);
    return str_eq(id, sim->o.client_id) && (sim->o.secret.n == 0 || str_eq(secret, sim->o.secret));
}

/* ---- tokens ---- */

static bool verifier_fits(struct req *q, const struct sim_grant *g)
{
    struct hash32 h = sha256(req_form(q, "code_verifier"));
    return g->challenge[0] && str_eq(str_base64url(q->arena, h.b, sizeof(h.b)), str_of(g->challenge));
}

static void fresh_token(struct req *q, char *out)
{
    struct str token = token_new(q->arena);
    snprintf(out, SIM_TOKEN, "%.*s", STR_ARG(token));
}

static struct sim_grant *take_code(struct vneid_sim *sim, struct req *q)
{
    struct sim_grant *g = sim_grant_by(sim, req_form(q, "code"), offsetof(struct sim_grant, code));
    if (!g || g->code_used || !str_eq(req_form(q, "redirect_uri"), str_of(g->redirect)) || !verifier_fits(q, g))
        return NULL;
    g->code_used = true;
    return g;
}

/* Tokens of the grant that the code or refresh token names, or none. Under the lock. */
static struct str tokens_json(struct vneid_sim *sim, struct req *q)
{
    bool refresh = str_eq(req_form(q, "grant_type"), STR("refresh_token"));
    struct str named = req_form(q, "refresh_token");
    struct sim_grant *g = refresh ? sim_grant_by(sim, named, offsetof(struct sim_grant, refresh)) : take_code(sim, q);
    if (!g || (refresh && (sim->faults & VNEID_REFRESH_REFUSED)))
        return STR_NONE;
    fresh_token(q, g->access);
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 8192);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "access_token", str_of(g->access));
    json_out_int(&j, "expires_in", 600);
    json_out_str(&j, "id_token", sim_id_token(sim, q->arena, g, refresh));
    if (g->offline)
        json_out_str(&j, "refresh_token", str_of(g->refresh));
    json_out_str(&j, "token_type", STR("Bearer"));
    json_out_end(&j);
    return buf_str(&b);
}

int sim_token(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct vneid_sim *sim = sim_self(q);
    if (sim_misbehave(sim, s))
        return 0;
    if (!knows_client(sim, q))
        return say_error(s, 401, "invalid_client");
    pthread_mutex_lock(&sim->lock);
    sim->counts.token++;
    struct str answer = tokens_json(sim, q);
    pthread_mutex_unlock(&sim->lock);
    return answer.p ? res_text(s, "application/json", answer) : say_error(s, 400, "invalid_grant");
}

/* ---- claims ---- */

int sim_userinfo_answer(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct vneid_sim *sim = sim_self(q);
    if (sim_misbehave(sim, s))
        return 0;
    struct str header = req_header(q, "authorization"), token = req_form(q, "access_token");
    bool in_header = str_eq_nocase(str_head(header, 7), STR("Bearer "));
    if (in_header)
        token = str_trim(str_from(header, 7));
    pthread_mutex_lock(&sim->lock);
    sim->counts.userinfo++;
    sim->counts.bearer_header += in_header;
    sim->counts.bearer_body += !in_header && token.n > 0;
    const struct sim_grant *g = sim_grant_by(sim, token, offsetof(struct sim_grant, access));
    struct str answer = g ? sim_userinfo(sim, q->arena, g) : STR_NONE;
    pthread_mutex_unlock(&sim->lock);
    return answer.p ? res_text(s, "application/json", answer) : say_error(s, 401, "invalid_token");
}
