/* late_index.h: an index over rows that come in order of time, entered a little later and in its own order, some thousand rows in one
 * write. An index kept with each row (by person, by card) has another page to write for nearly every one, since such keys lie all over
 * it; entered together, neighbours share their page. A row says up to where is entered; whoever reads looks through the index and,
 * one by one, through the few rows behind that.
 */
#ifndef BON_PLATFORM_LATE_INDEX_H
#define BON_PLATFORM_LATE_INDEX_H

#include "platform/jobs/jobs.h"

struct late_index_span {
    int64_t entered; /* rows up to this number are in the index */
    int64_t most;    /* rows up to this number may be entered: none can appear below it any more, none of them goes */
};

struct late_index {
    const char *what; /* why its writes are in no audit record */
    int (*span)(struct dbr *r, struct arena *a, struct late_index_span *out, struct err *e);
    /* Moves the mark from `entered` to `last`; *moved 0: another server has moved it. */
    int (*move)(struct tx *tx, int64_t entered, int64_t last, int64_t *moved, struct err *e);
    int (*enter)(struct tx *tx, int64_t after, int64_t last, struct err *e);
};

/* The whole of a job's run. */
int late_index_enter(struct job_run *j, const struct late_index *of, struct err *e);

#endif
