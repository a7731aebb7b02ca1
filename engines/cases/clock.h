/* clock.h: the legal clock of a case as a pure function of its events and an edition of the calendar. Nothing here reads a
 * database or asks what time it is, so every due day can be counted again years later, and said in a sentence.
 *
 * How days are counted (NĐ 61/2018/NĐ-CP Điều 18, 19; NĐ 107/2021/NĐ-CP):
 * - What comes in before the late hour (15:00) of a working day counts as received that day, everything else as received on the
 *   next working day. The first day of the term is the working day after that.
 * - The day on which the clock is stopped still counts. What the citizen brings (papers, money) is received by the rule above,
 *   and the days that were left begin to count again on the working day after.
 * - A stop after the due day heals nothing: the due day stays where it was.
 * - A service of 0 days is due at the end of the day on which it counts as received.
 * - Each agency of a chain has its own share of days, counted the same way from the moment when the case is handed to it.
 */
#ifndef BON_ENGINES_CASES_CLOCK_H
#define BON_ENGINES_CASES_CLOCK_H

#include "engines/cases/calendar.h"

enum { CLOCK_EVENTS_MAX = 64, CLOCK_SHARES_MAX = 12, CLOCK_DAYS_MAX = 400 };

enum clock_event_kind { /* kept in rows: the order is fixed */
                        CLOCK_STARTED,
                        CLOCK_STOPPED,
                        CLOCK_RESUMED,
                        CLOCK_HANDED,   /* to another agency, with its share */
                        CLOCK_PROMISED, /* a new day, with apology: once */
                        CLOCK_CALENDAR, /* counted anew by a later edition */
                        CLOCK_ENDED,
                        CLOCK_EVENT_KINDS_
};
enum clock_stop { CLOCK_STOP_NONE, CLOCK_STOP_SUPPLEMENT, CLOCK_STOP_PAYMENT, CLOCK_STOP_OTHER, CLOCK_STOPS_ };

struct clock_event {
    enum clock_event_kind kind;
    struct instant at;
    int days;             /* STARTED: the term; HANDED: the share */
    int late_minute;      /* STARTED: 15:00 is 900; from then on it counts as received the next working day */
    int end_minute;       /* STARTED: end of office hours, 17:00 is 1020: when a due day ends */
    int edition;          /* STARTED, CALENDAR */
    enum clock_stop stop; /* STOPPED: what is waited for */
    struct day promised;  /* PROMISED */
    struct str who;       /* HANDED: code of the agency */
};

enum clock_state { CLOCK_WAITING, CLOCK_RUNNING, CLOCK_STANDING, CLOCK_OVER };

/* A term of working days under way: the case's own, or an agency's share. */
struct clock_term {
    int days, left;     /* left: at the last start or stop; below 0 never */
    struct day base;    /* counts as received on this day */
    struct instant due; /* while standing: the last one that was known */
    bool missed;        /* it was over when the clock was stopped */
};
struct clock_share {
    struct str who;
    struct clock_term term;
    struct instant from, until; /* until.us = 0: still there */
};
struct case_clock {
    enum clock_state state;
    struct clock_term term;
    enum clock_stop stop; /* while standing */
    int edition, late_minute, end_minute;
    struct instant started, ended, last; /* last: of the latest event */
    bool supplemented;                   /* the one request for more papers has been made */
    bool has_promise;
    struct day promised;
    struct clock_share share[CLOCK_SHARES_MAX];
    size_t shares;
};

/* Takes one event; refuses with a sentence (ERR_CONFLICT) what cannot happen now: stopping a clock that stands, a second request for
 * more papers, a second new day, anything dated before what is known already. *c is untouched then. */
int clock_step(struct case_clock *c, const struct work_calendar *cal, const struct clock_event *ev, struct err *e);
/* From nothing. */
int clock_run(const struct work_calendar *cal, const struct clock_event *ev, size_t n, struct case_clock *out,
              struct err *e);

/* When the result is due: the term's; us = 0 while the clock has not started or stands still. */
struct instant clock_due(const struct case_clock *c);
/* The share that runs now; NULL: none. */
const struct clock_share *clock_share_now(const struct case_clock *c);
/* The day on which something that comes at t counts as received. */
struct day clock_received(const struct case_clock *c, const struct work_calendar *cal, struct instant t);

/* ---- why ---- */
enum clock_why { CLOCK_COUNTED, CLOCK_WEEKEND, CLOCK_HOLIDAY, CLOCK_STOOD };
/* Neighbouring days with one fate. */
struct clock_span {
    struct day first, last;
    enum clock_why why;
    struct str name;      /* of the holiday, or why an odd day counts: "làm bù cho ngày 02/5" */
    enum clock_stop stop; /* CLOCK_STOOD */
};
struct clock_spans {
    struct clock_span *v;
    size_t n;
};
/* Every day from the one on which it counts as received to the due day. */
int clock_spans(struct arena *a, const struct work_calendar *cal, const struct clock_event *ev, size_t n,
                struct clock_spans *out, struct err *e);
/* All that in Vietnamese: "Nhận lúc 10:05 ngày 02/02/2024 … Hẹn trả: 17:00 ngày 16/02/2024." */
int clock_explain(struct arena *a, const struct work_calendar *cal, const struct clock_event *ev, size_t n, struct str *out,
                  struct err *e);

#endif
