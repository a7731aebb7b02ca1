/* client.c: another system is asked over HTTP: POST <sources_url>/<system> (README.md has the contract). Whatever goes wrong comes
 * back as a state that people can act on; the reason goes to the program's log.
 */
#include "engines/sources/inside.h"

#include "platform/ask/ask.h"

enum { OK = 200, NOT_FOUND = 404, CONNECT_MS = 1500 };

static enum source_state failed(const struct app *app, const struct source_question *q, const struct err *why)
{
    log_err(&app->log, LOG_WARN, "sources.failed", q->system, why);
    return why->code == ERR_CONFLICT ? SOURCE_OTHER_PERSON : SOURCE_DOWN;
}

/* An answer that somebody made up must not decide anything where things are real. */
static int check_mode(const struct app *app, const struct source_answer *x, struct err *e)
{
    return str_eq(str_of(app->settings.mode), STR("THẬT")) && !str_eq(x->mode, STR("THẬT"))
               ? ERR(e, ERR_SOURCE, "an answer of a simulation in a real province")
               : 0;
}

enum source_state source_ask_far(const struct app *app, struct arena *a, const struct source_question *q, struct instant now,
                                 struct source_answer *out)
{
    struct str base = str_or_empty(str_of(app->settings.sources_url));
    const struct ask in = { .url = str_fmt(a, "%.*s/%.*s", STR_ARG(base), STR_ARG(q->system)),
                            .body = source_question_json(a, q),
                            .timeout_ms = SOURCE_TIMEOUT_MS,
                            .connect_ms = CONNECT_MS,
                            .most = SOURCE_ANSWER_MAX };
    struct ask_answer said;
    struct err why = { 0 };
    if (!base.n)
        return SOURCE_DOWN;
    if (ask_over_http(a, &in, &said, &why))
        return failed(app, q, &why);
    if (said.status == NOT_FOUND)
        return SOURCE_NOTHING;
    if (said.status != OK)
        ERR(&why, ERR_SOURCE, "HTTP %ld", said.status);
    if (said.status != OK || source_answer_read(a, said.body, q, now, out, &why) || check_mode(app, out, &why))
        return failed(app, q, &why);
    return SOURCE_HERE;
}
