/* person.h: what is told about somebody, and only that. */
#ifndef BON_ENGINES_SIGNON_PERSON_H
#define BON_ENGINES_SIGNON_PERSON_H

#include "engines/signon/claim_set.h"
#include "engines/signon/inside.h"

/* Puts the claims of these scopes, and those named one by one, as far as the province knows them. *person: whose register entry was looked
 * at, 0: nobody's; the caller's record names it. */
int person_claims(struct req *q, struct dbr *r, int64_t account, struct str scope, struct str names, struct claim_set *out,
                  int64_t *person, struct err *e);

#endif
