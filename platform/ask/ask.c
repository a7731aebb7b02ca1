/* ask.c: the question, with libcurl held to the bounds that ask.h names. */
#include "platform/ask/guard.h"
#include "platform/ask/inside.h"

#include "base/buf.h"

#include <string.h>

/* ---- made ready ---- */

struct address {
    char host[256], port[8];
};

static bool part_of(CURLU *u, CURLUPart part, char *to, size_t room)
{
    char *text = NULL;
    bool good = curl_url_get(u, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK && strlen(text) < room;
    if (good)
        memcpy(to, text, strlen(text) + 1);
    curl_free(text);
    return good;
}

/* Read by libcurl itself: two readers of one address could see two hosts in it. */
static bool read_address(const char *url, struct address *out)
{
    CURLU *u = curl_url();
    bool good = u && curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER) == CURLUE_OK &&
                part_of(u, CURLUPART_HOST, out->host, sizeof out->host) && part_of(u, CURLUPART_PORT, out->port, sizeof out->port);
    curl_url_cleanup(u);
    return good;
}

/* The name is not looked up again: whatever it says a moment later, the connection goes where the guard has looked. */
static int pin(struct arena *a, const struct ask *in, struct ask_ready *x, struct err *e)
{
    struct address to;
    char ip[64];
    if (!read_address(x->url, &to))
        return ERR(e, ERR_INPUT, "no address");
    if (guard_resolve(in->inner_hosts, str_of(to.host), str_of(to.port), ip, e))
        return -1;
    bool six = strchr(ip, ':') != NULL;
    x->pin = str_cstr(a, str_fmt(a, "::%s%s%s:%s", six ? "[" : "", ip, six ? "]" : "", to.port));
    return 0;
}

/* false: whoever gave the value would be writing further headers, or the body. */
static bool add_line(struct arena *a, struct ask_ready *x, struct str name, struct str value)
{
    if (!value.p)
        return true;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == '\r' || value.p[i] == '\n' || value.p[i] == 0)
            return false;
    x->lines[x->n_lines++] = str_cstr(a, str_fmt(a, "%.*s: %.*s", STR_ARG(name), STR_ARG(value)));
    return true;
}

static bool add_lines(struct arena *a, const struct ask *in, struct ask_ready *x)
{
    x->lines = arena_new_array(a, const char *, in->n_headers + 2);
    struct str type = !in->body.p ? STR_NONE : in->type.p ? in->type : STR("application/json");
    struct str bearer = in->bearer.p ? str_fmt(a, "Bearer %.*s", STR_ARG(in->bearer)) : STR_NONE;
    bool good = add_line(a, x, STR("Content-Type"), type) && add_line(a, x, STR("Authorization"), bearer);
    for (size_t i = 0; good && i < in->n_headers; i++)
        good = add_line(a, x, in->headers[i].name, in->headers[i].value);
    return good;
}

int ask_prepare(struct arena *a, const struct ask *in, struct ask_ready *x, struct err *e)
{
    *x = (struct ask_ready) { .url = str_cstr(a, in->url),
                              .basic = in->basic.p ? str_cstr(a, in->basic) : NULL,
                              .body = in->body,
                              .timeout_ms = in->timeout_ms ? in->timeout_ms : ASK_TIMEOUT_MS,
                              .connect_ms = in->connect_ms ? in->connect_ms : ASK_CONNECT_MS,
                              .foreign = in->foreign,
                              .status_only = in->status_only,
                              .most = in->most ? in->most : ASK_ANSWER_MAX };
    if (!add_lines(a, in, x))
        return ERR(e, ERR_INTERNAL, "a header with the end of a line in it");
    if (in->foreign && pin(a, in, x, e))
        return -1;
    x->head = arena_alloc(a, ASK_HEAD_MAX);
    x->answer = in->status_only ? NULL : arena_alloc(a, x->most);
    return 0;
}

/* ---- what comes; both run inside libcurl: the room is there already, so nothing allocates or jumps ---- */

static size_t take_head(char *p, size_t size, size_t n, void *ctx)
{
    struct ask_ready *x = ctx;
    x->head_too_long = size * n > ASK_HEAD_MAX - x->head_n;
    if (x->head_too_long)
        return 0;
    if (size * n >= 5 && memcmp(p, "HTTP/", 5) == 0)
        x->head_from = x->head_n; /* what came before was an interim answer */
    memcpy(x->head + x->head_n, p, size * n);
    x->head_n += size * n;
    return size * n;
}

