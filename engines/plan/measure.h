/* measure.h: numbers of the modules' contracts on a day: counted now, or as they were kept. */
#ifndef BON_ENGINES_PLAN_MEASURE_H
#define BON_ENGINES_PLAN_MEASURE_H

#include "engines/plan/inside.h"

enum { KEPT_DAYS = 31 }; /* a number older than that is not shown as today's */

struct plan_kept {
    const struct measure *measure;
    struct day on; /* of which day it is; 0 when none was kept */
    bool counted;
    struct measure_count count;
};

/* All measures, in list order. */
int plan_count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out, size_t *n,
               struct err *e);
int plan_kept_read(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out, size_t *n,
                   struct err *e);
/* Those kept for exactly that day; what was not kept is counted now. */
int plan_kept_or_count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct plan_kept **out,
                       size_t *n, struct err *e);

/* Counts and keeps, for days that are over, what can be counted for several of them in one walk; plan_measure adds the rest. */
int plan_measure_days(struct app *app, struct arena *a, const struct day *on, size_t n, struct err *e);

#endif
