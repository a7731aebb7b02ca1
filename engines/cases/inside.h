/* inside.h: shared by the files of this engine. */
#ifndef BON_ENGINES_CASES_INSIDE_H
#define BON_ENGINES_CASES_INSIDE_H

#include "base/rng.h"
#include "base/vec.h"
#include "engines/cases/cases.h"
#include "engines/cases/dated.h"
#include "engines/people/pack.h"
#include "gen/cases_queries.h"
#include "platform/crypto/crypto.h"

/* The province's hours for cases, by day (pack.conf, clock.case.<day>). */
struct case_rule {
    struct day from;
    int late_minute, end_minute;
    int offline_days; /* how far back an intake may lie that was made while cut off */
    int soon_days;    /* working days before the due day from which a case is urgent */
    int complaint_days; /* working days within which a complaint about a case is answered */
};
/* What the engine keeps for the process. */
struct cases_state {
    struct pack_conf conf;
    struct work_calendar calendar;
    VEC(struct case_rule) rules;
    VEC(struct case_flow) flows; /* by name, then version */
    struct dated_rows organs;    /* identification codes by unit: the pack's organs.csv */
    struct dated_rows forms;     /* numbers of the forms: case-forms.csv */
    struct unit_code province;
    struct str province_name; /* "Tỉnh Đắk Nông" */
    struct str capital;       /* "Gia Nghĩa" */
    struct hash32 follow_key; /* under which codes for following are kept */
};
struct cases_state *cases_state(const struct app *app);
int cases_start(struct app *app, struct err *e);
bool case_rule_parse(struct str text, struct case_rule *out); /* "late 15:00, end 17:00, offline 5, soon 2, complaint 10" */
const struct case_rule *case_rule_on(const struct cases_state *s, struct day d);

/* Identification code of the organ that receives in a unit, as it is on that day. */
struct str case_organ(const struct cases_state *s, struct arena *a, const struct unit_code *unit, struct day on);
/* What stands above a form: its number and, where somebody has compared it, the text it comes from. subject: "receipt", …, "book". */
struct str case_form_mark(const struct cases_state *s, struct arena *a, struct str subject, struct day on);
bool case_is_organ(struct str s); /* capitals, digits and points, not too long */
/* As case_code_new makes them, but the same for the same chance: of made-up cases only. */
struct str case_code_drawn(struct arena *a, struct rng *r);
/* As typed: without dashes and spaces, capitals. STR_NONE: no code. */
struct str case_code_plain(struct arena *a, struct str typed);
struct hash32 case_code_hash(const struct cases_state *s, struct arena *a, const struct case_number *n, struct str code);

/* Who carries a function in that place on that day: an agency's code, CASE_COMMUNE_POLICE, or STR_NONE for the commune's own. */
int case_holder(const struct cases_state *s, struct dbr *r, struct arena *a, struct str function, bool of_province,
                struct day on, struct str *agency, struct err *e);

/* "Xã Đắk Ru", "Tỉnh Đắk Nông": as it is called on that day. */
int case_place_name(const struct cases_state *s, struct dbr *r, struct arena *a, const struct unit_code *unit, struct day on,
                    struct str *out, struct err *e);

/* "Xã Đắk Ru" on a date line is "Đắk Ru"; the province's papers are dated in its capital. */
struct str case_date_place(const struct cases_state *s, struct str place);

struct hash32 case_facts_hash(struct arena *a, struct str service, struct str facts);

/* ---- rows ---- */
struct case_view case_view_of(const struct cases_state *s, struct arena *a, const struct case_record_by_id_row *row);
/* The record as case_record_move takes it, unchanged. */
struct case_record_move_in case_unmoved(const struct case_view *c);
int case_clock_put(struct tx *tx, int64_t id, const struct clock_event *ev, struct instant recorded_at, struct err *e);
/* What the clock says into the record. */
void case_clock_show(const struct case_clock *c, struct case_record_move_in *row);
struct clock_event case_clock_event_of(const struct case_clock_event_row *row); /* clock_rows.c */
struct case_letter case_letter_of(const struct case_letter_row *row);             /* letters.c */
struct case_line case_line_of(const struct cases_state *s, const struct case_listed_row *row, struct instant now);

