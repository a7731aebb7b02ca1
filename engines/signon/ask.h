/* ask.h: a program waits for a person's yes that is given elsewhere: a device without a keyboard whose owner answers on a phone
 * (RFC 8628), or a clerk at a counter whose visitor answers on his own phone (OpenID CIBA Core 1.0, poll mode). Both are one row:
 * who asks, for what, until when, and what was answered; the program comes back to the token endpoint and polls.
 */
#ifndef BON_ENGINES_SIGNON_ASK_H
#define BON_ENGINES_SIGNON_ASK_H

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum ask_kind { ASK_DEVICE = 1, ASK_COUNTER = 2 };

enum ask_state {
    ASK_WAITING = 1,
    ASK_AGREED = 2,
    ASK_DENIED = 3,
    ASK_REDEEMED = 4, /* its tokens were given */
};

enum {
    ASK_WAIT_S = 5,   /* between two polls; RFC 8628 section 3.2 */
    ASK_SLOWER_S = 5, /* more after each poll that came too early; section 3.5 */
    DEVICE_LIVES_S = 600,
    COUNTER_LIVES_S = 180, /* the visitor stands there; the program may ask for less, or up to */
    COUNTER_LIVES_MOST_S = 600,
    USER_CODE_LETTERS = 8,
    MESSAGE_MOST = 80, /* characters of the message that stands on both screens */
};

/* What a poll is told. The names stand in ask_answer_error, the texts of RFC 8628 section 3.5. */
enum ask_answer {
    ASK_TELL_TOKENS,
    ASK_TELL_PENDING,
    ASK_TELL_SLOW_DOWN,
    ASK_TELL_DENIED,
    ASK_TELL_EXPIRED,
    ASK_TELL_USED,
    ASK_TELLS_
};

struct ask_poll {
    enum ask_state state;
    struct instant expires_at;
    struct instant polled_at; /* us 0: the first poll */
    int64_t wait_s;
};

/* Also says how long the program must wait from now on. */
enum ask_answer ask_poll_answer(const struct ask_poll *p, struct instant now, int64_t *wait_s);
struct str ask_answer_error(enum ask_answer answer); /* "authorization_pending"; STR_NONE: tokens */

/* Eight consonants of twenty: no vowels, so no words, and none that look alike when spoken: 2.5e10 of them (RFC 8628 section 6.1). */
struct str user_code_new(struct arena *a);
/* As people type it: small letters, a dash, spaces. false: it cannot be one. */
bool user_code_typed(struct arena *a, struct str typed, struct str *code);
struct str user_code_shown(struct arena *a, struct str code); /* "WDJB-MJHT" */

#endif
