/* jose_keys.c: a set of public keys, and which of them a token's header means. */
#include "platform/crypto/jose_internal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct jose_keys {
    size_t n;
    struct jose_key v[JOSE_KEYS_MAX];
};

static int take_keys(const json_t *list, struct jose_keys *k, struct err *e)
{
    if (json_array_size(list) > JOSE_KEYS_MAX)
        return jose_refuse(e, "size", "%zu keys, at most %d are taken", json_array_size(list), JOSE_KEYS_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        int taken = jose_key_read(json_array_get(list, i), &k->v[k->n], e);
        if (taken < 0)
            return -1;
        k->n += (size_t)taken;
    }
    return 0;
}

static int take_one(const json_t *j, struct jose_keys *k, struct err *e)
{
    int taken = jose_key_read(j, &k->v[0], e);
    if (taken == 0)
        return jose_refuse(e, "key", "of a kind that is not taken");
    k->n = taken > 0;
    return taken > 0 ? 0 : -1;
}

static int take_set(struct arena *a, struct str json, struct jose_keys *k, struct err *e)
{
    json_t *j;
    struct err why = { 0 };
    if (json.n > JOSE_KEYS_BYTES)
        return jose_refuse(e, "size", "a set of keys of %zu bytes, at most %d are taken", json.n, JOSE_KEYS_BYTES);
    if (json_read(a, json, &j, &why))
        return jose_refuse(e, "json", "%s", why.detail);
    const json_t *list = json_object_get(j, "keys");
    return json_is_array(list) ? take_keys(list, k, e) : take_one(j, k, e);
}

static void let_go(void *keys)
{
    const struct jose_keys *k = keys;
    for (size_t i = 0; i < JOSE_KEYS_MAX; i++)
        EVP_PKEY_free(k->v[i].key);
}

int jose_keys_read(struct arena *a, struct str json, struct jose_keys **out, struct err *e)
{
    struct jose_keys *k = arena_new(a, struct jose_keys);
    arena_defer(a, let_go, k);
    if (take_set(a, json, k, e))
        return -1;
    *out = k;
    return 0;
}

size_t jose_keys_count(const struct jose_keys *k)
{
    return k->n;
}

const struct jose_key *jose_keys_at(const struct jose_keys *k, size_t i)
{
    ASSERT(i < k->n);
    return &k->v[i];
}

const struct jose_key *jose_keys_pick(const struct jose_keys *k, struct str kid, enum jose_alg alg, struct err *e)
{
    const struct jose_key *found = NULL;
    size_t fit = 0;
    for (size_t i = 0; i < k->n; i++) {
        const struct jose_key *key = &k->v[i];
        if (!(key->algs & alg) || (kid.p && !str_eq(kid, str_of(key->kid))))
            continue;
        found = key;
        fit++;
    }
    if (fit == 1)
        return found;
    if (fit > 1)
        jose_refuse(e, "kid", "%zu keys fit %s; the header must name one", fit, jose_alg_name(alg));
    else
        jose_refuse(e, "kid", "no key for %s is named \"%.*s\"", jose_alg_name(alg), STR_ARG(str_head(kid, 60)));
    return NULL;
}

struct str jose_key_thumbprint(const struct jose_key *k)
{
    return (struct str) { k->thumbprint, JOSE_THUMBPRINT };
}

struct str jose_key_id(const struct jose_key *k)
{
    return str_of(k->kid);
}

unsigned jose_key_algs(const struct jose_key *k)
{
    return k->algs;
}
