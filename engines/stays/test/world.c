#include "engines/stays/test/world.h"

#include "base/test/directory.h"
#include "base/text.h"
#include "engines/people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- who is signed in: the cookie says it ---- */

static int authenticate(struct req *q, struct actor *out, struct err *e)
{
    (void)e;
    struct str who = req_cookie(q, SESSION_COOKIE);
    struct grant *g = arena_new(q->arena, struct grant);
    if (str_starts(who, STR("police-"))) {
        *g = (struct grant) { .role = STR("commune_police") };
        unit_code_parse(str_from(who, 7), &g->territory);
    } else if (str_starts(who, STR("desk-"))) {
        *g = (struct grant) { .role = STR("receptionist") };
        str_to_i64(str_from(who, 5), &g->facility);
    } else {
        return 0;
    }
    *out = (struct actor) { .account = 7, .name = STR("Người Thử"), .login = who, .grants = g, .n_grants = 1 };
    return 0;
}

static const struct role roles[] = { { .name = "administrator", .title = STR_INIT("Quản trị"), .function = "system.admin" },
                                     { .name = "citizen", .title = STR_INIT("Công dân"), .function = "citizen" },
                                     { .name = NULL } };
static const struct module test_accounts = {
    .name = "accounts", .title = STR_INIT("Tài khoản"), .roles = roles, .authenticate = authenticate
};
static const struct module *const modules[] = {
    &platform_module, &audit_module, &test_accounts, &people_module, &identity_module, &stays_module, NULL
};

void must(int result, const struct err *e)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(e->code), e->detail, e->file, e->line);
}

/* ---- the store ---- */

static const struct db_migration *all_migrations(struct arena *a)
{
    VEC(struct db_migration) all = { 0 };
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            *vec_push(a, &all) = *m;
    *vec_push(a, &all) = (struct db_migration) { .module = NULL };
    return all.v;
}

static int add_places(struct tx *tx, void *arg, struct err *e)
{
    static const struct {
        const char *code, *name, *unit;
        bool open;
    } places[] = { { "24763-001", "Nhà nghỉ Hoa Ban", "24763", true },
                   { "24763-002", "Nhà nghỉ Suối Đá", "24763", true },
                   { "24611-001", "Khách sạn Sao Mai", "24611", true },
                   { "24763-003", "Nhà nghỉ Đã Đóng", "24763", false } };
    struct world *w = arg;
    tx_unaudited(tx, "a test's ground");
    for (size_t i = 0; i < 4; i++) {
        int64_t id;
        struct facility_insert_in in = { .code = str_of(places[i].code),
                                         .name = str_of(places[i].name),
                                         .name_key = text_fold(&w->arena, str_of(places[i].name)),
                                         .kind = STR("nha_nghi"),
                                         .address = STR("Thôn 3"),
                                         .phone = STR(""),
                                         .rooms = 10,
                                         .open = places[i].open };
        unit_code_parse(str_of(places[i].unit), &in.unit);
        if (facility_insert(tx, &in, &id, e) != 0)
            return -1;
        assert_int_equal(id, (int64_t)i + 1);
    }
    return 0;
}

static const char *pack_dir(struct arena *a)
{
    size_t n = strlen(__FILE__) - strlen("engines/stays/test/world.c");
    return str_cstr(a, str_fmt(a, "%.*spacks/dak_nong", (int)n, __FILE__));
}

static struct instant test_clock(void *unused)
{
    (void)unused;
    return instant_now();
}

static int open_world(void **state, bool with_places)
{
    struct world *w = calloc(1, sizeof(*w));
    struct err e = { 0 };
    arena_init(&w->arena, 512u << 20);
    arena_init(&w->app.arena, 64u << 20);
    assert_non_null(test_directory(w->dir, "stays"));
    w->app.modules = modules;
    w->app.settings =
        (struct settings) { .base_url = "http://bon.test", .mode = "MÔ PHỎNG", .pack_dir = pack_dir(&w->arena) };
    w->app.log = (struct log) { .fd = 2, .least = LOG_ERROR + 1 };
    w->app.clock = test_clock;
    struct db_options o = { .address = str_cstr(&w->arena, str_fmt(&w->arena, "%s/t.db", w->dir)),
                            .migrations = all_migrations(&w->app.arena),
                            .create = true };
    must(signer_spawn(w->dir, &w->app.signer, &e), &e);
    must(db_open(&o, &w->app.db, &e), &e);
    must(app_build(&w->app, &e), &e);
    for (size_t i = 0; modules[i]; i++)
        if (modules[i]->start)
            must(modules[i]->start(&w->app, &e), &e);
    if (with_places)
        must(db_write(w->app.db, add_places, w, &e), &e);
    struct grant *g = arena_new(&w->arena, struct grant);
    *g = (struct grant) { .role = STR("receptionist"), .facility = PLACE_A };
    w->clerk = (struct actor) { .account = 7, .name = STR("Lễ Tân"), .grants = g, .n_grants = 1 };
    *state = w;
    return 0;
}

