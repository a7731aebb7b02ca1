/* provider.c: one entry for each upstream, under one lock that is never held while asking. An entry belongs to a configuration: when
 * that changes it begins anew. A key set that is replaced may still be in another thread's hands for a few milliseconds, so it is
 * freed ten minutes later; nothing is counted, and a request that ends in the middle owes nothing.
 */
#include "engines/broker/provider.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct key_set {
    struct arena arena;
    const struct jose_keys *keys;
    int64_t retired_us; /* monotonic */
    struct key_set *next;
};

struct entry {
    int64_t upstream; /* row of the configuration; 0: free */
    struct arena arena;
    struct provider addresses;
    struct instant found_at; /* us 0: not yet */
    struct key_set *keys;
    struct instant keys_at;
    int failures;
    struct instant down_until;
};

struct provider_cache {
    pthread_mutex_t lock;
    struct entry entries[UPSTREAMS_MAX];
    struct key_set *retired;
};

enum { ENTRY_ARENA = 64 * 1024, RETIRED_MINUTES = 10 };

struct provider_cache *provider_cache_new(void)
{
    struct provider_cache *c = calloc(1, sizeof(*c));
    ASSERT(c != NULL);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

static void keys_free(struct key_set *k)
{
    if (k)
        arena_release(&k->arena);
    free(k);
}

static void free_retired(struct provider_cache *c, int64_t before_us)
{
    struct key_set **at = &c->retired;
    while (*at) {
        struct key_set *k = *at;
        if (k->retired_us >= before_us) {
            at = &k->next;
            continue;
        }
        *at = k->next;
        keys_free(k);
    }
}

static void retire(struct provider_cache *c, struct key_set *k)
{
    int64_t now = monotonic_us();
    free_retired(c, now - RETIRED_MINUTES * US_PER_MINUTE);
    if (!k)
        return;
    k->retired_us = now;
    k->next = c->retired;
    c->retired = k;
}

static void clear(struct provider_cache *c, struct entry *n)
{
    retire(c, n->keys);
    arena_release(&n->arena);
    memset(n, 0, sizeof(*n));
}

void provider_cache_forget(struct provider_cache *c)
{
    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < UPSTREAMS_MAX; i++)
        clear(c, &c->entries[i]);
    pthread_mutex_unlock(&c->lock);
}

