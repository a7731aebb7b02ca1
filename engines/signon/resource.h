/* resource.h: for which resource servers a token is good (RFC 8707). Several are kept as words parted by spaces, as scopes are: an
 * address has no space in it. */
#ifndef BON_ENGINES_SIGNON_RESOURCE_H
#define BON_ENGINES_SIGNON_RESOURCE_H

#include "engines/signon/request.h"
#include "engines/signon/token.h"

/* Those that the parameters name, each one of the client's; empty: none. */
int resources_read(struct arena *a, struct params p, const struct signon_client *c, struct str *out, struct err *e);
/* A token request may name fewer than were asked for at the sign-in (section 2.2), never others. */
int resources_narrow(struct req *q, struct token_act *t, struct err *e);
/* Audience as JSON: a text, or a list of several; without any the issuer itself. */
struct str resources_audience(struct arena *a, struct str resources, struct str issuer);

#endif
