/* live.c: who listens to what. A publisher only leaves its event at the topic; the server's housekeeping thread hands it
 * on, at most ten times a second and topic, so a burst of nine thousand declarations a second wakes nobody more often.
 */
#include "platform/http/live.h"

#include "base/rng.h"
#include "platform/http/module.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TOPIC_BUCKETS 256

/* Text as it goes over the wire, shared by the listeners that still send it. */
struct wire_text {
    int users;
    size_t n;
    char text[];
};

struct topic {
    struct topic *next; /* in its bucket */
    struct listener *first;
    struct wire_text *event; /* the newest that was handed on */
    struct wire_text *fresh; /* published, not handed on yet */
    uint64_t serial;         /* counts what was handed on */
    int64_t handed_us;
    size_t n;
    char name[LIVE_TOPIC_MOST];
};

struct listener {
    struct live_wire wire;
    struct topic *topic;
    struct listener *prev, *next; /* of the topic */
    struct wire_text *sending;
    size_t sent;
    uint64_t seen;
    int64_t woken_us;
    bool parked, ping_due;
};

struct live {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct topic *buckets[TOPIC_BUCKETS];
    int listeners;
    bool fresh, over;
    uint64_t key[2];
    struct http_stats *stats;
};

static struct wire_text *text_new(struct str before, struct str text, struct str after)
{
    size_t n = before.n + text.n + after.n;
    struct wire_text *ev = malloc(sizeof(*ev) + n);
    if (!ev)
        return NULL;
    ev->users = 1;
    ev->n = n;
    memcpy(ev->text, before.p, before.n);
    memcpy(ev->text + before.n, text.p, text.n);
    memcpy(ev->text + before.n + text.n, after.p, after.n);
    return ev;
}

static void text_drop(struct wire_text *ev)
{
    if (ev && --ev->users == 0)
        free(ev);
}

int live_open(struct live **out, struct http_stats *stats, struct err *e)
{
    struct live *l = calloc(1, sizeof(*l));
    if (!l)
        return ERR(e, ERR_INTERNAL, "no memory for live topics");
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->changed, &attr);
    pthread_condattr_destroy(&attr);
    random_bytes(l->key, sizeof(l->key));
    l->stats = stats;
    *out = l;
    return 0;
}

