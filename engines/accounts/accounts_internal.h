/* accounts_internal.h: shapes shared by the files of this engine. */
#ifndef BON_ENGINES_ACCOUNTS_INTERNAL_H
#define BON_ENGINES_ACCOUNTS_INTERNAL_H

#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"
#include "gen/accounts_queries.h"

enum {
    SESSION_HOURS = 12,
    INVITE_HOURS = 24,
    PASSWORD_LEAST = 10,
    FAILURES_FREE = 3,        /* wrong tries before delays begin, per source and login */
    FAILURES_SOURCE_MAX = 60, /* wrong tries of one source in a quarter of an hour, whatever the login */
};


int session_authenticate(struct req *q, struct actor *out, struct err *e);

/* The role's row in the modules' contracts; NULL: no such role. */
const struct role *role_by_name(const struct app *app, struct str name);

/* How long this source must wait before its next try at this login. 0: may try now. */
int64_t sign_in_wait_us(int64_t failures, struct instant last, struct instant now);

/* Refuses short passwords and those made of the login or of the person's own number. */
int password_acceptable(struct str password, struct str login, const struct pid *pid, struct err *e);

#endif
