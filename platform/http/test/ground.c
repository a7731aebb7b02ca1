#include "platform/http/test/ground.h"

#include "base/test/directory.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct ground ground;

void must(int result)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(ground.e.code), ground.e.detail, ground.e.file, ground.e.line);
}

struct day day(const char *iso)
{
    struct day d = { 0 };
    assert_true(day_parse_iso(str_of(iso), &d));
    return d;
}

static struct instant noon(void *ctx)
{
    (void)ctx;
    return day_at(day("2026-11-23"), 12, 0);
}

static const struct db_migration *tables_of(const struct module *const *modules)
{
    VEC(struct db_migration) all = { 0 };
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            *vec_push(&ground.arena, &all) = *m;
    *vec_push(&ground.arena, &all) = (struct db_migration) { .module = NULL };
    return all.v;
}

void ground_open(const char *name, const struct module *const *modules)
{
    ground = (struct ground) { .app = { .modules = modules } };
    arena_init(&ground.arena, 64 << 20);
    assert_non_null(test_directory(ground.dir, name));
    ground.app.settings.mode = "MÔ PHỎNG";
    ground.app.settings.pack_dir = access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong";
    struct db_options o = { .address = str_cstr(&ground.arena, str_fmt(&ground.arena, "%s/bon.db", ground.dir)),
                            .migrations = tables_of(modules),
                            .create = true,
                            .clock = noon };
    must(db_open(&o, &ground.app.db, &ground.e));
    must(db_read_begin(ground.app.db, &ground.r, &ground.e));
}

void look_again(void)
{
    db_read_end(ground.r);
    must(db_read_begin(ground.app.db, &ground.r, &ground.e));
}

int ground_close(void **state)
{
    (void)state;
    db_read_end(ground.r);
    db_close(ground.app.db);
    int left = system(str_cstr(&ground.arena, str_fmt(&ground.arena, "rm -rf %s", ground.dir)));
    arena_release(&ground.arena);
    return left;
}
