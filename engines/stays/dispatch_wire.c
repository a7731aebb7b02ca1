/* dispatch_wire.c: messages on the wire, through libcurl's multi interface: several under way, nobody waits for one. */
#include "engines/stays/dispatch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

struct asm_link {
    CURLM *multi;
};
struct asm_wire {
    CURL *easy;
    struct curl_slist *headers;
    char error[CURL_ERROR_SIZE];
};

int asm_link_open(struct asm_link **out, struct err *e)
{
    struct asm_link *l = calloc(1, sizeof(*l));
    if (!l)
        return ERR(e, ERR_INTERNAL, "no memory for the link");
    l->multi = curl_multi_init();
    if (!l->multi) {
        free(l);
        return ERR(e, ERR_INTERNAL, "libcurl does not start");
    }
    *out = l;
    return 0;
}

void asm_link_close(struct asm_link *l)
{
    if (!l)
        return;
    curl_multi_cleanup(l->multi);
    free(l);
}

/* Runs inside libcurl: the answer's buffer has its room already, so nothing here allocates or jumps. */
static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct dispatch_batch *b = ctx;
    if (size * n > b->answer.room - b->answer.n)
        return 0; /* longer than any honest answer: the transfer fails */
    buf_put_bytes(&b->answer, p, size * n);
    return n;
}

static bool set_up(CURL *c, struct dispatch_batch *b, const char *url, struct str body, long timeout_ms)
{
    bool good = curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
    /* Personal numbers go to the address that was set and nowhere else: no redirects, no proxy out of the environment. */
    good = good && curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK;
    good = good && curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, timeout_ms) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, 3000L) == CURLE_OK;
    good =
        good && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK && curl_easy_setopt(c, CURLOPT_PRIVATE, b) == CURLE_OK;
    good = good && curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEDATA, b) == CURLE_OK;
    good = good && curl_easy_setopt(c, CURLOPT_ERRORBUFFER, b->wire->error) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_HTTPHEADER, b->wire->headers) == CURLE_OK;
    if (good && body.p)
        good = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n) == CURLE_OK &&
               curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, body.p) == CURLE_OK;
    return good;
}

int asm_link_start(struct asm_link *l, struct dispatch_batch *b, const char *url, struct str body, long timeout_ms,
                   struct err *e)
{
    b->wire = arena_new(&b->arena, struct asm_wire);
    buf_init(&b->answer, &b->arena, ASM_ANSWER_MAX);
    b->answer.p = arena_alloc(&b->arena, ASM_ANSWER_MAX);
    b->answer.room = ASM_ANSWER_MAX;
    b->wire->headers = curl_slist_append(NULL, "Content-Type: application/json");
    b->wire->easy = curl_easy_init();
    if (!b->wire->easy || !b->wire->headers || !set_up(b->wire->easy, b, url, body, timeout_ms) ||
        curl_multi_add_handle(l->multi, b->wire->easy) != CURLM_OK)
        return ERR(e, ERR_SOURCE, "libcurl does not take the message");
    return 0;
}

static void finish(struct dispatch_batch *b, CURLcode code)
{
    b->done = true;
    b->timed_out = code == CURLE_OPERATION_TIMEDOUT;
    curl_easy_getinfo(b->wire->easy, CURLINFO_RESPONSE_CODE, &b->status);
    if (code == CURLE_OK)
        return;
    b->status = 0;
    snprintf(b->failure, sizeof(b->failure), "%.150s", b->wire->error[0] ? b->wire->error : curl_easy_strerror(code));
}

int asm_link_turn(struct asm_link *l, int wait_ms, struct err *e)
{
    int running = 1, left;
    int64_t until = monotonic_us() + (int64_t)wait_ms * 1000;
    do {
        if (curl_multi_perform(l->multi, &running) != CURLM_OK)
            return ERR(e, ERR_SOURCE, "libcurl stopped");
        const CURLMsg *m;
        while ((m = curl_multi_info_read(l->multi, &left)) != NULL) {
            char *batch = NULL;
            if (m->msg == CURLMSG_DONE && curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &batch) == CURLE_OK && batch)
                finish((struct dispatch_batch *)(void *)batch, m->data.result);
        }
        int64_t rest = (until - monotonic_us()) / 1000;
        if (running == 0 || rest <= 0)
            return 0;
        curl_multi_poll(l->multi, NULL, 0, (int)rest, NULL);
    } while (running > 0);
    return 0;
}

void asm_link_forget(struct asm_link *l, struct dispatch_batch *b)
{
    if (!b->wire)
        return;
    if (b->wire->easy) {
        curl_multi_remove_handle(l->multi, b->wire->easy);
        curl_easy_cleanup(b->wire->easy);
    }
    curl_slist_free_all(b->wire->headers);
    b->wire = NULL;
}
