#include "platform/sim/sim.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum { SIM_ARENA = 16 << 20, SIM_THREADS = 2 };

static struct instant machine_clock(void *ctx)
{
    (void)ctx;
    return instant_now();
}

int sim_open(struct sim *s, const struct sim_options *o, struct err *e)
{
    struct http_options http = { .host = "127.0.0.1", .port = o->port, .threads = SIM_THREADS, .listen_fd = -1 };
    arena_init(&s->app.arena, o->arena ? o->arena : SIM_ARENA);
    s->modules[0] = o->module;
    s->app.modules = s->modules;
    s->app.files = o->files;
    s->app.clock = o->clock ? o->clock : machine_clock;
    s->app.clock_ctx = o->clock_ctx;
    s->app.settings = (struct settings) { .base_url = "http://127.0.0.1",
                                          .mode = o->mode ? o->mode : "MÔ PHỎNG",
                                          .site_name = o->site_name };
    s->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    if (app_build(&s->app, e) != 0)
        return -1;
    *app_engine_slot(&s->app, o->module->name) = o->self;
    return http_start(&s->app, &http, &s->http, e);
}

int sim_port(const struct sim *s)
{
    return http_port(s->http);
}

void sim_close(struct sim *s)
{
    if (!s->app.modules)
        return;
    if (s->http)
        http_stop(s->http);
    app_unbuild(&s->app);
    arena_release(&s->app.arena);
    memset(s, 0, sizeof(*s));
}

void *sim_self(const struct req *q)
{
    return *app_engine_slot(q->app, q->app->modules[0]->name);
}

void sim_wait_ms(int64_t ms)
{
    nanosleep(&(struct timespec) { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 }, NULL);
}

int sim_answer(struct res *s, int status, struct str json)
{
    s->status = status;
    return res_text(s, "application/json", json);
}

void sim_hold_signals(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, ends, NULL);
}

void sim_wait_for_end(const sigset_t *ends)
{
    int which;
    sigwait(ends, &which);
}
