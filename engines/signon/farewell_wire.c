/* farewell_wire.c: logout tokens on the wire, side by side; of the answer only the status counts. */
#include "engines/signon/farewell.h"

#include "platform/ask/asks.h"

#include <stdio.h>

/* Not answered: the lease runs out, and it is tried again. */
static void take_answer(struct farewell *f, struct ask_under_way *w)
{
    struct ask_answer said;
    struct err e = { 0 };
    if (!ask_came(w))
        return;
    if (ask_take(w, &said, &e)) {
        snprintf(f->outcome, sizeof f->outcome, "%.150s", e.detail);
        return;
    }
    f->done = said.status == 200 || said.status == 204;
    snprintf(f->outcome, sizeof f->outcome, "HTTP %ld", said.status);
}

static void start(struct job_run *j, struct asks *all, struct farewell *f, struct ask_under_way **w)
{
    struct err e = { 0 };
    const struct ask in = { .url = f->c.backchannel_uri,
                            .foreign = true,
                            .inner_hosts = j->app->settings.inner_hosts,
                            .body = str_fmt(j->arena, "logout_token=%.*s", STR_ARG(f->token)),
                            .type = ASK_FORM,
                            .timeout_ms = FAREWELL_TIMEOUT_MS,
                            .connect_ms = FAREWELL_TIMEOUT_MS,
                            .status_only = true };
    if (asks_start(all, j->arena, &in, w, &e))
        snprintf(f->outcome, sizeof f->outcome, "%.150s", e.detail);
}

void farewells_send(struct job_run *j, struct farewell *v, size_t n)
{
    struct ask_under_way *under_way[FAREWELLS_AT_ONCE] = { NULL };
    struct asks *all;
    if (asks_open(j->arena, &all, NULL))
        return;
    for (size_t i = 0; i < n; i++)
        if (v[i].ready)
            start(j, all, &v[i], &under_way[i]);
    asks_turn(all, 2 * FAREWELL_TIMEOUT_MS, NULL);
    for (size_t i = 0; i < n; i++)
        if (under_way[i])
            take_answer(&v[i], under_way[i]);
    asks_close(all);
}