void live_close(struct live *l)
{
    if (!l)
        return;
    ASSERT(l->listeners == 0);
    pthread_cond_destroy(&l->changed);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

static struct topic **topic_place(struct live *l, struct str name)
{
    struct topic **at = &l->buckets[siphash24(l->key[0], l->key[1], name.p, name.n) % TOPIC_BUCKETS];
    while (*at && ((*at)->n != name.n || memcmp((*at)->name, name.p, name.n) != 0))
        at = &(*at)->next;
    return at;
}

static struct topic *topic_made(struct live *l, struct str name)
{
    struct topic **at = topic_place(l, name);
    if (*at)
        return *at;
    struct topic *t = calloc(1, sizeof(*t));
    if (!t)
        return NULL;
    t->n = name.n;
    memcpy(t->name, name.p, name.n);
    *at = t;
    return t;
}

static int listen_locked(struct live *l, struct str topic, struct listener *who, struct err *e)
{
    if (l->over)
        return ERR(e, ERR_BUSY, "the server is closing");
    if (l->listeners >= LIVE_LISTENERS_MOST)
        return ERR(e, ERR_BUSY, "%d live listeners already", l->listeners);
    struct topic *t = topic_made(l, topic);
    /* The browser comes back three seconds after a break. */
    struct wire_text *hello = text_new(STR("retry: 3000\n"), STR(""), STR("\n"));
    if (!t || !hello) {
        free(hello);
        return ERR(e, ERR_BUSY, "no memory for a live listener");
    }
    who->topic = t;
    who->seen = t->serial;
    who->sending = hello;
    who->next = t->first;
    if (t->first)
        t->first->prev = who;
    t->first = who;
    l->listeners++;
    atomic_store_explicit(&l->stats->listeners, l->listeners, memory_order_relaxed);
    return 0;
}

int live_listen(struct live *l, struct str topic, const struct live_wire *wire, struct listener **out, struct err *e)
{
    if (topic.n == 0 || topic.n > LIVE_TOPIC_MOST)
        return ERR(e, ERR_INTERNAL, "a topic of %zu bytes", topic.n);
    struct listener *who = calloc(1, sizeof(*who));
    if (!who)
        return ERR(e, ERR_BUSY, "no memory for a live listener");
    who->wire = *wire;
    who->woken_us = monotonic_us();
    pthread_mutex_lock(&l->lock);
    int rc = listen_locked(l, topic, who, e);
    pthread_mutex_unlock(&l->lock);
    if (rc < 0) {
        free(who);
        return -1;
    }
    *out = who;
    return 0;
}

/* What is due next, or NULL. */
static struct wire_text *due_next(struct listener *who)
{
    const struct topic *t = who->topic;
    if (who->seen != t->serial) {
        who->seen = t->serial;
        who->ping_due = false;
        t->event->users++;
        return t->event;
    }
    if (who->ping_due) {
        who->ping_due = false;
        return text_new(STR(":"), STR(""), STR("\n\n"));
    }
    return NULL;
}

static ptrdiff_t take_locked(struct live *l, struct listener *who, char *to, size_t most)
{
    if (!who->sending) {
        if (l->over)
            return -1;
        who->sending = due_next(who);
        who->sent = 0;
    }
    if (!who->sending) {
        who->parked = true;
        who->wire.park(who->wire.connection);
        return 0;
    }
    size_t n = who->sending->n - who->sent;
    if (n > most)
        n = most;
    memcpy(to, who->sending->text + who->sent, n);
    who->sent += n;
    if (who->sent == who->sending->n) {
        text_drop(who->sending);
        who->sending = NULL;
    }
    return (ptrdiff_t)n;
}

ptrdiff_t live_take(struct live *l, struct listener *who, char *to, size_t most)
{
    pthread_mutex_lock(&l->lock);
    ptrdiff_t n = take_locked(l, who, to, most);
    pthread_mutex_unlock(&l->lock);
    return n;
}

static void topic_forget(struct live *l, struct topic *t)
{
    struct topic **at = topic_place(l, (struct str) { t->name, t->n });
    *at = t->next;
    text_drop(t->event);
    text_drop(t->fresh);
    free(t);
}

void live_leave(struct live *l, struct listener *who)
{
    if (!who)
        return;
    pthread_mutex_lock(&l->lock);
    struct topic *t = who->topic;
    if (who->prev)
        who->prev->next = who->next;
    else
        t->first = who->next;
    if (who->next)
        who->next->prev = who->prev;
    text_drop(who->sending);
    if (!t->first)
        topic_forget(l, t);
    l->listeners--;
    atomic_store_explicit(&l->stats->listeners, l->listeners, memory_order_relaxed);
    pthread_mutex_unlock(&l->lock);
    free(who);
}

static void publish_locked(struct live *l, struct str topic, struct str data)
{
    struct topic *t = *topic_place(l, topic);
    if (!t)
        return; /* nobody listens */
    struct wire_text *ev = text_new(STR("data: "), data, STR("\n\n"));
    if (!ev)
        return;
    /* A line end would begin another field of the stream. */
    for (size_t i = 0; i < ev->n - 2; i++)
        if (ev->text[i] == '\n' || ev->text[i] == '\r')
            ev->text[i] = ' ';
    text_drop(t->fresh);
    t->fresh = ev;
    if (!l->fresh)
        pthread_cond_signal(&l->changed);
    l->fresh = true;
}

void live_publish(struct app *app, struct str topic, struct str data)
{
    struct live *l = app->live;
    if (!l || topic.n == 0 || topic.n > LIVE_TOPIC_MOST || !data.p || data.n > LIVE_DATA_MOST)
        return;
    pthread_mutex_lock(&l->lock);
    publish_locked(l, topic, data);
    pthread_mutex_unlock(&l->lock);
}

static void wake(struct listener *who, int64_t now_us)
{
    who->woken_us = now_us;
    if (!who->parked)
        return;
    who->parked = false;
    who->wire.wake(who->wire.connection);
}

/* False when its fresh event must wait a little for the last one's sake. */
static bool topic_hand_on(struct topic *t, int64_t now_us)
{
    if (!t->fresh)
        return true;
    if (t->serial > 0 && now_us - t->handed_us < LIVE_QUIET_US)
        return false;
    text_drop(t->event);
    t->event = t->fresh;
    t->fresh = NULL;
    t->serial++;
    t->handed_us = now_us;
    for (struct listener *who = t->first; who; who = who->next)
        wake(who, now_us);
    return true;
}

static void wait_changed(struct live *l, int64_t wait_us)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + wait_us % 1000000 * 1000;
    until.tv_sec += (time_t)(wait_us / 1000000 + ns / 1000000000);
    until.tv_nsec = (long)(ns % 1000000000);
    pthread_cond_timedwait(&l->changed, &l->lock, &until);
}

void live_turn(struct live *l, int64_t now_us, int64_t wait_us)
{
    pthread_mutex_lock(&l->lock);
    bool waiting = false;
    for (size_t b = 0; b < TOPIC_BUCKETS && l->listeners > 0; b++) {
        for (struct topic *t = l->buckets[b]; t; t = t->next) {
            if (!topic_hand_on(t, now_us))
                waiting = true;
            for (struct listener *who = t->first; who; who = who->next) {
                if (now_us - who->woken_us < LIVE_PING_US)
                    continue;
                who->ping_due = true;
                wake(who, now_us);
            }
        }
    }
    l->fresh = waiting;
    if (wait_us > 0)
        wait_changed(l, waiting && wait_us > LIVE_QUIET_US ? LIVE_QUIET_US : wait_us);
    pthread_mutex_unlock(&l->lock);
}

void live_end(struct live *l)
{
    pthread_mutex_lock(&l->lock);
    l->over = true;
    for (size_t b = 0; b < TOPIC_BUCKETS; b++)
        for (struct topic *t = l->buckets[b]; t; t = t->next)
            for (struct listener *who = t->first; who; who = who->next)
                wake(who, who->woken_us);
    pthread_mutex_unlock(&l->lock);
}
