/* edge.h: devices of the authority that stand where no officer watches them (kiosks), what they are told, what they bring, and the
 * queue of the hall they stand in.
 *
 * A device has an Ed25519 key that it made itself. It is enrolled once, by a one-time code that a technician types; from then on each
 * message it sends is signed with a rising number, so that a copy of an earlier one is refused. Pages that a device shows travel under a
 * short-lived token of its own. A device that is revoked is refused at its next request, whatever it holds.
 *
 * While it is cut off a device seals what people hand in to the server's key (X25519 sealed box): it cannot read that again itself.
 */
#ifndef BON_ENGINES_EDGE_H
#define BON_ENGINES_EDGE_H

#include "engines/audit/audit.h"
#include "platform/http/module.h"

#define EDGE_MAY_KEEP  "edge.keep"  /* administrator: devices */
#define EDGE_MAY_QUEUE "edge.queue" /* one-stop clerk: calls numbers, answers calls for help, takes over what came in while cut off */

/* ---- devices ---- */
struct edge_device {
    int64_t id;
    struct str name, place;
    struct unit_code unit; /* the commune whose one-stop desk it stands at */
    struct str public_key; /* 32 bytes; STR_NONE: not enrolled yet */
    int64_t sequence;      /* of the last message that was taken */
    bool revoked, locked;
    struct str lock_why;
};
int edge_device_by_id(struct dbr *r, struct arena *a, int64_t id, struct edge_device *out, struct err *e); /* 1 0 -1 */

/* A new one, not enrolled yet. */
int edge_device_add(struct tx *tx, const struct unit_code *unit, struct str name, struct str place, int64_t *id, struct err *e);
/* One that is not revoked; 1 0 -1 */
int edge_device_by_name(struct dbr *r, struct arena *a, struct str name, struct edge_device *out, struct err *e);

/* How a device said it was, and what it can finish. */
struct edge_health {
    struct instant at; /* us = 0: never heard of */
    struct str paper, ink, reader, version;
    int64_t disk_mb, temperature, skew_ms, waiting;
};
int edge_health_of(struct dbr *r, struct arena *a, int64_t device, struct edge_health *out, struct err *e);
bool edge_can_print(const struct edge_health *h);  /* never heard of, or without a printer: a number on the screen will do */
bool edge_reader_works(const struct edge_health *h);
bool edge_is_silent(const struct edge_health *h, struct instant now);

/* The device that a page is asked for by: its token stands in the header EDGE_TOKEN_HEADER, which the program on the kiosk adds. 1 found
 * and in service, 0 there is none, -1 failed; ERR_FORBIDDEN with a sentence when it was revoked or locked. */
#define EDGE_TOKEN_HEADER "x-bon-device-token"
enum { EDGE_TOKEN_S = 600 };
int edge_device_of(struct req *q, struct edge_device *out, struct err *e);
struct str edge_token_new(const struct app *app, struct arena *a, const struct edge_device *d, struct instant now);

/* ---- signed messages ---- */
/* Header EDGE_SIGNED_HEADER: "device;number;milliseconds since 1970;signature (base64url)" over the text of edge_message_text. */
#define EDGE_SIGNED_HEADER "x-bon-device"
enum { EDGE_SKEW_MS = 120 * 1000, EDGE_KEY = 32, EDGE_SECRET = 64, EDGE_SIGNATURE = 64 };
struct edge_message {
    int64_t device, sequence, at_ms;
};
struct str edge_message_text(struct arena *a, const char *method, struct str path, const struct edge_message *m,
                             struct str body);
struct str edge_message_sign(struct arena *a, const uint8_t secret[EDGE_SECRET], const char *method, struct str path,
                             const struct edge_message *m, struct str body);
/* On the worker: who signed this request. ERR_SIGN_IN: nobody known, or not with its key; ERR_INPUT, field "clock": its clock is off. */
int edge_message_read(struct req *q, struct edge_device *who, struct edge_message *m, struct err *e);
/* In the write: takes the number. ERR_CONFLICT: it was sent before. */
int edge_message_take(struct tx *tx, const struct edge_message *m, struct err *e);

