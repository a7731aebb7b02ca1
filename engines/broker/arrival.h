/* arrival.h: who has come back from an upstream, checked in every point before anything is believed. */
#ifndef BON_ENGINES_BROKER_ARRIVAL_H
#define BON_ENGINES_BROKER_ARRIVAL_H

#include "engines/broker/flow.h"

enum { ARRIVAL_SKEW_S = 60 };

struct arrival {
    struct str issuer, subject;
    struct str sid;    /* the provider's session, STR_NONE when it names none */
    int level;         /* 0 unknown, 1, 2 */
    struct pid pid;    /* none: the provider gave no number */
    struct str name;   /* cleaned; "" when none was given */
    struct birth born; /* year 0: none */
    struct instant authenticated_at;
    struct str refresh;  /* a refresh token, or none */
    struct str id_token; /* as it came: the hint with which this session is ended there */
    struct str claims; /* all that was said, JSON: of userinfo, else of the ID token */
};

/* Changes the code for tokens, checks the ID token, asks userinfo, reads the claims. A refusal names its cause in err.field: those of
 * jose.h, "nonce", "azp", "at_hash", "token", "code", "userinfo", or the name of a claim of the configuration. */
int arrival_fetch(struct req *q, const struct upstream *u, const struct provider *p, const struct flow *f, struct str code,
                  struct arrival *out, struct err *e);

/* The answer of a token endpoint: to a code, or to a refresh token, where the ID token may be left out. */
enum token_answer { TOKENS_FIRST, TOKENS_RENEWED };
struct tokens {
    struct str access, id, refresh; /* refresh: none when none came */
};
int tokens_read(struct arena *a, struct str body, enum token_answer kind, struct tokens *out, struct err *e);

/* Adds this client's proof to a form for the token endpoint, or to *basic. */
int client_prove(struct app *app, struct arena *a, struct instant now, const struct upstream *u, struct buf *form, struct str *basic,
                 struct err *e);

/* This client's public keys as a JWK set, for providers: /sign-in/keys.json */
int client_keys_json(struct signer *s, struct arena *a, struct str *json, struct err *e);

/* A logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4, checks of 2.6). */
struct logout_notice {
    struct str subject, sid; /* at least one */
    struct hash32 token;     /* of its jti: taken once */
};
/* *t keeps the claims that *out borrows from; the caller releases it, also after a refusal. */
int logout_token_read(struct app *app, struct arena *a, const struct upstream *u, struct str token, struct instant now,
                      struct jwt *t, struct logout_notice *out, struct err *e);

#endif
