/* scratch.h: places that a test may fill and throw away: a directory, a store. */
#ifndef BON_TESTS_SCRATCH_H
#define BON_TESTS_SCRATCH_H

#include "base/str.h"
#include "base/test/directory.h"

/* A fresh directory below $TMPDIR with a keys/ in it; false, with a message, when there is none to be had. */
bool scratch_directory(char path[TEST_DIRECTORY]);
void scratch_remove(const char *path);

/* Address of a store that does not exist yet: a file in dir, or a fresh database of the PostgreSQL in BON_TEST_DB, whose name
 * goes to `database`; a copy of BON_TEST_TEMPLATE when that is set. Ends the program when that server does not answer. */
const char *scratch_store(struct arena *a, const char *dir, char *database, size_t room);
/* Address of one that was made so. */
const char *scratch_store_again(struct arena *a, const char *dir, const char *database);
/* Address of a database of this name, made anew, that nobody drops. */
const char *scratch_template(struct arena *a, const char *database);
void scratch_store_drop(const char *database); /* "": nothing to do */

#endif