/* Makes a move on a case that is as the store has it; c is what it becomes. at: when it happened; recorded is tx_now. */
struct case_making {
    struct tx *tx;
    const struct case_by *by;
    const struct case_flow_move *move;
    struct str reason, words;
    struct clock_event start; /* of EFFECT_START: term, hours and edition */
    struct instant at;
};
int case_make_move(const struct case_making *m, struct case_view *c, struct case_moved *out, struct err *e);
/* The first move that takes a new case in; NULL: its flow has none. */
const struct case_flow_move *case_first_receive(const struct case_flow *f);
struct clock_event case_start_event(const struct cases_state *s, const struct case_service *service, struct instant at);

/* One act on the log, and for whoever follows. kind as in struct case_event. */
int case_record_act(struct tx *tx, const struct case_by *by, const struct case_view *c, const char *action,
                    struct str detail, int64_t *seq, struct err *e);
int case_tell(struct tx *tx, int64_t seq, int64_t id, const char *kind, const struct case_flow_state *state, struct str move,
              struct err *e);
/* ERR_CONFLICT with what happened since. */
int case_was_changed(const struct cases_state *s, struct dbr *r, struct arena *a, const struct case_view *now,
                     struct err *e);

/* ---- flows ---- */
int case_flows_load(struct app *app, struct cases_state *s, struct err *e);
const struct case_flow *case_flow_find(const struct cases_state *s, struct str name,
                                       int64_t version); /* version 0: the newest */

int case_paper_put(struct tx *tx, const struct case_by *by, int64_t id, const struct case_paper_new *p, int64_t *paper,
                   struct err *e);

/* All that stands in a letter, as JSON; the same for a case that is made up. */
struct case_letter_facts {
    const struct case_view *c;
    struct str place;
    const struct str *papers; /* names of what was handed in */
    size_t n_papers;
    struct str words;
    struct day promised;
};
int case_letter_body(struct arena *a, const struct case_letter_facts *f, struct str *out, struct err *e);
/* Fills place and papers from the store: what was handed in, and what its unit was called. */
int case_letter_facts_of(const struct case_by *by, struct dbr *r, struct case_letter_facts *f, struct err *e);
/* The fee of these answers into fees and n_fees. */
struct service_answers;
int case_fees_of_answers(const struct service_answers *s, struct case_new *out, struct err *e);
/* A paper of the authority: its facts as canonical JSON, kept and printed from there. */
int case_letter_put(struct tx *tx, const struct case_by *by, const struct case_view *c, enum case_paper_kind kind,
                    struct str words, struct day promised, int64_t seq, int64_t *letter, struct err *e);

/* The apologies that are due now; *made grows. */
int cases_apologise(const struct app *app, struct arena *a, struct instant now, int64_t *made, struct err *e);

bool case_ask_of_agency(const struct case_queue_ask *ask); /* else of a unit */

/* ---- pages and machines ---- */
extern const struct form case_follow_form;
int case_follow_get(struct req *q, struct res *s, struct err *e);
int case_follow_prepare(struct req *q, struct err *e);
int case_follow_write(struct req *q, struct tx *tx, struct err *e);
int case_follow_reply(struct req *q, struct res *s, struct err *e);
int case_follow_json(struct req *q, struct res *s, struct err *e);
int case_flow_get(struct req *q, struct res *s, struct err *e);
int case_book_prepare(struct req *q, struct err *e);
int case_book_write(struct req *q, struct tx *tx, struct err *e);
int case_book_reply(struct req *q, struct res *s, struct err *e);
int case_book_paper_prepare(struct req *q, struct err *e);
int case_book_paper_reply(struct req *q, struct res *s, struct err *e);
int case_json_prepare(struct req *q, struct err *e);
int case_json_write(struct req *q, struct tx *tx, struct err *e);
int case_json_reply(struct req *q, struct res *s, struct err *e);

extern const struct cli_command cases_commands[];
/* ---- signed results: letter_sign.c, paper_check.c ---- */
int cases_sign_job(struct job_run *j, struct err *e);
extern const struct form case_paper_check_form;
int case_paper_check_get(struct req *q, struct res *s, struct err *e);
int case_paper_check_reply(struct req *q, struct res *s, struct err *e);

extern const struct job cases_jobs[];
extern const struct succession_part cases_succession;

#endif
