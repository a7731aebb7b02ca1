/* farewell_wire.c: logout tokens on the wire: to the address that was checked, no redirects, no proxy, a short time, and the
 * answer is not read. */
#include "engines/signon/farewell.h"

#include "engines/signon/guard.h"
#include "engines/signon/uri.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

struct wire {
    CURL *easy;
    struct curl_slist *resolve;
};

static size_t let_go(char *p, size_t size, size_t n, void *ctx)
{
    (void)p, (void)ctx;
    return size * n;
}

/* "host:port:address": the name is not looked up again. */
static int pin(struct job_run *j, struct farewell *f, struct wire *w)
{
    struct uri u;
    struct err e = { 0 };
    char address[64];
    if (!uri_parse(f->c.backchannel_uri, &u))
        return -1;
    struct str port = u.port.n > 0 ? u.port : str_eq(u.scheme, STR("https")) ? STR("443") : STR("80");
    if (guard_resolve(j->app->settings.inner_hosts, u.host, port, address, &e)) {
        snprintf(f->outcome, sizeof f->outcome, "%.150s", e.detail);
        return -1;
    }
    struct str line = str_fmt(j->arena, "%.*s:%.*s:%s%s%s", STR_ARG(u.host), STR_ARG(port), strchr(address, ':') ? "[" : "",
                              address, strchr(address, ':') ? "]" : "");
    w->resolve = curl_slist_append(NULL, str_cstr(j->arena, line));
    return w->resolve ? 0 : -1;
}

static bool set_up(struct job_run *j, struct farewell *f, struct wire *w)
{
    CURL *c = w->easy;
    struct str body = str_fmt(j->arena, "logout_token=%.*s", STR_ARG(f->token));
    return c && curl_easy_setopt(c, CURLOPT_URL, str_cstr(j->arena, f->c.backchannel_uri)) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_RESOLVE, w->resolve) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)FAREWELL_TIMEOUT_MS) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_PRIVATE, (char *)f) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, let_go) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, body.p) == CURLE_OK;
}

static void start(struct job_run *j, CURLM *multi, struct farewell *f, struct wire *w)
{
    if (!f->ready || pin(j, f, w))
        return;
    w->easy = curl_easy_init();
    if (!set_up(j, f, w) || curl_multi_add_handle(multi, w->easy) != CURLM_OK)
        snprintf(f->outcome, sizeof f->outcome, "libcurl does not take the message");
}

static void take_answer(const CURLMsg *m)
{
    char *mine = NULL;
    long status = 0;
    if (m->msg != CURLMSG_DONE || curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &mine) != CURLE_OK || !mine)
        return;
    struct farewell *f = (struct farewell *)(void *)mine;
    curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
    f->done = m->data.result == CURLE_OK && (status == 200 || status == 204);
    if (m->data.result == CURLE_OK)
        snprintf(f->outcome, sizeof f->outcome, "HTTP %ld", status);
    else
        snprintf(f->outcome, sizeof f->outcome, "%.150s", curl_easy_strerror(m->data.result));
}

static void run(CURLM *multi)
{
    int running = 1, left;
    while (running > 0 && curl_multi_perform(multi, &running) == CURLM_OK) {
        const CURLMsg *m;
        while ((m = curl_multi_info_read(multi, &left)) != NULL)
            take_answer(m);
        if (running > 0)
            curl_multi_poll(multi, NULL, 0, 200, NULL);
    }
}

void farewells_send(struct job_run *j, struct farewell *v, size_t n)
{
    struct wire wires[FAREWELLS_AT_ONCE] = { 0 };
    CURLM *multi = curl_multi_init();
    for (size_t i = 0; multi && i < n; i++)
        start(j, multi, &v[i], &wires[i]);
    if (multi)
        run(multi);
    for (size_t i = 0; i < n; i++) {
        if (wires[i].easy) {
            curl_multi_remove_handle(multi, wires[i].easy);
            curl_easy_cleanup(wires[i].easy);
        }
        curl_slist_free_all(wires[i].resolve);
    }
    if (multi)
        curl_multi_cleanup(multi);
}