int world_open(void **state)
{
    return open_world(state, true);
}

int world_open_empty(void **state)
{
    return open_world(state, false);
}

int world_close(void **state)
{
    struct world *w = *state;
    char command[128];
    app_unbuild(&w->app);
    db_close(w->app.db);
    signer_close(w->app.signer);
    snprintf(command, sizeof(command), "rm -rf %s", w->dir);
    int rc = system(command);
    arena_release(&w->app.arena);
    arena_release(&w->arena);
    free(w);
    return rc;
}

/* ---- declaring ---- */

void name_guest(struct world *w, struct stay_guest_in *g, struct str name)
{
    g->id.name = name;
    g->id.name_key = text_fold(&w->arena, name);
}

struct stay_guest_in a_guest(struct world *w, int n, int hours_ago)
{
    struct instant now = instant_now();
    struct stay_guest_in g = { .id = { .source = SOURCE_QR_CCCD,
                                       .level = EVIDENCE_L1,
                                       .sex = SEX_MALE,
                                       .nationality = STR("VNM"),
                                       .born = { .year = 1990, .month = 2, .day = 1 },
                                       .address = STR("Thôn 3") },
                               .room = STR("101"),
                               .reason = STR("Công tác"),
                               .arrives = { now.us - hours_ago * US_PER_HOUR } };
    struct err e = { 0 };
    struct str pid = str_fmt(&w->arena, "067090%06d", n);
    must(pid_parse(pid, instant_day(now), &g.id.pid, &e), &e);
    g.id.document = pid;
    name_guest(w, &g, str_fmt(&w->arena, "Nguyễn Văn Thử %d", n));
    g.leaves = (struct day) { instant_day(g.arrives).n + 2 + hours_ago / 24 };
    return g;
}

struct facility place(struct world *w, int64_t id)
{
    struct facility f;
    struct dbr *r;
    struct err e = { 0 };
    must(db_read_begin(w->app.db, &r, &e), &e);
    assert_int_equal(facility_by_id(r, &w->arena, id, &f, &e), 1);
    db_read_end(r);
    return f;
}

struct req a_request(struct world *w)
{
    return (struct req) { .app = &w->app,
                          .arena = &w->arena,
                          .db = w->app.db,
                          .signer = w->app.signer,
                          .actor = &w->clerk,
                          .log = &w->app.log,
                          .now = instant_now() };
}

struct declare_work {
    struct world *w;
    struct stay_declaration d;
    struct stay_receipt *out;
};

static int declare_write(struct tx *tx, void *arg, struct err *e)
{
    struct declare_work *k = arg;
    struct req q = a_request(k->w);
    return stay_declare(tx, &k->w->arena, &q, &k->d, k->out, e);
}

int declare(struct world *w, int64_t at, const struct stay_guest_in *guests, size_t n, struct stay_receipt *out,
            struct err *e)
{
    struct facility f = place(w, at);
    struct declare_work k = { .w = w, .d = { .facility = &f, .guests = guests, .n_guests = n }, .out = out };
    return db_write(w->app.db, declare_write, &k, e);
}

/* ---- asking ---- */

struct str ask(struct world *w, const char *who, const char *target)
{
    struct str cookie = who ? str_fmt(&w->arena, "cookie: " SESSION_COOKIE "=%s\n", who) : STR("");
    return http_once(&w->app, &w->arena,
                     str_fmt(&w->arena, "GET %s HTTP/1.1\nhost: bon.test\n%.*s\n", target, STR_ARG(cookie)));
}

int status_of(struct str reply)
{
    int64_t status = 0;
    str_to_i64(str_head(str_from(reply, 9), 3), &status);
    return (int)status;
}

bool has(struct str text, const char *part)
{
    if (str_find(text, str_of(part)) >= 0)
        return true;
    fprintf(stderr, "no \"%s\" in %zu bytes\n", part, text.n);
    return false;
}

int64_t count_in_state(struct world *w, enum stay_state s)
{
    struct dbr *r;
    struct err e = { 0 };
    struct stay_state_count_row row;
    must(db_read_begin(w->app.db, &r, &e), &e);
    assert_int_equal(stay_state_count(r, &w->arena, &(struct stay_state_count_in) { .state = s }, &row, &e), 1);
    db_read_end(r);
    return row.n;
}
