/* jobs_internal.h: the schedule without its thread, so that tests can be the clock. */
#ifndef BON_PLATFORM_JOBS_INTERNAL_H
#define BON_PLATFORM_JOBS_INTERNAL_H

#include "platform/jobs/jobs.h"

int jobs_init(struct app *app, int64_t now_us, struct jobs **out, struct err *e);
void jobs_free(struct jobs *j);

/* Runs every job whose turn has come at now_us (monotonic); returns the next turn of any. */
int64_t jobs_turn(struct jobs *j, int64_t now_us);

#endif
