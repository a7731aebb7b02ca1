#include "platform/crypto/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse_unsafe(int fd, const char *dir, const char *name, struct err *e)
{
    struct stat s;
    if (fstat(fd, &s))
        return ERR(e, ERR_SIGNER, "%s/%s: %s", dir, name, strerror(errno));
    if (!S_ISREG(s.st_mode) || s.st_uid != geteuid())
        return ERR(e, ERR_SIGNER, "%s/%s must be a plain file owned by the user that signs", dir, name);
    if (s.st_mode & 077)
        return ERR(e, ERR_SIGNER, "%s/%s may be read by others: chmod 600 it, and think of the key as known", dir, name);
    return 0;
}

static int read_all(int fd, char *p, size_t room, size_t *n)
{
    size_t done = 0;
    while (done < room) {
        ssize_t got = read(fd, p + done, room - done);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    *n = done;
    return 0;
}

int key_file_read(const char *dir, const char *name, bool secret, char *p, size_t room, size_t *n, struct err *e)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? 0 : ERR(e, ERR_SIGNER, "%s: %s", path, strerror(errno));
    int result = 1;
    if (secret && refuse_unsafe(fd, dir, name, e))
        result = -1;
    else if (read_all(fd, p, room, n))
        result = ERR(e, ERR_SIGNER, "%s: %s", path, strerror(errno));
    else if (*n == room)
        result = ERR(e, ERR_SIGNER, "%s: more than %zu bytes", path, room - 1);
    close(fd);
    return result;
}

static int write_all(int fd, struct str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);
        if (n <= 0)
            return -1;
        s = str_from(s, (size_t)n);
    }
    return fsync(fd);
}

static void sync_directory(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

/* link, not rename, when nothing may be replaced: of two signers that start together one key wins. */
static int give_name(const char *beside, const char *path, bool replace)
{
    if (replace)
        return rename(beside, path);
    int result = link(beside, path) == 0 ? 0 : errno == EEXIST ? 1 : -1;
    unlink(beside);
    return result;
}

int key_file_write(const char *dir, const char *name, struct str s, mode_t mode, bool replace, struct err *e)
{
    char path[4096], beside[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    snprintf(beside, sizeof beside, "%s/.%s.%ld", dir, name, (long)getpid());
    unlink(beside);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return ERR(e, ERR_SIGNER, "%s: %s", beside, strerror(errno));
    int failed = write_all(fd, s);
    int why = errno;
    close(fd);
    if (failed) {
        unlink(beside);
        return ERR(e, ERR_SIGNER, "%s: %s", beside, strerror(why));
    }
    int result = give_name(beside, path, replace);
    if (result < 0)
        return ERR(e, ERR_SIGNER, "%s: %s", path, strerror(errno));
    sync_directory(dir);
    return result;
}