void provider_cache_free(struct provider_cache *c)
{
    if (!c)
        return;
    provider_cache_forget(c);
    free_retired(c, INT64_MAX);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static struct provider_cache *cache_of(struct app *app)
{
    struct provider_cache *c = *app_engine_slot(app, "broker");
    ASSERT(c != NULL); /* broker_start made it */
    return c;
}

/* The upstream's entry, made when it is new; an unused or the first place. Under the lock. */
static struct entry *entry_of(struct provider_cache *c, const struct upstream *u)
{
    struct entry *place = &c->entries[0];
    for (size_t i = UPSTREAMS_MAX; i-- > 0;) {
        if (c->entries[i].upstream == u->id)
            return &c->entries[i];
        if (c->entries[i].upstream == 0)
            place = &c->entries[i];
    }
    clear(c, place);
    place->upstream = u->id;
    arena_init(&place->arena, ENTRY_ARENA);
    return place;
}

static bool is_younger(struct instant at, struct instant now, int64_t seconds)
{
    return at.us != 0 && now.us - at.us < seconds * US_PER_SECOND;
}

/* ---- asking, and giving up for a while ---- */

bool provider_is_down(struct app *app, const struct upstream *u, struct instant now)
{
    struct provider_cache *c = cache_of(app);
    pthread_mutex_lock(&c->lock);
    bool down = now.us < entry_of(c, u)->down_until.us;
    pthread_mutex_unlock(&c->lock);
    return down;
}

static void count(struct app *app, const struct upstream *u, struct instant now, bool answered)
{
    struct provider_cache *c = cache_of(app);
    pthread_mutex_lock(&c->lock);
    struct entry *n = entry_of(c, u);
    n->failures = answered ? 0 : n->failures + 1;
    if (n->failures >= DOWN_AFTER)
        n->down_until.us = now.us + DOWN_S * US_PER_SECOND;
    pthread_mutex_unlock(&c->lock);
}

int provider_ask(struct app *app, struct arena *a, const struct upstream *u, struct instant now,
                 const struct ask *question, struct ask_answer *out, struct err *e)
{
    static const struct ask_header accept = { STR_INIT("Accept"), STR_INIT("application/json, application/jwt") };
    struct ask asked_for = *question;
    struct ask_answer answer;
    asked_for.headers = &accept;
    asked_for.n_headers = 1;
    if (provider_is_down(app, u, now))
        return ERR(e, ERR_SOURCE, "%.*s is down: not asked", STR_ARG(u->name));
    int asked = ask_over_http(a, &asked_for, &answer, e);
    bool answered = asked == 0 && answer.status < 500;
    count(app, u, now, answered);
    if (asked == 0 && !answered)
        return ERR(e, ERR_SOURCE, "%.*s answers %ld", STR_ARG(u->name), answer.status);
    if (asked == 0)
        *out = answer;
    return asked;
}

/* ---- discovery ---- */

static struct provider provider_copy(struct arena *a, const struct provider *p)
{
    return (struct provider) { .authorize = str_dup(a, p->authorize),
                               .token = str_dup(a, p->token),
                               .userinfo = str_dup(a, p->userinfo),
                               .jwks = str_dup(a, p->jwks),
                               .logout = str_dup(a, p->logout),
                               .tells_issuer = p->tells_issuer };
}

static int member_address(struct arena *a, const json_t *j, const char *name, bool required, struct str *out, struct err *e)
{
    struct str s = json_str_at(j, name);
    if (s.n == 0 && !required)
        return 0;
    if (!upstream_address_is_safe(s) || s.n > 500)
        return ERR(e, ERR_SOURCE, "discovery: %s is no https address", name);
    *out = str_dup(a, s);
    return 0;
}

static int read_discovery(struct arena *a, const struct upstream *u, const json_t *j, struct provider *out, struct err *e)
{
    if (!str_eq(json_str_at(j, "issuer"), u->issuer))
        return ERR(e, ERR_SOURCE, "discovery names the issuer \"%.*s\"", STR_ARG(str_head(json_str_at(j, "issuer"), 80)));
    out->tells_issuer = json_is_true(json_object_get(j, "authorization_response_iss_parameter_supported"));
    return member_address(a, j, "authorization_endpoint", true, &out->authorize, e) ||
                   member_address(a, j, "token_endpoint", true, &out->token, e) ||
                   member_address(a, j, "jwks_uri", true, &out->jwks, e) ||
                   member_address(a, j, "userinfo_endpoint", false, &out->userinfo, e) ||
                   member_address(a, j, "end_session_endpoint", false, &out->logout, e)
               ? -1
               : 0;
}

int provider_read(struct arena *a, const struct upstream *u, struct str document, struct provider *out, struct err *e)
{
    json_t *j;
    struct provider found = { 0 };
    if (json_read(a, document, &j, e) != 0 || read_discovery(a, u, j, &found, e) != 0)
        return -1;
    *out = found;
    return 0;
}

static int discover(struct app *app, struct arena *a, const struct upstream *u, struct instant now, struct provider *out,
                    struct err *e)
{
    struct ask_answer answer;
    struct str issuer = u->issuer;
    if (issuer.n > 0 && issuer.p[issuer.n - 1] == '/')
        issuer.n--;
    struct ask question = { .url = str_fmt(a, "%.*s/.well-known/openid-configuration", STR_ARG(issuer)) };
    if (provider_ask(app, a, u, now, &question, &answer, e) != 0)
        return -1;
    if (answer.status != 200)
        return ERR(e, ERR_SOURCE, "discovery of %.*s: status %ld", STR_ARG(u->name), answer.status);
    return provider_read(a, u, answer.body, out, e);
}

static bool known(struct app *app, struct arena *a, const struct upstream *u, struct instant now, int64_t within_s,
                  struct provider *out)
{
    struct provider_cache *c = cache_of(app);
    pthread_mutex_lock(&c->lock);
    const struct entry *n = entry_of(c, u);
    bool young = is_younger(n->found_at, now, within_s);
    struct provider p = n->addresses;
    char texts[5][500];
    struct str *fields[] = { &p.authorize, &p.token, &p.userinfo, &p.jwks, &p.logout };
    for (size_t i = 0; i < 5 && young; i++) {
        memcpy(texts[i], fields[i]->p ? fields[i]->p : "", fields[i]->n);
        fields[i]->p = texts[i];
    }
    pthread_mutex_unlock(&c->lock);
    if (young)
        *out = provider_copy(a, &p);
    return young;
}

static void keep(struct app *app, const struct upstream *u, struct instant now, const struct provider *p)
{
    struct provider_cache *c = cache_of(app);
    pthread_mutex_lock(&c->lock);
    struct entry *n = entry_of(c, u);
    arena_clear(&n->arena);
    n->addresses = provider_copy(&n->arena, p);
    n->found_at = now;
    pthread_mutex_unlock(&c->lock);
}

int provider_find(struct app *app, struct arena *a, const struct upstream *u, struct instant now, struct provider *out,
                  struct err *e)
{
    if (u->authorize.n > 0) {
        *out = (struct provider) {
            .authorize = u->authorize, .token = u->token, .userinfo = u->userinfo, .jwks = u->jwks, .logout = u->logout
        };
        return 0;
    }
    if (known(app, a, u, now, PROVIDER_KEPT_S, out))
        return 0;
    if (discover(app, a, u, now, out, e) != 0)
        return known(app, a, u, now, PROVIDER_STALE_S, out) ? 0 : -1;
    keep(app, u, now, out);
    return 0;
}

/* ---- keys ---- */

static const struct jose_keys *keys_within(struct app *app, const struct upstream *u, struct instant now, int64_t seconds)
{
    struct provider_cache *c = cache_of(app);
    pthread_mutex_lock(&c->lock);
    const struct entry *n = entry_of(c, u);
    const struct jose_keys *keys = is_younger(n->keys_at, now, seconds) ? n->keys->keys : NULL;
    pthread_mutex_unlock(&c->lock);
    return keys;
}

/* In an arena of its own, without a place to jump to: its size is bounded by what jose_keys_read takes. */
static struct key_set *keys_read(struct str body, struct err *e)
{
    struct key_set *k = calloc(1, sizeof(*k));
    struct jose_keys *keys;
    if (!k)
        return NULL;
    arena_init(&k->arena, ENTRY_ARENA);
    if (jose_keys_read(&k->arena, body, &keys, e) != 0) {
        keys_free(k);
        return NULL;
    }
    k->keys = keys;
    return k;
}

/* Asks for the keys and puts them into the cache. */
static int fetch_keys(struct app *app, struct arena *a, const struct upstream *u, struct instant now, struct err *e)
{
    struct provider p;
    struct ask_answer answer;
    struct key_set *keys;
    if (provider_find(app, a, u, now, &p, e) != 0 ||
        provider_ask(app, a, u, now, &(struct ask) { .url = p.jwks }, &answer, e) != 0)
        return -1;
    if (answer.status != 200 || !(keys = keys_read(answer.body, e)))
        return ERR(e, ERR_SOURCE, "keys of %.*s: status %ld or no key set", STR_ARG(u->name), answer.status);
    struct provider_cache *c = cache_of(app);
    pthread_mutex_lock(&c->lock);
    struct entry *n = entry_of(c, u);
    retire(c, n->keys);
    n->keys = keys;
    n->keys_at = now;
    pthread_mutex_unlock(&c->lock);
    return 0;
}

static unsigned allowed_algs(const struct upstream *u)
{
    unsigned algs = 0;
    for (size_t i = 0; i < u->algs.n; i++)
        algs |= jose_alg_named(u->algs.v[i]);
    return algs;
}

static int read_with(struct arena *a, const struct upstream *u, struct str token, const struct jose_keys *keys,
                     struct jwt *out, struct err *e)
{
    return jwt_read(a, token, allowed_algs(u), keys, out, e);
}

/* Whether other keys could help: none fits, or the one that bears the name no longer does (a provider that used a name again). */
static bool keys_may_be_old(const struct err *e)
{
    return strcmp(e->field, "kid") == 0 || strcmp(e->field, "signature") == 0;
}

int provider_token(struct app *app, struct arena *a, const struct upstream *u, struct str token, struct instant now,
                   struct jwt *out, struct err *e)
{
    struct jws form;
    if (jws_open(a, token, allowed_algs(u), &form, e) != 0) /* a stranger's bytes make nobody ask for keys */
        return -1;
    const struct jose_keys *keys = keys_within(app, u, now, PROVIDER_KEPT_S);
    if (!keys) {
        if (fetch_keys(app, a, u, now, e) != 0 && !keys_within(app, u, now, PROVIDER_STALE_S))
            return -1;
        keys = keys_within(app, u, now, PROVIDER_STALE_S);
        return keys ? read_with(a, u, token, keys, out, e)
                    : ERR(e, ERR_SOURCE, "the keys of %.*s are gone again", STR_ARG(u->name));
    }
    struct err first = { 0 }, second = { 0 };
    if (read_with(a, u, token, keys, out, &first) == 0)
        return 0;
    *e = first;
    bool again = keys_may_be_old(&first) && !keys_within(app, u, now, KEYS_AGAIN_S);
    if (!again || fetch_keys(app, a, u, now, &second) != 0 || !(keys = keys_within(app, u, now, KEYS_AGAIN_S)))
        return -1;
    return read_with(a, u, token, keys, out, e);
}
