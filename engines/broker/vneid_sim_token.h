/* vneid_sim_token.h: keys and signed tokens of the stand-in. */
#ifndef BON_ENGINES_BROKER_VNEID_SIM_TOKEN_H
#define BON_ENGINES_BROKER_VNEID_SIM_TOKEN_H

#include "base/buf.h"
#include "base/err.h"

enum sim_alg { SIM_ES256, SIM_RS256, SIM_NONE };

struct sim_keys;
int sim_keys_new(struct sim_keys **out, struct err *e);
void sim_keys_free(struct sim_keys *k);                   /* NULL-safe */
void sim_keys_rename(struct sim_keys *k, int generation); /* key names: es-1, rs-1 … */
/* {"keys":[…]}: the public halves; two: a second P-256 key that signs nothing. */
struct str sim_keys_json(const struct sim_keys *k, struct arena *a, bool two);
/* header.claims.signature; with_kid names the key; spoil turns one bit of the signature. */
struct str sim_sign(const struct sim_keys *k, struct arena *a, enum sim_alg alg, const char *type, bool with_kid, bool spoil,
                    struct str claims);

#endif
