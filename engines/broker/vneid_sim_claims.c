/* vneid_sim_claims.c: what the stand-in says about a person. Claims carry the names that systems connected to VNeID have been seen to
 * use (SoDinhDanh, HoVaTen, NgayThangNamSinh, loAs); the rest is OpenID Connect Core and Back-Channel Logout.
 */
#include "engines/broker/vneid_sim_inside.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#define LOGOUT_EVENT "http://schemas.openid.net/event/backchannel-logout"

enum { CLAIMS_MAX = 4096, TOKEN_S = 300 };

struct str sim_issuer(struct vneid_sim *s, struct arena *a)
{
    return str_fmt(a, "http://127.0.0.1:%d", sim_port(&s->sim));
}

struct str sim_subject(struct arena *a, const struct sim_person *p)
{
    struct hash32 h = sha256(str_fmt(a, "vneid-sim %.*s", STR_ARG(p->pid)));
    return str_hex(a, h.b, 12);
}

const struct sim_person *sim_other(const struct vneid_sim *s, const struct sim_person *p)
{
    return p == &s->people[0] ? &s->people[1] : &s->people[0];
}

static struct json_out claims_open(struct buf *b, struct arena *a)
{
    struct json_out j;
    buf_init(b, a, CLAIMS_MAX);
    json_out_init(&j, b);
    json_out_open(&j);
    return j;
}

struct str sim_id_token(struct vneid_sim *s, struct arena *a, const struct sim_grant *g, bool refreshed)
{
    struct buf b;
    struct json_out j = claims_open(&b, a);
    int64_t now = app_now(&s->sim.app).us / US_PER_SECOND;
    int64_t shift = s->faults & VNEID_EXPIRED ? 2 * TOKEN_S : 0;
    bool no_sub = s->faults & VNEID_NO_SUB, other_sub = refreshed && (s->faults & VNEID_NO_REFRESH_SUB);
    json_out_str(&j, "acr", str_fmt(a, "%d", g->level));
    json_out_str(&j, "aud", s->faults & VNEID_WRONG_AUD ? STR("another-client") : str_of(g->client));
    json_out_int(&j, "auth_time", g->at.us / US_PER_SECOND);
    json_out_int(&j, "exp", now + TOKEN_S - shift);
    if (!(s->faults & VNEID_NO_IAT))
        json_out_int(&j, "iat", now - shift);
    json_out_str(&j, "iss", s->faults & VNEID_WRONG_ISS ? STR("http://127.0.0.1:1/another") : sim_issuer(s, a));
    if (g->nonce[0] && !refreshed)
        json_out_str(&j, "nonce", s->faults & VNEID_WRONG_NONCE ? STR("not-the-nonce") : str_of(g->nonce));
    json_out_str(&j, "sid", str_of(g->sid));
    if (!no_sub)
        json_out_str(&j, "sub", sim_subject(a, other_sub ? sim_other(s, g->person) : g->person));
    json_out_end(&j);
    enum sim_alg alg = s->faults & VNEID_ALG_NONE ? SIM_NONE : s->faults & VNEID_RS256 ? SIM_RS256 : SIM_ES256;
    return sim_sign(s->keys, a, alg, "JWT", !(s->faults & VNEID_NO_KID), s->faults & VNEID_BAD_SIGNATURE, buf_str(&b));
}

/* The subject stays the one who signed in; "other-person" answers with somebody else's number under it. */
struct str sim_userinfo(struct vneid_sim *s, struct arena *a, const struct sim_grant *g)
{
    struct buf b;
    struct json_out j = claims_open(&b, a);
    const struct sim_person *p = s->faults & VNEID_OTHER_PERSON ? sim_other(s, g->person) : g->person;
    json_out_str(&j, "HoVaTen", p->name);
    json_out_str(&j, "LoaiTaiKhoan", STR("1"));
    json_out_str(&j, "NgayThangNamSinh", p->born);
    json_out_str(&j, "SoDinhDanh", p->pid);
    json_out_str(&j, "loAs", str_fmt(a, "%d", g->level));
    json_out_str(&j, "sub", s->faults & VNEID_USERINFO_SUB ? STR("somebody-else") : sim_subject(a, g->person));
    json_out_end(&j);
    return buf_str(&b);
}

struct str sim_logout_token(struct vneid_sim *s, struct arena *a, const struct sim_person *p, const char *sid)
{
    struct buf b;
    struct json_out j = claims_open(&b, a);
    int64_t now = app_now(&s->sim.app).us / US_PER_SECOND;
    json_out_str(&j, "aud", s->faults & VNEID_WRONG_AUD ? STR("another-client") : s->o.client_id);
    if (!(s->faults & VNEID_LOGOUT_NO_EVENT)) {
        json_out_object(&j, "events");
        json_out_object(&j, s->faults & VNEID_LOGOUT_WRONG_EVENT ? "http://schemas.openid.net/event/other" : LOGOUT_EVENT);
        json_out_end(&j);
        json_out_end(&j);
    }
    json_out_int(&j, "exp", now + 120);
    json_out_int(&j, "iat", now);
    json_out_str(&j, "iss", s->faults & VNEID_WRONG_ISS ? STR("http://127.0.0.1:1/another") : sim_issuer(s, a));
    json_out_str(&j, "jti", token_new(a));
    if (s->faults & VNEID_LOGOUT_NONCE)
        json_out_str(&j, "nonce", STR("a-logout-token-has-none"));
    if (sid)
        json_out_str(&j, "sid", str_of(sid));
    json_out_str(&j, "sub", sim_subject(a, p));
    json_out_end(&j);
    enum sim_alg alg = s->faults & VNEID_ALG_NONE ? SIM_NONE : s->faults & VNEID_RS256 ? SIM_RS256 : SIM_ES256;
    return sim_sign(s->keys, a, alg, "logout+jwt", true, false, buf_str(&b));
}

struct str sim_discovery(struct vneid_sim *s, struct arena *a)
{
    struct str issuer = sim_issuer(s, a);
    return str_fmt(
        a,
        "{\"issuer\":\"%.*s\",\"authorization_endpoint\":\"%.*s/authorize\",\"token_endpoint\":\"%.*s/token\","
        "\"userinfo_endpoint\":\"%.*s/userinfo\",\"jwks_uri\":\"%.*s/jwks\",\"end_session_endpoint\":\"%.*s/logout\","
        "\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],"
        "\"id_token_signing_alg_values_supported\":[\"ES256\",\"RS256\"],\"code_challenge_methods_supported\":[\"S256\"],"
        "\"scopes_supported\":[\"openid\",\"profile\",\"offline_access\"],\"acr_values_supported\":[\"1\",\"2\"],"
        "\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\",\"client_secret_post\"],"
        "\"authorization_response_iss_parameter_supported\":true,\"backchannel_logout_supported\":true,"
        "\"backchannel_logout_session_supported\":true}",
        STR_ARG(issuer), STR_ARG(issuer), STR_ARG(issuer), STR_ARG(issuer), STR_ARG(issuer), STR_ARG(issuer));
}
