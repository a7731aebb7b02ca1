/* start.c: the engine's memory, and the pack's services into an empty catalogue. A catalogue that has services is changed only by people
 * and by `bon services load`.
 */
#include "engines/services/index.h"
#include "engines/services/state.h"

enum { LOAD_ARENA = 256 << 20 };
#define PACK_DIRECTORY "services"

struct loading {
    struct app *app;
    struct arena *a;
    service_files files;
};

static int write_all(struct tx *tx, void *arg, struct err *e)
{
    struct loading *l = arg;
    struct services_count_row there;
    struct service_load_counts counts;
    static const struct service_people from_file = { 0, 0 };
    struct audit_record rec = { .action = STR("services.loaded"),
                                .account_name = STR("bon"),
                                .object = STR("pack"),
                                .mode = str_of(l->app->settings.mode) };
    if (services_count(tx_reader(tx), l->a, &there, e) < 0)
        return -1;
    if (there.n > 0) { /* another server that started at the same moment was first */
        tx_unaudited(tx, "nothing is written");
        return 0;
    }
    return services_store_files(tx, l->a, &l->files, &from_file, &counts, e) || audit_write(tx, l->a, &rec, NULL, e) ? -1
                                                                                                                     : 0;
}

static int refuse_faults(const service_files *files, struct err *e)
{
    for (size_t i = 0; i < files->n; i++) {
        const struct service_named_file *f = &files->v[i];
        if (f->refused.n)
            return ERR(e, ERR_INPUT, "%.*s: %.*s", STR_ARG(f->path), STR_ARG(f->refused));
        if (f->faults.n)
            return ERR(e, ERR_INPUT, "%.*s: %.*s: %.*s %.*s", STR_ARG(f->path), STR_ARG(f->faults.v[0].path),
                       STR_ARG(f->faults.v[0].say), STR_ARG(f->faults.v[0].what));
    }
    return 0;
}

static int is_empty(struct db *db, struct arena *a, bool *empty, struct err *e)
{
    struct dbr *r;
    struct services_count_row row = { 0 };
    if (db_read_begin(db, &r, e))
        return -1;
    int got = services_count(r, a, &row, e);
    db_read_end(r);
    *empty = row.n == 0;
    return got < 0 ? -1 : 0;
}

static int load(struct app *app, struct arena *a, struct err *e)
{
    bool empty;
    struct loading l = { .app = app, .a = a };
    struct str path = str_fmt(a, "%s/" PACK_DIRECTORY, app->settings.pack_dir);
    if (is_empty(app->db, a, &empty, e))
        return -1;
    if (!empty || !services_is_directory(str_cstr(a, path)))
        return 0;
    if (services_load_path(a, str_cstr(a, path), NULL, 0, &l.files, e) || refuse_faults(&l.files, e))
        return -1;
    return db_write(app->db, write_all, &l, e);
}

int services_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "services");
    struct arena a;
    if (!*slot) {
        struct services_state *s = arena_new(&app->arena, struct services_state);
        pthread_mutex_init(&s->lock, NULL);
        *slot = s;
    }
    if (!app->settings.pack_dir)
        return 0;
    if (pack_conf_read(&app->arena, app->settings.pack_dir, &services_state(app)->conf, e))
        return -1;
    if (!app->db)
        return 0;
    arena_init(&a, LOAD_ARENA);
    int failed = load(app, &a, e);
    arena_release(&a);
    return failed;
}

void services_stop(struct app *app)
{
    struct services_state *s = services_state(app);
    if (!s)
        return;
    for (size_t i = 0; i < KEPT_PLACES; i++)
        services_forget(s->kept[i]);
    services_index_free(s->index);
    pthread_mutex_destroy(&s->lock);
    *app_engine_slot(app, "services") = NULL;
}
