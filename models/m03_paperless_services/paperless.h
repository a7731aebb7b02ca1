/* paperless.h: shared by the files of model 3: how many papers services take, by rule and in fact; declarations checked afterwards;
 * who asks for what need not be asked; and the command that runs every paperless service with its sources alive and dead.
 */
#ifndef BON_MODELS_PAPERLESS_SERVICES_PAPERLESS_H
#define BON_MODELS_PAPERLESS_SERVICES_PAPERLESS_H

#include "engines/accounts/accounts.h"
#include "engines/counter/counter.h"
#include "engines/people/pack.h"
#include "engines/sources/sources.h"
#include "gen/paperless_services_queries.h"

#define PAPER_READ  "paper.read"   /* sees the budget, the tries, the results */
#define PAPER_CHECK "paper.check"  /* checks declarations of the own desk */
#define PAPER_STOP  "paper.source" /* announces that a source is out of order, and its end */

/* ---- the budget: budget.c ---- */
enum { PAPER_GOAL = 20, PAPER_DAYS = 90 }; /* row 3 of the plan; how far back cases are counted */
struct paper_line {
    const struct service_def *def;
    size_t by_source[SERVICE_SOURCES_];
    size_t n, sheets;
    bool paperless;
    struct case_paper_count counted;
    int64_t per_100; /* papers that 100 cases really took; -1: no case yet */
    struct paper_check_totals_row checks;
};
struct paper_lines {
    VEC(struct paper_line) v;
    int64_t offered, paperless;
    struct day from, until; /* cases made from … to before */
    struct instant counted_at; /* us = 0: not yet */
};
int paper_lines_read(const struct app *app, struct dbr *r, struct arena *a, struct instant now, struct paper_lines *out,
                     struct err *e);
struct day paper_first_day(struct day today); /* of the days that are counted */
int paper_count_job(struct job_run *j, struct err *e);
int64_t paper_per_100(const struct case_paper_count *c); /* rounded; -1: no case */

struct budget_view {
    struct paper_lines lines;
    struct source_outages outages;
    const struct app *app; /* for the names of sources, as they are today */
    struct day today;
    struct str key;
    bool may_stop;
};
struct tries_view {
    struct counter_tries tries;
    struct str next; /* path of the older ones, or empty */
};
route_read_fn paper_budget_get, paper_tries_get, paper_public_get, paper_public_csv, paper_public_json, paper_outage_reply;
route_prepare_fn paper_outage_prepare;
route_write_fn paper_outage_write;
extern const struct form paper_outage_form;

/* ---- checks: sample.c, checks.c ---- */
enum check_state { CHECK_OPEN, CHECK_RIGHT, CHECK_WRONG, CHECK_STATES_ };
enum { CHECK_CERTAIN = 1000 };
/* What makes a check likelier. All that it depends on is here, so that a draw can be done again. */
struct check_risk {
    int base;               /* per mille, of the pack */
    struct str why;         /* "down", "nothing", "other_person", or empty */
    int level;              /* evidence level of who declared */
    int64_t checked, wrong; /* of this service so far */
};
int check_risk_of(const struct check_risk *x); /* per mille, at most CHECK_CERTAIN */
bool check_is_drawn(struct arena *a, int64_t seed, struct str number, struct str slot, int risk);
int paper_sample_job(struct job_run *j, struct err *e);

struct check_line {
    int64_t id;
    struct str number, service_name, paper_name, why, words, checked_name;
    struct instant drawn_at;
    struct day due_on;
    enum check_state state;
    bool late;
};
struct checks_view {
    VEC(struct check_line) lines;
    bool has_desk;
};
struct check_page {
    struct paper_check_by_id_row row;
    struct case_paper paper;
    struct str source; /* by its name; empty when none could say it */
    struct str key;
};
struct str check_why_label(struct str why); /* MSG */
extern const struct form check_form, check_duty_form;
route_read_fn checks_get, check_reply, check_done_reply, check_again;
route_prepare_fn check_prepare, check_settle_prepare, check_duty_prepare;
route_write_fn check_seen_write, check_settle_write, check_duty_write;

/* ---- commands: audit.c, audit_run.c, audit_fill.c, verify.c ---- */
extern const struct cli_command paper_commands[];
struct cli;
int paper_audit_command(struct cli *c, struct err *e);

extern const struct measure paper_measures[];

#endif
