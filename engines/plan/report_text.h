/* report_text.h: one report with everything that is in it, and the text that is signed. */
#ifndef BON_ENGINES_PLAN_REPORT_TEXT_H
#define BON_ENGINES_PLAN_REPORT_TEXT_H

#include "engines/plan/inside.h"

struct report_number {
    struct str measure, what, unit; /* what, unit: source texts; empty when no module has this measure any more */
    enum measure_target target;
    int64_t goal;
    bool counted;
    int64_t numerator, denominator;
};
struct report_row {
    int64_t model;
    struct str name;
    bool has_claim;
    int claim;
    struct str did, next;
    int64_t tasks, tasks_done, tasks_late;
    struct report_number *numbers;
    size_t n_numbers;
};
struct report {
    struct plan_report_by_id_row head;
    struct report_row *rows;
    size_t n;
};
int report_load(const struct app *app, struct dbr *r, struct arena *a, int64_t id, struct report *out,
                struct err *e); /* 1 0 -1 */

/* The row's numbers as the form carries them: "hotel_stays.on_time=12/15;…". A posted text that differs was changed by hand. */
struct str report_numbers_text(struct arena *a, const struct report_row *row);

/* Canonical JSON of a report: what a signature stands for. The same report gives the same bytes for ever. */
struct str report_text(struct arena *a, const struct report *x);

#endif
