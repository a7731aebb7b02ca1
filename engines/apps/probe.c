/* probe.c: once a minute the program signs in to an app of its own, all the way that apps go: authorize, token, userinfo, revoke, through
 * the same dispatcher as everybody. Whoever asks /healthz or /metrics learns whether people can sign in, before they ring.
 *
 * There is no secret on disk: the app is a public one with PKCE, its account has no password and no role, and the session's token is only
 * in memory; a new start makes a new one.
 */
#include "engines/apps/apps.h"

#include "base/json.h"
#include "base/rng.h"
#include "engines/accounts/accounts.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define PROBE_LOGIN    "bon.probe"
#define PROBE_CLIENT   "bon-probe"
#define PROBE_REDIRECT "vn.bon.probe:/done"
#define PROBE_STALE_US (5 * US_PER_MINUTE)

enum { TOKEN_ROOM = 64 };

struct apps_state {
    pthread_mutex_t lock; /* guards the result */
    bool ran, good;
    struct instant at;
    int64_t took_us;
    char step[40], detail[256];
    /* the job's own: one thread runs it */
    char session[TOKEN_ROOM];
    struct instant session_until;
};

/* One run. */
struct probing {
    struct app *app;
    struct arena *a;
    struct str session, verifier, state, code, access;
    const char *step;
    struct err *e;
};

/* ---- asking ---- */

struct answer {
    int status;
    struct str head, body;
};

static struct str host_of(const struct app *app)
{
    struct str url = str_of(app->settings.base_url), host;
    ptrdiff_t at = str_find(url, STR("://"));
    url = at < 0 ? url : str_from(url, (size_t)at + 3);
    str_cut(&url, '/', &host);
    return host;
}

static int fail(struct probing *p, const struct answer *x, const char *why)
{
    return ERR(p->e, ERR_INTERNAL, "probe %s: %s (%d)", p->step, why, x ? x->status : 0);
}

static struct answer ask(struct probing *p, const char *method, struct str target, struct str headers, struct str body)
{
    struct str host = host_of(p->app);
    struct str text = str_fmt(p->a, "%s %.*s HTTP/1.1\r\nhost: %.*s\r\n%.*s\r\n%.*s", method, STR_ARG(target), STR_ARG(host),
                              STR_ARG(headers), STR_ARG(body));
    struct str reply = http_once(p->app, p->a, text);
    struct answer out = { 0 };
    int64_t status = 0;
    ptrdiff_t end = str_find(reply, STR("\r\n\r\n"));
    if (end > 0 && str_to_i64(str_head(str_from(reply, 9), 3), &status))
        out = (struct answer) { (int)status, str_head(reply, (size_t)end + 2), str_from(reply, (size_t)end + 4) };
    return out;
}

static struct str with_session(struct probing *p)
{
    return str_fmt(p->a, "cookie: " SESSION_COOKIE "=%.*s\r\n", STR_ARG(p->session));
}

#define FORM_TYPE "content-type: application/x-www-form-urlencoded\r\n"

/* What stands in a Location behind `before`, up to the next parameter. */
static struct str in_location(const struct answer *x, const char *before)
{
    ptrdiff_t line = str_find(x->head, STR("\r\nLocation: "));
    if (line < 0)
        return STR_NONE;
    struct str rest = str_from(x->head, (size_t)line + 12), location, value;
    str_cut(&rest, '\r', &location);
    ptrdiff_t at = str_find(location, str_of(before));
    if (at < 0)
        return STR_NONE;
    rest = str_from(location, (size_t)at + strlen(before));
    str_cut(&rest, '&', &value);
    return value;
}

/* A text member of a JSON reply, in the arena. */
static struct str member(struct probing *p, struct str body, const char *name)
{
    json_t *j;
    return json_read(p->a, body, &j, NULL) == 0 ? json_str_at(j, name) : STR_NONE;
}

/* ---- the steps ---- */

static struct str random_text(struct arena *a)
{
    uint8_t bytes[32];
    random_bytes(bytes, sizeof(bytes));
    return str_base64url(a, bytes, sizeof(bytes));
}

static struct answer authorize(struct probing *p)
{
    struct hash32 challenge = sha256(p->verifier);
    struct str encoded = str_base64url(p->a, challenge.b, sizeof(challenge.b));
    struct str target = str_fmt(p->a,
                                "/oauth2/authorize?client_id=" PROBE_CLIENT
                                "&response_type=code&scope=openid&redirect_uri=vn.bon.probe%%3A%%2Fdone"
                                "&code_challenge_method=S256&code_challenge=%.*s&state=%.*s",
                                STR_ARG(encoded), STR_ARG(p->state));
    p->step = "authorize";
    return ask(p, "GET", target, with_session(p), STR(""));
}

