/* desk.h: what the receptionist's pages show, and the handlers that routes name. */
#ifndef BON_MODELS_HOTEL_STAYS_DESK_H
#define BON_MODELS_HOTEL_STAYS_DESK_H

#include "engines/audit/audit.h"
#include "engines/people/people.h"
#include "engines/stays/rows.h"
#include "platform/html/components.h"

struct desk_view {
    struct facility facility;
    struct stay_drafts_rows drafts;
    struct stays_recent_rows recent; /* declarations of the last day, newest first */
    struct instant now, due, warn;
    int64_t ready, late;             /* drafts that can be sent; of these, past their time */
    struct str key, scan_key;
    bool fragment;                   /* the page's script asked: rows and what changed with them only */
    int64_t fresh_after;             /* fragment: rows with a higher id are new */
    struct str typed;                /* what was scanned when it was refused */
};

struct book_view {
    struct facility facility;
    struct stay_guests_of_facility_rows guests;
    struct str next_href;
};

struct guest_view {
    struct facility facility;
    struct stay_guest_of_facility_row guest;
    struct stay_changes_of_guest_rows changes;
    struct str key;
};

struct receipt_view {
    struct stay_receipt receipt;
    struct stay_guests_of_declaration_rows guests;
    struct facility facility;
    struct paper_view paper;
    struct str unit_name;
    bool sealed;
    struct str check_url; /* in the QR: opens the public check with the evidence in it */
};

struct typed_view {
    struct facility facility;
    struct str key;
};

struct import_fault {
    int64_t row;
    struct str say; /* source text */
    struct str cell;
};
struct import_faults {
    struct import_fault *v;
    size_t n, room;
};
struct import_view {
    struct facility facility;
    struct str key;
    struct import_faults faults;
    struct str text; /* what was pasted, kept */
};

/* The facility of the receptionist's grant. Refuses when there is none or it was removed. */
int desk_facility(struct req *q, struct facility *out, struct err *e);

/* A guest as read, with today's usual answers: arrives now, leaves tomorrow, tourism; matched with the register. */
int desk_guest(struct req *q, const struct identity_read *id, struct stay_guest_in *out, struct err *e);

/* "LT-…" in the address; only the facility's own. */
int receipt_of_request(struct req *q, struct stay_receipt *out, struct err *e);

extern const struct choice stay_reasons[];
extern const struct form scan_form, send_form, typed_form, import_form, api_form;

/* ---- small things templates call ---- */
struct choice_list {
    const struct choice *v;
    size_t n;
};
struct choice_list reason_choices(void);
struct str sex_label(int64_t sex);                             /* MSG */
struct str evidence_text(int64_t level, int64_t source);       /* evidence_label of stored columns */
enum tag_kind state_tag(int64_t state);                        /* colour and icon of a stay_state */
struct str instant_control(struct arena *a, struct instant t); /* 2026-11-23T20:47: value of a date-and-time control */
struct str instant_zoned(struct arena *a, struct instant t);   /* 2026-11-23T20:47:00+07:00: for the clock's script */
struct str evidence_href(struct arena *a, struct str number);

int desk_get(struct req *q, struct res *s, struct err *e);
int scan_prepare(struct req *q, struct err *e);
int guests_write(struct req *q, struct tx *tx, struct err *e); /* q->work: struct new_guests */
int scan_reply(struct req *q, struct res *s, struct err *e);
int to_desk(struct req *q, struct res *s, struct err *e);

/* What was typed in the refused list, put over the drafts as they are stored: a refusal loses nothing. */
void list_as_typed(const struct req *q, struct stay_drafts_row *drafts, size_t n);
int send_prepare(struct req *q, struct err *e);
int send_write(struct req *q, struct tx *tx, struct err *e);
int send_reply(struct req *q, struct res *s, struct err *e);
int save_prepare(struct req *q, struct err *e);
int save_write(struct req *q, struct tx *tx, struct err *e);

int typed_get(struct req *q, struct res *s, struct err *e);
int typed_prepare(struct req *q, struct err *e);

int import_get(struct req *q, struct res *s, struct err *e);
int import_template(struct req *q, struct res *s, struct err *e);
int import_prepare(struct req *q, struct err *e);
int import_again(struct req *q, struct res *s, struct err *e);

int receipt_get(struct req *q, struct res *s, struct err *e);
int receipt_evidence(struct req *q, struct res *s, struct err *e);
int book_get(struct req *q, struct res *s, struct err *e);
int book_file(struct req *q, struct res *s, struct err *e);

int guest_get(struct req *q, struct res *s, struct err *e);
int change_prepare(struct req *q, struct err *e);
int change_write(struct req *q, struct tx *tx, struct err *e);
int change_reply(struct req *q, struct res *s, struct err *e);

int api_declare_prepare(struct req *q, struct err *e);
int api_declare_write(struct req *q, struct tx *tx, struct err *e);
int api_declare_reply(struct req *q, struct res *s, struct err *e);

/* measure.c */
extern const struct measure hotel_stays_measures[];

/* Guests that prepare read and write keeps as drafts. */
struct new_guests {
    struct facility facility;
    struct stay_guest_in *v; /* at most STAY_GUESTS_MAX */
    size_t n, room;
};

#endif
