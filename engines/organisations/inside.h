/* inside.h: what the files of this register share. */
#ifndef BON_ENGINES_ORGANISATIONS_INSIDE_H
#define BON_ENGINES_ORGANISATIONS_INSIDE_H

#include "engines/accounts/accounts.h"
#include "engines/organisations/organisations.h"
#include "gen/organisations_queries.h"

struct seed_world; /* engines/people/seed.h */

#define ROLE_HEAD  "organisation_head"
#define ROLE_AGENT "organisation_agent"

#define MAY_REGISTER "organisation.register"
#define MAY_OWN      "organisation.own"
#define MAY_APPOINT  "organisation.appoint"

extern const struct choice organisation_kinds[];
struct str part_word(enum organisation_part part);
enum organisation_part part_of_word(struct str word);

int organisations_session_rule(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e);
int organisations_seed(struct app *app, const struct seed_world *w, struct err *e);

#endif
