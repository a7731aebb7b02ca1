/* Roles held in an agency follow its duties: who may do what on which day stays true, and an undo leaves no trace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engines/accounts/accounts.h"
#include "engines/agencies/inside.h"
#include "engines/people/people.h"
#include "gen/accounts_queries.h"

/* ---- the store ---- */

static const struct role roles[] = {
    { .name = "app_owner", .title = STR_INIT("Chủ ứng dụng"), .function = "app.own", .agency = true },
    { .name = "land_clerk", .title = STR_INIT("Địa chính"), .function = "land.register", .agency = true },
    { .name = NULL },
};
static const struct module role_module = { .name = "roles", .title = STR_INIT("Vai trò"), .roles = roles };
static const struct module *const modules[] = { &audit_module,    &accounts_module, &people_module, &agencies_module,
                                                &role_module,     NULL };
static struct arena arena;
static struct app app;
static char dir[32];
static struct err e;
static int64_t account;

static const struct audit_record by = { .account_name = STR_INIT("thử"), .mode = STR_INIT("MÔ PHỎNG") };

static void must(int result)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(e.code), e.detail, e.file, e.line);
}

static struct day day(const char *text)
{
    struct day d;
    assert_true(day_parse_iso(str_of(text), &d));
    return d;
}

struct giving {
    const char *role, *from, *until;
};

static int give_write(struct tx *tx, void *arg, struct err *err)
{
    const struct giving *g = arg;
    struct grant_new in = { .account = account, .role = str_of(g->role), .agency = STR("so-tttt"), .from = day(g->from),
                            .until = day(g->until) };
    int64_t id;
    tx_unaudited(tx, "a test gives a role");
    return grant_create(tx, &in, &id, err);
}

static int person_write(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    struct account_new in = { .login = STR("canbo"), .name = STR("Cán bộ Thử") };
    tx_unaudited(tx, "a test makes an account");
    return account_create(tx, &arena, &in, &account, err);
}

static int setup(void **state)
{
    (void)state;
    struct db_migration all[64] = { 0 };
    size_t n = 0;
    arena_init(&arena, 64 << 20);
    snprintf(dir, sizeof(dir), "/tmp/bon-grants-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            all[n++] = *m;
    struct db_options o = { .address = str_cstr(&arena, str_fmt(&arena, "%s/bon.db", dir)), .migrations = all, .create = true };
    app.modules = modules;
    must(db_open(&o, &app.db, &e));
    must(agencies_load(app.db, access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong", &e));
    must(db_write(app.db, person_write, NULL, &e));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_close(app.db);
    int left = system(str_cstr(&arena, str_fmt(&arena, "rm -rf %s", dir)));
    arena_release(&arena);
    return left;
}

static void give(const char *role, const char *from, const char *until)
{
    struct giving g = { role, from, until };
    must(db_write(app.db, give_write, &g, &e));
}

/* "app_owner so-khcn" for each grant in force, oldest first. */
static struct str held_on(const char *text)
{
    struct dbr *r;
    struct grants_in_force_rows rows;
    struct buf b;
    buf_init(&b, &arena, 1024);
    must(db_read_begin(app.db, &r, &e));
    must(grants_in_force(r, &arena, &(struct grants_in_force_in) { .account = account, .today = day(text) }, &rows, &e));
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(&b, "%s%.*s %.*s", i ? ", " : "", STR_ARG(rows.v[i].role), STR_ARG(rows.v[i].agency));
    db_read_end(r);
    return buf_str(&b);
}

static void expect_held(const char *on, const char *what)
{
    assert_string_equal(str_cstr(&arena, held_on(on)), what);
}

struct acting {
    struct succession_new in;
    int64_t id;
};

static int succeed_write(struct tx *tx, void *arg, struct err *err)
{
    struct acting *a = arg;
    return agencies_succeed(&app, tx, &arena, &a->in, &by, &a->id, err);
}

static int undo_write(struct tx *tx, void *arg, struct err *err)
{
    return agencies_undo(&app, tx, &arena, *(int64_t *)arg, &by, err);
}

static struct acting to_khcn(const char *covers)
{
    return (struct acting) { .in = { .from = STR("so-tttt"), .to = STR("so-khcn"), .on = day("2025-03-01"),
                                     .decree = STR("QĐ 12/QĐ-UBND"), .covers = str_of(covers) } };
}

/* ---- the tests ---- */

static void test_grants_succeed__a_role_is_held_here_until_the_day_and_there_from_it(void **state)
{
    (void)state;
    struct acting a = to_khcn("");
    give("app_owner", "2024-01-01", "9999-12-31");
    give("land_clerk", "2025-06-01", "2026-01-01");
    give("land_clerk", "2020-01-01", "2021-01-01");
    must(db_write(app.db, succeed_write, &a, &e));
    expect_held("2025-02-28", "app_owner so-tttt");
    expect_held("2025-03-01", "app_owner so-khcn");
    expect_held("2025-06-01", "land_clerk so-khcn, app_owner so-khcn");
    expect_held("2020-06-01", "land_clerk so-tttt");
    must(db_write(app.db, undo_write, &a.id, &e));
    expect_held("2025-06-01", "app_owner so-tttt, land_clerk so-tttt");
    assert_int_equal(db_write(app.db, undo_write, &a.id, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
}

static void test_grants_succeed__an_act_that_names_a_function_takes_only_that(void **state)
{
    (void)state;
    struct acting a = to_khcn("function/land.register");
    give("app_owner", "2024-01-01", "9999-12-31");
    give("land_clerk", "2024-01-01", "9999-12-31");
    must(db_write(app.db, succeed_write, &a, &e));
    expect_held("2025-03-01", "app_owner so-tttt, land_clerk so-khcn");
    must(db_write(app.db, undo_write, &a.id, &e));
    expect_held("2025-03-01", "app_owner so-tttt, land_clerk so-tttt");
}

static void test_grants_succeed__a_role_given_afterwards_stands_in_the_way_of_an_undo(void **state)
{
    (void)state;
    struct acting a = to_khcn("");
    give("app_owner", "2024-01-01", "9999-12-31");
    must(db_write(app.db, succeed_write, &a, &e));
    give("land_clerk", "2024-01-01", "2024-02-01");
    assert_int_equal(db_write(app.db, undo_write, &a.id, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    expect_held("2025-03-01", "app_owner so-khcn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_grants_succeed__a_role_is_held_here_until_the_day_and_there_from_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_grants_succeed__an_act_that_names_a_function_takes_only_that, setup, teardown),
        cmocka_unit_test_setup_teardown(test_grants_succeed__a_role_given_afterwards_stands_in_the_way_of_an_undo, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
