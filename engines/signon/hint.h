/* hint.h: an ID token of ours that comes back as a hint. */
#ifndef BON_ENGINES_SIGNON_HINT_H
#define BON_ENGINES_SIGNON_HINT_H

#include "engines/signon/request.h"

struct hint {
    struct str client, subject, sid;
};
/* Signed by us, at whatever time; ended ones are taken, since a hint gives nothing. */
int hint_read(struct req *q, struct str token, struct hint *out, struct err *e);
/* Whether the request's hint names somebody other than who is signed in here. */
int hint_is_for_another(struct req *q, const struct auth_request *r, bool *other, struct err *e);

#endif
