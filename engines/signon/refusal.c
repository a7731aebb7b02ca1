/* refusal.c: failures in the words of OAuth 2.0 and OpenID Connect. A program reads JSON; a browser that cannot be sent back
 * to its app, because nobody knows whether the app is real, shows a page to its person. */
#include "engines/signon/inside.h"

#include "base/json.h"
#include "engines/signon/pages.h"
#include "gen/signon_pages.h"

#include <stdio.h>
#include <string.h>

#define MARK "oauth:" /* in err.field, so that a parameter's name is not taken for it */

static const struct {
    const char *error;
    int status;
} errors[] = {
    { "invalid_client", 401 }, { "invalid_token", 401 }, { "insufficient_scope", 403 },
};

int oauth_refuse(struct err *e, const char *error, const char *fmt, ...)
{
    char why[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    ERR(e, ERR_INPUT, "%s", why);
    if (e)
        snprintf(e->field, sizeof e->field, MARK "%s", error);
    return -1;
}

bool is_oauth_refusal(const struct err *e)
{
    return strncmp(e->field, MARK, sizeof MARK - 1) == 0;
}

const char *oauth_error(const struct err *e)
{
    if (is_oauth_refusal(e))
        return e->field + sizeof MARK - 1;
    switch (e->code) {
    case ERR_INPUT:
    case ERR_FORM:
    case ERR_TOO_LARGE:
    case ERR_METHOD:
        return "invalid_request";
    case ERR_BUSY:
    case ERR_RATE:
    case ERR_SIGNER:
    case ERR_DB:
        return "temporarily_unavailable";
    default:
        return "server_error";
    }
}

/* RFC 6749 section 5.2: printable ASCII without quote and backslash. Only what was refused is described; what broke is for the log. */
struct str oauth_description(struct arena *a, const struct err *e)
{
    bool told = is_oauth_refusal(e) || e->code == ERR_INPUT || e->code == ERR_TOO_LARGE;
    struct str copy = str_dup(a, told ? str_of(e->detail) : str_of(err_name(e->code)));
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (p[i] < ' ' || p[i] > '~' || p[i] == '"' || p[i] == '\\')
            p[i] = '\'';
    return copy;
}

static int status_of(const struct err *e, int otherwise)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].error, oauth_error(e)) == 0)
            return errors[i].status;
    return is_oauth_refusal(e) ? 400 : otherwise;
}

int res_json_secret(struct req *q, struct res *s, struct str json)
{
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_text(s, "application/json", json);
}

/* RFC 6750 section 3, RFC 9449 section 7.1: how to come again. */
static void challenge(struct req *q, struct res *s, const struct err *why)
{
    const char *error = oauth_error(why);
    struct str scheme = str_head(req_header(q, "authorization"), 5);
    if (strcmp(error, "invalid_client") == 0) {
        if (str_eq_nocase(scheme, STR("Basic")))
            res_header(q, s, STR("WWW-Authenticate"), STR("Basic realm=\"apps\""));
        return;
    }
    bool proof = strcmp(error, "invalid_dpop_proof") == 0 || str_eq_nocase(scheme, STR("DPoP "));
    struct str text = oauth_description(q->arena, why);
    res_header(q, s, STR("WWW-Authenticate"),
               str_fmt(q->arena, "%s error=\"%s\", error_description=\"%.*s\"%s", proof ? "DPoP" : "Bearer", error,
                       STR_ARG(text), proof ? ", algs=\"ES256 PS256 EdDSA\"" : ""));
}

/* A bad proof beside an access token asks for another try; at the token endpoint it is a bad request (RFC 9449 sections 5 and 7.1). */
static bool is_at_a_resource(const struct req *q)
{
    return str_eq_nocase(str_head(req_header(q, "authorization"), 5), STR("DPoP "));
}

int oauth_say_refusal(struct req *q, struct res *s, const struct err *why)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "error", str_of(oauth_error(why)));
    json_out_str(&j, "error_description", oauth_description(q->arena, why));
    json_out_end(&j);
    s->status = status_of(why, s->status);
    if (is_at_a_resource(q) && strcmp(oauth_error(why), "invalid_dpop_proof") == 0)
        s->status = 401;
    if (s->status == 401 || s->status == 403)
        challenge(q, s, why);
    if (s->status == 503 || s->status == 429)
        res_header(q, s, STR("Retry-After"), STR("2"));
    return res_json_secret(q, s, buf_str(&b));
}

/* The browser stays here: sending it on would make this site a springboard. */
int authorize_say_refusal(struct req *q, struct res *s, const struct err *why)
{
    struct request_wrong_view v = { .error = str_of(oauth_error(why)),
                                    .description = oauth_description(q->arena, why),
                                    .id = q->id };
    s->status = status_of(why, s->status);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    struct html h = res_html(q, s);
    request_wrong(&h, &v);
    return 0;
}
