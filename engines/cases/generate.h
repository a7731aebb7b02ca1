/* generate.h: made-up cases over time, for a province to show and for measuring: the same seed, day and people give the same rows. */
#ifndef BON_ENGINES_CASES_GENERATE_H
#define BON_ENGINES_CASES_GENERATE_H

#include "base/rng.h"
#include "engines/cases/inside.h"
#include "engines/people/seed.h"

/* ---- the life of one case: pure ---- */
struct made_step {
    const struct case_flow_move *move;
    size_t from; /* place among the flow's states */
    struct instant at;
    struct instant received, due; /* as the clock says after it; us = 0: not yet */
    struct str words;             /* why, and what the paper says; empty: none */
};
struct made_life {
    const struct case_flow *flow;
    VEC(struct made_step) steps;
    VEC(struct clock_event) events;
    struct case_clock clock;
    size_t state;
    struct instant last;
    bool asked; /* for more papers */
};
/* What happens to a case that was filed at `filed`, up to `now`. agency: who carries its function. */
void case_live(struct arena *a, const struct cases_state *s, const struct case_service *service,
               const struct case_flow *flow, struct instant filed, struct instant now, struct rng *r, struct made_life *out);

/* ---- many ---- */
struct case_generating {
    const struct app *app;
    int64_t count;
    uint64_t seed;
    uint32_t near; /* how many of a thousand concern services of the demonstration's commune, beside its usual share */
    struct day from, until;
    void (*progress)(void *ctx, int64_t done, int64_t total);
    void (*code)(void *ctx, struct str number, struct str code); /* for following; NULL: nobody wants to know them */
    void *ctx;
    int64_t made, open; /* out */
};
/* For a store with people and services. ERR_CONFLICT without, and where these days have cases already. */
int case_generate(struct case_generating *g, struct err *e);

#endif
