/* keep.c: files that appear whole or not at all. */
#include "platform/db/db_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int file_err(const char *path, struct err *e)
{
    return ERR(e, errno == ENOSPC ? ERR_DISK_FULL : ERR_DB, "%s: %s", path, strerror(errno));
}

int file_begin(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_err(path, e);
    close(fd);
    return 0;
}

static int sync_path(const char *path, int flags, struct err *e)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return file_err(path, e);
    int rc = fsync(fd) == 0 ? 0 : file_err(path, e);
    close(fd);
    return rc;
}

int file_replace(const char *temporary, const char *path, struct err *e)
{
    char folder[4096];
    int n = snprintf(folder, sizeof folder, "%s", path);
    if (n < 0 || (size_t)n >= sizeof folder)
        return ERR(e, ERR_INPUT, "the path is too long");
    if (sync_path(temporary, O_RDONLY, e) != 0)
        return -1;
    if (rename(temporary, path) != 0)
        return file_err(path, e);
    return sync_path(dirname(folder), O_RDONLY | O_DIRECTORY, e);
}
