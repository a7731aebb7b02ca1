/* pages.h: what the pages of this engine show, and the handlers that routes name. */
#ifndef BON_ENGINES_PLAN_PAGES_H
#define BON_ENGINES_PLAN_PAGES_H

#include "engines/plan/figures.h"
#include "engines/plan/month.h"
#include "engines/plan/tasks.h"

/* ---- months and reports ---- */
struct months_view {
    struct plan_months_rows months;
    int64_t current;
    int draft_day, before_day;
};
struct month_view {
    int64_t month;
    struct plan_dues dues;
    size_t signed_count, late, missing, drafts;
    struct day due, today;
    bool may_close; /* the standing office, from the due day on, once */
    struct str key;
    struct str own; /* the reader's agency, or none */
};
int months_get(struct req *q, struct res *s, struct err *e);
int month_get(struct req *q, struct res *s, struct err *e);
int month_close_write(struct req *q, struct tx *tx, struct err *e);
int month_close_reply(struct req *q, struct res *s, struct err *e);

struct report_shown_row {
    struct report_row row;
    struct str claim, did, next; /* as they stand in the form: typed, else stored */
    struct str numbers;          /* the hidden text */
    struct plan_number *shown;
    size_t n_shown;
};
struct report_view {
    struct report x;
    struct report_shown_row *rows;
    size_t n;
    struct str words;
    enum plan_report_state state;
    struct plan_report_versions_rows versions;
    bool may_edit, may_correct;
    int64_t newest; /* id of the newest version */
    bool ignored;   /* a number came back changed and was not taken */
    struct str key;
};
extern const struct form report_form, sign_form, correct_form;
int report_get(struct req *q, struct res *s, struct err *e);
int report_prepare(struct req *q, struct err *e);
int report_write(struct req *q, struct tx *tx, struct err *e);
int report_reply(struct req *q, struct res *s, struct err *e);
int sign_prepare(struct req *q, struct err *e);
int sign_write(struct req *q, struct tx *tx, struct err *e);
int correct_prepare(struct req *q, struct err *e);
int correct_write(struct req *q, struct tx *tx, struct err *e);
int report_evidence(struct req *q, struct res *s, struct err *e);
int report_text_get(struct req *q, struct res *s, struct err *e);

/* ---- conflicts and decisions ---- */
struct conflicts_view {
    struct plan_conflicts all;
    size_t undecided;
};
struct conflict_view {
    struct plan_conflict c;
    struct str model_name;
    struct plan_decisions_of_rows history;
    bool may_decide;
    struct str key;
};
extern const struct form decision_form;
int conflicts_get(struct req *q, struct res *s, struct err *e);
int conflict_get(struct req *q, struct res *s, struct err *e);
int decision_write(struct req *q, struct tx *tx, struct err *e);
int decision_reply(struct req *q, struct res *s, struct err *e);

/* ---- one model, one agency ---- */
struct model_view {
    struct plan_line line;
    struct str group_name, assignments, tools;
    struct plan_conflicts conflicts;
    struct plan_assignments_of_rows history;
    struct plan_tasks_of_model_rows tasks;
    struct series series; /* the number that stands against the claim, by month; no points: none */
    int64_t month;
    struct day today;
    bool may_task;
};
int model_get(struct req *q, struct res *s, struct err *e);

struct agency_lines {
    const struct plan_line **v;
    size_t n;
};
struct agency_view {
    struct agency agency;
    struct agency_lines leads, helps; /* models it leads, and others it helps with */
    struct plan_reports_of_agency_rows reports;
    struct plan_tasks_of_agency_rows tasks; /* open ones first */
    size_t n_open;
    struct plan_reminders_of_rows reminders;
    struct agency_expected_list expected;
    struct succession_list successions; /* recorded, newest first */
    bool may_succeed;
    struct plan_due due; /* this month */
    bool owes;
    int64_t month;
    struct day today, due_day;
    bool own; /* the reader may report for it */
    struct plan_feeds_of_rows feeds;
    struct str feed; /* the calendar's address, shown once after it was made */
    struct str key;
};
int agency_view_load(struct req *q, struct str code, struct agency_view *v, struct err *e);
int mine_get(struct req *q, struct res *s, struct err *e);
int agency_get(struct req *q, struct res *s, struct err *e);

/* ---- calendars ---- */
int feed_prepare(struct req *q, struct err *e);
int feed_write(struct req *q, struct tx *tx, struct err *e);
int feed_reply(struct req *q, struct res *s, struct err *e);
int feed_revoke_write(struct req *q, struct tx *tx, struct err *e);
int feed_get(struct req *q, struct res *s, struct err *e);

/* ---- who takes over ---- */
int to_plan_agency(struct req *q, struct res *s, struct err *e);

/* ---- tasks ---- */
struct task_new_view {
    struct str model, own, key;
    struct agency_list agencies;
};
struct task_view {
    struct plan_task_by_id_row task;
    struct plan_task_changes_rows changes;
    struct plan_evidence_of_rows evidence;
    struct plan_agencies partners;
    struct day today;
    bool own;
    struct str key;
};
extern const struct form task_form, task_set_form, evidence_form;
int task_new_get(struct req *q, struct res *s, struct err *e);
int task_new_prepare(struct req *q, struct err *e);
int task_new_write(struct req *q, struct tx *tx, struct err *e);
int task_reply(struct req *q, struct res *s, struct err *e);
int task_get(struct req *q, struct res *s, struct err *e);
int task_set_prepare(struct req *q, struct err *e);
int task_set_write(struct req *q, struct tx *tx, struct err *e);
int evidence_prepare(struct req *q, struct err *e);
int evidence_write(struct req *q, struct tx *tx, struct err *e);
int evidence_get(struct req *q, struct res *s, struct err *e);

/* ---- what templates ask ---- */
/* One field of the report's form in the row of a model: as typed or stored, with the error only where it belongs. */
struct field_view report_field(struct html *h, const char *name, int64_t model, struct str value);
struct field_view task_agency_field(struct html *h, const struct task_new_view *v);
struct str report_title(struct html *h, int64_t month); /* "Báo cáo tháng 09/2023" */
struct str due_words(struct html *h, struct day due); /* "Ký trước ngày 18/11/2026" */
struct str deadline_words(struct html *h, const struct plan_said *s); /* both readings while disputed */

/* ---- who is asking ---- */
/* Code of the agency in which the reader may do this; none when no such role is held. */
struct str own_agency(const struct req *q, const char *permission);
/* 403 with a sentence when the reader may not do this for that agency. */
int refuse_other_agency(const struct req *q, const char *permission, struct str agency, struct err *e);

#endif
