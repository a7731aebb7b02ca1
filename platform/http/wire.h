/* wire.h: one question to another system over HTTP, through libcurl. Waits for the answer: only routes marked `far` and jobs call it. */
#ifndef BON_PLATFORM_WIRE_H
#define BON_PLATFORM_WIRE_H

#include "base/buf.h"
#include "base/err.h"

enum { WIRE_ANSWER_MAX = 256 * 1024, WIRE_TIMEOUT_MS = 5000 };

struct wire_question {
    struct str url;
    struct str form;   /* urlencoded body: a POST; none: a GET */
    struct str json;   /* the same as JSON; at most one of both */
    struct str bearer; /* token of the Authorization header, or none */
    struct str basic;  /* "user:password", both urlencoded (RFC 6749 section 2.3.1), or none */
    long timeout_ms;   /* 0: WIRE_TIMEOUT_MS */
};
struct wire_answer {
    long status;
    struct str type; /* media type without parameters, lower case */
    struct str body;
};

/* ERR_SOURCE when nobody answered in time, or longer than WIRE_ANSWER_MAX. Any HTTP status is an answer. */
int wire_ask(struct arena *a, const struct wire_question *question, struct wire_answer *out, struct err *e);

/* Adds name=value to an urlencoded text, percent-encoded. */
void wire_param(struct buf *b, const char *name, struct str value);
void wire_percent(struct buf *b, struct str value);

#endif
