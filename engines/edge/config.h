/* config.h: what a device is told, signed. The device keeps the key that signs from the day it was enrolled, and takes nothing that is
 * signed otherwise, meant for another device, or older than what it has. */
#ifndef BON_ENGINES_EDGE_CONFIG_H
#define BON_ENGINES_EDGE_CONFIG_H

#include "engines/edge/edge.h"

enum { EDGE_CONFIG_MAX = 8 * 1024, EDGE_IDLE_S = 60 };
#define EDGE_CONFIG_FORMAT "bon-device-1"

struct edge_config {
    int64_t device, number, idle_s;
    struct str name, place;
    struct unit_code unit;
};
struct edge_config_signed {
    int64_t number; /* 0: none yet */
    struct str body, signature;
};

/* On the worker: the configuration that follows the last one, signed. */
int edge_config_make(struct req *q, const struct edge_device *d, struct edge_config_signed *out, struct err *e);
int edge_config_store(struct tx *tx, int64_t device, const struct edge_config_signed *c, struct err *e);
int edge_config_of(struct dbr *r, struct arena *a, int64_t device, struct edge_config_signed *out, struct err *e);

/* On the device. Refuses (ERR_FORBIDDEN, e->field "signature" "device" "number" "format") and says what is wrong; `held` is the number it
 * has, 0: none. */
int edge_config_check(struct arena *a, const struct edge_config_signed *c, const struct jwk *keys, size_t n_keys, int64_t device,
                      int64_t held, struct edge_config *out, struct err *e);

#endif
