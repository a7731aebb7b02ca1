/* identity_internal.h: the readers behind identity_parse; shared with the tests and the fuzz target. */
#ifndef BON_ENGINES_IDENTITY_INTERNAL_H
#define BON_ENGINES_IDENTITY_INTERNAL_H

#include "engines/identity/identity.h"

/* Is this text meant to be that kind? Cheap looks only; the reader proper decides whether it is right. */
bool qr_looks_like(struct str text);
bool mrz_looks_like(struct arena *a, struct str text);

int qr_parse(struct arena *a, struct str text, struct day today, struct identity_read *out, struct err *e);
int mrz_parse(struct arena *a, struct str text, struct day today, struct identity_read *out, struct err *e);

/* What any reading is held against: birth not in the future, number against sex and year, known province code, expiry. */
int identity_consistent(struct identity_read *r, struct day today, struct err *e);

enum { IDENTITY_TEXT_MAX = 2048, IDENTITY_NAME_MAX = 100, IDENTITY_ADDRESS_MAX = 300 };

/* A person's name and its key: one line of clean text with at least one letter and no digits. One-word names are names too. */
int identity_name(struct arena *a, struct str text, struct identity_read *r, struct err *e);

#endif
