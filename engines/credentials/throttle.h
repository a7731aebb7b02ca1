/* throttle.h: wrong guesses cost time, and only the one who guesses pays it. */
#ifndef BON_ENGINES_CREDENTIALS_THROTTLE_H
#define BON_ENGINES_CREDENTIALS_THROTTLE_H

#include "platform/http/http.h"

enum {
    FAILURES_FREE = 3,        /* wrong tries before delays begin, per source and thing guessed at */
    FAILURES_SOURCE_MAX = 60, /* wrong tries of one source in a quarter of an hour, whatever they were at */
};

/* Somebody guessing: from where, at what ("letan", "code/letan"). */
struct guess {
    struct str source, at;
};

/* From where: this browser, when its owner has signed in to the account with it before, else the address. So a stranger who
 * hammers on somebody's name, even from behind the same address, delays only strangers. */
struct guess guess_of(struct req *q, int64_t account, struct str at);

int64_t guess_wait_us(int64_t failures, struct instant last, struct instant now); /* 0: may try now */
int guess_wait_s(struct req *q, struct dbr *r, const struct guess *g, int64_t *seconds, struct err *e);
int guess_wrong(struct tx *tx, const struct guess *g, struct err *e);
int guess_right(struct tx *tx, const struct guess *g, struct err *e);

/* Marks this browser as the account's, for a year, in the reply of a way in. It opens nothing. */
void device_remember(struct req *q, struct res *s, int64_t account);

#endif
