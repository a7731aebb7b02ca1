/* later.c: moves the clock of a program under test, so that no test waits for a minute to pass. Preloaded, it adds to the time of
 * day the seconds that stand in the file BON_LATER names: eight bytes, written by lib/clock.mjs. The file is mapped before the
 * program gives up its rights, and shared, so that all its processes see one clock. Monotonic time, which timeouts use, is left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static int (*true_clock)(clockid_t, struct timespec *);
static const volatile int64_t *later_s;

/* Other libraries look at the clock while they are loaded, before the constructor below has run. */
static void find_true_clock(void)
{
    if (!true_clock)
        *(void **)&true_clock = dlsym(RTLD_NEXT, "clock_gettime");
}

__attribute__((constructor)) static void map_seconds(void)
{
    const char *path = getenv("BON_LATER");
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    find_true_clock();
    if (fd < 0)
        return;
    void *at = mmap(NULL, sizeof(*later_s), PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at != MAP_FAILED)
        later_s = at;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    find_true_clock();
    int failed = true_clock(id, t);
    if (failed == 0 && id == CLOCK_REALTIME && later_s)
        t->tv_sec += (time_t)*later_s;
    return failed;
}