/* ---- sealing ---- */
enum { EDGE_SEAL_KEY = 32, EDGE_PLAIN_MAX = 256 * 1024, EDGE_SEALED_MAX = EDGE_PLAIN_MAX + 512 };
/* To the server's public key, padded to 256 bytes so that the length says little. Wipes nothing of `plain`: that is the caller's. */
struct str edge_seal(struct arena *a, const uint8_t public_key[EDGE_SEAL_KEY], struct str plain);
/* The server's pair, from the secret that the signer keeps (vault "edge/spool"). Wipe `secret` when done. */
int edge_seal_pair(const struct app *app, struct arena *a, uint8_t public_key[EDGE_SEAL_KEY], uint8_t secret[EDGE_SEAL_KEY],
                   struct err *e);
/* 1, 0 not ours, -1 */
int edge_unseal(const struct app *app, struct arena *a, struct str sealed, struct str *plain, struct err *e);

/* "T-24763-000101": what somebody holds until the act has a case. */
struct str edge_provisional(struct arena *a, const struct unit_code *unit, int64_t n);
bool edge_provisional_read(struct str number, struct unit_code *unit, int64_t *n);

/* ---- acts taken while cut off ---- */
struct edge_act {
    int64_t id, device, sequence;
    struct str number, device_name, why;
    struct str sealed; /* STR_NONE: forgotten */
    struct instant made_at, came_at;
    struct unit_code unit;
};
struct edge_acts {
    struct edge_act *v;
    size_t n;
};
int edge_acts_todo(struct dbr *r, struct arena *a, struct edge_acts *out, struct err *e); /* oldest first, at most 50 */
int edge_acts_for_desk(struct dbr *r, struct arena *a, const struct unit_code *unit, struct edge_acts *out, struct err *e);
/* One that is waiting or at the desk; 1 0 -1 */
int edge_act_by_id(struct dbr *r, struct arena *a, int64_t id, struct edge_act *out, struct err *e);
enum edge_outcome { EDGE_FILED, EDGE_AT_DESK, EDGE_REFUSED, EDGE_OUTCOMES_ };
/* case_number with EDGE_FILED, why (MSG) with the others. What is filed or refused is forgotten here. */
int edge_act_settle(struct tx *tx, int64_t act, enum edge_outcome outcome, struct str case_number, struct str why,
                    struct err *e);
/* What became of a provisional number: 1 known (state "waiting" "filed" "desk" "refused"), 0 not, -1. */
struct edge_act_fate {
    struct str state, case_number, why;
};
int edge_act_fate_of(struct dbr *r, struct arena *a, struct str number, struct edge_act_fate *out, struct err *e);

/* ---- calling a person ---- */
/* A call that is still open is not made twice. */
int edge_call_person(struct tx *tx, struct arena *a, const struct edge_device *d, struct err *e);

/* ---- the queue ---- */
enum edge_lane { LANE_PLAIN, LANE_OLD, LANE_PREGNANT, LANE_DISABLED, LANES_ };
struct str edge_lane_label(enum edge_lane l); /* MSG */
bool edge_lane_named(struct str name, enum edge_lane *out);
struct str edge_lane_name(enum edge_lane l);
struct edge_ticket {
    int64_t id, number;
    bool priority;
    struct str text;     /* "A012", "U003" */
    int64_t ahead;       /* people called before this one, as it looks now */
    int64_t wait_minutes;
};
int edge_ticket_take(struct tx *tx, struct arena *a, const struct edge_device *d, enum edge_lane lane,
                     struct edge_ticket *out, struct err *e);
struct str edge_ticket_text(struct arena *a, bool priority, int64_t number);

/* Which kind is called next: two with priority, then one without, so that nobody waits for ever. row: how many with priority were called
 * one after the other just before. */
enum edge_turn { TURN_NOBODY, TURN_PRIORITY, TURN_PLAIN };
enum { EDGE_PRIORITY_ROW = 2 };
enum edge_turn edge_turn_next(int64_t row, int64_t priority_waiting, int64_t plain_waiting);
/* How many are called before the `place`-th (from 0) of its kind. */
int64_t edge_turn_ahead(int64_t row, bool priority, int64_t place, int64_t priority_waiting, int64_t plain_waiting);
/* Minutes, in steps of five; desks at least one; from how long those before were at a window today, or eight minutes each. */
int64_t edge_wait_minutes(int64_t ahead, int64_t served, int64_t served_us, int64_t desks);

extern const struct module edge_module;

#endif
