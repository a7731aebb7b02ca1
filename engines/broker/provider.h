/* provider.h: what an upstream says of itself (discovery, keys), kept in memory for an hour and shared by all threads, and whether it
 * answers at all. The issuer is the configuration's; a document that names another one is refused.
 */
#ifndef BON_ENGINES_BROKER_PROVIDER_H
#define BON_ENGINES_BROKER_PROVIDER_H

#include "engines/broker/upstream.h"
#include "platform/ask/ask.h"

#include "platform/crypto/jose.h"

enum {
    PROVIDER_KEPT_S = 3600,       /* discovery and keys are read again after this */
    PROVIDER_STALE_S = 24 * 3600, /* and used up to this age when they cannot be read again */
    KEYS_AGAIN_S = 60,            /* a key nobody knows is looked for at most this often */
    DOWN_AFTER = 3,               /* questions in a row without an answer */
    DOWN_S = 30,                  /* then nobody asks for so long */
};

struct provider {
    struct str authorize, token, userinfo, jwks, logout; /* userinfo, logout: may be none */
    bool tells_issuer;                                   /* authorization responses carry iss (RFC 9207) */
};

/* A discovery document (OpenID Connect Discovery 1.0 section 3) of this upstream: another issuer, or an address that is not safe, is
 * refused. */
int provider_read(struct arena *a, const struct upstream *u, struct str document, struct provider *out, struct err *e);

/* The provider's addresses. Asks over the network when they are not known or too old. */
int provider_find(struct app *app, struct arena *a, const struct upstream *u, struct instant now, struct provider *out,
                  struct err *e);

/* Opens a token that the provider signed: allowed algorithms, its keys; a key name that is not known makes one look at the keys again.
 * Refusals as jose.h names them in err.field. */
int provider_token(struct app *app, struct arena *a, const struct upstream *u, struct str token, struct instant now,
                   struct jwt *out, struct err *e);

/* A question whose failures count: after DOWN_AFTER in a row the upstream is down for DOWN_S and this answers ERR_SOURCE at once. */
int provider_ask(struct app *app, struct arena *a, const struct upstream *u, struct instant now,
                 const struct ask *question, struct ask_answer *out, struct err *e);
bool provider_is_down(struct app *app, const struct upstream *u, struct instant now);

struct provider_cache;
struct provider_cache *provider_cache_new(void);      /* aborts without memory */
void provider_cache_free(struct provider_cache *c);   /* NULL-safe */
void provider_cache_forget(struct provider_cache *c); /* tests: as after a restart */

#endif
