/* once.c: one request from text to text, without a socket: `bon http-once`, the .http tests and the fuzzer. The reader is
 * strict: CRLF or LF line ends, one space between the words of the first line, no folded headers, no chunked body.
 */
#include "platform/http/inside.h"

struct raw {
    struct str method, target, body;
    struct param *headers;
    size_t n_headers;
};

static bool take_line(struct str *rest, struct str *line)
{
    if (rest->n == 0 || !str_cut(rest, '\n', line))
        return false;
    if (line->n > 0 && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c < '!' || c > '~' || str_find_char(STR("\"(),/:;<=>?@[\\]{}"), (char)c) >= 0))
            return false;
    }
    return s.n > 0;
}

static int read_first_line(struct str line, struct raw *r, struct err *e)
{
    struct str version = line;
    if (!str_cut(&version, ' ', &r->method) || !str_cut(&version, ' ', &r->target))
        return ERR(e, ERR_INPUT, "the first line is not METHOD TARGET VERSION");
    bool known = str_eq(version, STR("HTTP/1.1")) || str_eq(version, STR("HTTP/1.0"));
    if (!is_token(r->method) || r->target.n == 0 || !known)
        return ERR(e, ERR_INPUT, "the first line is not METHOD TARGET HTTP/1.1");
    return 0;
}

static struct str lower_case(struct arena *a, struct str s)
{
    struct str copy = str_dup(a, s);
    char *p = (char *)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] + 32);
    return copy;
}

static int read_headers(struct arena *a, struct str *rest, struct raw *r, struct err *e)
{
    VEC(struct param) headers = { 0 };
    struct str line;
    for (;;) {
        if (!take_line(rest, &line))
            return ERR(e, ERR_INPUT, "the headers do not end");
        if (line.n == 0)
            break;
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon <= 0 || !is_token(str_head(line, (size_t)colon)))
            return ERR(e, ERR_INPUT, "a header line without a name");
        if (headers.n == LIMIT_HEADERS)
            return ERR(e, ERR_TOO_LARGE, "more than %d headers", LIMIT_HEADERS);
        struct str name = lower_case(a, str_head(line, (size_t)colon));
        *vec_push(a, &headers) = (struct param) { name, str_trim(str_from(line, (size_t)colon + 1)) };
    }
    r->headers = headers.v;
    r->n_headers = headers.n;
    return 0;
}

/* The body is Content-Length bytes; without that header, all that follows (convenient when a person writes the text). */
static int read_body(const struct req *q, struct str rest, struct raw *r, struct err *e)
{
    struct str told = req_header(q, "content-length");
    uint64_t n = rest.n;
    if (req_header(q, "transfer-encoding").p)
        return ERR(e, ERR_INPUT, "a chunked body is not read here");
    if (told.p && (!str_to_u64(told, &n) || n > rest.n))
        return ERR(e, ERR_INPUT, "Content-Length says %.*s, there are %zu bytes", STR_ARG(told), rest.n);
    r->body = str_head(rest, (size_t)n);
    return 0;
}

struct once {
    struct str text;
    struct raw raw;
    bool head;
};

static int open_once(struct passage *p)
{
    struct once *o = p->owner;
    struct req *q = p->q;
    struct str rest = o->text, line;
    if (!take_line(&rest, &line))
        return ERR(&p->e, ERR_INPUT, "there is no request");
    if (read_first_line(line, &o->raw, &p->e) < 0 || read_headers(q->arena, &rest, &o->raw, &p->e) < 0)
        return -1;
    q->headers = o->raw.headers;
    q->n_headers = o->raw.n_headers;
    if (read_body(q, rest, &o->raw, &p->e) < 0)
        return -1;
    q->body = o->raw.body;
    q->remote = remote_behind(q, STR("127.0.0.1"));
    o->head = str_eq(o->raw.method, STR("HEAD"));
    q->method = o->head ? METHOD_GET : method_named(o->raw.method);
    return request_target(q, o->raw.target, &p->e);
}

static int init_once(struct passage *p)
{
    request_init(p->q, p->q->app, p->q->arena);
    return 0;
}

struct str http_once_in(struct app *app, struct arena *own, struct arena *a, struct str request)
{
    struct once o = { .text = request };
    struct req q = { .app = app, .arena = own };
    struct res s = { 0 };
    struct passage p = { .q = &q, .s = &s, .owner = &o };
    if (guarded(&p, init_once, ERR_BUSY) < 0)
        return STR_NONE;
    if (guarded(&p, open_once, ERR_TOO_LARGE) == 0) {
        http_dispatch(&q, &s);
    } else {
        struct err e = p.e;
        dispatch_refuse(&p, &e);
        dispatch_close(&p);
    }
    return res_wire(a, &p, o.head, false);
}

static void release(void *own)
{
    arena_release(own);
}

struct str http_once(struct app *app, struct arena *a, struct str request)
{
    struct arena *own = arena_new(a, struct arena); /* none of a's children: its way back is its own */
    arena_init(own, ARENA_CAP);
    arena_defer(a, release, own);
    struct str reply = http_once_in(app, own, a, request);
    arena_release(own);
    return reply;
}
