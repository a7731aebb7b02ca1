/* memory.c: three rings under one lock. Texts are copied; an entry's place is where it was put, and searching a ring of some thousand
 * hashes costs microseconds, beside signatures of milliseconds.
 */
#include "bridges/saml/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct kept {
    struct hash32 name;
    struct instant at; /* us 0: free */
    char *dump, *relay;          /* of a session: the relay is its ID token */
    struct hash32 subject, sid; /* of a session */
};
struct ring {
    struct kept *v;
    size_t n, next;
    int64_t lives_us;
};
struct saml_memory {
    pthread_mutex_t lock;
    struct ring pending, seen, sessions;
};

static void ring_init(struct ring *r, size_t n, int64_t lives_us)
{
    *r = (struct ring) { .v = calloc(n, sizeof(*r->v)), .n = n, .lives_us = lives_us };
    ASSERT(r->v != NULL);
}

static void forget(struct kept *k)
{
    free(k->dump);
    free(k->relay);
    memset(k, 0, sizeof(*k));
}

static void ring_free(struct ring *r)
{
    for (size_t i = 0; i < r->n; i++)
        forget(&r->v[i]);
    free(r->v);
}

static bool lives(const struct ring *r, const struct kept *k, struct instant now)
{
    return k->at.us != 0 && now.us - k->at.us < r->lives_us;
}

static struct kept *ring_find(struct ring *r, struct hash32 name, struct instant now)
{
    for (size_t i = 0; i < r->n; i++)
        if (lives(r, &r->v[i], now) && hash32_eq(&r->v[i].name, &name))
            return &r->v[i];
    return NULL;
}

/* Texts of a request end where their length says; nothing behind them may be read, as strndup does to find an end. */
static char *copy_of(struct str s)
{
    char *p = calloc(1, s.n + 1);
    ASSERT(p != NULL);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

static struct kept *ring_put(struct ring *r, struct hash32 name, struct str dump, struct str relay, struct instant now)
{
    struct kept *k = &r->v[r->next++ % r->n];
    forget(k);
    *k = (struct kept) { .name = name,
                         .at = now,
                         .dump = copy_of(dump),
                         .relay = copy_of(relay) };
    return k;
}

struct saml_memory *saml_memory_new(void)
{
    struct saml_memory *m = calloc(1, sizeof(*m));
    ASSERT(m != NULL);
    pthread_mutex_init(&m->lock, NULL);
    ring_init(&m->pending, MEMORY_PENDING, PENDING_MINUTES * US_PER_MINUTE);
    ring_init(&m->seen, MEMORY_SEEN, SEEN_MINUTES * US_PER_MINUTE);
    ring_init(&m->sessions, MEMORY_SESSIONS, SESSION_HOURS_KEPT * US_PER_HOUR);
    return m;
}

void saml_memory_free(struct saml_memory *m)
{
    if (!m)
        return;
    ring_free(&m->pending);
    ring_free(&m->seen);
    ring_free(&m->sessions);
    pthread_mutex_destroy(&m->lock);
    free(m);
}

bool saml_memory_is_new(struct saml_memory *m, struct hash32 what, struct instant now)
{
    pthread_mutex_lock(&m->lock);
    struct ring *r = &m->seen;
    /* A place that would push out something still alive: refusing is safer than forgetting. */
    bool fresh = !ring_find(r, what, now) && !lives(r, &r->v[r->next % r->n], now);
    if (fresh)
        ring_put(r, what, STR(""), STR(""), now);
    pthread_mutex_unlock(&m->lock);
    return fresh;
}

void saml_memory_put(struct saml_memory *m, struct hash32 name, struct str dump, struct str relay, struct instant now)
{
    pthread_mutex_lock(&m->lock);
    ring_put(&m->pending, name, dump, relay, now);
    pthread_mutex_unlock(&m->lock);
}

/* The copy is in the caller's arena before the lock is taken away from under it: an arena that is full must not jump with the lock held. */
static bool take(struct saml_memory *m, struct ring *r, struct arena *a, struct hash32 name, struct instant now,
                 struct str *dump, struct str *relay)
{
    struct kept found = { 0 };
    pthread_mutex_lock(&m->lock);
    struct kept *k = ring_find(r, name, now);
    if (k) {
        found = *k;
        memset(k, 0, sizeof(*k));
    }
    pthread_mutex_unlock(&m->lock);
    if (!found.dump)
        return false;
    *dump = str_dup(a, str_of(found.dump));
    if (relay)
        *relay = str_dup(a, str_of(found.relay));
    forget(&found);
    return true;
}

bool saml_memory_take(struct saml_memory *m, struct arena *a, struct hash32 name, struct instant now, struct str *dump,
                      struct str *relay)
{
    return take(m, &m->pending, a, name, now, dump, relay);
}

void saml_memory_open(struct saml_memory *m, struct hash32 name, const struct saml_session *s, struct instant now)
{
    pthread_mutex_lock(&m->lock);
    struct kept *k = ring_put(&m->sessions, name, s->dump, s->id_token, now);
    k->subject = s->subject;
    k->sid = s->sid;
    pthread_mutex_unlock(&m->lock);
}

bool saml_memory_close(struct saml_memory *m, struct arena *a, struct hash32 name, struct instant now, struct saml_session *out)
{
    *out = (struct saml_session) { 0 };
    return take(m, &m->sessions, a, name, now, &out->dump, &out->id_token);
}

size_t saml_memory_end(struct saml_memory *m, struct hash32 subject, const struct hash32 *sid, struct instant now)
{
    size_t n = 0;
    pthread_mutex_lock(&m->lock);
    struct ring *r = &m->sessions;
    for (size_t i = 0; i < r->n; i++) {
        struct kept *k = &r->v[i];
        if (!lives(r, k, now) || !hash32_eq(sid ? &k->sid : &k->subject, sid ? sid : &subject))
            continue;
        forget(k);
        n++;
    }
    pthread_mutex_unlock(&m->lock);
    return n;
}
