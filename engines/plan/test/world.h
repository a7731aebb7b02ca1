/* world.h: the plan office on a store of its own with the pack's agencies and plan, a module that counts what the test says, and a
 * clock that only the test moves.
 */
#ifndef BON_ENGINES_PLAN_TEST_WORLD_H
#define BON_ENGINES_PLAN_TEST_WORLD_H

#include "engines/plan/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct world {
    struct app app;
    struct arena arena;
    struct err e;
    struct instant now;
    struct dbr *r;
    char dir[64];
};

/* What the test's own module counts for model 9 (percent, goal 100) and, two numbers in one look, for model 3 (at least 20, and a number
 * without a goal); counted false: no number. */
struct counter {
    bool counted;
    struct measure_count count;
};
extern struct counter percent_of_9, number_of_3, second_of_3;
extern int counts_of_3; /* how often model 3 was counted */

extern const struct audit_record office, clerk; /* who acts */

int world_open(void **state);
int world_close(void **state);
void must(int result, const struct err *e);
struct day day(int y, int m, int d);
void set_day(struct world *w, int y, int m, int d); /* ten in the morning */
struct dbr *reader(struct world *w);                /* begun anew: sees all that is written */
void overview(struct world *w, int64_t month, struct plan_overview *out); /* as of plan_measured_day */

#endif
