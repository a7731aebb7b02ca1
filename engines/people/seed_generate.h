/* seed_generate.h: inside the generator: the province block by block. Pure; the thread that loads stands in seed.c. */
#ifndef BON_ENGINES_PEOPLE_SEED_GENERATE_H
#define BON_ENGINES_PEOPLE_SEED_GENERATE_H

#include "engines/people/seed_rows.h"

enum { SEED_BLOCK_HOUSEHOLDS = 1024 };

struct seed_generation {
    const struct seed_world *w;
    int64_t people; /* exactly so many */
    bool truth;
    struct seed_counters counters;
    size_t commune; /* where the next household lives */
    int64_t left;   /* persons still to come in that commune */
    uint32_t k;     /* its number there */
    bool started, done;
    struct hash32 digest; /* over every row so far: SHA-256 of the last digest and of each table's rows of the block */
};

void seed_generation_begin(struct seed_generation *g, const struct seed_world *w, int64_t people, bool truth);
/* Fills the block (its buffers are used again). The last one has .last set. false: no memory. */
bool seed_generation_next(struct seed_generation *g, struct seed_block *b);
void seed_block_release(struct seed_block *b);

#endif
