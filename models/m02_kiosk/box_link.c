/* box_link.c: one request to the server. Redirects are the browser's to follow. */
#include "models/m02_kiosk/box.h"

#include <string.h>

enum { ANSWER_MAX = 1 << 20, LINK_TIMEOUT_MS = 8000, LINK_CONNECT_MS = 1500 }; /* somebody stands before it */

int box_link_ask(struct arena *a, struct str server, const struct box_ask *ask, struct ask_answer *out, struct err *e)
{
    bool posts = strcmp(ask->method, "POST") == 0;
    const struct ask_header headers[] = { { STR_INIT("Cookie"), ask->cookie },
                                          { STR_INIT("Accept-Language"), ask->language },
                                          { STR_INIT("X-Bon-Device-Token"), ask->token },
                                          { STR_INIT("X-Bon-Device"), ask->signature } };
    const struct ask in = { .url = str_fmt(a, "%.*s%.*s", STR_ARG(server), STR_ARG(ask->path)),
                            .body = posts ? str_or_empty(ask->body) : STR_NONE,
                            .type = ask->type.p ? ask->type : ASK_FORM,
                            .headers = headers,
                            .n_headers = sizeof headers / sizeof *headers,
                            .timeout_ms = ask->timeout_ms ? ask->timeout_ms : LINK_TIMEOUT_MS,
                            .connect_ms = LINK_CONNECT_MS,
                            .most = ANSWER_MAX };
    if (ask_over_http(a, &in, out, e) == 0)
        return 0;
    if (e)
        e->say = MSGS("Máy chủ chưa trả lời.");
    return -1;
}
