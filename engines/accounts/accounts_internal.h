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

/* What this engine keeps for the process. */
struct accounts_state {
    struct seen_table *seen;
    struct known_sessions *known; /* NULL: sessions are read anew each time */
};

/* session_seen.c */
struct seen_table *seen_table_new(struct app *app);
void session_seen_note(const struct accounts_state *state, int64_t session, struct instant now);
int session_seen_job(struct job_run *j, struct err *e);

/* session_known.c: a session with its account and the grants of that day. Lives until the request ends. */
struct session_known {
    struct hash32 token;
    uint64_t count; /* of the watch, before it was read */
    struct day day;
    struct session_by_token_row session;
    struct grants_in_force_rows grants;
    _Atomic int users;
    struct arena arena;
};
int known_sessions_start(struct app *app, struct known_sessions **out, struct err *e);
void known_sessions_stop(struct known_sessions *all); /* NULL-safe */
/* 1 found, 0 no such session, -1 failed. all may be NULL. */
int session_known(struct req *q, struct known_sessions *all, const struct hash32 *token, const struct session_known **out, struct err *e);

int session_authenticate(struct req *q, struct actor *out, struct err *e);

/* capacity.c. Before an account gets a further grant: what its open sessions do goes on in the hat they have. */
int hats_keep(struct tx *tx, int64_t account, struct err *e);

/* ---- succession.c: this engine's part when an agency's duties pass to another ---- */
extern const struct succession_part grants_part;

#endif
