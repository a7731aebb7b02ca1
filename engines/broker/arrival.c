/* arrival.c: OpenID Connect Core 1.0 sections 3.1.3 (code, ID token) and 5.3 (userinfo), as a relying party that asks everything. */
#include "engines/broker/arrival.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FORM_MAX = 8192, TEXT_MAX = 300, NAME_MAX_POINTS = 100 };

static int refuse(struct err *e, enum err_code code, const char *field, const char *detail)
{
    ERR(e, code, "%s", detail);
    snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

/* ---- code to tokens ---- */

enum { TOKENS_BYTES = 2 * JOSE_TOKEN_MAX };

static int judge_tokens(struct str access, struct str id, struct str refresh, struct str type, enum token_answer kind, struct err *e)
{
    if (access.n == 0 || (id.n == 0 && kind == TOKENS_FIRST))
        return refuse(e, ERR_SOURCE, "token", "no ID token or no access token");
    if (!str_eq_nocase(type, STR("Bearer")))
        return refuse(e, ERR_SOURCE, "token", "the access token is no bearer token");
    return access.n + id.n + refresh.n <= TOKENS_BYTES ? 0 : refuse(e, ERR_SOURCE, "token", "tokens longer than any honest one");
}

int tokens_read(struct arena *a, struct str body, enum token_answer kind, struct tokens *out, struct err *e)
{
    json_t *j;
    if (json_read(a, body, &j, e) != 0)
        return refuse(e, ERR_SOURCE, "token", "the token answer is no JSON");
    struct str access = json_str_at(j, "access_token"), id = json_str_at(j, "id_token"),
               refresh = json_str_at(j, "refresh_token");
    if (judge_tokens(access, id, refresh, json_str_at(j, "token_type"), kind, e) != 0)
        return -1;
    *out = (struct tokens) { access, id, refresh };
    return 0;
}

static int change_code(struct req *q, const struct upstream *u, const struct provider *p, const struct flow *f,
                       struct str code, struct tokens *out, struct err *e)
{
    struct buf form;
    struct ask_answer answer;
    struct ask question = { .url = p->token, .type = ASK_FORM };
    buf_init(&form, q->arena, FORM_MAX);
    urlencode_param(&form, "grant_type", STR("authorization_code"));
    urlencode_param(&form, "code", code);
    urlencode_param(&form, "redirect_uri", flow_back_uri(q, u));
    urlencode_param(&form, "code_verifier", flow_verifier(q, f));
    if (client_prove(q->app, q->arena, q->now, u, &form, &question.basic, e) != 0)
        return -1;
    question.body = buf_str(&form);
    if (form.full)
        return refuse(e, ERR_INPUT, "code", "a code longer than any honest one");
    if (provider_ask(q->app, q->arena, u, q->now, &question, &answer, e) != 0)
        return -1;
    if (answer.status != 200)
        return refuse(e, ERR_SOURCE, "code", "the code was not taken");
    return tokens_read(q->arena, answer.body, TOKENS_FIRST, out, e);
}

/* ---- the ID token ---- */

/* Several audiences, or an azp: the token must have been made for this client (section 3.1.3.7, points 4 and 5). */
static int check_party(const struct upstream *u, const json_t *claims, struct err *e)
{
    struct str azp = json_str_at(claims, "azp");
    if (json_array_size(json_object_get(claims, "aud")) > 1 && !azp.p)
        return refuse(e, ERR_INPUT, "azp", "several audiences and no azp");
    return !azp.p || str_eq(azp, u->client_id) ? 0 : refuse(e, ERR_INPUT, "azp", "made for another client");
}

/* The left half of the access token's SHA-256 (all allowed algorithms use it, but EdDSA, whose providers differ). */
static int check_access_hash(struct arena *a, const struct jwt *t, struct str access, struct err *e)
{
    struct str said = json_str_at(t->claims, "at_hash");
    if (!said.p || t->jws.alg == JOSE_EDDSA)
        return 0;
    struct hash32 h = sha256(access);
    return str_eq_secret(said, str_base64url(a, h.b, 16)) ? 0 : refuse(e, ERR_INPUT, "at_hash", "another access token's");
}

static int check_id_token(struct req *q, const struct upstream *u, const struct flow *f, const struct jwt *t,
                          struct str access, struct err *e)
{
    struct jwt_expect x = { .issuer = u->issuer,
                            .audience = u->client_id,
                            .now = q->now,
                            .skew_s = ARRIVAL_SKEW_S,
                            .needs_exp = true,
                            .needs_iat = true,
                            .needs_sub = true };
    if (jwt_check(t, &x, e) != 0 || check_party(u, t->claims, e) != 0)
        return -1;
    if (json_str_at(t->claims, "sub").n > 255)
        return refuse(e, ERR_INPUT, "sub", "longer than 255 characters");
    if (!str_eq_secret(str_or_empty(json_str_at(t->claims, "nonce")), flow_nonce(q, f)))
        return refuse(e, ERR_INPUT, "nonce", "not the one that was sent");
    return check_access_hash(q->arena, t, access, e);
}

/* ---- userinfo ---- */

static int read_userinfo(struct req *q, const struct upstream *u, const struct ask_answer *answer, struct jwt *out,
                         struct err *e)
{
    if (str_eq(answer->type, STR("application/jwt"))) {
        struct jwt_expect x = { .issuer = u->issuer, .audience = u->client_id, .now = q->now, .skew_s = ARRIVAL_SKEW_S };
        return provider_token(q->app, q->arena, u, answer->body, q->now, out, e) != 0 || jwt_check(out, &x, e) != 0 ? -1 : 0;
    }
    if (json_read(q->arena, answer->body, &out->claims, e) != 0 || !json_is_object(out->claims))
        return refuse(e, ERR_SOURCE, "userinfo", "no JSON object");
    return 0;
}

static int ask_userinfo(struct req *q, const struct upstream *u, const struct provider *p, struct str access,
                        struct str subject, struct jwt *out, struct str *claims, struct err *e)
{
    struct buf form;
    struct ask_answer answer;
    struct ask question = { .url = p->userinfo, .bearer = access, .type = ASK_FORM };
    buf_init(&form, q->arena, 2 * JOSE_TOKEN_MAX);
    if (u->userinfo_in_body) {
        urlencode_param(&form, "access_token", access);
        question.body = buf_str(&form);
        question.bearer = STR_NONE;
    }
    if (provider_ask(q->app, q->arena, u, q->now, &question, &answer, e) != 0)
        return -1;
    if (answer.status != 200)
        return refuse(e, ERR_SOURCE, "userinfo", "the access token was not taken");
    if (read_userinfo(q, u, &answer, out, e) != 0)
        return -1;
    *claims = out->jws.payload.p ? out->jws.payload : answer.body;
    /* Claims about somebody else must not be joined to this subject (section 5.3.2). */
    return str_eq(json_str_at(out->claims, "sub"), subject) ? 0 : refuse(e, ERR_INPUT, "userinfo", "about another subject");
}

/* ---- claims ---- */

/* Userinfo first: it is the fresher one; a claim may also be a number. */
static struct str text_of(struct arena *a, const json_t *id, const json_t *info, struct str name)
{
    const char *key = str_cstr(a, name);
    const json_t *v = info ? json_object_get(info, key) : NULL;
    if (!v)
        v = json_object_get(id, key);
    if (json_is_integer(v))
        return str_fmt(a, "%lld", (long long)json_integer_value(v));
    struct str s = json_str(v);
    return s.n <= TEXT_MAX ? str_dup(a, s) : STR_NONE;
}

/* The level is what the signed token says, where it says one. */
static int read_level(struct arena *a, const struct upstream *u, const json_t *id, const json_t *info)
{
    struct str in_token = text_of(a, id, NULL, u->claim_level);
    return upstream_level(u, in_token.p ? in_token : text_of(a, id, info, u->claim_level));
}

static int read_person(struct req *q, const struct upstream *u, const json_t *id, const json_t *info, struct arrival *out,
                       struct err *e)
{
    struct str number = text_of(q->arena, id, info, u->claim_pid), born = text_of(q->arena, id, info, u->claim_born);
    struct str name = text_of(q->arena, id, info, u->claim_name);
    if (number.n > 0 && pid_parse(number, instant_day(q->now), &out->pid, e) != 0)
        return refuse(e, ERR_INPUT, "pid", "the number is none");
    if (born.n > 0 && !birth_parse(born, &out->born))
        return refuse(e, ERR_INPUT, "born", "the birth date is none");
    if (text_clean(q->arena, str_or_empty(name), TEXT_ONE_LINE, NAME_MAX_POINTS, &out->name, e) != 0)
        return refuse(e, ERR_INPUT, "name", "the name is no clean text");
    out->level = read_level(q->arena, u, id, info);
    return 0;
}

static struct instant shown_at(const struct req *q, const json_t *claims)
{
    int64_t at;
    bool told = claim_time(claims, "auth_time", &at) && at > 0 && at <= q->now.us / US_PER_SECOND;
    return told ? (struct instant) { at * US_PER_SECOND } : q->now;
}

int arrival_fetch(struct req *q, const struct upstream *u, const struct provider *p, const struct flow *f, struct str code,
                  struct arrival *out, struct err *e)
{
    struct tokens tokens;
    struct jwt *id = arena_new(q->arena, struct jwt), *info = arena_new(q->arena, struct jwt);
    struct arrival who = { .issuer = u->issuer };
    if (change_code(q, u, p, f, code, &tokens, e) != 0 ||
        provider_token(q->app, q->arena, u, tokens.id, q->now, id, e) != 0 ||
        check_id_token(q, u, f, id, tokens.access, e) != 0)
        return -1;
    who.subject = str_dup(q->arena, json_str_at(id->claims, "sub"));
    who.sid = str_dup(q->arena, str_head(json_str_at(id->claims, "sid"), TEXT_MAX));
    who.authenticated_at = shown_at(q, id->claims);
    who.id_token = tokens.id;
    who.refresh = tokens.refresh;
    who.claims = id->jws.payload;
    if (p->userinfo.n > 0 && ask_userinfo(q, u, p, tokens.access, who.subject, info, &who.claims, e) != 0)
        return -1;
    if (read_person(q, u, id->claims, info->claims, &who, e) != 0)
        return -1;
    *out = who;
    return 0;
}
