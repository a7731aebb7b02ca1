/* own.h: the citizen's own cases: the list, one case, and what can be done in it. */
#ifndef BON_MODELS_ESSENTIAL_SERVICES_OWN_H
#define BON_MODELS_ESSENTIAL_SERVICES_OWN_H

#include "models/m01_essential_services/bundle.h"

struct own_line {
    struct str number, service_name, state, for_name;
    struct instant made_at, due;
    bool late, my_turn, unpaid, over;
};
struct own_draft {
    struct case_draft d;
    struct str name, href;
};
struct own_list_view {
    struct hat hat;
    VEC(struct own_line) lines;
    VEC(struct own_draft) drafts;
    VEC(struct filings_to_confirm_row) confirm; /* typed by a helper for whoever looks */
    bool assists;
};

struct own_moment {
    struct instant at;
    struct str words, who, reason;
    bool bad;
};
struct own_move {
    struct str id, label;
    bool reason, answer; /* answer: it gives back what was asked for */
};
struct own_letter {
    struct str title, href;
    struct instant at;
};
struct own_complaint {
    struct case_complaint c;
    struct day due; /* to be answered by */
};
struct own_case_view {
    struct case_view c;
    struct str place, why, holder;
    VEC(struct own_moment) moments;
    VEC(struct str) asked; /* what the authority asked for, line by line */
    VEC(struct own_move) moves;
    VEC(struct own_letter) letters;
    struct case_papers papers;
    struct case_messages messages;
    VEC(struct own_complaint) complaints;
    struct case_fee_line *fees;
    size_t n_fees;
    struct bundle_view bundle;
    VEC(struct str) slots; /* names for the list of what a scan can be added to */
    struct field_view slot;
    bool my_turn, unpaid, over, rated_possible;
    struct instant silent_since; /* the channel it came through does not answer since then; us = 0: it does */
    struct str last_reason; /* why it ended as it did, or empty: a part that is left over, a refusal */
    struct str said;       /* source text: what has just been done, or empty */
    struct str base, key;
};

struct own_pay_view {
    struct case_view c;
    struct str receipt, base, qr, reference, account, key;
    bool unpaid;
};

/* The case that the path names, when it is theirs in the capacity they act in; else it is not found. */
int own_case_of(struct req *q, struct case_view *out, struct err *e);
/* "/ho-so/24763.H16-…" */
struct str own_path(struct arena *a, const struct case_view *c);

extern const struct form own_move_form, own_scan_form, own_say_form, own_rate_form, own_complain_form;

struct field_view own_scan_field(struct html *h);

int own_list_get(struct req *q, struct res *s, struct err *e);
int own_case_get(struct req *q, struct res *s, struct err *e);
int own_letter_pdf(struct req *q, struct res *s, struct err *e);
int own_sent_pdf(struct req *q, struct res *s, struct err *e);
int own_follow_get(struct req *q, struct res *s, struct err *e);
int own_pay_get(struct req *q, struct res *s, struct err *e);
int own_pay_prepare(struct req *q, struct err *e);
int own_pay_write(struct req *q, struct tx *tx, struct err *e);
int own_move_prepare(struct req *q, struct err *e);
int own_move_write(struct req *q, struct tx *tx, struct err *e);
int own_scan_prepare(struct req *q, struct err *e);
int own_scan_write(struct req *q, struct tx *tx, struct err *e);
int own_words_prepare(struct req *q, struct err *e);
int own_say_write(struct req *q, struct tx *tx, struct err *e);
int own_rate_write(struct req *q, struct tx *tx, struct err *e);
int own_complain_write(struct req *q, struct tx *tx, struct err *e);
int own_reply(struct req *q, struct res *s, struct err *e);

int portal_tell_job(struct job_run *j, struct err *e);

#endif
