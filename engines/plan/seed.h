/* seed.h: a made-up year of the plan office: tasks, and twelve months of signed reports, so that every page has something to
 * show. The same seed gives the same rows. Numbers are never made up: a month in which no module had anything to count has none.
 */
#ifndef BON_ENGINES_PLAN_SEED_H
#define BON_ENGINES_PLAN_SEED_H

#include "engines/people/seed.h"
#include "engines/plan/sign.h"

enum { SEED_FIRST_MONTH = 202308, SEED_MONTHS = 12 };

struct plan_seeding {
    struct app *app;
    struct arena *a;
    struct rng rng;
    struct day today;
    struct plan_overview plan;
};

/* seed_tasks.c: three to five steps for each row, most of them done. A write at the door. */
int seed_tasks_write(struct tx *tx, void *seeding, struct err *e);

/* seed.c: struct module.seed_after, so that what the models seed is there to be counted */
int plan_seed(struct app *app, const struct seed_world *w, struct err *e);

#endif
