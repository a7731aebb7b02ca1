/* inside.h: what the files of the counter share. */
#ifndef BON_ENGINES_COUNTER_INSIDE_H
#define BON_ENGINES_COUNTER_INSIDE_H

#include "engines/accounts/accounts.h"
#include "engines/cases/cases.h"
#include "engines/counter/counter.h"
#include "engines/people/people.h"
#include "engines/services/services.h"
#include "platform/html/components.h"

/* ---- where somebody works: place.c ---- */
enum { COUNTER_DESKS = 8 };
struct counter_desk {
    enum case_owner owner;
    struct unit_code unit;
    struct str agency; /* as struct case_queue_ask has it */
    struct str role;
    struct str name; /* source text */
};
struct counter_desks {
    struct counter_desk v[COUNTER_DESKS];
    size_t n;
};
void counter_desks_of(const struct req *q, struct counter_desks *out);
/* The one that the query or form names by its place ("desk"), else the first; refuses who has none. */
int counter_desk_asked(struct req *q, struct counter_desks *all, const struct counter_desk **out, struct err *e);
const struct counter_desk *counter_desk_of(const struct counter_desks *all, const struct case_view *c); /* or NULL */
/* Where this clerk takes in; only on routes that ask CASE_MAY_RECEIVE. */
const struct unit_code *counter_intake_unit(struct req *q);
/* Who sits at the same desk today, the actor included. */
int counter_colleagues(struct req *q, const struct counter_desk *desk, struct role_holders *out, struct err *e);
struct str counter_unit_name(struct req *q, const struct unit_code *unit);

struct str counter_case_path(struct arena *a, const struct case_number *n, const char *rest);
/* The case of {number}; whoever may not see it is told that there is none. */
int counter_case_find(struct req *q, struct case_view *c, struct err *e);

/* ---- the queue: queue.c ---- */
struct queue_view {
    struct tabs_view desks, lists;
    struct counter_desk desk;
    size_t place; /* of the desk */
    struct str list, place_name;
    struct case_counts counts;
    struct case_list cases;
    struct str next, search, key, self;
    bool searched, may_receive, may_approve;
    struct role_holders colleagues;
    int64_t pairs;  /* pairs of cases about one thing, to be looked at */
    int64_t raised; /* cases that wait for the word of whoever signs here */
};
struct str queue_number(struct html *h, const struct case_line *c);
struct str queue_href(struct html *h, const struct case_line *c);
bool queue_is_soon(struct html *h, const struct case_line *c);
int counter_queue_get(struct req *q, struct res *s, struct err *e);

/* ---- acts on many: many.c ---- */
struct many_line {
    struct case_number number;
    struct str service_name, name;
    struct str why; /* empty: done */
};
struct many_view {
    struct str act;  /* "take", "give", "release", "approve" */
    size_t done;
    VEC(struct many_line) lines;
    struct str to_name, back;
};
extern const struct form counter_many_form;
route_prepare_fn counter_many_prepare;
route_write_fn counter_many_write;
route_read_fn counter_many_reply;

/* ---- one case: case_page.c ---- */
struct case_page_answers {
    bool known; /* the version of its service is there */
    struct service_summary summary;
};
struct complaint_line {
    struct case_complaint c;
    struct day due; /* to be answered by */
};
struct case_page {
    struct case_view c;
    struct str place_name, why;
    struct case_page_answers answers;
    struct case_steps steps;
    struct case_papers papers;
    struct case_letters letters;
    struct case_messages messages;
    struct case_moves moves;
    struct role_holders colleagues; /* none when it is not this actor's desk */
    struct str key;
    bool may_give, may_pay, has_result;
    bool may_raise, may_guide, may_answer, may_scan;
    struct case_raises raises;
    VEC(struct complaint_line) complaints;
    const struct service_def *def; /* NULL: its version is not there */
    struct field_view slot, looked_up;
    bool may_look_up;
};
bool case_page_is_raised(const struct case_page *v);
route_prepare_fn counter_case_prepare;
route_write_fn counter_case_write;
route_read_fn counter_case_reply;
bool case_page_needs_words(const struct case_flow_move *m); /* it has a page of its own */
bool case_page_is_paper(const struct case_flow_move *m);
enum tag_kind case_page_state_tag(const struct case_view *c);
struct str case_page_words(const struct case_view *c); /* source text: the state of the clock */
struct str case_page_paper_words(struct html *h, const struct case_paper *p);
/* Path below the case's own: "/papers/7". */
struct str case_page_move(struct html *h, const struct case_view *c, const struct case_flow_move *m);
struct str case_page_href(struct html *h, const struct case_view *c, const char *part, int64_t id);

