/* accounts_internal.h: shapes shared by the files of this engine. */
#ifndef BON_ENGINES_ACCOUNTS_INTERNAL_H
#define BON_ENGINES_ACCOUNTS_INTERNAL_H

#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"
#include "gen/accounts_queries.h"

enum {
    SESSION_HOURS = 12,
    INVITE_HOURS = 24,
};

/* session_seen.c */
int session_seen_start(struct app *app, struct err *e);
void session_seen_note(struct app *app, int64_t session, struct instant now);
int session_seen_job(struct job_run *j, struct err *e);

int session_authenticate(struct req *q, struct actor *out, struct err *e);

/* ---- succession.c: this engine's part when an agency's duties pass to another ---- */
extern const struct succession_part grants_part;

/* ---- succession.c: this engine's part when an agency's duties pass to another ---- */
extern const struct succession_part grants_part;

#endif