/* The account agrees once; afterwards its consent is remembered like everybody's. */
static int agree(struct probing *p, struct str request)
{
    struct hash32 mac = hmac_sha256(p->app->secret, str_fmt(p->a, "csrf %.*s", STR_ARG(p->session)));
    struct str csrf = str_base64url(p->a, mac.b, sizeof(mac.b));
    struct str body = str_fmt(p->a, "_csrf=%.*s&request=%.*s&answer=allow", STR_ARG(csrf), STR_ARG(request));
    struct str headers = str_fmt(p->a, FORM_TYPE "%.*s", STR_ARG(with_session(p)));
    p->step = "consent";
    struct answer x = ask(p, "POST", STR("/oauth2/consent"), headers, body);
    return x.status > 0 && x.status < 400 ? 0 : fail(p, &x, "not taken");
}

static int get_code(struct probing *p)
{
    struct answer x = authorize(p);
    struct str request = in_location(&x, "/oauth2/consent?request=");
    if (request.n > 0) {
        if (agree(p, request) != 0)
            return -1;
        x = authorize(p);
    }
    p->code = in_location(&x, PROBE_REDIRECT "?code=");
    if (p->code.n == 0)
        return fail(p, &x, "no code");
    return str_eq(in_location(&x, "&state="), p->state) ? 0 : fail(p, &x, "another state");
}

static int get_token(struct probing *p)
{
    struct str body =
        str_fmt(p->a,
                "grant_type=authorization_code&client_id=" PROBE_CLIENT "&redirect_uri=vn.bon.probe%%3A%%2Fdone"
                "&code=%.*s&code_verifier=%.*s",
                STR_ARG(p->code), STR_ARG(p->verifier));
    p->step = "token";
    struct answer x = ask(p, "POST", STR("/oauth2/token"), STR(FORM_TYPE), body);
    p->access = member(p, x.body, "access_token");
    return x.status == 200 && p->access.n > 0 && member(p, x.body, "id_token").n > 0 ? 0 : fail(p, &x, "no tokens");
}

static int get_person(struct probing *p)
{
    p->step = "userinfo";
    struct str headers = str_fmt(p->a, "authorization: Bearer %.*s\r\n", STR_ARG(p->access));
    struct answer x = ask(p, "GET", STR("/oauth2/userinfo"), headers, STR(""));
    return x.status == 200 && member(p, x.body, "sub").n > 0 ? 0 : fail(p, &x, "nobody behind the token");
}

static int revoke(struct probing *p)
{
    p->step = "revoke";
    struct str body = str_fmt(p->a, "client_id=" PROBE_CLIENT "&token=%.*s", STR_ARG(p->access));
    struct answer x = ask(p, "POST", STR("/oauth2/revoke"), STR(FORM_TYPE), body);
    return x.status == 200 ? 0 : fail(p, &x, "not revoked");
}

/* ---- what it needs ---- */

struct needing {
    struct probing *p;
    struct str session;
};

static struct str metadata(struct probing *p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, p->a, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "client_name", STR("Tự kiểm tra đăng nhập"));
    json_out_str(&j, "legal_basis", STR("Vận hành hệ thống"));
    json_out_str(&j, "owner", STR("bon"));
    json_out_str(&j, "purpose", STR("Mỗi phút hệ thống tự đăng nhập để biết việc đăng nhập còn chạy"));
    json_out_array(&j, "redirect_uris");
    json_out_item_str(&j, STR(PROBE_REDIRECT));
    json_out_end(&j);
    json_out_str(&j, "scope", STR("openid"));
    json_out_str(&j, "token_endpoint_auth_method", STR("none"));
    json_out_str(&j, "valid_until", STR("9999-12-31"));
    json_out_end(&j);
    return buf_str(&b);
}

static int make_client(struct needing *n, struct tx *tx, struct audit_record by, struct err *e)
{
    struct signon_client c;
    struct client_new in = { .id = STR(PROBE_CLIENT), .metadata = metadata(n->p), .status = CLIENT_ACTIVE };
    struct str id;
    int got = signon_client_read(tx_reader(tx), n->p->a, STR(PROBE_CLIENT), &c, e);
    return got != 0 ? (got < 0 ? -1 : 0) : signon_client_create(tx, n->p->a, &in, by, &id, e);
}

