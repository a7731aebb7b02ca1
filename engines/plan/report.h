/* report.h: the month as the standing office sends it to the Ministry and the Committee: all rows, all conflicts, who reported. */
#ifndef BON_ENGINES_PLAN_REPORT_H
#define BON_ENGINES_PLAN_REPORT_H

#include "engines/plan/plan.h"

struct plan_rollup {
    /* the paper's head, from pack.conf */
    struct str province;    /* "Tỉnh Đắk Nông" */
    struct str capital;     /* place of the date line: "Gia Nghĩa" */
    struct str plan_number; /* "511/KH-UBND" */
    struct day plan_day;
    struct str issuer_above;  /* "Công an tỉnh Đắk Nông" */
    struct str issuer;        /* "Cơ quan Thường trực Tổ công tác Đề án 06 tỉnh" */
    struct day issued;        /* day of the roll-up: the month's closing, else asked */
    struct str mode;          /* MÔ PHỎNG, THỬ, THẬT */
    struct plan_overview all; /* month, rows, numbers of plan_measured_day(month) */
    struct plan_conflicts conflicts;
    struct plan_dues dues; /* agencies: signed, late, missing */
    /* how many rows stand where */
    size_t by_status[PLAN_STATUSES_];
    size_t unmeasured; /* rows without any counted number: "chưa có số đo" */
    size_t undecided;  /* conflicts */
};

/* issued: the day printed when the month is not closed yet. Reads only; numbers that were not kept are counted now. */
int plan_rollup_read(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct day issued,
                     struct plan_rollup *out, struct err *e);

#endif
