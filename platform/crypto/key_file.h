/* key_file.h: files that hold keys: read with care for who else may read them, written whole or not at all. */
#ifndef BON_PLATFORM_KEY_FILE_H
#define BON_PLATFORM_KEY_FILE_H

#include "base/err.h"

#include <sys/types.h>

enum { KEY_FILE_MAX = 64 * 1024 };

/* The whole file into p (room bytes, at most KEY_FILE_MAX); *n its size. 1 read, 0 there is none, -1. When secret, it must be
 * a plain file of this user that nobody else may read. */
int key_file_read(const char *dir, const char *name, bool secret, char *p, size_t room, size_t *n, struct err *e);

/* Writes beside, syncs, then names it so. With replace false an existing file stays and the result is 1. */
int key_file_write(const char *dir, const char *name, struct str s, mode_t mode, bool replace, struct err *e);

#endif
