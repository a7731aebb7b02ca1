/* ring.c: the keys that this provider signs with, as it knows them itself: to publish them, and to know its own ID tokens again. The signer
 * reads its ring once, when it starts, so here it is asked once. */
#include "engines/signon/ring.h"

#include "engines/signon/state.h"

#include <string.h>

int ring_known(struct req *q, const struct ring_key **keys, size_t *n, struct err *e)
{
    struct signon_state *s = signon_state(q->app);
    struct ring_key *read = arena_new_array(q->arena, struct ring_key, RING_KEYS_MAX);
    size_t count = 0;
    pthread_mutex_lock(&s->lock);
    bool known = s->n_ring > 0;
    pthread_mutex_unlock(&s->lock);
    if (!known) {
        if (!q->signer || signer_ring(q->signer, q->arena, "signon", read, &count, RING_KEYS_MAX, e))
            return q->signer ? -1 : ERR(e, ERR_SIGNER, "there is no signer");
        pthread_mutex_lock(&s->lock);
        if (s->n_ring == 0) {
            memcpy(s->ring, read, count * sizeof *read);
            s->n_ring = count;
        }
        pthread_mutex_unlock(&s->lock);
    }
    *keys = s->ring;
    *n = s->n_ring;
    return 0;
}

struct str ring_jwks(struct arena *a, const struct ring_key *keys, size_t n, struct instant now)
{
    struct buf b;
    bool first = true;
    buf_init(&b, a, 64 * 1024);
    buf_lit(&b, "{\"keys\":[");
    for (size_t i = 0; i < n; i++) {
        if (ring_key_is_gone(&keys[i], now))
            continue;
        buf_fmt(&b, "%s{\"alg\":\"%s\",\"kid\":\"%s\",\"use\":\"sig\",%s}", first ? "" : ",", jose_alg_name(keys[i].alg),
                keys[i].kid, keys[i].members);
        first = false;
    }
    buf_lit(&b, "]}");
    return buf_str(&b);
}

unsigned ring_algs(const struct ring_key *keys, size_t n, struct instant now)
{
    unsigned all = 0;
    for (size_t i = 0; i < n; i++)
        if (keys[i].from.us <= now.us && !ring_key_is_gone(&keys[i], now))
            all |= keys[i].alg;
    return all;
}