static size_t take_body(char *p, size_t size, size_t n, void *ctx)
{
    struct ask_ready *x = ctx;
    if (x->status_only || size * n == 0)
        return size * n;
    if (size * n > x->most - x->answer_n)
        return 0;
    memcpy(x->answer + x->answer_n, p, size * n);
    x->answer_n += size * n;
    return size * n;
}

/* ---- libcurl ---- */

static bool add_to(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer)
        *list = longer;
    return longer != NULL;
}

static bool bound(const struct ask_ready *x, CURL *c)
{
    return curl_easy_setopt(c, CURLOPT_URL, x->url) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, x->timeout_ms) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, x->connect_ms) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           (!x->pins || curl_easy_setopt(c, CURLOPT_CONNECT_TO, x->pins) == CURLE_OK);
}

static bool listens(struct ask_ready *x, CURL *c)
{
    return curl_easy_setopt(c, CURLOPT_ERRORBUFFER, x->error) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERDATA, x) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK && curl_easy_setopt(c, CURLOPT_WRITEDATA, x) == CURLE_OK;
}

static bool says(const struct ask_ready *x, CURL *c)
{
    bool good = curl_easy_setopt(c, CURLOPT_HTTPHEADER, x->headers) == CURLE_OK &&
                (!x->basic || curl_easy_setopt(c, CURLOPT_USERPWD, x->basic) == CURLE_OK);
    if (good && x->body.p)
        good = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)x->body.n) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_POSTFIELDS, x->body.p) == CURLE_OK;
    return good;
}

bool ask_handle(struct ask_ready *x)
{
    bool good = !x->pin || add_to(&x->pins, x->pin);
    for (size_t i = 0; good && i < x->n_lines; i++)
        good = add_to(&x->headers, x->lines[i]);
    x->easy = curl_easy_init();
    return good && x->easy && bound(x, x->easy) && listens(x, x->easy) && says(x, x->easy);
}

void ask_release(struct ask_ready *x)
{
    curl_easy_cleanup(x->easy);
    curl_slist_free_all(x->headers);
    curl_slist_free_all(x->pins);
    x->easy = NULL;
    x->headers = x->pins = NULL;
}

/* ---- what it came to ---- */

int ask_outcome(const struct ask_ready *x, CURLcode code, long *status, struct err *e)
{
    if (code == CURLE_WRITE_ERROR && x->head_too_long)
        return ERR(e, ERR_SOURCE, "the head of the answer is longer than %d bytes", ASK_HEAD_MAX);
    if (code == CURLE_WRITE_ERROR)
        return ERR(e, ERR_SOURCE, "the answer is longer than %zu bytes", x->most);
    /* What libcurl says more exactly has addresses and times in it: not for whoever has named a foreign one. */
    if (code != CURLE_OK)
        return ERR(e, ERR_SOURCE, "%.150s", x->error[0] && !x->foreign ? x->error : curl_easy_strerror(code));
    curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, status);
    return 0;
}

static struct str in_small_letters(struct arena *a, struct str s)
{
    char *lower = str_cstr(a, s);
    for (char *p = lower; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 'a' - 'A');
    return str_of(lower);
}

static struct str media_type(struct arena *a, struct str value)
{
    struct str type = STR("");
    str_cut(&value, ';', &type);
    return in_small_letters(a, str_trim(type));
}

struct ask_answer ask_read(struct arena *a, const struct ask_ready *x, long status)
{
    struct ask_answer out = { .status = status, .body = { x->answer, x->answer_n }, .type = STR("") };
    struct str head = { x->head + x->head_from, x->head_n - x->head_from }, rest = head, line, name;
    size_t lines = 0;
    while (str_cut(&rest, '\n', &line))
        lines++;
    out.headers = arena_new_array(a, struct ask_header, lines);
    str_cut(&head, '\n', &line); /* HTTP/1.1 200 OK */
    while (str_cut(&head, '\n', &line)) {
        if (!str_cut(&line, ':', &name) || !line.p)
            continue;
        struct ask_header *h = &out.headers[out.n_headers++];
        *h = (struct ask_header) { in_small_letters(a, name), str_trim(line) };
        if (str_eq(h->name, STR("content-type")))
            out.type = media_type(a, h->value);
    }
    return out;
}

int ask_over_http(struct arena *a, const struct ask *in, struct ask_answer *out, struct err *e)
{
    struct ask_ready *x = arena_new(a, struct ask_ready);
    long status = 0;
    if (ask_prepare(a, in, x, e))
        return -1;
    CURLcode code = ask_handle(x) ? curl_easy_perform(x->easy) : CURLE_FAILED_INIT;
    int result = ask_outcome(x, code, &status, e);
    ask_release(x);
    if (result == 0)
        *out = ask_read(a, x, status);
    return result;
}
