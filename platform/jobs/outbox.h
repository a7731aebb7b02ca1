/* outbox.h: messages to another system, none lost and none given twice. The rows are their owner's; the way is the same for all: taken in
 * hand in one write, sent outside of any, settled in another. Whoever dies in between leaves a message to be sent again when the hold is
 * over, under the number it had: the other side must know that number again.
 *
 * outbox_send is the whole way, for who waits for the answers. Who leaves messages under way between turns of its job, so that a slow
 * answer keeps nobody, takes the steps by themselves: outbox_hold, its own sending, outbox_settle.
 */
#ifndef BON_PLATFORM_OUTBOX_H
#define BON_PLATFORM_OUTBOX_H

#include "platform/jobs/jobs.h"

enum outbox_result {
    OUTBOX_TAKEN,
    OUTBOX_AGAIN, /* no answer: nobody can say that it was taken; later, under the same number */
    OUTBOX_LATER, /* the other side has answered that it does not take it now */
    OUTBOX_ASK,   /* the other side has it and has not decided: it is asked later what became of it */
    OUTBOX_NEVER, /* refused as it is */
};

struct outbox_message {
    int64_t id, tries; /* tries: before this one */
    void *row;         /* the owner's */
    bool held;         /* in our hands: not when another server has it */
    enum outbox_result result;
    struct str number, why; /* what the other side calls it; why it did not take it */
};

struct outbox {
    size_t at_once;  /* of outbox_send: how many are held, sent and settled together; 0: one */
    int64_t hold_us; /* long enough for sending */
    /* In one write, for each: *held is true when it was free and is ours until then. */
    int (*hold)(struct tx *tx, const struct outbox_message *m, struct instant now, struct instant until, bool *held,
                struct err *e);
    /* Outside of any write: sets result, number and why of each. They are in their order. Only for outbox_send. */
    void (*send)(struct job_run *j, void *self, struct outbox_message **v, size_t n);
    /* In one write, for each: result into its row. again: when it may be tried, or asked about, again. */
    int (*settle)(struct tx *tx, void *self, const struct outbox_message *m, struct instant now, struct instant again,
                  struct err *e);
    /* How long to wait after what m has come to; 0: no more, the message ends as OUTBOX_NEVER. */
    int64_t (*wait_us)(void *self, const struct outbox_message *m);
    const char *why_unaudited; /* what its rows are, for the reader */
};

/* Sends these, in this order. *open is false when none of the last that were sent together was answered: the rest are left as they
 * are. */
int outbox_send(struct job_run *j, const struct outbox *o, void *self, struct outbox_message *v, size_t n, bool *open,
                struct err *e);

/* Sets held of each. */
int outbox_hold(struct job_run *j, const struct outbox *o, struct outbox_message *v, size_t n, struct err *e);
/* Those that are held, by their result. A write that fails leaves them to be sent again when the hold is over. */
int outbox_settle(struct job_run *j, const struct outbox *o, void *self, const struct outbox_message *v, size_t n, struct err *e);

/* first_s, twice that, four times … at most most_s; tries: how many have failed, this one too. */
int64_t outbox_doubled_us(int64_t tries, int64_t first_s, int64_t most_s);

#endif
