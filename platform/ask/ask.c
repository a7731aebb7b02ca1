/* ask.c: the question, with libcurl held to the bounds that ask.h names. */
#include "platform/ask/ask.h"

#include "base/buf.h"

#include <curl/curl.h>
#include <string.h>

struct asking {
    CURL *easy;
    struct curl_slist *headers;
    char *p;
    size_t n, most;
    char error[CURL_ERROR_SIZE];
};

/* Runs inside libcurl: the room is there already, so nothing here allocates or jumps. */
static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct asking *x = ctx;
    if (size * n > x->most - x->n)
        return 0;
    if (size * n > 0)
        memcpy(x->p + x->n, p, size * n);
    x->n += size * n;
    return size * n;
}

static bool add_header(struct asking *x, const char *line)
{
    struct curl_slist *longer = curl_slist_append(x->headers, line);
    if (longer)
        x->headers = longer;
    return longer != NULL;
}

static bool bound(CURL *c, const char *url, long timeout_ms)
{
    return curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, timeout_ms) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)ASK_CONNECT_MS) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
}

static bool set_up(struct asking *x, const char *url, const char *header, const struct ask *in)
{
    CURL *c = x->easy;
    bool good = c && bound(c, url, in->timeout_ms ? in->timeout_ms : ASK_TIMEOUT_MS) &&
                curl_easy_setopt(c, CURLOPT_ERRORBUFFER, x->error) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_WRITEDATA, x) == CURLE_OK;
    if (good && in->body.p)
        good = add_header(x, "Content-Type: application/json") &&
               curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)in->body.n) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_POSTFIELDS, in->body.p) == CURLE_OK;
    if (good && header)
        good = add_header(x, header);
    return good && curl_easy_setopt(c, CURLOPT_HTTPHEADER, x->headers) == CURLE_OK;
}

int ask_over_http(struct arena *a, const struct ask *in, struct ask_answer *out, struct err *e)
{
    /* All that comes out of the arena is taken before libcurl is there: nothing jumps over handles. */
    struct asking *x = arena_new(a, struct asking);
    const char *url = str_cstr(a, in->url), *header = in->header.p ? str_cstr(a, in->header) : NULL;
    long status = 0;
    x->most = in->most ? in->most : ASK_ANSWER_MAX;
    x->p = arena_alloc(a, x->most);
    x->easy = curl_easy_init();
    CURLcode code = set_up(x, url, header, in) ? curl_easy_perform(x->easy) : CURLE_FAILED_INIT;
    if (code == CURLE_OK)
        curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(x->headers);
    curl_easy_cleanup(x->easy);
    if (code == CURLE_WRITE_ERROR)
        return ERR(e, ERR_SOURCE, "the answer is longer than %zu bytes", x->most);
    if (code != CURLE_OK)
        return ERR(e, ERR_SOURCE, "%.150s", x->error[0] ? x->error : curl_easy_strerror(code));
    *out = (struct ask_answer) { .status = status, .body = { x->p, x->n } };
    return 0;
}
