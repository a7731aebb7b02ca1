/* request.c: a request is put together line by line and sent through the dispatcher; cookies and form tokens are kept as a
 * browser keeps them.
 */
#include "tests/torture.h"

#include <string.h>

#define BOUNDARY "----bon-test-boundary-7d1"

#define WEAKLY STR(" weakly")

/* Their session of the strong kind, or one that was opened with the password alone. */
static struct str token_of(struct http_run *r, const struct persona *p, bool weakly)
{
    struct persona once = *p;
    if (weakly)
        fixture_sign_in_weakly(r->f, &once);
    return once.token;
}

struct browser *browser_of(struct http_run *r, struct str who)
{
    bool weakly = str_ends(who, WEAKLY);
    for (size_t i = 0; i < r->browsers.n; i++)
        if (str_eq(r->browsers.v[i].who, who)) {
            r->who = i;
            return &r->browsers.v[i];
        }
    const struct persona *p = persona_named(r->f, weakly ? str_head(who, who.n - WEAKLY.n) : who);
    if (!p && !str_starts(who, STR("nobody")))
        return NULL;
    struct browser *b = vec_push(r->arena, &r->browsers);
    *b = (struct browser) { .who = str_dup(r->arena, who) };
    r->who = r->browsers.n - 1;
    b->room_cookies = 16;
    b->cookies = arena_new_array(r->arena, struct param, b->room_cookies);
    if (p)
        b->cookies[b->n_cookies++] = (struct param) { STR(SESSION_COOKIE), token_of(r, p, weakly) };
    return b;
}

static struct browser *browser_now(struct http_run *r)
{
    return r->browsers.n > 0 ? &r->browsers.v[r->who] : browser_of(r, STR("nobody"));
}

/* ---- putting together ---- */

bool request_line(struct http_run *r, struct str first)
{
    memset(&r->request, 0, sizeof(r->request));
    r->request.pending = true;
    r->request.kind = str_starts(first, STR("POST ")) ? BODY_FORM : BODY_NONE; /* PUT and PATCH say json or body */
    return words_fill(r, first, &r->request.first);
}

static bool name_and_value(struct http_run *r, struct str rest, char sep, bool escapes, struct param *out)
{
    struct str value = rest, name;
    if (str_find_char(rest, sep) < 0 || !str_cut(&value, sep, &name))
        return fault(r, "a name, \"%c\" and a value are needed: %.*s", sep, STR_ARG(rest));
    out->name = str_trim(name);
    if (value.n > 0 && value.p[0] == ' ')
        value = str_from(value, 1);
    return words_fill(r, escapes ? words_unescape(r->arena, value) : value, &out->value);
}

static bool add_form(struct http_run *r, struct str rest)
{
    struct param p;
    if (!name_and_value(r, rest, '=', true, &p))
        return false;
    r->request.kind = BODY_FORM;
    if (str_eq(p.name, STR("_csrf"))) {
        r->request.own_token = true;
        if (str_eq(p.value, STR("none")))
            return true;
    }
    *vec_push(r->arena, &r->request.form) = p;
    return true;
}

/* part NAME = value; part NAME filename "x.csv" type "text/csv" = value */
static bool add_part(struct http_run *r, struct str rest)
{
    struct param p;
    struct part part = { 0 };
    if (!name_and_value(r, rest, '=', true, &p))
        return false;
    part.bytes = p.value;
    struct str words = p.name, word;
    str_cut(&words, ' ', &part.name);
    while (words.n > 0 && str_cut(&words, ' ', &word)) {
        struct str quoted;
        if (!str_cut(&words, '"', &quoted) || !str_cut(&words, '"', &quoted))
            return fault(r, "part NAME filename \"…\" type \"…\" = value: %.*s", STR_ARG(rest));
        if (str_eq(word, STR("filename")))
            part.filename = quoted;
        else
            part.type = quoted;
        words = str_trim(words);
    }
    r->request.kind = BODY_PARTS;
    if (str_eq(part.name, STR("_csrf")))
        r->request.own_token = true;
    *vec_push(r->arena, &r->request.parts) = part;
    return true;
}