/* ---- one move with words: move_page.c ---- */
struct ask_paper { /* a line of the checklist of form 02 */
    struct str id, name, note;
    bool ticked;
};
struct move_page {
    struct case_view c;
    const struct case_flow_move *move;
    VEC(struct ask_paper) may_ask;
    VEC(struct ask_paper) by_data; /* never asked: the authority gets them itself */
    struct str key, action, back;
    struct str preview; /* where the letter is shown before it is given; empty: no letter */
    bool hands_over;
    struct str refused; /* after an attempt to ask for what data replaces: its name */
};
extern const struct form counter_move_form;
route_read_fn counter_move_get, counter_move_again, counter_move_reply;
/* The letter as it would be given with what is typed; nothing is given. */
route_prepare_fn counter_preview_prepare;
route_read_fn counter_preview_reply;
route_prepare_fn counter_move_prepare;
route_write_fn counter_move_write;

/* ---- who asks for what data replaces: tries.c ---- */
bool counter_is_by_data(const struct service_paper *p);
/* The data-born paper that a request for more names, or none; that any other text wants brought, or none. */
struct str counter_asks_for_data(struct arena *a, const struct service_def *def, struct str text);
struct str counter_asks_to_bring(struct arena *a, const struct service_def *def, struct str text);
int counter_try_record(struct req *q, struct tx *tx, const struct case_view *c, struct str asked, struct str words, struct err *e);

/* ---- small acts on one case: small_acts.c ---- */
struct small_again {
    const struct form *form;
    struct str number, key, action, back;
    VEC(struct field_view) fields;
    VEC(struct param) hidden;
};
int counter_refuse_elsewhere(struct err *e); /* not this actor's */
extern const struct form counter_assign_form, counter_say_form, counter_pay_form;
route_prepare_fn counter_assign_prepare, counter_say_prepare, counter_pay_prepare;
route_write_fn counter_assign_write, counter_say_write, counter_pay_write;
route_read_fn counter_act_reply, counter_act_again, counter_say_reply;

/* ---- beside the flow: head.c ---- */
extern const struct form counter_raise_form, counter_guide_form, counter_complaint_form;
bool counter_may_raise(struct req *q, const struct case_view *c);
bool counter_may_guide(struct req *q, const struct case_view *c); /* as whoever signs */
bool counter_may_answer(struct req *q, const struct case_view *c);
route_prepare_fn counter_raise_prepare, counter_guide_prepare, counter_complaint_prepare;
route_write_fn counter_raise_write, counter_guide_write, counter_complaint_write;

/* ---- a scan into a filed case: add_scan.c ---- */
#define COUNTER_OTHER_SLOT "more" /* for what no paper of the service is */
extern const struct form counter_scan_form;
bool counter_may_add_scan(struct req *q, const struct case_view *c);
route_prepare_fn counter_scan_prepare;
route_write_fn counter_scan_write;
struct str counter_slot_name(const struct service_def *def, struct str slot); /* empty: no such slot */
void counter_scan_slots(struct html *h, const struct service_def *def, struct field_view *out);
struct field_view counter_scan_file(struct html *h);

/* ---- what an officer found in the place of a paper: look_up.c ---- */
extern const struct form counter_look_up_form;
route_prepare_fn counter_look_up_prepare;
route_write_fn counter_look_up_write;
bool counter_look_up_slots(struct html *h, const struct service_def *def, struct field_view *out); /* false: there is none */

/* ---- files: files.c ---- */
route_prepare_fn counter_paper_prepare, counter_letter_prepare;
route_write_fn counter_paper_write, counter_letter_write;
route_read_fn counter_paper_reply, counter_letter_reply;

/* ---- what comes out: result.c ---- */
struct result_view {
    struct case_view c;
    const struct service_def *def;
    struct service_answers answers;
    struct paper_view paper;
    bool is_signed;
    struct str pdf; /* path of the signed file, or empty */
};
route_prepare_fn counter_result_prepare;
route_write_fn counter_result_write;
route_read_fn counter_result_reply;

#endif
