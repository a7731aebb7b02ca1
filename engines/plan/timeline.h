/* timeline.h: deadlines, milestones and what was done, on one scale of months, with the same days in a table. */
#ifndef BON_ENGINES_PLAN_TIMELINE_H
#define BON_ENGINES_PLAN_TIMELINE_H

#include "engines/plan/board.h"

struct timeline_row {
    const struct plan_line *line;
    int64_t steps, steps_done; /* milestones */
};
struct timeline_group {
    struct str code, name;
    struct lanes lanes;
    VEC(struct timeline_row) rows;
};
struct timeline_view {
    struct str as_of;
    int64_t disputed, decided; /* deadlines that the paper gives twice: open, settled */
    VEC(struct timeline_group) groups;
};

/* One milestone as the store has it. */
struct timeline_step {
    int64_t model;
    struct day due, done_on;
    bool done;
    struct str title;
};

/* The marks of one row: one deadline where the readings agree or are settled, both where nobody has decided. */
void timeline_mark_due(struct arena *a, struct lane *lane, const struct plan_said *due);
void timeline_mark_step(struct arena *a, struct lane *lane, const struct timeline_step *step);
/* The scale: whole months from the plan's day to the last mark, at least twelve. Today is drawn when it lies within. */
void timeline_scale(struct lanes *l, struct day since, struct day today);

/* ---- for the template ---- */
struct str timeline_disputed(struct html *h, const struct timeline_view *v);
struct str said_or_none(struct html *h, struct str words); /* "không ghi" where the paper says nothing */
struct str due_in_use(struct html *h, const struct plan_line *l);

/* timeline.c */
int timeline_get(struct req *q, struct res *s, struct err *e);

#endif
