/* dispatch.h: handing declared guests on to the national side (platform/jobs/outbox.h). The job comes round every second, never waits long
 * (the jobs' thread also seals the log), and keeps messages under way between its turns.
 *
 * A guest is never lost: it is in the worklist until an answer is in a committed row. It is never declared twice: every try
 * carries the same id, and the other side knows an id that it has seen. What is not answered is tried again, later and later.
 */
#ifndef BON_ENGINES_STAYS_DISPATCH_H
#define BON_ENGINES_STAYS_DISPATCH_H

#include "base/rng.h"
#include "engines/stays/asm_message.h"
#include "platform/ask/asks.h"
#include "platform/jobs/outbox.h"

enum {
    DISPATCH_UNDER_WAY = 16, /* messages */
    DISPATCH_LOOK_AT = 200,  /* guests a round */
    DISPATCH_TURN_MS = 200,  /* longest a turn of the job waits for answers */
    DISPATCH_TIMEOUT_MS = 10000,
    DISPATCH_CONNECT_MS = 3000,
    DISPATCH_HOLD_S = 60,    /* a guest that was taken comes back after this when its taker died */
    DISPATCH_ASK_S = 2,      /* first question after a guest was left pending */
};

/* As it was when it went out. */
struct dispatch_guest {
    int64_t revision;
    enum stay_state state;
    struct unit_code unit;
};

/* One message about guests of one facility: sent (POST) or asked about (GET). */
struct dispatch_batch {
    struct arena arena;
    struct outbox_message messages[ASM_GUESTS_MAX]; /* one for each guest; row: its struct dispatch_guest */
    struct dispatch_guest guests[ASM_GUESTS_MAX];
    struct asm_id ids[ASM_GUESTS_MAX];
    size_t n;
    bool asks;
    struct ask_under_way *way;
};

struct dispatcher {
    struct app *app;
    struct asks *asks;
    struct dispatch_batch *under_way[DISPATCH_UNDER_WAY];
    struct rng rng;   /* jitter */
    int64_t failures; /* messages in a row without a good answer */
    struct instant closed_until;
    long timeout_ms;
};

struct dispatcher *dispatcher_of(struct app *app, struct err *e); /* made at first use; NULL: e says why */
void dispatcher_free(struct dispatcher *d);                       /* NULL-safe */
int stays_dispatch_job(struct job_run *j, struct err *e);
int stays_enter_job(struct job_run *j, struct err *e); /* by_pid.c */

/* 2 s, 4 s, 8 s … at most ten minutes, a quarter more or less. */
int64_t dispatch_backoff_us(struct rng *r, int64_t attempt);

/* ---- dispatch_settle.c: an answer that came, into rows ---- */
extern const struct outbox stays_outbox;
int dispatch_settle(struct dispatcher *d, struct job_run *j, struct dispatch_batch *b, struct err *e);

#endif
