/* inside.h: a question made ready, for ask.c, asks.c and their tests. All that it takes out of the arena is taken before libcurl is there
 * or after it has gone: nothing jumps over its handles.
 */
#ifndef BON_PLATFORM_ASK_INSIDE_H
#define BON_PLATFORM_ASK_INSIDE_H

#include "platform/ask/ask.h"

#include <curl/curl.h>

struct ask_ready {
    const char *url, *basic;
    const char *pin;    /* where the connection goes, whatever the name says: "::address:port"; NULL: to the name */
    const char **lines; /* headers to be sent */
    size_t n_lines;
    struct str body;
    long timeout_ms, connect_ms;
    bool foreign, status_only;
    CURL *easy;
    struct curl_slist *headers, *pins;
    char *head, *answer; /* room for what comes */
    size_t head_n, head_from, answer_n, most;
    bool head_too_long;
    char error[CURL_ERROR_SIZE];
};

int ask_prepare(struct arena *a, const struct ask *in, struct ask_ready *x, struct err *e);
/* Makes x->easy, with everything that must hold. false: libcurl does not take it. ask_release in both cases. */
bool ask_handle(struct ask_ready *x);
/* The transfer has ended with `code`. *status is untouched when it failed. Before ask_release. */
int ask_outcome(const struct ask_ready *x, CURLcode code, long *status, struct err *e);
void ask_release(struct ask_ready *x); /* may be called twice */
struct ask_answer ask_read(struct arena *a, const struct ask_ready *x, long status); /* after ask_release */

#endif
