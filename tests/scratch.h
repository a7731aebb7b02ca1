/* scratch.h: places that a test may fill and throw away: a directory, a store. */
#ifndef BON_TESTS_SCRATCH_H
#define BON_TESTS_SCRATCH_H

#include "base/str.h"

/* A fresh directory below $TMPDIR with a keys/ in it; false, with a message, when there is none to be had. */
bool scratch_directory(char *path, size_t room);
void scratch_remove(const char *path);

/* Address of a store that does not exist yet: a file in dir, or a fresh database of the PostgreSQL in BON_TEST_DB, whose name
 * goes to `database`. Ends the program when that server does not answer. */
const char *scratch_store(struct arena *a, const char *dir, char *database, size_t room);
/* Address of one that was made so. */
const char *scratch_store_again(struct arena *a, const char *dir, const char *database);
void scratch_store_drop(const char *database); /* "": nothing to do */

#endif
