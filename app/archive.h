/* archive.h: a backup is a plain tar file (POSIX ustar), so that a person without this program can still look into it. Writing and
 * reading are streams; a file's SHA-256 is taken while its bytes pass. */
#ifndef BON_APP_ARCHIVE_H
#define BON_APP_ARCHIVE_H

#include "base/ident.h"

struct archive_entry {
    char name[100];
    int64_t size;
};

/* What a file is before it is put in: its size and hash. */
int archive_measure(const char *path, int64_t *size, struct hash32 *sha, struct err *e);

int archive_put_bytes(int fd, const char *name, struct str bytes, struct err *e);
int archive_put_file(int fd, const char *name, const char *path, int64_t size, struct err *e);
int archive_end(int fd, struct err *e);

/* 1 an entry, 0 the end, -1. Only plain files with plain names are taken. */
int archive_next(int fd, struct archive_entry *out, struct err *e);
/* The entry's bytes: into memory, or into a new file (path must not exist). Must follow archive_next. */
int archive_take_bytes(int fd, struct arena *a, const struct archive_entry *entry, size_t max, struct str *out,
                       struct err *e);
int archive_take_file(int fd, const struct archive_entry *entry, const char *path, struct hash32 *sha, struct err *e);

#endif
