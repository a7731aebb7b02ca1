/* inside.h: shared by the files of this engine. */
#ifndef BON_ENGINES_PLAN_INSIDE_H
#define BON_ENGINES_PLAN_INSIDE_H

#include "base/vec.h"
#include "engines/audit/audit.h"
#include "engines/plan/plan.h"
#include "gen/plan_queries.h"

/* What the engine keeps for the process: the pack's dated clock and the paper's head. */
struct plan_clock_rule {
    struct day from;
    struct plan_clock clock;
};
struct plan_state {
    VEC(struct plan_clock_rule) clocks;
    struct str province, capital, number; /* "Tỉnh Đắk Nông", "Gia Nghĩa", "511/KH-UBND" */
    struct day day;                       /* of the plan: assignments begin here */
};
struct plan_state *plan_state(const struct app *app);
int plan_start(struct app *app, struct err *e);
bool plan_clock_parse(struct str s, struct plan_clock *out); /* "draft 10, before 18" */

struct day plan_open_end(void); /* 9999-12-31 */

/* Every measure of the contracts, in list order. */
int plan_measures_each(const struct app *app, int (*each)(void *ctx, const struct measure *m, struct err *e), void *ctx,
                       struct err *e);

extern const struct succession_part plan_succession;
extern const struct cli_command plan_commands[];

#endif
