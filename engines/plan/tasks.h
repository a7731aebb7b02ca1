/* tasks.h: what has to be done under a model, by whom, until when; what shows that it was done; who is reminded. */
#ifndef BON_ENGINES_PLAN_TASKS_H
#define BON_ENGINES_PLAN_TASKS_H

#include "engines/plan/inside.h"

enum task_state { TASK_OPEN, TASK_DOING, TASK_DONE, TASK_DROPPED, TASK_STATES_ };
enum task_risk { RISK_NONE, RISK_WATCH, RISK_HIGH, RISKS_ };
struct str task_state_label(int64_t s); /* MSG */
struct str task_risk_label(int64_t r);  /* MSG */

struct task_new {
    int64_t model;
    struct str agency, partners; /* codes; partners by spaces */
    struct str title, detail;
    struct day due;
    bool milestone;
    struct money budget;
    struct str budget_line;
    struct str meeting; /* number of the minutes in which it was given */
    bool has_meeting_day;
    struct day meeting_on;
};
int task_add(struct tx *tx, struct arena *a, const struct task_new *in, const struct audit_record *by, int64_t *id,
             struct err *e);

struct task_change {
    int64_t task, edit; /* edit: of the page that was filled in */
    enum task_state state;
    struct day due;
    enum task_risk risk;
    struct str risk_note;
};
/* Refuses with a sentence: done without evidence, somebody else was faster, a high risk without a word about it. */
int task_set(struct tx *tx, struct arena *a, const struct task_change *in, const struct audit_record *by, struct err *e);

/* ---- evidence ---- */
enum { EVIDENCE_BYTES = 4 << 20 };
struct evidence_new {
    int64_t task;
    struct str kind; /* file, link, measure */
    struct str title, target;
    struct str bytes, media_type; /* file */
};
/* What a file is by its first bytes; STR_NONE: a kind that is not taken. */
struct str evidence_media_type(struct str bytes);
int evidence_add(struct tx *tx, struct arena *a, const struct evidence_new *in, const struct audit_record *by, int64_t *id,
                 struct err *e);

/* ---- reminders ---- */
/* Seven, three and one day before, on the day, and each seventh day after: a notice on the agency's page and a letter that waits for
 * the post. Idempotent. */
int plan_remind(struct app *app, struct arena *a, struct day today, int64_t *made, struct err *e);

#endif
