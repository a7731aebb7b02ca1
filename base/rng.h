/* rng.h: two kinds of chance. struct rng is seeded and repeatable (xoshiro256**, 64-bit, same on every machine): synthetic
 * data, tests, retry jitter. random_bytes is the kernel's: keys, tokens, nonces.
 */
#ifndef BON_BASE_RNG_H
#define BON_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_u64(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t n); /* 0 … n-1 without bias; n > 0 */
double rng_unit(struct rng *r);                /* [0, 1) with 53 bits */
/* A new, independent stream: same parent and label, same stream. */
struct rng rng_fork(const struct rng *r, uint64_t label);

void random_bytes(void *p, size_t n); /* aborts when the kernel has none */

#endif
