/* farewell_wire.c: logout tokens on the wire, side by side; the answer is not read. */
#include "engines/signon/farewell.h"

#include "engines/signon/outward.h"

#include <stdio.h>

static size_t let_go(char *p, size_t size, size_t n, void *ctx)
{
    (void)p, (void)ctx;
    return size * n;
}

static bool put_message(CURL *c, struct farewell *f, struct str body)
{
    return curl_easy_setopt(c, CURLOPT_PRIVATE, (char *)f) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, let_go) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n) == CURLE_OK &&
           curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, body.p) == CURLE_OK;
}

static void start(struct job_run *j, CURLM *multi, struct farewell *f, struct outward *w)
{
    struct err e = { 0 };
    if (!f->ready)
        return;
    struct str body = str_fmt(j->arena, "logout_token=%.*s", STR_ARG(f->token));
    if (outward_open(j->arena, j->app->settings.inner_hosts, f->c.backchannel_uri, FAREWELL_TIMEOUT_MS, w, &e))
        snprintf(f->outcome, sizeof f->outcome, "%.150s", e.detail);
    else if (!put_message(w->easy, f, body) || curl_multi_add_handle(multi, w->easy) != CURLM_OK)
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
    struct outward ways[FAREWELLS_AT_ONCE] = { 0 };
    CURLM *multi = curl_multi_init();
    for (size_t i = 0; multi && i < n; i++)
        start(j, multi, &v[i], &ways[i]);
    if (multi)
        run(multi);
    for (size_t i = 0; i < n; i++) {
        if (ways[i].easy)
            curl_multi_remove_handle(multi, ways[i].easy);
        outward_close(&ways[i]);
    }
    if (multi)
        curl_multi_cleanup(multi);
}
