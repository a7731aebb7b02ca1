/* stays.h: the presence log: facilities, declarations of who lodges where, their receipts and their legal clock. Four faces
 * stand on it (models 9 to 12). Luật Cư trú 68/2020 Điều 30; NĐ 96/2016 Điều 44.
 */
#ifndef BON_ENGINES_STAYS_H
#define BON_ENGINES_STAYS_H

#include "engines/identity/identity.h"
#include "platform/crypto/crypto.h"

/* Legal clock: an arrival before 23:00 is due at 23:00 that day; from 23:00 on, at 08:00 next day; before 08:00 (strict
 * reading, `early same_morning`) at 08:00 the same morning. */
struct stay_clock_rule {
    struct day from;
    int due_hour, late_hour, warn_hour; /* 23, 8, 22 */
    bool early_same_morning;            /* 01:30 -> 08:00 the same morning */
};
/* The rule in force that day: the province's own (pack.conf, clock.stays.<day>) or the law's. app may be NULL: the law's. */
const struct stay_clock_rule *stay_clock_rule_on(struct app *app, struct day d);
struct instant stay_due(const struct stay_clock_rule *r, struct instant arrival);
/* When the desk begins to warn: 22:00 for the evening clock, an hour before the end for the morning clock. */
struct instant stay_warn_at(const struct stay_clock_rule *r, struct instant arrival);

/* A night belongs to the day on which it began: until 08:00 "tonight" is still the night before. */
struct day stay_night_on(struct instant now);

/* One guest's way: nháp -> xếp hàng -> đã gửi -> tiếp nhận | từ chối + reason; a void with reason ends any of them. */
enum stay_state { STAY_DRAFT, STAY_QUEUED, STAY_SENT, STAY_ACCEPTED, STAY_REFUSED, STAY_VOID };
struct str stay_state_label(enum stay_state s); /* MSG */

struct facility {
    int64_t id;
    struct str code, name, kind, address, phone; /* kind: hotel, nha_nghi, homestay, rental, hospital, coach */
    struct unit_code unit;                       /* commune, codes of 2023 */
    int32_t lat_e6, lon_e6, rooms;
    bool open;
};
struct stay_guest_in {
    struct identity_read id;
    struct str room, reason;
    struct instant arrives;
    struct day leaves;
    bool is_child;           /* declared with a parent: number may be missing */
    struct str guardian;     /* name of the parent among the guests */
    struct str late_cause;
    int match;               /* enum person_match, found in prepare */
    int64_t person;          /* the register entry it matched, 0: none; links rows, never shown to the facility */
};

enum { STAY_GUESTS_MAX = 60, STAY_SCANS_A_MINUTE = 120 };

/* A declaration of one to sixty guests by a facility. Guests come new (form, file, API) or as drafts from the desk. */
struct stay_declaration {
    const struct facility *facility;
    const struct stay_guest_in *guests;
    size_t n_guests;
    const int64_t *drafts;   /* ids of drafts of this facility */
    size_t n_drafts;
    struct str late_cause;   /* for late guests that have none of their own */
};
struct stay_receipt {
    int64_t declaration, audit_seq;
    struct str number;       /* "LT-67-000123-2611-000042": province, facility, year and month, running number */
    struct instant at;
    int64_t facility;
    struct str facility_name;
    struct unit_code unit;
    int64_t guests, late;
    struct str mode;         /* MÔ PHỎNG with an audit record "stays.seeded": made by `bon seed`, has no evidence of its own */
};

/* Rows, audit record and receipt in one transaction. Refuses with a sentence: no guest, over sixty, a closed facility, one person
 * twice, a late guest without a cause, a draft that somebody else has sent meanwhile (ERR_CONFLICT). */
int stay_declare(struct tx *tx, struct arena *a, const struct req *q, const struct stay_declaration *d,
                 struct stay_receipt *out, struct err *e);

/* Keeps a guest as a draft on the desk; refuses who is on the list already, beyond sixty drafts, or STAY_SCANS_A_MINUTE. */
int stay_draft_add(struct tx *tx, struct arena *a, const struct req *q, const struct facility *f, const struct stay_guest_in *g,
                   int64_t *id, struct err *e);

/* ---- a change of a declared stay ---- */
enum stay_change_kind { STAY_EXTEND, STAY_LEAVE, STAY_SWAP_ROOM, STAY_CANCEL, STAY_CHANGES_ };
struct stay_change {
    int64_t guest;             /* stay_guest.id, declared by this facility */
    enum stay_change_kind kind;
    struct day leaves;         /* STAY_EXTEND */
    struct instant left;       /* STAY_LEAVE: the moment, not in the future */
    struct str room;           /* STAY_SWAP_ROOM */
    struct str reason;         /* STAY_CANCEL: compulsory, at least five letters; else may be empty */
};
/* Rows and audit record; what the national side had heard already goes out again with the next revision. Refuses with a
 * sentence: another facility's guest (ERR_NOT_FOUND), a draft, a void, a day before the arrival … */
int stay_change(struct tx *tx, struct arena *a, const struct req *q, const struct facility *f, const struct stay_change *c,
                struct err *e);
/* The form of that: fields guest, kind (extend, leave, room, void), leaves, left, room, reason. The reader refuses beside the
 * field what the kind needs and what is missing. */
extern const struct form stay_change_form;
struct str stay_change_label(int64_t kind); /* MSG: "Ở thêm" */
int stay_change_read(struct req *q, struct stay_change *out, struct err *e);

/* Tells open pages that something changed in this commune: topics "stays" and "stays/<unit>". Call it when it is durable. */
void stays_changed(struct app *app, const struct unit_code *unit);

/* "LT-67-000123-2611-000042": 67 the province, then facility, year and month, running number. */
struct str stay_number(struct arena *a, int64_t facility, int64_t month, int64_t n);

int stay_receipt_by_number(struct dbr *r, struct arena *a, struct str number, struct stay_receipt *out, struct err *e); /* 1 0 -1 */

/* Checks a receipt document or its packed QR form offline; the receipt's facts come from the proven record itself. */
int stay_receipt_check(struct arena *a, struct str evidence, const struct jwk *trusted, size_t n, struct stay_receipt *out,
                       struct instant *sealed_at, struct err *e);

int facility_by_id(struct dbr *r, struct arena *a, int64_t id, struct facility *out, struct err *e); /* 1 0 -1 */
struct str facility_kind_label(struct str kind); /* MSG: "Nhà nghỉ" */

/* ---- measures of the plan (models 9 to 12) ---- */
/* Counted over the thirty days that end with `on`, for places of these kinds (at most three; "" for none). As struct measure's
 * count: 1 counted, 0 nothing to count yet, -1 failed. Places count as they are open today: their past is not kept. */
struct stay_kinds {
    struct str v[3];
};
int stays_count_declaring(struct dbr *r, struct arena *a, const struct stay_kinds *k, struct day on, struct measure_count *out,
                          struct err *e); /* open places that declared somebody, of all open places */
int stays_count_on_time(struct dbr *r, struct arena *a, const struct stay_kinds *k, struct day on, struct measure_count *out,
                        struct err *e); /* guests declared in time, of all declared */

/* About 600 made-up lodging places and 37 days of made-up stays before `today` (guests are persons of the register), for a
 * store that people_seed has filled. Same seed, same people, same day: same rows. ERR_CONFLICT when there are facilities. */
int stays_seed(struct db *db, uint64_t seed, struct day today, const char *pack_dir, struct err *e);

extern const struct module stays_module;

#endif
