/* shown_grant.h: a code or a refresh token that was shown, as the store knows it, and what both are exchanged for. */
#ifndef BON_ENGINES_SIGNON_SHOWN_GRANT_H
#define BON_ENGINES_SIGNON_SHOWN_GRANT_H

#include "engines/signon/token.h"

struct shown_grant {
    const char *what; /* "code", "refresh token" */
    struct str client, jkt;
    int64_t family;
    struct sign_in_facts facts;
    struct instant expires_at;
    bool ended; /* its sign-in */
};

/* Is it this client's, alive, and held by whoever holds its key? */
int shown_grant_check(struct req *q, const struct token_act *t, const struct shown_grant *g, struct err *e);
/* From now on the request is about that sign-in; all that was agreed to, until it is narrowed. */
void shown_grant_take(struct token_act *t, const struct shown_grant *g);
/* Fewer scopes may be asked for, never more (RFC 6749 section 6). */
int narrow_scope(struct req *q, struct token_act *t, struct err *e);
/* The access token, and an ID token where somebody signed in by OpenID Connect. */
int sign_in_tokens(struct req *q, struct token_act *t, struct err *e);
/* A new refresh token, when the person allowed the app to act alone. */
void offline_token(struct req *q, struct token_act *t);

#endif
