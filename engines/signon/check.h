/* check.h: an access token that is shown at a door. */
#ifndef BON_ENGINES_SIGNON_CHECK_H
#define BON_ENGINES_SIGNON_CHECK_H

#include "engines/signon/dpop.h"

/* From "Authorization: Bearer", "DPoP", or a form's access_token: looked up, alive, and held by the key that it is bound to. The proof's
 * replay is for the door: shown_once with proof's key, where proof->jkt is set. Refusals are oauth_refuse. */
int token_check(struct req *q, struct token_seen *out, struct dpop *proof, struct err *e);
/* The row behind a token, whatever its state. 1 0 -1. The key of a JWT is its jti's. */
int token_find(struct req *q, struct str token, struct token_find_by_key_row *row, struct hash32 *key, struct err *e);

#endif
