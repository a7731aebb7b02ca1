/* command.h: other people's programs as a second opinion: run a shell command, keep what it prints. */
#ifndef BON_BASE_TEST_COMMAND_H
#define BON_BASE_TEST_COMMAND_H

#include "base/str.h"
#include "base/test/directory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Exit status; *out (may be NULL) is its standard output without the last line break. */
static inline int command(struct arena *a, const char *text, struct str *out)
{
    FILE *f = popen(text, "r");
    if (!f)
        return -1;
    char *p = arena_alloc(a, 65536);
    size_t n = fread(p, 1, 65535, f);
    if (n > 0 && p[n - 1] == '\n')
        n--;
    if (out)
        *out = (struct str) { p, n };
    return pclose(f);
}

static inline bool has_command(const char *name)
{
    char text[128];
    snprintf(text, sizeof text, "command -v %s >/dev/null 2>&1", name);
    return system(text) == 0;
}

static inline char *temp_dir(struct arena *a)
{
    return test_directory(arena_alloc(a, TEST_DIRECTORY), "test");
}

static inline void remove_dir(const char *dir)
{
    char text[256];
    snprintf(text, sizeof text, "rm -rf '%s'", dir);
    if (system(text) != 0)
        fprintf(stderr, "%s was left behind\n", dir);
}

static inline bool write_file(const char *dir, const char *name, struct str s)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    bool good = fwrite(s.p, 1, s.n, f) == s.n;
    return fclose(f) == 0 && good;
}

/* At most 4 MiB; STR_NONE when there is no such file. */
static inline struct str read_file(struct arena *a, const char *dir, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return STR_NONE;
    char *p = arena_alloc(a, 4 << 20);
    size_t n = fread(p, 1, 4 << 20, f);
    fclose(f);
    return (struct str) { p, n };
}

#endif
