/* act_as.h: the claim "act_as": in which capacity the person has signed in to an app (README.md has its shapes). */
#ifndef BON_ENGINES_SIGNON_ACT_AS_H
#define BON_ENGINES_SIGNON_ACT_AS_H

#include "engines/signon/claim_set.h"
#include "engines/signon/request.h"

#define ACT_AS "act_as"

bool act_as_asked(const struct auth_request *r);
/* What the consent must name for this request: its claims, and the very hat, since to tell an app of one company is not to tell it of
 * another. */
struct str act_as_consent_words(struct req *q, const struct auth_request *r);
/* Puts the claim, if the account still holds that capacity today. */
int act_as_claim(struct req *q, struct dbr *r, const struct signon_client *c, int64_t account, int64_t hat, struct claim_set *out,
                 struct err *e);

#endif
