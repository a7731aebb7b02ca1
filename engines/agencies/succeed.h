/* succeed.h: what moving and undoing share. */
#ifndef BON_ENGINES_AGENCIES_SUCCEED_H
#define BON_ENGINES_AGENCIES_SUCCEED_H

#include "engines/agencies/inside.h"

/* SHA-256 over what this module holds of both agencies. */
int part_fingerprint(struct dbr *r, struct arena *a, const struct succession_part *part, const struct succession *act,
                     struct hash32 *out, struct err *e);

int succession_record(struct tx *tx, struct arena *a, const struct audit_record *by, struct str action,
                      const struct succession *act, struct str decree, struct err *e);

#endif
