/* box_link.c: one request to the server, through libcurl: no redirects (the browser follows them), no proxy from the environment, a
 * bounded answer, a bounded wait.
 */
#include "models/m02_kiosk/box.h"

#include <curl/curl.h>
#include <string.h>

enum { ANSWER_MAX = 4 << 20, ANSWER_ROOM = 1 << 20, HEADERS_MAX = 32, HEADER_MAX = 4096, LINK_TIMEOUT_MS = 8000, LINK_CONNECT_MS = 1500 };

struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    struct buf body;
    char lines[HEADERS_MAX][HEADER_MAX];
    size_t lengths[HEADERS_MAX], n_lines;
};

/* Runs inside libcurl: there is room already, so nothing here allocates or jumps. */
static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    if (size * n > t->body.room - t->body.n)
        return 0;
    buf_put_bytes(&t->body, p, size * n);
    return n;
}

static size_t take_header(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    if (size * n < HEADER_MAX && t->n_lines < HEADERS_MAX) {
        memcpy(t->lines[t->n_lines], p, size * n);
        t->lengths[t->n_lines++] = size * n;
    }
    return n;
}

static bool add(struct transfer *t, struct arena *a, const char *name, struct str value)
{
    if (!value.p)
        return true;
    struct curl_slist *longer = curl_slist_append(t->headers, str_cstr(a, str_fmt(a, "%s: %.*s", name, STR_ARG(value))));
    if (longer)
        t->headers = longer;
    return longer != NULL;
}

static bool set_up(struct transfer *t, struct arena *a, const char *url, const struct box_ask *ask)
{
    CURL *c = t->easy;
    bool posts = strcmp(ask->method, "POST") == 0;
    bool good = curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK && curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, ask->timeout_ms ? ask->timeout_ms : LINK_TIMEOUT_MS) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)LINK_CONNECT_MS) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    good = good && curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEDATA, t) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HEADERDATA, t) == CURLE_OK;
    if (good && posts)
        good = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body.n) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_POSTFIELDS, ask->body.n > 0 ? ask->body.p : "") == CURLE_OK;
    return good && add(t, a, "Content-Type", posts ? ask->type : STR_NONE) && add(t, a, "Cookie", ask->cookie) &&
           add(t, a, "Accept-Language", ask->language) && add(t, a, "X-Bon-Device-Token", ask->token) &&
           add(t, a, "X-Bon-Device", ask->signature) && curl_easy_setopt(c, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
}

static void read_headers(struct arena *a, const struct transfer *t, struct box_answer *out)
{
    out->headers = arena_new_array(a, struct param, HEADERS_MAX);
    for (size_t i = 0; i < t->n_lines; i++) {
        struct str rest = { t->lines[i], t->lengths[i] }, name;
        if (!str_cut(&rest, ':', &name) || name.n == t->lengths[i])
            continue;
        char *lower = str_cstr(a, name);
        for (char *p = lower; *p; p++)
            if (*p >= 'A' && *p <= 'Z')
                *p = (char)(*p + 'a' - 'A');
        out->headers[out->n_headers++] = (struct param) { str_of(lower), str_dup(a, str_trim(rest)) };
    }
}

int box_link_ask(struct arena *a, struct str server, const struct box_ask *ask, struct box_answer *out, struct err *e)
{
    /* Everything large from the arena is taken before libcurl is there. */
    struct transfer *t = arena_new(a, struct transfer);
    const char *url = str_cstr(a, str_fmt(a, "%.*s%.*s", STR_ARG(server), STR_ARG(ask->path)));
    *out = (struct box_answer) { 0 };
    buf_init(&t->body, a, ANSWER_MAX);
    t->body.p = arena_alloc(a, ANSWER_ROOM);
    t->body.room = ANSWER_ROOM;
    t->easy = curl_easy_init();
    CURLcode code = t->easy && set_up(t, a, url, ask) ? curl_easy_perform(t->easy) : CURLE_FAILED_INIT;
    if (code == CURLE_OK)
        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &out->status);
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    if (code != CURLE_OK)
        return ERR_SAY(e, ERR_SOURCE, MSGS("Máy chủ chưa trả lời."), "%s", curl_easy_strerror(code));
    out->body = buf_str(&t->body);
    read_headers(a, t, out);
    return 0;
}
