/* res.c: the ways a handler answers. */
#include "platform/http/inside.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <string.h>

static const struct fixed_header security_headers[] = {
    /* docs/decisions/0001-csp-self.md: nothing inline exists, so no nonce is needed. */
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'",
      false },
    { "X-Content-Type-Options", "nosniff", false },
    { "Referrer-Policy", "same-origin", true },
    { "Permissions-Policy", "camera=(self)", true },
    { "Cross-Origin-Opener-Policy", "same-origin", true },
    { NULL, NULL, false },
};

/* It has a header of its own: no fixed one beside it. */
static bool res_sets(const struct res *s, const char *name)
{
    for (size_t i = 0; i < s->n_headers; i++)
        if (str_eq_nocase(s->headers[i].name, str_of(name)))
            return true;
    return false;
}

const struct fixed_header *res_fixed_next(const struct res *s, const struct fixed_header *after)
{
    bool json = str_starts(s->type, STR("application/json"));
    for (const struct fixed_header *h = after ? after + 1 : security_headers; h->name; h++)
        if (!(h->shown && json) && !res_sets(s, h->name))
            return h;
    return NULL;
}

void res_init(struct res *s, struct arena *a)
{
    *s = (struct res) { .status = 200 };
    buf_init(&s->body, a, LIMIT_PAGE);
}

int res_redirect(struct res *s, struct str location)
{
    s->status = 303;
    s->location = location;
    return 0;
}

void res_json_text(struct res *s, struct str json)
{
    s->type = STR("application/json");
    buf_put(&s->body, json);
}

int res_json(struct req *q, struct res *s, const struct json_t *j, struct err *e)
{
    struct str text = json_text(q->arena, j, JSON_COMPACT | JSON_ENCODE_ANY);
    if (text.n == 0)
        return ERR(e, ERR_INTERNAL, "a reply is not representable as JSON");
    res_json_text(s, text);
    return 0;
}

int res_text(struct res *s, const char *type, struct str text)
{
    s->type = str_of(type);
    buf_put(&s->body, text);
    return 0;
}

void res_body(struct req *q, struct res *s, struct str bytes)
{
    s->body = (struct buf) { .p = (char *)bytes.p, .n = bytes.n, .room = bytes.n, .max = bytes.n, .arena = q->arena };
}

/* A CR, LF or NUL in a header would begin another one. */
static struct str one_line(struct arena *a, struct str v)
{
    struct str copy = str_dup(a, v);
    char *p = (char *)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
            p[i] = ' ';
    return copy;
}

void res_header(struct req *q, struct res *s, struct str name, struct str value)
{
    VEC(struct param) headers = { s->headers, s->n_headers, s->n_headers };
    *vec_push(q->arena, &headers) = (struct param) { name, one_line(q->arena, value) };
    s->headers = headers.v;
    s->n_headers = headers.n;
}

void res_cookie(struct req *q, struct res *s, const char *name, struct str value, int64_t max_age_s)
{
    bool secure = str_starts(str_of(q->app->settings.base_url), STR("https:"));
    res_header(q, s, STR("Set-Cookie"),
               str_fmt(q->arena, "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name, STR_ARG(value),
                       (long long)max_age_s, secure ? "; Secure" : ""));
}

int res_live(struct res *s, struct str topic)
{
    s->type = STR("text/event-stream");
    s->live_topic = topic;
    return 0;
}

/* RFC 6266: the plain name for old readers, the UTF-8 name (RFC 8187) for all others. */
int res_download(struct req *q, struct res *s, const char *type, struct str filename)
{
    struct buf plain, coded;
    buf_init(&plain, q->arena, 256);
    buf_init(&coded, q->arena, 1024);
    for (size_t i = 0; i < filename.n; i++) {
        unsigned char c = (unsigned char)filename.p[i];
        bool safe =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        buf_put_char(&plain, safe ? (char)c : '_');
        if (safe)
            buf_put_char(&coded, (char)c);
        else
            buf_fmt(&coded, "%%%02X", c);
    }
    s->type = str_of(type);
    struct str p = buf_str(&plain), u = buf_str(&coded);
    res_header(q, s, STR("Content-Disposition"),
               str_fmt(q->arena, "attachment; filename=\"%.*s\"; filename*=UTF-8''%.*s", STR_ARG(p), STR_ARG(u)));
    return 0;
}

const char *res_cache_control(const struct passage *p)
{
    for (size_t i = 0; i < p->s->n_headers; i++)
        if (str_eq_nocase(p->s->headers[i].name, STR("cache-control")))
            return NULL;
    return p->q->actor->account ? "no-store" : "no-cache";
}

/* ---- JSON text ---- */
struct str json_quoted(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, a, s.n * 6 + 2);
    buf_put_char(&b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_put_char(&b, '\\');
        if (c < ' ')
            buf_fmt(&b, "\\u%04x", c);
        else
            buf_put_char(&b, (char)c);
    }
    buf_put_char(&b, '"');
    return buf_str(&b);
}

/* ---- the reply as text: http-once, and the transport's last word before it closes ---- */
const char *status_text(int status)
{
    static const struct {
        int status;
        const char *text;
    } names[] = {
        { 200, "OK" },
        { 201, "Created" },
        { 202, "Accepted" },
        { 204, "No Content" },
        { 302, "Found" },
        { 303, "See Other" },
        { 304, "Not Modified" },
        { 308, "Permanent Redirect" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 408, "Request Timeout" },
        { 409, "Conflict" },
        { 412, "Precondition Failed" },
        { 413, "Content Too Large" },
        { 414, "URI Too Long" },
        { 422, "Unprocessable Content" },
        { 429, "Too Many Requests" },
        { 431, "Request Header Fields Too Large" },
        { 500, "Internal Server Error" },
        { 502, "Bad Gateway" },
        { 503, "Service Unavailable" },
        { 507, "Insufficient Storage" },
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].status == status)
            return names[i].text;
    return "Status";
}

struct str res_type(const struct res *s)
{
    return s->type.p ? s->type : STR(TYPE_HTML);
}

struct str res_wire(struct arena *a, const struct passage *p, bool head, bool close)
{
    const struct res *s = p->s;
    struct buf b;
    buf_init(&b, a, s->body.n + 65536);
    buf_fmt(&b, "HTTP/1.1 %d %s\r\n", s->status, status_text(s->status));
    struct str type = res_type(s);
    if (s->body.n > 0 || s->live_topic.n > 0)
        buf_fmt(&b, "Content-Type: %.*s\r\n", STR_ARG(type));
    if (s->live_topic.n == 0)
        buf_fmt(&b, "Content-Length: %zu\r\n", s->body.n);
    if (s->location.p)
        buf_fmt(&b, "Location: %.*s\r\n", STR_ARG(s->location));
    for (const struct fixed_header *h = NULL; (h = res_fixed_next(s, h));)
        buf_fmt(&b, "%s: %s\r\n", h->name, h->value);
    const char *cache = res_cache_control(p);
    if (cache)
        buf_fmt(&b, "Cache-Control: %s\r\n", cache);
    for (size_t i = 0; i < s->n_headers; i++)
        buf_fmt(&b, "%.*s: %.*s\r\n", STR_ARG(s->headers[i].name), STR_ARG(s->headers[i].value));
    if (close)
        buf_lit(&b, "Connection: close\r\n");
    buf_lit(&b, "\r\n");
    if (!head)
        buf_put(&b, buf_str(&s->body));
    return buf_str(&b);
}
