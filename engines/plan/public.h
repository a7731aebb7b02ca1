/* public.h: what anyone may see of the plan: what was promised, and what closed months say was done. Drafts, open months, risks,
 * budget lines and tasks never come here.
 */
#ifndef BON_ENGINES_PLAN_PUBLIC_H
#define BON_ENGINES_PLAN_PUBLIC_H

#include "engines/plan/board.h"

/* Closed months, oldest first, each as the plan stood at its end. */
struct public_months {
    struct plan_overview *v;
    size_t n;
};
/* `most` newest ones. */
int public_months_read(const struct app *app, struct dbr *r, struct arena *a, size_t most, struct public_months *out, struct err *e);

/* The paper that promised. */
struct public_plan {
    struct str province, number; /* "Tỉnh Đắk Nông", "511/KH-UBND" */
    struct day day;
};

struct public_view {
    struct public_plan plan;
    bool published;                  /* at least one month is closed; else only promises are shown */
    const struct plan_overview *all; /* of the last closed month, or of today */
    struct board_sum sum;
    struct shares shares;
    struct board_groups groups;
};

struct public_month {
    int64_t month;
    const struct plan_line *line;
};
struct public_model_view {
    struct public_plan plan;
    bool published;
    int64_t month;
    const struct plan_line *line; /* newest */
    struct str group;             /* "Nhóm II. …" */
    VEC(struct public_month) months;
    struct series series;         /* counted, percent of the goal; only months that have a count */
};

#define PLAN_LICENCE     "CC BY 4.0"
#define PLAN_LICENCE_URL "https://creativecommons.org/licenses/by/4.0/"

/* ---- for the templates ---- */
struct str public_lead(struct html *h, const struct public_plan *plan, const struct board_sum *sum);
struct str public_headline(struct html *h, const struct board_sum *sum);
struct str public_plain(struct arena *a, struct str s); /* "DVC" -> "dịch vụ công", … */
struct str public_name(struct html *h, const struct plan_line *l);
struct str public_href(const struct html *h, const struct plan_line *l);

/* public.c */
int public_get(struct req *q, struct res *s, struct err *e);
int public_model_get(struct req *q, struct res *s, struct err *e);
/* public_open.c */
int public_csv(struct req *q, struct res *s, struct err *e);
int public_json(struct req *q, struct res *s, struct err *e);

#endif
