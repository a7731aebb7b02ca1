#include "engines/signon/outward.h"

#include "engines/signon/guard.h"
#include "engines/signon/uri.h"

#include <string.h>

/* The name is not looked up again: whatever it says a moment later, the connection goes where the guard has looked. */
static int pin(struct arena *a, const char *inner_hosts, struct str uri, const char **line, struct err *e)
{
    struct uri u;
    char address[64];
    if (!uri_parse(uri, &u))
        return ERR(e, ERR_INPUT, "no address");
    struct str port = u.port.n > 0 ? u.port : str_eq(u.scheme, STR("https")) ? STR("443") : STR("80");
    if (guard_resolve(inner_hosts, u.host, port, address, e))
        return -1;
    bool six = strchr(address, ':') != NULL;
    *line = str_cstr(a, str_fmt(a, "%.*s:%.*s:%s%s%s", STR_ARG(u.host), STR_ARG(port), six ? "[" : "", address, six ? "]" : ""));
    return 0;
}

static bool set_up(struct outward *o, const char *url, long timeout_ms)
{
    CURL *c = o->easy;
    return c && o->resolve && curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_RESOLVE, o->resolve) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, timeout_ms) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
}

int outward_open(struct arena *a, const char *inner_hosts, struct str uri, long timeout_ms, struct outward *out, struct err *e)
{
    const char *line = NULL, *url = str_cstr(a, uri);
    if (pin(a, inner_hosts, uri, &line, e))
        return -1;
    struct outward o = { .easy = curl_easy_init(), .resolve = curl_slist_append(NULL, line) };
    if (!set_up(&o, url, timeout_ms)) {
        outward_close(&o);
        return ERR(e, ERR_INTERNAL, "libcurl does not take the question");
    }
    *out = o;
    return 0;
}

void outward_close(struct outward *o)
{
    curl_easy_cleanup(o->easy);
    curl_slist_free_all(o->resolve);
    *o = (struct outward) { 0 };
}

/* Runs inside libcurl: the room is there already. Too long: the transfer ends. */
static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct buf *b = ctx;
    if (size * n > b->room - b->n)
        return 0;
    buf_put_bytes(b, p, size * n);
    return n;
}

static int ask(struct outward *o, struct buf *body, struct err *e)
{
    long status = 0;
    if (curl_easy_setopt(o->easy, CURLOPT_WRITEFUNCTION, take_bytes) != CURLE_OK ||
        curl_easy_setopt(o->easy, CURLOPT_WRITEDATA, body) != CURLE_OK)
        return ERR(e, ERR_INTERNAL, "libcurl does not take the question");
    CURLcode code = curl_easy_perform(o->easy);
    if (code == CURLE_WRITE_ERROR)
        return ERR(e, ERR_SOURCE, "the answer is longer than %zu bytes", body->room);
    if (code != CURLE_OK)
        return ERR(e, ERR_SOURCE, "%.150s", curl_easy_strerror(code));
    curl_easy_getinfo(o->easy, CURLINFO_RESPONSE_CODE, &status);
    return status == 200 ? 0 : ERR(e, ERR_SOURCE, "HTTP %ld", status);
}

int outward_get(struct arena *a, const char *inner_hosts, struct str uri, long timeout_ms, size_t most, struct str *body,
                struct err *e)
{
    struct buf b;
    struct outward o;
    buf_init(&b, a, most);
    b.p = arena_alloc(a, most);
    b.room = most;
    if (outward_open(a, inner_hosts, uri, timeout_ms, &o, e))
        return -1;
    int result = ask(&o, &b, e);
    outward_close(&o);
    if (result == 0)
        *body = buf_str(&b);
    return result;
}
