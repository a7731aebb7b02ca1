/* world.c: the sample service for tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "engines/services/test/world.h"

enum { TEXT_MAX = 256 << 10 };

const char *world_path(struct arena *a, const char *path)
{
    return access(path, R_OK) == 0 ? path : str_cstr(a, str_fmt(a, "../%s", path));
}

struct str world_text(struct arena *a, const char *path)
{
    FILE *f = fopen(world_path(a, path), "rbe");
    assert_non_null(f);
    char *p = arena_alloc(a, TEXT_MAX);
    size_t n = fread(p, 1, TEXT_MAX, f);
    fclose(f);
    return (struct str) { p, n };
}

const struct service_def *world_sample(struct arena *a)
{
    struct service_file f;
    struct err e;
    service_faults faults = { 0 };
    assert_int_equal(services_read_file(a, world_text(a, "engines/services/test/DVC12.json"), &f, &faults, &e), 0);
    assert_int_equal(faults.n, 0);
    return f.versions[0];
}
