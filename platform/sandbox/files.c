/* Landlock through its three system calls: the C library of Debian 12 has no functions for them. Documentation:
 * linux/Documentation/userspace-api/landlock.rst. */
#include "platform/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

#define READS       (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FILE_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)
#define WRITES                                                                                        \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |       \
     LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER | LANDLOCK_ACCESS_FS_TRUNCATE)
#define NEVER (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK)

/* What this kernel can rule on: version 1 knows neither REFER nor TRUNCATE. */
static __u64 known_rights(long version)
{
    __u64 all = READS | WRITES | NEVER;
    if (version < 2)
        all &= ~LANDLOCK_ACCESS_FS_REFER;
    if (version < 3)
        all &= ~LANDLOCK_ACCESS_FS_TRUNCATE;
    return all;
}

static int add_path(int rules, const char *path, __u64 rights, struct err *e)
{
    struct stat s;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : ERR(e, ERR_INTERNAL, "landlock %s: %s", path, strerror(errno));
    if (fstat(fd, &s) == 0 && !S_ISDIR(s.st_mode))
        rights &= FILE_RIGHTS;
    struct landlock_path_beneath_attr beneath = { .allowed_access = rights, .parent_fd = fd };
    int result = 0;
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0))
        result = ERR(e, ERR_INTERNAL, "landlock %s: %s", path, strerror(errno));
    close(fd);
    return result;
}

static int add_paths(int rules, const char *const *paths, __u64 rights, struct err *e)
{
    for (; paths && *paths; paths++)
        if (add_path(rules, *paths, rights, e))
            return -1;
    return 0;
}

int sandbox_files(const char *const *readable, const char *const *writable, struct err *e)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return 0; /* ENOSYS, or switched off at boot */
    __u64 known = known_rights(version);
    struct landlock_ruleset_attr handled = { .handled_access_fs = known };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return ERR(e, ERR_INTERNAL, "landlock: %s", strerror(errno));
    int result = 1;
    if (add_paths(rules, readable, known & READS, e) || add_paths(rules, writable, known & (READS | WRITES), e))
        result = -1;
    else if (syscall(SYS_landlock_restrict_self, rules, 0))
        result = ERR(e, ERR_INTERNAL, "landlock: %s", strerror(errno));
    close(rules);
    return result;
}
