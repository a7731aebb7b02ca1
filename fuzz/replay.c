/* replay.c: feeds files to a target without libFuzzer: `fuzz_json DIR|FILE …`. Each input lies in memory of its own length, so
 * that AddressSanitizer sees one byte too many. Ends "N passed, N failed"; a crash ends it
 * earlier (FUZZ_NAMES=1 prints each name before its turn).
 */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct replay {
    int passed, failed;
    bool names; /* print each name before its turn: the last one printed is the one that crashed */
};

static bool read_all(const char *path, uint8_t **bytes, size_t *n)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) {
        perror(path);
        if (fd >= 0)
            close(fd);
        return false;
    }
    *n = (size_t)s.st_size;
    *bytes = malloc(*n ? *n : 1);
    bool good = *bytes && read(fd, *bytes, *n) == (ssize_t)*n;
    close(fd);
    return good;
}

static void replay_file(struct replay *r, const char *path)
{
    uint8_t *bytes = NULL;
    size_t n = 0;
    if (r->names)
        fprintf(stderr, "%s\n", path);
    bool good = read_all(path, &bytes, &n);
    if (good)
        LLVMFuzzerTestOneInput(bytes, n);
    free(bytes);
    *(good ? &r->passed : &r->failed) += 1;
}

static int is_input(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void replay(struct replay *r, const char *path)
{
    struct dirent **names;
    int n = scandir(path, &names, is_input, alphasort);
    if (n < 0) {
        replay_file(r, path);
        return;
    }
    for (int i = 0; i < n; i++) {
        char file[512];
        snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
        replay_file(r, file);
        free(names[i]);
    }
    free(names);
}

int main(int argc, char **argv)
{
    struct replay r = { .names = getenv("FUZZ_NAMES") != NULL };
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++)
        replay(&r, argv[i]);
    printf("%d passed, %d failed\n", r.passed, r.failed);
    return r.failed || r.passed == 0;
}
