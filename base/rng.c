/* xoshiro256** and splitmix64 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), written from
 * the paper's description. */
#include "base/rng.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

static uint64_t turn(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

void rng_seed(struct rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        r->s[i] = splitmix64(&seed);
}

uint64_t rng_u64(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = turn(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = turn(s[3], 45);
    return result;
}

/* The upper half of a product is nearly even; draws that would make some values likelier are thrown away. */
uint32_t rng_below(struct rng *r, uint32_t n)
{
    uint32_t uneven = (uint32_t)(0 - n) % n; /* 2^32 mod n */
    uint64_t product;
    do
        product = (rng_u64(r) >> 32) * n;
    while ((uint32_t)product < uneven);
    return (uint32_t)(product >> 32);
}

double rng_unit(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

struct rng rng_fork(const struct rng *r, uint64_t label)
{
    uint64_t mixed = label;
    for (int i = 0; i < 4; i++) {
        mixed ^= r->s[i];
        mixed = splitmix64(&mixed);
    }
    struct rng child;
    rng_seed(&child, mixed);
    return child;
}

void random_bytes(void *p, size_t n)
{
    unsigned char *to = p;
    while (n) {
        ssize_t got = getrandom(to, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            fprintf(stderr, "bon: the kernel gives no random bytes\n");
            abort();
        }
        to += got;
        n -= (size_t)got;
    }
}
