/* answer.h: what the browser carries back to the app. */
#ifndef BON_ENGINES_SIGNON_ANSWER_H
#define BON_ENGINES_SIGNON_ANSWER_H

#include "engines/signon/request.h"

/* The app's address with code (or error), state and iss (RFC 9207) behind it. */
struct str answer_with_code(struct req *q, const struct auth_request *r, struct str code);
struct str answer_with_error(struct req *q, const struct auth_request *r, const struct err *why);
/* Straight on, as a redirect. */
int answer_send(struct req *q, struct res *s, struct str location);
/* At the end of a form's journey: a page that leads on by itself. A redirect there would be stopped by the page's own policy, since
 * browsers hold form-action against every redirect behind a form (docs/decisions/0017). */
int answer_lead_on(struct req *q, struct res *s, const struct signon_client *c, struct str location);

#endif
