/* load.h: inside the people engine: the pack's units and peoples into the register. */
#ifndef BON_ENGINES_PEOPLE_LOAD_H
#define BON_ENGINES_PEOPLE_LOAD_H

#include "platform/db/db.h"

/* Does nothing when the register has units. Row ids are the places in the pack's files: the same in every database. */
int units_load(struct db *db, const char *pack_dir, struct err *e);

#endif
