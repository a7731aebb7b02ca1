#include "engines/plan/test/world.h"

#include "base/test/directory.h"
#include "engines/people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct counter percent_of_9, number_of_3, second_of_3;
int counts_of_3;

const struct audit_record office = { .account = 1, .account_name = STR_INIT("Đại uý Thường Trực"), .mode = STR_INIT("MÔ PHỎNG") };
const struct audit_record clerk = { .account = 2, .account_name = STR_INIT("Nguyễn Văn Thư"), .mode = STR_INIT("MÔ PHỎNG") };

static int give(const struct counter *c, struct measure_count *out)
{
    *out = c->count;
    return c->counted;
}

static int count_9(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                   struct err *e)
{
    (void)app, (void)r, (void)a, (void)on, (void)e;
    return give(&percent_of_9, out);
}

static int count_3(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out,
                   struct err *e)
{
    (void)app, (void)r, (void)a, (void)on, (void)e;
    counts_of_3++;
    if (!number_of_3.counted && !second_of_3.counted)
        return 0;
    out[0] = number_of_3.counted ? number_of_3.count : (struct measure_count) { .numerator = MEASURE_NOTHING };
    out[1] = second_of_3.counted ? second_of_3.count : (struct measure_count) { .numerator = MEASURE_NOTHING };
    return 1;
}

static const struct measure measures[] = {
    { .name = "test.declaring", .plan_model = 9, .what = STR_INIT("Cơ sở khai báo"), .unit = STR_INIT("cơ sở"),
      .target = TARGET_PERCENT, .goal = 100, .count = count_9 },
    { .name = "test.paperless", .plan_model = 3, .what = STR_INIT("Dịch vụ không giấy"), .unit = STR_INIT("dịch vụ"),
      .target = TARGET_AT_LEAST, .goal = 20, .count = count_3 },
    { .name = "test.offices", .plan_model = 3, .what = STR_INIT("Nơi có dịch vụ"), .unit = STR_INIT("nơi") },
    { .name = NULL },
};
static const struct module test_module = { .name = "test", .title = STR_INIT("Thử"), .measures = measures };
static const struct module *const modules[] = { &audit_module, &people_module, &agencies_module, &plan_module, &test_module, NULL };

void must(int result, const struct err *e)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(e->code), e->detail, e->file, e->line);
}

struct day day(int y, int m, int d)
{
    struct day out;
    assert_true(day_from_ymd(y, m, d, &out));
    return out;
}

void set_day(struct world *w, int y, int m, int d)
{
    w->now = day_at(day(y, m, d), 10, 0);
}

static struct instant test_clock(void *ctx)
{
    return ((struct world *)ctx)->now;
}

struct dbr *reader(struct world *w)
{
    db_read_end(w->r);
    must(db_read_begin(w->app.db, &w->r, &w->e), &w->e);
    return w->r;
}

void overview(struct world *w, int64_t month, struct plan_overview *out)
{
    struct day on = plan_measured_day(&w->app, month);
    must(plan_overview_read(&w->app, reader(w), &w->arena, month, on, true, out, &w->e), &w->e);
}

static const struct db_migration *all_migrations(struct arena *a)
{
    VEC(struct db_migration) all = { 0 };
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            *vec_push(a, &all) = *m;
    *vec_push(a, &all) = (struct db_migration) { .module = NULL };
    return all.v;
}

static const char *pack_dir(void)
{
    return access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong";
}

int world_open(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    arena_init(&w->arena, 512u << 20);
    arena_init(&w->app.arena, 16u << 20);
    assert_non_null(test_directory(w->dir, "plan"));
    percent_of_9 = number_of_3 = second_of_3 = (struct counter) { .counted = false };
    counts_of_3 = 0;
    set_day(w, 2023, 9, 12);
    w->app.modules = modules;
    w->app.settings = (struct settings) { .base_url = "http://bon.test", .mode = "MÔ PHỎNG", .pack_dir = pack_dir() };
    w->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    w->app.clock = test_clock;
    w->app.clock_ctx = w;
    struct db_options o = { .address = str_cstr(&w->arena, str_fmt(&w->arena, "%s/t.db", w->dir)),
                            .migrations = all_migrations(&w->app.arena),
                            .create = true,
                            .clock = test_clock,
                            .clock_ctx = w };
    must(db_open(&o, &w->app.db, &w->e), &w->e);
    for (size_t i = 0; modules[i]; i++)
        if (modules[i]->start)
            must(modules[i]->start(&w->app, &w->e), &w->e);
    *state = w;
    return 0;
}

int world_close(void **state)
{
    struct world *w = *state;
    char command[128];
    db_read_end(w->r);
    db_close(w->app.db);
    snprintf(command, sizeof(command), "rm -rf %s", w->dir);
    int rc = system(command);
    arena_release(&w->app.arena);
    arena_release(&w->arena);
    free(w);
    return rc;
}
