/* client_memory.c: apps in memory. A token request must not parse JSON and keys again; so an app is read once, and its version is looked at
 * again after a second, which is how long another server's change may take to be seen here. A change on this server is seen at once. */
#include "engines/signon/state.h"

#include "engines/signon/client_keys.h"

#include "base/map.h"

#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { CLIENT_ARENA = 512 * 1024 };
#define TRUSTED_US US_PER_SECOND

static size_t place_of(struct str id)
{
    return siphash24(0x73696e6f, 0x636c6965, id.p, id.n) % MEMORY_PLACES;
}

static struct client_kept *kept_of(const struct signon_client *c)
{
    return (struct client_kept *)(uintptr_t)((const char *)c - offsetof(struct client_kept, c));
}

static void free_kept(struct client_kept *k)
{
    arena_release(&k->arena);
    free(k);
}

/* The lock is held. */
static void let_go(struct client_kept *k)
{
    if (--k->users == 0)
        free_kept(k);
}

static struct client_kept **find(struct signon_state *s, struct str id)
{
    struct client_kept **at = &s->places[place_of(id)];
    while (*at && !str_eq((*at)->c.id, id))
        at = &(*at)->next;
    return at;
}

static void forget(struct signon_state *s, struct str id)
{
    struct client_kept **at = find(s, id), *k = *at;
    if (!k)
        return;
    *at = k->next;
    let_go(k);
}

void signon_client_changed(struct app *app, struct str id)
{
    struct signon_state *s = signon_state(app);
    pthread_mutex_lock(&s->lock);
    forget(s, id);
    pthread_mutex_unlock(&s->lock);
}

/* ---- reading ---- */

static int read_secrets(struct dbr *r, struct instant now, struct client_kept *k, struct err *e)
{
    struct secrets_of_client_rows rows;
    if (secrets_of_client(r, &k->arena, &(struct secrets_of_client_in) { .client = k->c.id, .now = now }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n && k->n_secrets < CLIENT_SECRETS; i++)
        k->secrets[k->n_secrets++] = (struct client_secret) { rows.v[i].hash, rows.v[i].expires_at };
    return 0;
}

/* 1 read, 0 none, -1. Its arena has no place to jump to: metadata are bounded, so it cannot fill. */
static int read_kept(struct dbr *r, struct str id, struct instant now, struct client_kept **out, struct err *e)
{
    struct client_kept *k = calloc(1, sizeof *k);
    if (!k)
        return ERR(e, ERR_BUSY, "no memory for an app");
    arena_init(&k->arena, CLIENT_ARENA);
    int found = signon_client_read(r, &k->arena, id, &k->c, e);
    if (found == 1 && (read_secrets(r, now, k, e) || client_keys_load(r, &k->arena, now, &k->c, e)))
        found = -1;
    if (found != 1) {
        free_kept(k);
        return found;
    }
    k->users = 2; /* the table's and the asker's */
    k->checked_us = monotonic_us();
    *out = k;
    return 1;
}

/* An app that is remembered and may be believed: looked at a moment ago, or its version is still the same. 1 0 -1. */
static int take_known(struct req *q, struct signon_state *s, struct str id, struct client_kept **out, struct err *e)
{
    struct client_version_row row;
    pthread_mutex_lock(&s->lock);
    struct client_kept *k = *find(s, id);
    bool known = k != NULL, fresh = k && monotonic_us() - k->checked_us < TRUSTED_US;
    if (fresh)
        k->users++;
    pthread_mutex_unlock(&s->lock);
    *out = k;
    if (!known || fresh)
        return known;
    /* Nothing is held while the store is asked: the request may end there. */
    struct dbr *r = req_read(q, e);
    int found = r ? client_version(r, q->arena, &(struct client_version_in) { .id = id }, &row, e) : -1;
    if (found != 1)
        return found;
    pthread_mutex_lock(&s->lock);
    k = *find(s, id);
    bool same = k && row.version == k->c.version;
    if (same) {
        k->users++;
        k->checked_us = monotonic_us();
    }
    pthread_mutex_unlock(&s->lock);
    *out = k;
    return same;
}

static void remember(struct signon_state *s, struct client_kept *k)
{
    pthread_mutex_lock(&s->lock);
    forget(s, k->c.id);
    struct client_kept **place = &s->places[place_of(k->c.id)];
    k->next = *place;
    *place = k;
    pthread_mutex_unlock(&s->lock);
}

struct loan {
    struct signon_state *s;
    struct client_kept *k;
};

static void give_back(void *obj)
{
    struct loan *l = obj;
    pthread_mutex_lock(&l->s->lock);
    let_go(l->k);
    pthread_mutex_unlock(&l->s->lock);
}

int client_of(struct req *q, struct str id, const struct signon_client **out, struct err *e)
{
    struct signon_state *s = signon_state(q->app);
    struct client_kept *k = NULL;
    struct loan *loan = arena_new(q->arena, struct loan);
    if (id.n == 0 || id.n > 64)
        return 0;
    int found = take_known(q, s, id, &k, e);
    if (found == 0) {
        struct dbr *r = req_read(q, e);
        found = r ? read_kept(r, id, q->now, &k, e) : -1;
        if (found == 1)
            remember(s, k);
    }
    if (found != 1)
        return found;
    *loan = (struct loan) { s, k };
    req_defer(q, give_back, loan);
    *out = &k->c;
    return 1;
}

size_t client_secrets(const struct signon_client *c, struct client_secret out[CLIENT_SECRETS])
{
    const struct client_kept *k = kept_of(c);
    memcpy(out, k->secrets, sizeof k->secrets);
    return k->n_secrets;
}

bool client_may(const struct signon_client *c, const char *grant_type)
{
    return str_list_has(&c->grants, str_of(grant_type));
}

bool client_is_live(const struct signon_client *c, struct instant now)
{
    return c->status == CLIENT_ACTIVE && instant_day(now).n < c->valid_until.n;
}

/* ---- the process ---- */

struct signon_state *signon_state(struct app *app)
{
    return *app_engine_slot(app, "signon");
}

void client_memory_clear(struct signon_state *s)
{
    for (size_t i = 0; i < MEMORY_PLACES; i++)
        while (s->places[i]) {
            struct client_kept *k = s->places[i];
            s->places[i] = k->next;
            let_go(k);
        }
}
