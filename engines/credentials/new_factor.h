/* new_factor.h: what happens around a second factor that somebody adds, whatever its kind: only a session that has shown the others may,
 * the first one brings codes on paper, and the session has now shown this one too. */
#ifndef BON_ENGINES_CREDENTIALS_NEW_FACTOR_H
#define BON_ENGINES_CREDENTIALS_NEW_FACTOR_H

#include "engines/credentials/credentials_pages.h"
#include "engines/credentials/factors.h"

struct new_factor {
    struct factors before;
    struct paper_codes *codes; /* NULL: the account keeps those it has */
    struct str token;          /* of the session that has shown the new one, or none */
};

/* In a slow route's prepare, before anything of the factor itself is looked at. */
int new_factor_begin(struct req *q, struct new_factor *n, struct err *e);
/* …and after it was found good. */
int new_factor_codes(struct req *q, struct new_factor *n, struct err *e);
/* At the door, when its row is written; `shown` NULL: the session stays as it is. */
int new_factor_keep(struct req *q, struct tx *tx, struct new_factor *n, const struct proof *shown, const char *action, struct err *e);
int new_factor_reply(struct req *q, struct res *s, const struct new_factor *n, const char *done);
int factor_record(struct req *q, struct tx *tx, const char *action, struct err *e);

#endif
