/* generate_rows.h: shared by the files that make cases up. */
#ifndef BON_ENGINES_CASES_GENERATE_ROWS_H
#define BON_ENGINES_CASES_GENERATE_ROWS_H

#include "base/map.h"
#include "engines/cases/generate.h"

struct made_service {
    struct case_service service;
    const struct case_flow *flow;
    struct day from, until;
    const struct case_fee_line *fees; /* of somebody to whom no exception applies */
    size_t n_fees;
    struct money fee;
};
struct made_person {
    int64_t id;
    struct unit_code unit;
};
/* A commune of the register, and what it became: whoever files from `until` on files there. */
struct made_place {
    struct unit_code unit, now;
    struct day until;
};

struct case_making_up {
    struct case_generating *g;
    struct arena *arena;
    const struct cases_state *state;
    struct rng rng;
    struct instant now;
    VEC(struct made_service) services;
    VEC(struct made_person) people; /* residents, by number: those of the demonstration first */
    VEC(struct made_person) near;   /* those who live where the first of them does: a person of the demonstration */
    VEC(struct made_place) places;
    int64_t audit;
    struct case_last_ids_row last; /* numbers of rows there were before */
    int64_t made, open;
    VEC(int64_t) kept; /* which of the tries became cases 1, 2, 3 … */
};

/* Case i before anything is looked up: service, hour, person, and its life. false: none (nothing was offered, or it lies ahead). */
struct made_case {
    const struct made_service *service;
    enum case_channel channel;
    struct instant filed;
    const struct made_person *person;
    struct made_life life;
    struct rng rng;
    enum case_payment payment;
};
bool case_make_up(const struct case_making_up *m, struct arena *a, int64_t i, struct made_case *out);
/* The register keeps the communes of 2023: the one that somebody of `unit` files in on that day. */
struct unit_code made_place_on(const struct case_making_up *m, const struct unit_code *unit, struct day on);

int case_rows_records(struct case_making_up *m, struct err *e);
int case_rows_rest(struct case_making_up *m, struct err *e); /* answers, steps, clocks */
int case_rows_papers(struct case_making_up *m, struct err *e); /* fees, letters */

#endif
