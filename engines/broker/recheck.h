/* recheck.h: whether an identity still holds where it came from. A provider that ends somebody's account tells with a logout token, or does
 * not; with "recheck" in its configuration it is asked every hour, with the refresh token that it gave for that (OpenID Connect Core 1.0
 * section 12), and what it no longer stands behind ends here. */
#ifndef BON_ENGINES_BROKER_RECHECK_H
#define BON_ENGINES_BROKER_RECHECK_H

#include "engines/broker/arrival.h"

enum { RECHECK_S = 3600, RECHECK_LATER_S = 600, RECHECKS_AT_ONCE = 8 };

/* In a prepare: the refresh token of an arrival, sealed for the store; none when there is none. */
int recheck_seal(struct req *q, const struct arrival *who, struct str *sealed, struct err *e);
/* At the door, beside the session that it is about. */
int recheck_begin(struct tx *tx, int64_t session, const struct upstream *u, struct str sealed, struct err *e);
int recheck_job(struct job_run *j, struct err *e);

#endif
