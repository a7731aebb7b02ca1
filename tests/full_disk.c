/* full_disk.c: see full_disk.h. SQLite asks for its system calls by name, so a test can put its own in their place; syncs it makes itself,
 * and those are taken by their names in this program, before the C library's.
 */
#include "tests/full_disk.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int left; /* until the one that fails; the store's writer has a thread of its own */

static bool strikes(int why)
{
    int n = atomic_load(&left);
    while (n > 0 && !atomic_compare_exchange_weak(&left, &n, n - 1))
        ;
    errno = n == 1 ? why : errno;
    return n == 1;
}

void full_disk_at(int nth)
{
    atomic_store(&left, nth);
}

bool full_disk_waits(void)
{
    return atomic_load(&left) > 0;
}

static ssize_t failing_write(int fd, const void *p, size_t n)
{
    return strikes(ENOSPC) ? -1 : write(fd, p, n);
}

static ssize_t failing_pwrite(int fd, const void *p, size_t n, off_t at)
{
    return strikes(ENOSPC) ? -1 : pwrite(fd, p, n, at);
}

static int failing_cut(int fd, off_t n)
{
    return strikes(ENOSPC) ? -1 : ftruncate(fd, n);
}

int fsync(int fd)
{
    return strikes(EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return strikes(EIO) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

void full_disk_install(void)
{
    const struct {
        const char *name;
        sqlite3_syscall_ptr call;
    } calls[] = {
        { "write", (sqlite3_syscall_ptr)failing_write },
        { "pwrite", (sqlite3_syscall_ptr)failing_pwrite },
        { "pwrite64", (sqlite3_syscall_ptr)failing_pwrite }, /* off_t has 64 bits here */
        { "ftruncate", (sqlite3_syscall_ptr)failing_cut },
    };
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    for (size_t i = 0; vfs && i < sizeof calls / sizeof calls[0]; i++)
        vfs->xSetSystemCall(vfs, calls[i].name, calls[i].call); /* a name that this SQLite does not use is refused: nothing is lost */
}
