/* asks.c: questions side by side, through libcurl's multi interface. */
#include "platform/ask/asks.h"

#include "base/date.h"
#include "platform/ask/inside.h"

struct asks {
    CURLM *multi; /* NULL: closed */
    struct ask_under_way *first;
};
struct ask_under_way {
    struct ask_ready x;
    struct asks *asks; /* NULL: it is in none any more */
    struct ask_under_way *before, *next;
    struct arena *arena;
    CURLcode code;
    bool came;
};

static void close_with_arena(void *asks)
{
    asks_close(asks);
}

int asks_open(struct arena *a, struct asks **out, struct err *e)
{
    struct asks *s = arena_new(a, struct asks);
    arena_defer(a, close_with_arena, s);
    s->multi = curl_multi_init();
    if (!s->multi)
        return ERR(e, ERR_INTERNAL, "libcurl does not start");
    *out = s;
    return 0;
}

void asks_close(struct asks *s)
{
    if (!s)
        return;
    while (s->first)
        ask_drop(s->first);
    curl_multi_cleanup(s->multi);
    s->multi = NULL;
}

static void drop_with_arena(void *under_way)
{
    ask_drop(under_way);
}

static void link_in(struct asks *s, struct ask_under_way *w)
{
    w->asks = s;
    w->next = s->first;
    if (w->next)
        w->next->before = w;
    s->first = w;
}

static void unlink_from(struct asks *s, struct ask_under_way *w)
{
    *(w->before ? &w->before->next : &s->first) = w->next;
    if (w->next)
        w->next->before = w->before;
    w->asks = NULL;
}

int asks_start(struct asks *s, struct arena *a, const struct ask *in, struct ask_under_way **out, struct err *e)
{
    struct ask_under_way *w = arena_new(a, struct ask_under_way);
    w->arena = a;
    arena_defer(a, drop_with_arena, w);
    if (ask_prepare(a, in, &w->x, e))
        return -1;
    if (!ask_handle(&w->x) || curl_easy_setopt(w->x.easy, CURLOPT_PRIVATE, (char *)w) != CURLE_OK ||
        curl_multi_add_handle(s->multi, w->x.easy) != CURLM_OK) {
        ask_release(&w->x);
        return ERR(e, ERR_SOURCE, "libcurl does not take the question");
    }
    link_in(s, w);
    *out = w;
    return 0;
}

static void note(const CURLMsg *m)
{
    char *mine = NULL;
    if (m->msg != CURLMSG_DONE || curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &mine) != CURLE_OK || !mine)
        return;
    struct ask_under_way *w = (struct ask_under_way *)(void *)mine;
    w->code = m->data.result;
    w->came = true;
}

int asks_turn(struct asks *s, int wait_ms, struct err *e)
{
    int running, left;
    int64_t until = monotonic_us() + (int64_t)wait_ms * 1000;
    for (;;) {
        const CURLMsg *m;
        if (curl_multi_perform(s->multi, &running) != CURLM_OK)
            return ERR(e, ERR_SOURCE, "libcurl stopped");
        while ((m = curl_multi_info_read(s->multi, &left)) != NULL)
            note(m);
        int64_t rest = (until - monotonic_us()) / 1000;
        if (running == 0 || rest <= 0)
            return 0;
        curl_multi_poll(s->multi, NULL, 0, (int)rest, NULL);
    }
}

bool ask_came(const struct ask_under_way *w)
{
    return w->came;
}

bool ask_was_slow(const struct ask_under_way *w)
{
    return w->came && w->code == CURLE_OPERATION_TIMEDOUT;
}

int ask_take(struct ask_under_way *w, struct ask_answer *out, struct err *e)
{
    long status = 0;
    ASSERT(w->came && w->asks);
    int result = ask_outcome(&w->x, w->code, &status, e);
    ask_drop(w);
    if (result == 0)
        *out = ask_read(w->arena, &w->x, status);
    return result;
}

void ask_drop(struct ask_under_way *w)
{
    if (!w || !w->asks)
        return;
    curl_multi_remove_handle(w->asks->multi, w->x.easy);
    ask_release(&w->x);
    unlink_from(w->asks, w);
}
