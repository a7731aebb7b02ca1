/* plan.h: the plan office: the plan's rows with both readings of the paper, who leads what since when, what is measured beside what
 * is claimed, and the agencies' monthly reports (Kế hoạch 511/KH-UBND, phần III: before the 18th of each month, to Công an tỉnh).
 */
#ifndef BON_ENGINES_PLAN_H
#define BON_ENGINES_PLAN_H

#include "engines/agencies/agencies.h"

/* ---- the clock of a month (pack.conf, plan.month.<day>) ---- */
struct plan_clock {
    int draft_day;  /* 10: drafts fill themselves; the numbers are of the end of the day before */
    int before_day; /* 18: what is not signed before this day is late */
};
/* Months are written 202309. */
bool plan_month_parse(struct str s, int64_t *month); /* "2023-09" */
struct str plan_month_iso(struct arena *a, int64_t month);
struct str plan_month_vi(struct arena *a, int64_t month); /* "09/2023" */
int64_t plan_month_of(struct day d);
int64_t plan_month_next(int64_t month, int by); /* by months, also backwards */
struct day plan_month_day(int64_t month, int day);
struct plan_clock plan_clock_on(const struct app *app, struct day d);
struct day plan_measured_day(const struct app *app, int64_t month); /* the numbers of a month's reports are of its end */

/* ---- what the paper says ---- */
enum plan_field { PLAN_NAME, PLAN_LEAD, PLAN_COORDINATING, PLAN_FORCE, PLAN_DEADLINE, PLAN_PLATFORM, PLAN_FIELDS_ };
const char *plan_field_name(enum plan_field f); /* "deadline" */
struct str plan_field_label(struct str field);  /* MSG; also of "group" and "text" */

/* One thing as section II and the appendix say it, and what counts: a decision's words, else the appendix's (it is complete), else
 * the body's. */
struct plan_said {
    struct str body, appendix, counts;
    bool has_body_day, has_appendix_day, has_day; /* deadlines only */
    struct day body_day, appendix_day, day;
    bool disputed; /* they differ and nobody has decided */
    bool decided;
};

struct plan_conflict {
    int64_t id, model; /* model 0: the plan as a whole */
    struct str field, body, appendix, question;
    bool decided;
    struct str words, reason, by; /* of the newest decision */
    struct instant at;
};
struct plan_conflicts {
    struct plan_conflict *v;
    size_t n;
};
/* model -1: all. Undecided first. */
int plan_conflicts_read(struct dbr *r, struct arena *a, int64_t model, struct plan_conflicts *out, struct err *e);

/* ---- one row of the plan on a day ---- */
struct plan_agency {
    struct str code, name, short_name;
};
struct plan_agencies {
    struct plan_agency *v;
    size_t n;
};

/* A number beside its goal: counted by a module, or asked for by the plan and counted by nobody yet. */
struct plan_number {
    const struct measure *measure; /* NULL: no software counts it */
    struct str what, unit;         /* source texts */
    enum measure_target target;
    int64_t goal;
    bool counted; /* false: "chưa có số đo" */
    int64_t numerator, denominator;
    struct day on;
};
/* How far it is, in tenths of a percent of its goal (of its denominator when there is no goal), at most 1000; -1: cannot be said. */
int plan_number_progress(const struct plan_number *n);

enum plan_status {
    PLAN_ONGOING,   /* no day to miss */
    PLAN_WAITING,   /* its day is ahead */
    PLAN_SOON,      /* within thirty days */
    PLAN_MET,       /* the number reached its goal */
    PLAN_SAID_DONE, /* its agency says 100 %, nothing measures it */
    PLAN_LATE,      /* its day has passed */
    PLAN_STATUSES_
};
struct str plan_status_label(enum plan_status s); /* MSG */

struct plan_line {
    int64_t number;
    struct str group, name, name_en, goal, goal_source, note;
    bool ongoing;
    struct plan_said said[PLAN_FIELDS_];
    size_t conflicts, undecided;
    struct plan_agencies leads, partners;
    struct plan_number *numbers; /* the first with a goal leads: it stands against the claim */
    size_t n_numbers;
    bool claimed; /* in the month's newest signed report, else in none */
    int claim;    /* percent */
    struct str did, next;
    bool has_gap;
    int gap; /* claim minus measured, in tenths of a percent */
    int64_t tasks, tasks_done, tasks_late, risks;
    enum plan_status status;
};
struct plan_group {
    struct str code, name;
};
struct plan_overview {
    int64_t month;
    struct day on; /* deadlines are judged, numbers and assignments are of this day */
    struct plan_group *groups;
    size_t n_groups;
    struct plan_line *lines; /* by number */
    size_t n_lines;
};
/* numbers of `on`: those kept for the latest day not after it; with `count`, counted now where none are kept for exactly that day. */
int plan_overview_read(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct day on, bool count,
                       struct plan_overview *out, struct err *e);
const struct plan_line *plan_line_of(const struct plan_overview *o, int64_t number); /* NULL: no such row */
/* The line's number that stands against the claim; NULL: none. */
const struct plan_number *plan_line_number(const struct plan_line *l);

/* ---- reports ---- */
enum plan_report_state { REPORT_NONE, REPORT_DRAFT, REPORT_SIGNED, REPORT_LATE, REPORT_MISSING };
struct str plan_report_state_label(enum plan_report_state s); /* MSG */

/* Where an agency stands in a month. */
struct plan_due {
    struct plan_agency agency;
    size_t models;  /* that it leads */
    int64_t report; /* id of the newest version, 0: none */
    int64_t version;
    enum plan_report_state state; /* MISSING: the day has passed without a signature */
    struct instant signed_at;
    struct str signed_by;
};
struct plan_dues {
    struct plan_due *v;
    size_t n;
    bool open, closed; /* the month: has drafts; was closed */
    struct instant closed_at;
    struct str closed_by;
};
int plan_dues_read(const struct app *app, struct dbr *r, struct arena *a, int64_t month, struct day today,
                   struct plan_dues *out, struct err *e);

/* Months that have reports, newest first. */
struct plan_months {
    int64_t *v;
    size_t n;
};
int plan_months_read(struct dbr *r, struct arena *a, struct plan_months *out, struct err *e);

/* ---- acts ---- */
/* Numbers of all modules for the end of a day, kept for boards and reports. Done again it changes nothing for a past day. */
int plan_measure(struct app *app, struct arena *a, struct day on, struct err *e);
/* Opens the month and makes a draft for each agency that leads something and has none. Idempotent. *made may be NULL. */
int plan_draft(struct app *app, struct arena *a, int64_t month, int64_t *made, struct err *e);

#define PLAN_READ_MAY   "plan.read"
#define PLAN_REPORT_MAY "plan.report"
#define PLAN_TASK_MAY   "plan.task"
#define PLAN_OFFICE_MAY "plan.office"

extern const struct module plan_module;

#endif
