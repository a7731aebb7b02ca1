/* sim.h: a stand-in for another system as a small server on loopback: the same http as bon itself with one module in it, and no store.
 * What it knows and how it answers is its own. */
#ifndef BON_PLATFORM_SIM_H
#define BON_PLATFORM_SIM_H

#include "platform/http/module.h"

#include <signal.h>

struct sim {
    struct app app;
    struct http *http;
    const struct module *modules[2];
};

struct sim_options {
    const struct module *module;
    const char *site_name; /* "VNeID (mô phỏng)" */
    int port;              /* 0: any */
    const char *mode;      /* NULL: "MÔ PHỎNG" */
    size_t arena;          /* of the app; 0 = 16 MiB */
    void *self;            /* what sim_self gives its handlers */
    const struct embedded_file *files; /* of its pages; may be NULL */
    struct instant (*clock)(void *);   /* NULL: the machine's */
    void *clock_ctx;
};

/* MÔ PHỎNG on 127.0.0.1. On failure there is still a sim_close to do. */
int sim_open(struct sim *s, const struct sim_options *o, struct err *e);
int sim_port(const struct sim *s);
void sim_close(struct sim *s); /* of a zeroed one: nothing */
void *sim_self(const struct req *q);

void sim_wait_ms(int64_t ms); /* a slow answer; only on routes marked slow */
int sim_answer(struct res *s, int status, struct str json);

/* ---- as a command: until SIGINT or SIGTERM ---- */
/* Before the first thread, which inherits it. */
void sim_hold_signals(sigset_t *ends);
void sim_wait_for_end(const sigset_t *ends);

#endif
