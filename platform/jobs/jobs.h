/* jobs.h: work that comes round by the clock: sealing, rolling up, expiring. Declared in the module contract, run one at a time
 * by two threads in the server, one for what must come in time and one for what takes seconds, each job under its own arena. A
 * job that fails is logged, counted and tried again at its next turn; it never stops the others. With many servers on one
 * PostgreSQL each runs every job: a job is therefore written so that two of them at once are harmless (a write is serializable
 * and checks that the work is still to be done).
 */
#ifndef BON_PLATFORM_JOBS_H
#define BON_PLATFORM_JOBS_H

#include "platform/db/db.h"

struct app;

struct job_run {
    struct app *app;
    struct db *db;
    struct arena *arena;
    struct instant now;
};

struct job {
    const char *name;                       /* "audit.seal" */
    int64_t every_us;
    int (*run)(struct job_run *j, struct err *e);
    struct str what;                        /* prose for the metrics page: MSG */
    bool patient;                           /* takes seconds: its kind has a thread of its own, and requests go before it */
};

/* What a job did since the start, for /metrics and /healthz. */
struct job_stat {
    const struct job *job;
    int64_t runs, failures;
    int64_t last_us;             /* how long the last run took */
    struct instant last_success; /* us = 0: not yet */
};

struct jobs;

/* One run, in run->arena: when that is full, the run fails with ERR_BUSY. */
int job_run_once(struct job_run *run, const struct job *job, struct err *e);

/* Starts the threads for the jobs of all modules of the app. A job's first turn is within five seconds, then every every_us;
 * turns that were missed are not made up for. */
int jobs_start(struct app *app, struct jobs **out, struct err *e);
/* Waits for the jobs that run now, then ends the threads. NULL-safe. */
void jobs_stop(struct jobs *j);
/* Copies at most max entries; returns how many. j may be NULL (a command: no jobs run). */
size_t jobs_stats(struct jobs *j, struct job_stat *out, size_t max);

#endif