static bool add_raw(struct http_run *r, struct str rest, struct str type)
{
    struct str value;
    if (!words_fill(r, rest, &value))
        return false;
    r->request.kind = BODY_RAW;
    r->request.body =
        r->request.body.n > 0 ? str_fmt(r->arena, "%.*s\n%.*s", STR_ARG(r->request.body), STR_ARG(value)) : value;
    if (type.n > 0 && r->request.headers.n == 0)
        *vec_push(r->arena, &r->request.headers) = (struct param) { STR("content-type"), type };
    return true;
}

bool request_part(struct http_run *r, struct str word, struct str rest)
{
    struct param p;
    if (!r->request.pending)
        return fault(r, "\"%.*s\" belongs behind a request's first line", STR_ARG(word));
    if (str_eq(word, STR("form")))
        return add_form(r, rest);
    if (str_eq(word, STR("part")))
        return add_part(r, rest);
    if (str_eq(word, STR("json")))
        return add_raw(r, rest, STR("application/json"));
    if (str_eq(word, STR("body")))
        return add_raw(r, words_unescape(r->arena, rest), STR_NONE);
    if (!name_and_value(r, rest, ':', false, &p))
        return false;
    *vec_push(r->arena, &r->request.headers) = p;
    return true;
}

/* ---- sending ---- */

static void put_percent(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        char three[3] = { '%', hex[c >> 4], hex[c & 15] };
        if (plain)
            buf_put_bytes(b, &c, 1);
        else
            buf_put_bytes(b, three, 3);
    }
}

static struct str form_body(struct http_run *r)
{
    struct buf b;
    size_t n = 64;
    for (size_t i = 0; i < r->request.form.n; i++)
        n += 3 * (r->request.form.v[i].name.n + r->request.form.v[i].value.n) + 2;
    buf_init(&b, r->arena, n);
    for (size_t i = 0; i < r->request.form.n; i++) {
        if (i > 0)
            buf_put(&b, STR("&"));
        put_percent(&b, r->request.form.v[i].name);
        buf_put(&b, STR("="));
        put_percent(&b, r->request.form.v[i].value);
    }
    return buf_str(&b);
}

static struct str parts_body(struct http_run *r)
{
    struct buf b;
    size_t n = 128;
    for (size_t i = 0; i < r->request.parts.n; i++)
        n += r->request.parts.v[i].bytes.n + 512;
    buf_init(&b, r->arena, n);
    for (size_t i = 0; i < r->request.parts.n; i++) {
        const struct part *p = &r->request.parts.v[i];
        buf_fmt(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"", STR_ARG(p->name));
        if (p->filename.p)
            buf_fmt(&b, "; filename=\"%.*s\"", STR_ARG(p->filename));
        if (p->type.p)
            buf_fmt(&b, "\r\nContent-Type: %.*s", STR_ARG(p->type));
        buf_lit(&b, "\r\n\r\n");
        buf_put(&b, p->bytes);
        buf_lit(&b, "\r\n");
    }
    buf_lit(&b, "--" BOUNDARY "--\r\n");
    return buf_str(&b);
}

static struct str wire_body(struct http_run *r, struct buf *head)
{
    switch (r->request.kind) {
    case BODY_FORM:
        buf_lit(head, "content-type: application/x-www-form-urlencoded\r\n");
        return form_body(r);
    case BODY_PARTS:
        buf_lit(head, "content-type: multipart/form-data; boundary=" BOUNDARY "\r\n");
        return parts_body(r);
    case BODY_RAW:
    case BODY_NONE:
        break;
    }
    return r->request.body;
}

static void put_cookies(struct buf *b, const struct browser *w)
{
    if (w->n_cookies == 0)
        return;
    buf_lit(b, "cookie: ");
    for (size_t i = 0; i < w->n_cookies; i++)
        buf_fmt(b, "%s%.*s=%.*s", i ? "; " : "", STR_ARG(w->cookies[i].name), STR_ARG(w->cookies[i].value));
    buf_lit(b, "\r\n");
}

