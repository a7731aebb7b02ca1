/* wire.c: libcurl's easy interface with what matters for secrets: no redirects (a token goes to the address that was checked), no
 * proxy from the environment, http and https only, a bounded answer, a bounded wait.
 */
#include "platform/http/wire.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    struct buf answer;
    char error[CURL_ERROR_SIZE];
};

/* Runs inside libcurl: the answer has its room already, so nothing here allocates or jumps. */
static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct buf *b = ctx;
    if (size * n > b->room - b->n)
        return 0;
    buf_put_bytes(b, p, size * n);
    return n;
}

static bool add_header(struct transfer *t, const char *line)
{
    struct curl_slist *longer = curl_slist_append(t->headers, line);
    if (longer)
        t->headers = longer;
    return longer != NULL;
}

static bool set_up(struct transfer *t, const char *url, const struct wire_question *question)
{
    CURL *c = t->easy;
    long timeout = question->timeout_ms ? question->timeout_ms : WIRE_TIMEOUT_MS;
    bool good = curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK;
    good = good && curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, timeout) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, timeout < 2000 ? timeout : 2000L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    good = good && curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEDATA, &t->answer) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->error) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
    struct str body = question->json.p ? question->json : question->form;
    if (good && body.p)
        good = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.p) == CURLE_OK;
    return good;
}

static struct str media_type(struct arena *a, const char *header)
{
    struct str rest = str_of(header), type;
    if (!rest.p || !str_cut(&rest, ';', &type))
        return STR("");
    char *lower = str_cstr(a, str_trim(type));
    for (char *p = lower; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 'a' - 'A');
    return str_of(lower);
}

static int finish(struct transfer *t, CURLcode code, long *status, char **type, struct err *e)
{
    if (code != CURLE_OK)
        return ERR(e, ERR_SOURCE, "%.180s", t->error[0] ? t->error : curl_easy_strerror(code));
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, status);
    curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, type);
    return 0;
}

int wire_ask(struct arena *a, const struct wire_question *question, struct wire_answer *out, struct err *e)
{
    /* Everything from the arena is taken before libcurl is there: nothing jumps over its handles. */
    struct transfer *t = arena_new(a, struct transfer);
    const char *url = str_cstr(a, question->url);
    const char *bearer =
        question->bearer.p ? str_cstr(a, str_fmt(a, "Authorization: Bearer %.*s", STR_ARG(question->bearer))) : NULL;
    const char *basic = question->basic.p ? str_cstr(a, question->basic) : NULL;
    char *type_kept = arena_alloc(a, 200);
    char *type = NULL;
    long status = 0;
    buf_init(&t->answer, a, WIRE_ANSWER_MAX);
    t->answer.p = arena_alloc(a, WIRE_ANSWER_MAX);
    t->answer.room = WIRE_ANSWER_MAX;
    t->easy = curl_easy_init();
    bool ready = t->easy && add_header(t, "Accept: application/json, application/jwt") &&
                 (!bearer || add_header(t, bearer)) &&
                 (!question->json.p || add_header(t, "Content-Type: application/json")) && set_up(t, url, question) &&
                 (!basic || curl_easy_setopt(t->easy, CURLOPT_USERPWD, basic) == CURLE_OK);
    int result = ready ? finish(t, curl_easy_perform(t->easy), &status, &type, e)
                       : ERR(e, ERR_INTERNAL, "libcurl does not take a question");
    if (type)
        snprintf(type_kept, 200, "%s", type);
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    if (result == 0)
        *out = (struct wire_answer) { .status = status, .type = media_type(a, type_kept), .body = buf_str(&t->answer) };
    return result;
}

void wire_percent(struct buf *b, struct str value)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c) != NULL;
        if (plain && c) {
            buf_put_char(b, (char)c);
            continue;
        }
        buf_put_char(b, '%');
        buf_put_char(b, hex[c >> 4]);
        buf_put_char(b, hex[c & 15]);
    }
}

void wire_param(struct buf *b, const char *name, struct str value)
{
    if (b->n > 0)
        buf_put_char(b, '&');
    buf_put(b, str_of(name));
    buf_put_char(b, '=');
    wire_percent(b, value);
}
