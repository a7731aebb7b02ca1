/* ask.h: one question to another system over HTTP: an address out of the settings, no redirects, no proxy out of the environment, a
 * bounded wait and a bounded answer. Whoever asks holds nothing that others wait for: on routes marked .far, in jobs, in commands.
 * Addresses that come from outside are not for here (engines/signon/outward.h).
 */
#ifndef BON_PLATFORM_ASK_H
#define BON_PLATFORM_ASK_H

#include "base/err.h"

struct ask {
    struct str url;
    struct str body;   /* JSON to be posted; none: a GET */
    struct str header; /* one more line, "X-Signature: …"; or none */
    long timeout_ms;   /* of all; 0 = ASK_TIMEOUT_MS */
    size_t most;       /* bytes of the answer; 0 = ASK_ANSWER_MAX */
};
enum { ASK_TIMEOUT_MS = 8000, ASK_CONNECT_MS = 1500, ASK_ANSWER_MAX = 16 << 10 };

struct ask_answer {
    long status; /* of HTTP, whatever it is */
    struct str body;
};
/* ERR_SOURCE with libcurl's reason in the detail: nobody answered in time, or with more than was bargained for. */
int ask_over_http(struct arena *a, const struct ask *in, struct ask_answer *out, struct err *e);

#endif
