/* jobs.h: work that comes round by the clock: sealing, rolling up, expiring. Declared in the module contract, run by one
 * thread in the server, one at a time, each under its own arena. A job that fails is logged, counted and tried again at its
 * next turn; it never stops the others. On PostgreSQL with many servers a job runs where it gets its advisory lock.
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
};

#endif
