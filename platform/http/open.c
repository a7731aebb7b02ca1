/* open.c: an app with its store: for the program, and for whatever runs the whole of it on a store of its own. */
#include "platform/http/module.h"

const struct db_migration *app_migrations(struct app *app)
{
    size_t n = 0;
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct db_migration *g = (*m)->migrations; g && g->module; g++)
            n++;
    struct db_migration *all = arena_new_array(&app->arena, struct db_migration, n + 1);
    n = 0;
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct db_migration *g = (*m)->migrations; g && g->module; g++)
            all[n++] = *g;
    return all;
}

static int start_modules(struct app *app, struct err *e)
{
    for (const struct module *const *m = app->modules; *m; m++)
        if ((*m)->start && (*m)->start(app, e))
            return -1;
    return 0;
}

int app_open_store(struct app *app, const char *address, bool create, struct err *e)
{
    struct db_options o = { .address = address,
                            .migrations = app_migrations(app),
                            .create = create,
                            .clock = app->clock,
                            .clock_ctx = app->clock_ctx };
    if (app_build(app, e) || db_open(&o, &app->db, e))
        return -1;
    return start_modules(app, e);
}
