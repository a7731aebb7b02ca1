/* outward.h: questions to addresses that apps have named. The name is looked up once, must lead to where others can go as well (guard.h),
 * and the connection goes there; no redirects, no proxy, http and https only, a short time. */
#ifndef BON_ENGINES_SIGNON_OUTWARD_H
#define BON_ENGINES_SIGNON_OUTWARD_H

#include "base/buf.h"
#include "base/err.h"

#include <curl/curl.h>

struct outward {
    CURL *easy;
    struct curl_slist *resolve; /* "host:port:address" */
};

/* Everything that must hold whatever is asked. Takes what it needs from the arena before libcurl is there: nothing jumps over handles. On
 * failure there is nothing to close. */
int outward_open(struct arena *a, const char *inner_hosts, struct str uri, long timeout_ms, struct outward *out, struct err *e);
void outward_close(struct outward *o);

/* One GET whose body is at most `most` bytes: anything but 200 is refused. */
int outward_get(struct arena *a, const char *inner_hosts, struct str uri, long timeout_ms, size_t most, struct str *body,
                struct err *e);

#endif
