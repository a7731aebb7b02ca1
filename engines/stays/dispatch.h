/* dispatch.h: handing declared guests on to the national side. The job comes round every second, never waits long (the jobs'
 * thread also seals the log), and keeps messages under way between its turns.
 *
 * A guest is never lost: it is in the worklist until an answer is in a committed row. It is never declared twice: every try
 * carries the same id, and the other side knows an id that it has seen. What is not answered is tried again, later and later.
 */
#ifndef BON_ENGINES_STAYS_DISPATCH_H
#define BON_ENGINES_STAYS_DISPATCH_H

#include "base/rng.h"
#include "engines/stays/asm_message.h"

enum {
    DISPATCH_UNDER_WAY = 16, /* messages */
    DISPATCH_LOOK_AT = 200,  /* guests a round */
    DISPATCH_TURN_MS = 200,  /* longest a turn of the job waits for answers */
    DISPATCH_TIMEOUT_MS = 10000,
    DISPATCH_LEASE_S = 60, /* a turn that was taken comes back after this when its taker died */
    DISPATCH_ASK_S = 2,    /* first question after a guest was left pending */
};

struct dispatch_guest {
    int64_t id, revision, attempt;
    enum stay_state state; /* when it went out */
    struct unit_code unit;
};

/* One message about guests of one facility: sent (POST) or asked about (GET). */
struct dispatch_batch {
    struct arena arena;
    struct dispatch_guest guests[ASM_GUESTS_MAX];
    struct asm_id ids[ASM_GUESTS_MAX];
    size_t n;
    bool asks;
    bool done, timed_out;
    long status; /* HTTP, 0: none came */
    struct buf answer;
    char failure[160]; /* what libcurl says */
    struct asm_wire *wire;
};

struct dispatcher {
    struct app *app;
    struct asm_link *link;
    struct dispatch_batch *under_way[DISPATCH_UNDER_WAY];
    struct rng rng;   /* jitter */
    int64_t failures; /* messages in a row without a good answer */
    struct instant closed_until;
    long timeout_ms;
};

struct dispatcher *dispatcher_of(struct app *app, struct err *e); /* made at first use; NULL: e says why */
void dispatcher_free(struct dispatcher *d);                       /* NULL-safe */
int stays_dispatch_job(struct job_run *j, struct err *e);

/* 2 s, 4 s, 8 s … at most ten minutes, a quarter more or less. */
int64_t dispatch_backoff_us(struct rng *r, int64_t attempt);

/* ---- dispatch_wire.c: libcurl, several messages at once, nobody waits ---- */
int asm_link_open(struct asm_link **out, struct err *e);
void asm_link_close(struct asm_link *l); /* NULL-safe */
int asm_link_start(struct asm_link *l, struct dispatch_batch *b, const char *url, struct str body, long timeout_ms,
                   struct err *e);
/* Moves what is under way for at most wait_ms; marks batches that are done. */
int asm_link_turn(struct asm_link *l, int wait_ms, struct err *e);
void asm_link_forget(struct asm_link *l, struct dispatch_batch *b);

/* ---- dispatch_settle.c: answers into rows ---- */
int dispatch_settle(struct dispatcher *d, struct dispatch_batch *b, struct instant now, struct err *e);

#endif
