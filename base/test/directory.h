/* directory.h: a directory for one test alone, under TMPDIR (tests/run lets it lie in memory where there is room) or /tmp. */
#ifndef BON_BASE_TEST_DIRECTORY_H
#define BON_BASE_TEST_DIRECTORY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEST_DIRECTORY = 64 }; /* bytes of its path; short, so that a socket's name fits behind it */

/* dir itself, or NULL: it could not be made, errno says why. */
static inline char *test_directory(char dir[TEST_DIRECTORY], const char *name)
{
    const char *top = getenv("TMPDIR");
    snprintf(dir, TEST_DIRECTORY, "%s/bon-%.16s-XXXXXX", top != NULL && *top != '\0' && strlen(top) < 36 ? top : "/tmp", name);
    return mkdtemp(dir);
}

#endif