static struct str wire_text(struct http_run *r, struct browser *w)
{
    struct buf head, all;
    buf_init(&head, r->arena, 64 * 1024);
    buf_fmt(&head, "%.*s HTTP/1.1\r\nhost: bon.test\r\n", STR_ARG(r->request.first));
    put_cookies(&head, w);
    buf_put(&head, torture_key(r));
    struct str body = wire_body(r, &head);
    for (size_t i = 0; i < r->request.headers.n; i++)
        buf_fmt(&head, "%.*s: %.*s\r\n", STR_ARG(r->request.headers.v[i].name), STR_ARG(r->request.headers.v[i].value));
    buf_fmt(&head, "content-length: %zu\r\n\r\n", body.n);
    buf_init(&all, r->arena, head.n + body.n + 1);
    buf_put(&all, buf_str(&head));
    buf_put(&all, body);
    return buf_str(&all);
}

static void set_cookie(struct http_run *r, struct browser *w, struct str header)
{
    struct str rest = header, name, value;
    if (!str_cut(&rest, '=', &name) || !str_cut(&rest, ';', &value))
        return;
    size_t i = 0;
    while (i < w->n_cookies && !str_eq(w->cookies[i].name, name))
        i++;
    if (i == w->room_cookies)
        return;
    if (i == w->n_cookies)
        w->n_cookies++;
    if (str_eq(name, STR(SESSION_COOKIE)))
        w->csrf = STR_NONE; /* bound to the session that was */
    w->cookies[i] = (struct param) { str_dup(r->arena, name), str_dup(r->arena, value) };
}

static void keep_token(struct browser *w, struct str body)
{
    static const struct str before = STR_INIT("name=\"_csrf\" value=\"");
    ptrdiff_t at = str_find(body, before);
    struct str rest = at < 0 ? STR_NONE : str_from(body, (size_t)at + before.n), token;
    if (at >= 0 && str_cut(&rest, '"', &token))
        w->csrf = token;
}

static bool take_reply(struct http_run *r, struct browser *w, struct str reply)
{
    int64_t status;
    ptrdiff_t end = str_find(reply, STR("\r\n\r\n"));
    if (end < 0 || !str_to_i64(str_head(str_from(reply, 9), 3), &status))
        return fault(r, "the reply is no HTTP: %.*s", STR_ARG(str_head(reply, 200)));
    r->reply = (struct http_reply) { .status = (int)status,
                                     .head = str_head(reply, (size_t)end + 2),
                                     .body = str_from(reply, (size_t)end + 4) };
    for (size_t i = 0;; i++) {
        struct str cookie = reply_header(&r->reply, STR("set-cookie"), i);
        if (!cookie.p)
            break;
        set_cookie(r, w, cookie);
    }
    keep_token(w, r->reply.body);
    return true;
}

static bool pass(struct http_run *r, struct browser *w)
{
    struct str text = wire_text(r, w);
    if (r->torture)
        torture_request(r, text);
    return take_reply(r, w, http_once(&r->f->p.app, r->arena, text));
}

/* A browser that sends a form has seen one: the token is that page's. */
static bool see_a_form(struct http_run *r, struct browser *w)
{
    struct http_request kept = r->request;
    r->request = (struct http_request) { .first = persona_named(r->f, w->who) ? STR("GET /sessions") : STR("GET /sign-in") };
    bool good = pass(r, w);
    r->request = kept;
    return good;
}

bool request_send(struct http_run *r)
{
    struct browser *w = browser_now(r);
    bool formed = r->request.kind == BODY_FORM || r->request.kind == BODY_PARTS;
    if (!r->request.pending)
        return true;
    r->request.pending = false;
    if (formed && !r->request.own_token) {
        if (w->csrf.n == 0 && !see_a_form(r, w))
            return false;
        if (r->request.kind == BODY_FORM)
            *vec_push(r->arena, &r->request.form) = (struct param) { STR("_csrf"), w->csrf };
        else
            *vec_push(r->arena, &r->request.parts) = (struct part) { .name = STR("_csrf"), .bytes = w->csrf };
    }
    return pass(r, w);
}
