/* token.h: one request at the token endpoint, from its client's proof to what it gets. */
#ifndef BON_ENGINES_SIGNON_TOKEN_H
#define BON_ENGINES_SIGNON_TOKEN_H

#include "engines/signon/client_auth.h"
#include "engines/signon/dpop.h"
#include "engines/signon/id_token.h"

struct token_act {
    struct client_proof proof;
    const struct signon_client *c; /* proof.client, proven */
    struct dpop dpop;
    const struct grant_type *type;
    struct err refused;      /* code ERR_NONE: it goes on. Refused by prepare: recorded, then told */
    struct err refused_late; /* by the write, which is kept: a replay has ended a family */
    /* what the grant type found */
    struct hash32 shown; /* key of the code or refresh token */
    int64_t family;      /* 0: none */
    int64_t person;      /* whose register entry the ID token tells of */
    struct sign_in_facts facts;
    struct str scope, resource;
    struct str bound; /* thumbprint that the access token is bound to, STR_NONE: bearer */
    bool replayed, keeps_refresh;
    bool unrecorded;         /* nothing happened that a log should keep: a poll before the answer */
    /* what the client gets */
    struct str access, refresh, id_token; /* handles or JWT; STR_NONE: none */
    struct hash32 access_key, refresh_key;
    struct str detail; /* for the record */
};

/* A new access token (and its key) for what t holds; opaque or JWT as the app has it. */
int token_access(struct req *q, struct token_act *t, const struct sign_in_facts *f, struct err *e);
/* At the door: its row. */
int token_keep(struct tx *tx, const struct token_act *t, struct err *e);
/* At the door: the refresh token's row, if the client gets one. */
int refresh_keep(struct tx *tx, const struct token_act *t, struct err *e);
/* At the door: all that was given out for a sign-in ends, since one piece of it was shown twice. */
int family_kill(struct req *q, struct tx *tx, struct token_act *t, const char *action, struct err *e);
/* Kept, recorded, and told to the client. */
int token_refuse_late(struct token_act *t, const char *error, const char *why);

extern const struct form token_form;
int token_prepare(struct req *q, struct err *e);
int token_write(struct req *q, struct tx *tx, struct err *e);
int token_reply(struct req *q, struct res *s, struct err *e);

int code_prepare(struct req *q, struct token_act *t, struct err *e);
int code_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e);
int refresh_prepare(struct req *q, struct token_act *t, struct err *e);
int refresh_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e);
int own_prepare(struct req *q, struct token_act *t, struct err *e);
int own_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e);

/* grant_ask.c */
int device_grant_prepare(struct req *q, struct token_act *t, struct err *e);
int device_grant_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e);
int counter_grant_prepare(struct req *q, struct token_act *t, struct err *e);
int counter_grant_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e);

#endif
