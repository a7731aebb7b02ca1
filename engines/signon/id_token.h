/* id_token.h: what is signed for an app: ID tokens, JWT access tokens, userinfo. */
#ifndef BON_ENGINES_SIGNON_ID_TOKEN_H
#define BON_ENGINES_SIGNON_ID_TOKEN_H

#include "engines/signon/claim_set.h"
#include "engines/signon/inside.h"

/* A sign-in, as its family row tells it. */
struct sign_in_facts {
    int64_t account, session;
    int64_t hat; /* the grant in which it was, 0: not asked for */
    struct str nonce, acr, amr, scope, resource;
    struct str claims; /* the claims parameter */
    struct instant auth_at;
};

/* OpenID Connect Core section 2. *person: whose register entry it tells of, 0: nobody's. */
int id_token_make(struct req *q, const struct signon_client *c, const struct sign_in_facts *f, struct str access_token,
                  struct str *token, int64_t *person, struct err *e);
/* RFC 9068; facts NULL: the app for itself. jti is the handle that the store knows the token by. */
int access_jwt_make(struct req *q, const struct signon_client *c, const struct sign_in_facts *f, struct str scope,
                    struct str resource, struct str jti, struct str jkt, struct str *token, struct err *e);
/* Names of claims that the claims parameter asks for in one of its two places, "id_token" or "userinfo". */
struct str claims_asked_in(struct req *q, struct str claims, const char *where);

#endif
