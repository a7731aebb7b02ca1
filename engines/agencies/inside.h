/* inside.h: shared by the files of this engine. */
#ifndef BON_ENGINES_AGENCIES_INSIDE_H
#define BON_ENGINES_AGENCIES_INSIDE_H

#include "engines/agencies/agencies.h"
#include "engines/audit/audit.h"
#include "gen/agencies_queries.h"

/* The pack's agencies.csv into an empty table. */
int agencies_load(struct db *db, const char *pack_dir, struct err *e);

extern const struct succession_part agencies_own_part; /* the agencies' own periods */
extern const struct cli_command agencies_commands[];

#endif
