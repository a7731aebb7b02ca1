/* audit_world.c: the whole program on a store of its own: some made-up people, the pack's catalogue, and a stand-in for every source. */
#include "models/m03_paperless_services/audit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { APP_ARENA = 128 << 20, PEOPLE = 300, PEOPLE_SEED = 511, AGE = 30 };

static struct instant world_clock(void *ctx)
{
    return ((struct audit_world *)ctx)->now;
}

static int make_directory(struct audit_world *w, struct err *e)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(w->dir, sizeof w->dir, "%s/bon-paper-XXXXXX", tmp && strlen(tmp) < 30 ? tmp : "/tmp");
    if (mkdtemp(w->dir))
        return 0;
    w->dir[0] = 0;
    return ERR(e, ERR_INTERNAL, "no scratch directory");
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *where)
{
    (void)s;
    (void)kind;
    (void)where;
    return remove(path);
}

/* ---- who applies, and where ---- */

struct picking {
    struct day today;
    int64_t id;
};

static int pick(void *ctx, const struct resident_at *p)
{
    struct picking *x = ctx;
    if (x->id == 0 && !p->has_died && p->resident && birth_age(p->born, x->today) >= AGE)
        x->id = p->person;
    return 0;
}

static int find_applicant(struct audit_world *w, struct dbr *r, struct err *e)
{
    struct picking x = { .today = instant_day(w->now) };
    struct unit *units;
    size_t n;
    if (register_each(r, &w->app.arena, pick, &x, e) || units_list(r, &w->app.arena, GEO_2025, 3, &units, &n, e))
        return -1;
    if (x.id == 0 || n == 0)
        return ERR(e, ERR_INTERNAL, "nobody of the made-up people can apply");
    w->unit = units[0].code;
    return person_by_id(r, &w->app.arena, x.id, &w->person, e) == 1 ? 0 : -1;
}

static int seed(struct audit_world *w, struct err *e)
{
    struct seed_result made;
    struct seed_options o = { .people = PEOPLE, .seed = PEOPLE_SEED, .pack_dir = w->app.settings.pack_dir };
    struct dbr *r;
    day_from_ymd(2023, 8, 7, &o.as_of);
    if (people_seed(w->app.db, &o, &made, e) || db_read_begin(w->app.db, &r, e))
        return -1;
    int result = find_applicant(w, r, e);
    db_read_end(r);
    return result;
}

/* ---- opening ---- */

static void settle_app(struct audit_world *w, const struct app *from)
{
    struct app *app = &w->app;
    arena_init(&app->arena, APP_ARENA);
    app->modules = from->modules;
    app->files = from->files;
    app->settings = from->settings;
    app->settings.data_dir = w->dir;
    app->settings.mode = "MÔ PHỎNG";
    app->clock = world_clock;
    app->clock_ctx = w;
    app->log = (struct log) { STDERR_FILENO, LOG_ERROR + 1 };
}

int audit_world_open(struct audit_world *w, const struct app *from, struct err *e)
{
    *w = (struct audit_world) { .now = app_now(from) };
    struct sources_sim_options o = { .seed = PEOPLE_SEED, .clock = world_clock, .clock_ctx = w };
    if (make_directory(w, e))
        return -1;
    settle_app(w, from);
    if (sources_sim_open(&o, &w->sim, e))
        return -1;
    w->app.settings.sources_url =
        str_cstr(&w->app.arena, str_fmt(&w->app.arena, "http://127.0.0.1:%d", sources_sim_port(w->sim)));
    w->app.settings.db_address = str_cstr(&w->app.arena, str_fmt(&w->app.arena, "%s/paper.db", w->dir));
    return app_open_store(&w->app, w->app.settings.db_address, true, e) || seed(w, e) ? -1 : 0;
}

void audit_world_close(struct audit_world *w)
{
    sources_sim_close(w->sim);
    app_unbuild(&w->app);
    db_close(w->app.db);
    arena_release(&w->app.arena);
    if (w->dir[0])
        nftw(w->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
