#include "engines/cases/test/world.h"

#include "base/test/directory.h"
#include "engines/agencies/agencies.h"
#include "engines/people/people.h"
#include "engines/services/services.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void must(int result, const struct err *e)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(e->code), e->detail, e->file, e->line);
}

/* ---- who is signed in ---- */

static const struct {
    const char *prefix, *role;
} people_of_the_test[] = {
    { "clerk-", "one_stop_clerk" },  { "work-", "commune_specialist" }, { "sign-", "commune_approver" },
    { "police-", "commune_police" }, { "dept-", "agency_specialist" },  { "citizen-", "citizen" },
};

static void sign_in(struct str who, struct grant *g, struct actor *out)
{
    for (size_t i = 0; i < sizeof people_of_the_test / sizeof *people_of_the_test; i++) {
        struct str prefix = str_of(people_of_the_test[i].prefix), rest = str_from(who, prefix.n);
        if (!str_starts(who, prefix))
            continue;
        *g = (struct grant) { .role = str_of(people_of_the_test[i].role) };
        *out = (struct actor) { .account = 100 + (int64_t)i, .name = who, .login = who, .grants = g, .n_grants = 1 };
        if (str_eq(prefix, STR("dept-")))
            g->agency = rest;
        else if (str_eq(prefix, STR("citizen-")))
            str_to_i64(rest, &out->account);
        else
            unit_code_parse(rest, &g->territory);
    }
}

static int authenticate(struct req *q, struct actor *out, struct err *e)
{
    (void)e;
    sign_in(req_cookie(q, SESSION_COOKIE), arena_new(q->arena, struct grant), out);
    return 0;
}

static const struct role account_roles_of_test[] = {
    { .name = "administrator", .title = STR_INIT("Quản trị"), .function = "system.admin" },
    { .name = "citizen", .title = STR_INIT("Công dân"), .function = "citizen" },
    { .name = NULL }
};
static const struct role stay_roles_of_test[] = {
    { .name = "commune_police", .title = STR_INIT("Công an cấp xã"), .function = "stay.receive", .territorial = true },
    { .name = NULL }
};
static const struct module test_accounts = {
    .name = "accounts", .title = STR_INIT("Tài khoản"), .roles = account_roles_of_test, .authenticate = authenticate
};
static const struct module test_stays = { .name = "stays", .title = STR_INIT("Lưu trú"), .roles = stay_roles_of_test };
static const struct module test_credentials = { .name = "credentials", .title = STR_INIT("Chứng thực") };
static const struct module test_services = { .name = "services", .title = STR_INIT("Dịch vụ") };
static const struct module *const modules[] = {
    &platform_module,  &audit_module,  &test_accounts, &people_module, &agencies_module,
    &test_credentials, &test_services, &test_stays,    &cases_module,  NULL
};

static const struct module *const whole[] = {
    &platform_module,  &audit_module,    &test_accounts, &people_module, &agencies_module,
    &test_credentials, &services_module, &test_stays,    &cases_module,  NULL
};

struct req *a_request(struct world *w, const char *who)
{
    struct req *q = arena_new(&w->arena, struct req);
    struct actor *actor = arena_new(&w->arena, struct actor);
    *vec_push(&w->arena, &w->requests) = q;
    sign_in(str_of(who), arena_new(&w->arena, struct grant), actor);
    *q = (struct req) { .app = &w->app,
                        .arena = &w->arena,
                        .db = w->app.db,
                        .signer = w->app.signer,
                        .actor = actor,
                        .log = &w->app.log,
                        .now = w->now };
    return q;
}

static void end_requests(struct world *w)
{
    for (size_t i = 0; i < w->requests.n; i++) {
        db_read_end(w->requests.v[i]->reader);
        w->requests.v[i]->reader = NULL;
    }
}

/* ---- the store ---- */

static struct instant test_clock(void *ctx)
{
    return ((struct world *)ctx)->now;
}

