/* outbox.h: messages to another system, none lost and none given twice. The rows are their owner's; the way is the same for all: taken in
 * hand in one write, sent outside of any, settled in another. Whoever dies in between leaves a message to be sent again when the hold is
 * over, under the number it had: the other side must know that number again.
 */
#ifndef BON_PLATFORM_OUTBOX_H
#define BON_PLATFORM_OUTBOX_H

#include "platform/jobs/jobs.h"

enum outbox_result {
    OUTBOX_TAKEN,
    OUTBOX_AGAIN, /* no answer: nobody can say that it was taken; later, under the same number */
    OUTBOX_LATER, /* the other side has answered that it does not take it now */
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
    size_t at_once;  /* how many are held, sent and settled together; 0: one */
    int64_t hold_us; /* long enough for send */
    /* In one write, for each: *held is true when it was free and is ours until then. */
    int (*hold)(struct tx *tx, const struct outbox_message *m, struct instant now, struct instant until, bool *held,
                struct err *e);
    /* Outside of any write: sets result, number and why of each. They are in their order. */
    void (*send)(struct job_run *j, void *self, struct outbox_message **v, size_t n);
    /* In one write, for each: result into its row. again: when it may be tried again (OUTBOX_AGAIN, OUTBOX_LATER). */
    int (*settle)(struct tx *tx, void *self, const struct outbox_message *m, struct instant now, struct instant again,
                  struct err *e);
    /* How long to wait after so many failed tries; 0: no more, the message ends as OUTBOX_NEVER. */
    int64_t (*wait_us)(int64_t tries);
    const char *why_unaudited; /* what its rows are, for the reader */
};

/* Sends these, in this order. *open is false when none of the last that were sent together was answered: the rest are left as they
 * are. */
int outbox_send(struct job_run *j, const struct outbox *o, void *self, struct outbox_message *v, size_t n, bool *open,
                struct err *e);

/* first_s, twice that, four times … at most most_s. */
int64_t outbox_doubled_us(int64_t tries, int64_t first_s, int64_t most_s);

#endif
