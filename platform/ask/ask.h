/* ask.h: one question to another system over HTTP: no redirects, no proxy out of the environment, http and https only, a bounded wait and a
 * bounded answer. Whoever asks holds nothing that others wait for: on routes marked .far, in jobs, in commands. Several at once, and
 * without waiting: asks.h.
 */
#ifndef BON_PLATFORM_ASK_H
#define BON_PLATFORM_ASK_H

#include "base/err.h"

struct ask_header {
    struct str name, value; /* no value: not sent */
};

struct ask {
    struct str url;
    /* Somebody else has named the address: it must lead to where others can go as well, unless inner_hosts lists it (guard.h), and the
     * connection goes where was looked. A refusal or a failure then says nothing of what lies behind the address. */
    bool foreign;
    const char *inner_hosts;
    struct str body;    /* to be posted, maybe empty; none: a GET. Not copied. */
    struct str type;    /* of the body; none: application/json */
    struct str bearer;  /* token of the Authorization header, or none */
    struct str basic;   /* "user:password", both urlencoded (RFC 6749 section 2.3.1), or none */
    const struct ask_header *headers;
    size_t n_headers;
    long timeout_ms;    /* of all; 0 = ASK_TIMEOUT_MS */
    long connect_ms;    /* of name, connection and TLS; 0 = ASK_CONNECT_MS */
    size_t most;        /* bytes of the answer; 0 = ASK_ANSWER_MAX */
    bool status_only;   /* whatever else the answer says is let go, however much it is */
};
enum { ASK_TIMEOUT_MS = 5000, ASK_CONNECT_MS = 2000, ASK_ANSWER_MAX = 256 << 10, ASK_HEAD_MAX = 16 << 10 };

#define ASK_FORM STR("application/x-www-form-urlencoded")

struct ask_answer {
    long status;     /* of HTTP, whatever it is */
    struct str body;
    struct str type; /* media type without parameters, in small letters; "": none */
    struct ask_header *headers; /* names in small letters */
    size_t n_headers;
};
/* ERR_SOURCE with libcurl's reason in the detail: nobody answered in time, or with more than was bargained for. ERR_FORBIDDEN: a foreign
 * address leads inside. */
int ask_over_http(struct arena *a, const struct ask *in, struct ask_answer *out, struct err *e);

#endif