void set_time(struct world *w, const char *iso_day, int hour, int minute)
{
    struct day d;
    assert_true(day_parse_iso(str_of(iso_day), &d));
    w->now = day_at(d, hour, minute);
}

struct dbr *reader(struct world *w)
{
    db_read_end(w->r);
    must(db_read_begin(w->app.db, &w->r, &w->e), &w->e);
    return w->r;
}

static const struct db_migration *all_migrations(struct arena *a, const struct module *const *list)
{
    VEC(struct db_migration) all = { 0 };
    for (size_t i = 0; list[i]; i++)
        for (const struct db_migration *m = list[i]->migrations; m && m->module; m++)
            *vec_push(a, &all) = *m;
    *vec_push(a, &all) = (struct db_migration) { .module = NULL };
    return all.v;
}

static void link_to(const char *from_dir, const char *name, const char *to_dir)
{
    char from[4096], to[4096], real[4096];
    snprintf(from, sizeof from, "%s/%s", from_dir, name);
    snprintf(to, sizeof to, "%s/%s", to_dir, name);
    assert_non_null(realpath(from, real));
    assert_int_equal(symlink(real, to), 0);
}

/* The province's pack, with the test's flows in the place of its own. */
static const char *make_pack(struct world *w)
{
    const char *top = access("packs/dak_nong/pack.conf", R_OK) == 0 ? "." : "..";
    const char *real = str_cstr(&w->arena, str_fmt(&w->arena, "%s/packs/dak_nong", top));
    const char *made = str_cstr(&w->arena, str_fmt(&w->arena, "%s/pack", w->dir));
    assert_int_equal(mkdir(made, 0700), 0);
    DIR *d = opendir(real);
    assert_non_null(d);
    for (const struct dirent *f; (f = readdir(d)) != NULL;)
        if (f->d_name[0] != '.' && (w->whole || strcmp(f->d_name, "flows") != 0))
            link_to(real, f->d_name, made);
    closedir(d);
    if (!w->whole)
        link_to(str_cstr(&w->arena, str_fmt(&w->arena, "%s/engines/cases/test", top)), "flows", made);
    return made;
}

static void open_world(struct world *w)
{
    arena_init(&w->arena, 512u << 20);
    arena_init(&w->app.arena, 64u << 20);
    assert_non_null(test_directory(w->dir, "cases"));
    set_time(w, w->whole ? "2026-11-24" : "2024-03-04", 9, 0);
    w->app.modules = w->whole ? whole : modules;
    w->app.settings = (struct settings) { .base_url = "http://bon.test", .mode = "MÔ PHỎNG", .pack_dir = make_pack(w) };
    w->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    w->app.clock = test_clock;
    w->app.clock_ctx = w;
    struct db_options o = { .address = str_cstr(&w->arena, str_fmt(&w->arena, "%s/t.db", w->dir)),
                            .migrations = all_migrations(&w->app.arena, w->app.modules),
                            .create = true,
                            .clock = test_clock,
                            .clock_ctx = w };
    must(signer_spawn(w->dir, &w->app.signer, &w->e), &w->e);
    must(db_open(&o, &w->app.db, &w->e), &w->e);
    must(app_build(&w->app, &w->e), &w->e);
    for (size_t i = 0; w->app.modules[i]; i++)
        if (w->app.modules[i]->start)
            must(w->app.modules[i]->start(&w->app, &w->e), &w->e);
}

int world_open(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    open_world(w);
    *state = w;
    return 0;
}

int world_open_whole(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct seed_result made;
    w->whole = true;
    open_world(w);
    struct seed_options people = { .people = 2000, .seed = 511, .pack_dir = w->app.settings.pack_dir };
    day_parse_iso(STR("2023-08-07"), &people.as_of);
    must(people_seed(w->app.db, &people, &made, &w->e), &w->e);
    *state = w;
    return 0;
}