static int need_write(struct tx *tx, void *arg, struct err *e)
{
    struct needing *n = arg;
    struct audit_record by = { .action = STR("apps.probe_ready"),
                               .account_name = STR("bon"),
                               .mode = str_of(n->p->app->settings.mode),
                               .object = STR("app/" PROBE_CLIENT) };
    struct account_new in = { .login = STR(PROBE_LOGIN), .name = STR("Tự kiểm tra đăng nhập") };
    int64_t account;
    int got = account_by_name(tx_reader(tx), n->p->a, in.login, &account, e);
    if (got < 0 || (got == 0 && account_create(tx, n->p->a, &in, &account, e) != 0))
        return -1;
    if (make_client(n, tx, by, e) != 0 || account_token(tx, n->p->a, account, 1, &n->session, e) != 0)
        return -1;
    return audit_write(tx, n->p->a, &by, NULL, e);
}

static int get_ready(struct apps_state *s, struct probing *p, struct instant now)
{
    struct needing n = { .p = p };
    p->step = "ready";
    if (s->session_until.us <= now.us) {
        if (db_write_in(p->app->db, p->a, need_write, &n, p->e) != 0)
            return -1;
        ASSERT(n.session.n < TOKEN_ROOM);
        snprintf(s->session, sizeof(s->session), "%.*s", STR_ARG(n.session));
        s->session_until.us = now.us + US_PER_DAY - US_PER_HOUR;
    }
    p->session = str_of(s->session);
    p->verifier = random_text(p->a);
    p->state = random_text(p->a);
    return 0;
}

/* ---- the job, and what it found ---- */

static void keep(struct apps_state *s, const struct probing *p, bool good, struct instant now, int64_t took_us)
{
    pthread_mutex_lock(&s->lock);
    s->ran = true;
    s->good = good;
    s->at = now;
    s->took_us = took_us;
    snprintf(s->step, sizeof(s->step), "%s", p->step);
    snprintf(s->detail, sizeof(s->detail), "%s", good ? "" : p->e->detail);
    pthread_mutex_unlock(&s->lock);
}

int apps_probe_job(struct job_run *j, struct err *e)
{
    struct apps_state *s = app_engine(j->app, "apps");
    struct probing p = { .app = j->app, .a = j->arena, .e = e, .step = "ready" };
    int64_t began = monotonic_us();
    if (!s)
        return 0;
    int result =
        get_ready(s, &p, j->now) != 0 || get_code(&p) != 0 || get_token(&p) != 0 || get_person(&p) != 0 || revoke(&p) != 0
            ? -1
            : 0;
    if (result != 0)
        s->session_until.us = 0; /* perhaps it was ended from outside: the next run makes another */
    keep(s, &p, result == 0, j->now, monotonic_us() - began);
    return result;
}

int apps_probe_health(struct app *app, struct err *e)
{
    struct apps_state *s = app_engine(app, "apps");
    int result = 0;
    if (!s)
        return 0;
    pthread_mutex_lock(&s->lock);
    if (s->ran && !s->good)
        result = ERR(e, ERR_INTERNAL, "%s", s->detail);
    else if (s->ran && app_now(app).us - s->at.us > PROBE_STALE_US)
        result = ERR(e, ERR_INTERNAL, "no sign-in was tried for five minutes");
    pthread_mutex_unlock(&s->lock);
    return result;
}

void apps_probe_last(struct app *app, struct probe_last *out)
{
    struct apps_state *s = app_engine(app, "apps");
    *out = (struct probe_last) { 0 };
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    *out = (struct probe_last) { s->ran, s->good, s->at };
    pthread_mutex_unlock(&s->lock);
}

static double told(struct app *app, bool seconds)
{
    struct apps_state *s = app_engine(app, "apps");
    if (!s)
        return 0;
    pthread_mutex_lock(&s->lock);
    double value = seconds ? (double)s->took_us / 1e6 : s->ran && s->good ? 1 : 0;
    pthread_mutex_unlock(&s->lock);
    return value;
}

int apps_probe_good(struct app *app, struct arena *a, double *out, struct err *e)
{
    (void)a, (void)e;
    *out = told(app, false);
    return 0;
}

int apps_probe_seconds(struct app *app, struct arena *a, double *out, struct err *e)
{
    (void)a, (void)e;
    *out = told(app, true);
    return 0;
}

int apps_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "apps");
    (void)e;
    if (!*slot) {
        struct apps_state *s = arena_new(&app->arena, struct apps_state);
        pthread_mutex_init(&s->lock, NULL);
        *slot = s;
    }
    return 0;
}
