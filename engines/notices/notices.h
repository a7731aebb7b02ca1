/* notices.h: telling people: in the program itself, by SMS and by e-mail, each with proof of what became of it. Any engine or model
 * hands in a notice inside its own transaction; the key makes it come at most once, however often its cause is read.
 *
 * What leaves the program carries no link and nothing personal: a short text with a number and a state. Links are what deceivers send.
 */
#ifndef BON_ENGINES_NOTICES_H
#define BON_ENGINES_NOTICES_H

#include "engines/audit/audit.h"

enum notice_channel { NOTICE_SMS, NOTICE_EMAIL, NOTICE_CHANNELS_ };
enum notice_state {
    NOTICE_QUEUED,
    NOTICE_SENDING,   /* somebody has it in hand until next_at */
    NOTICE_SENT,      /* the carrier has taken it and given it a number */
    NOTICE_DELIVERED, /* the carrier says that it arrived */
    NOTICE_FAILED,    /* given up: the reason stands beside it */
    NOTICE_STATES_
};
struct str notice_channel_label(enum notice_channel c); /* MSG; so is the next */
struct str notice_state_label(enum notice_state s);

struct notice_new {
    int64_t account;      /* whose page shows it; 0: nobody's */
    struct str kind;      /* "case": for lists and for leaving some out later */
    struct str title;     /* on the page, in the program */
    struct str path;      /* where the page leads, a path of this site; may be empty */
    struct str text;      /* what leaves the program: at most 160 characters, no link */
    struct str subject;   /* what it is about: "case/24763.H16-…" */
    struct str key;       /* the same key is the same notice: "case/812/event/99123" */
    struct str phone;     /* instead of the account's own; for somebody without an account */
    struct str email;
    bool secret;          /* a code: the text is wiped as soon as it has left, and quiet hours do not hold it back */
};
enum { NOTICE_TEXT_MAX = 160 };
/* In the caller's transaction, whose record tells of it. *made false: this key came before. ERR_INPUT: a link in the text, or too long. */
int notice_put(struct tx *tx, struct arena *a, const struct notice_new *n, bool *made, struct err *e);

/* How somebody wants to be told. */
struct notice_contact {
    struct str phone, email;
    bool by_sms, by_email;
};
int notice_contact_of(struct dbr *r, struct arena *a, int64_t account, struct notice_contact *out, struct err *e); /* 1 0 -1 */
int notice_contact_set(struct tx *tx, int64_t account, const struct notice_contact *c, struct err *e);

/* When an SMS may go out: from seven in the morning to nine in the evening. Pure. */
struct instant notice_quiet_until(struct instant now);
/* How long to wait after so many failed tries; 0: no more. */
int64_t notice_wait_us(int64_t tries);

extern const struct module notices_module;

#endif