int world_close(void **state)
{
    struct world *w = *state;
    char command[128];
    db_read_end(w->r);
    end_requests(w);
    app_unbuild(&w->app);
    db_close(w->app.db);
    signer_close(w->app.signer);
    snprintf(command, sizeof command, "rm -rf %s", w->dir);
    int rc = system(command);
    arena_release(&w->app.arena);
    arena_release(&w->arena);
    free(w);
    return rc;
}

/* ---- acts ---- */

struct case_new an_application(struct world *w)
{
    struct case_new in = { .service = { .code = STR("DVC99"),
                                        .name = STR("Thủ tục thử"),
                                        .flow = STR("small"),
                                        .function = STR("civil_status.register"),
                                        .unit_level = STR("commune"),
                                        .version_id = 1,
                                        .version = 1,
                                        .days = 5,
                                        .same_day_before = -1 },
                           .channel = CASE_ONLINE,
                           .level = 4,
                           .name = STR("Nguyễn Văn Thử"),
                           .phone = STR("0912000001"),
                           .account = 7,
                           .answers = STR("{\"a\":\"1\"}"),
                           .code = case_code_new(&w->arena) };
    must(pid_parse(STR("067090000123"), instant_day(w->now), &in.pid, &w->e), &w->e);
    unit_code_parse(STR("24763"), &in.unit);
    return in;
}

struct submitting_work {
    struct case_by by;
    const struct case_new *in;
    struct case_made *out;
};

static int submit_write(struct tx *tx, void *arg, struct err *e)
{
    struct submitting_work *k = arg;
    return case_submit(tx, &k->by, k->in, k->out, e);
}

int submit(struct world *w, const char *who, const struct case_new *in, struct case_made *out)
{
    struct submitting_work k = { case_by_request(a_request(w, who)), in, out };
    w->e = (struct err) { 0 };
    return case_check(&w->app, &w->arena, in, &w->e) || db_write(w->app.db, submit_write, &k, &w->e) ? -1 : 0;
}

struct case_made submitted(struct world *w, const struct case_new *in)
{
    struct case_made made = { 0 };
    must(submit(w, "clerk-24763", in, &made), &w->e);
    return made;
}

struct case_view case_now(struct world *w, int64_t id)
{
    struct case_view c = { 0 };
    assert_int_equal(case_by_id(&w->app, reader(w), &w->arena, id, &c, &w->e), 1);
    return c;
}

struct moving_work {
    struct case_by by;
    struct case_moving moving;
    struct case_moved out;
};

static int move_write(struct tx *tx, void *arg, struct err *e)
{
    struct moving_work *k = arg;
    return case_move(tx, &k->by, &k->moving, &k->out, e);
}

int move(struct world *w, const char *who, int64_t id, const char *name, const char *reason)
{
    struct moving_work k = { .by = case_by_request(a_request(w, who)) };
    struct case_view c = case_now(w, id);
    struct case_move_in in = { .id = id, .revision = c.revision, .move = str_of(name), .reason = str_of(reason) };
    w->e = (struct err) { 0 };
    int result =
        case_move_check(reader(w), &k.by, &in, &k.moving, &w->e) || db_write(w->app.db, move_write, &k, &w->e) ? -1 : 0;
    end_requests(w);
    return result;
}

void moved(struct world *w, const char *who, int64_t id, const char *name, const char *reason)
{
    must(move(w, who, id, name, reason), &w->e);
}

void due_is(struct world *w, int64_t id, const char *expected)
{
    struct case_view c = case_now(w, id);
    struct str due = c.due.us ? instant_vi(&w->arena, c.due) : STR("");
    if (!str_eq(due, str_of(expected)))
        fail_msg("due %.*s, expected %s", STR_ARG(due), expected);
}

void refused_with(struct world *w, int result, enum err_code code, const char *in_the_sentence)
{
    struct str say = err_sentence(&w->e);
    assert_int_equal(result, -1);
    if (w->e.code != code || str_find(say, str_of(in_the_sentence)) < 0)
        fail_msg("%s: %.*s (%s)", err_name(w->e.code), STR_ARG(say), w->e.detail);
}
