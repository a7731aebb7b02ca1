/* Roles held in an agency follow its duties: who may do what on which day stays true, and an undo leaves no trace. */
#include "engines/accounts/accounts.h"
#include "engines/agencies/inside.h"
#include "engines/people/people.h"
#include "gen/accounts_queries.h"
#include "platform/http/test/ground.h"

static const struct role roles[] = {
    { .name = "app_owner", .title = STR_INIT("Chủ ứng dụng"), .function = "app.own", .agency = true },
    { .name = "land_clerk", .title = STR_INIT("Địa chính"), .function = "land.register", .agency = true },
    { .name = NULL },
};
static const struct module role_module = { .name = "roles", .title = STR_INIT("Vai trò"), .roles = roles };
static const struct module *const modules[] = { &audit_module,    &accounts_module, &people_module, &agencies_module,
                                                &role_module,     NULL };
static int64_t account;

static const struct audit_record by = { .account_name = STR_INIT("thử"), .mode = STR_INIT("MÔ PHỎNG") };

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
    return account_create(tx, &ground.arena, &in, &account, err);
}

static int setup(void **state)
{
    (void)state;
    ground_open("grants", modules);
    must(agencies_load(ground.app.db, ground.app.settings.pack_dir, &ground.e));
    must(db_write(ground.app.db, person_write, NULL, &ground.e));
    return 0;
}

static void give(const char *role, const char *from, const char *until)
{
    struct giving g = { role, from, until };
    must(db_write(ground.app.db, give_write, &g, &ground.e));
}

/* "app_owner so-khcn" for each grant in force, oldest first. */
static struct str held_on(const char *text)
{
    struct grants_in_force_rows rows;
    struct buf b;
    buf_init(&b, &ground.arena, 1024);
    look_again();
    struct grants_in_force_in in = { .account = account, .today = day(text) };
    must(grants_in_force(ground.r, &ground.arena, &in, &rows, &ground.e));
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(&b, "%s%.*s %.*s", i ? ", " : "", STR_ARG(rows.v[i].role), STR_ARG(rows.v[i].agency));
    return buf_str(&b);
}

static void expect_held(const char *on, const char *what)
{
    assert_string_equal(str_cstr(&ground.arena, held_on(on)), what);
}

struct acting {
    struct succession_new in;
    int64_t id;
};

static int succeed_write(struct tx *tx, void *arg, struct err *err)
{
    struct acting *a = arg;
    return agencies_succeed(&ground.app, tx, &ground.arena, &a->in, &by, &a->id, err);
}

static int undo_write(struct tx *tx, void *arg, struct err *err)
{
    return agencies_undo(&ground.app, tx, &ground.arena, *(int64_t *)arg, &by, err);
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
    must(db_write(ground.app.db, succeed_write, &a, &ground.e));
    expect_held("2025-02-28", "app_owner so-tttt");
    expect_held("2025-03-01", "app_owner so-khcn");
    expect_held("2025-06-01", "land_clerk so-khcn, app_owner so-khcn");
    expect_held("2020-06-01", "land_clerk so-tttt");
    must(db_write(ground.app.db, undo_write, &a.id, &ground.e));
    expect_held("2025-06-01", "app_owner so-tttt, land_clerk so-tttt");
    assert_int_equal(db_write(ground.app.db, undo_write, &a.id, &ground.e), -1);
    assert_int_equal(ground.e.code, ERR_CONFLICT);
}

static void test_grants_succeed__an_act_that_names_a_function_takes_only_that(void **state)
{
    (void)state;
    struct acting a = to_khcn("function/land.register");
    give("app_owner", "2024-01-01", "9999-12-31");
    give("land_clerk", "2024-01-01", "9999-12-31");
    must(db_write(ground.app.db, succeed_write, &a, &ground.e));
    expect_held("2025-03-01", "app_owner so-tttt, land_clerk so-khcn");
    must(db_write(ground.app.db, undo_write, &a.id, &ground.e));
    expect_held("2025-03-01", "app_owner so-tttt, land_clerk so-tttt");
}

static void test_grants_succeed__a_role_given_afterwards_stands_in_the_way_of_an_undo(void **state)
{
    (void)state;
    struct acting a = to_khcn("");
    give("app_owner", "2024-01-01", "9999-12-31");
    must(db_write(ground.app.db, succeed_write, &a, &ground.e));
    give("land_clerk", "2024-01-01", "2024-02-01");
    assert_int_equal(db_write(ground.app.db, undo_write, &a.id, &ground.e), -1);
    assert_int_equal(ground.e.code, ERR_CONFLICT);
    expect_held("2025-03-01", "app_owner so-khcn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_grants_succeed__a_role_is_held_here_until_the_day_and_there_from_it, setup, ground_close),
        cmocka_unit_test_setup_teardown(test_grants_succeed__an_act_that_names_a_function_takes_only_that, setup, ground_close),
        cmocka_unit_test_setup_teardown(test_grants_succeed__a_role_given_afterwards_stands_in_the_way_of_an_undo, setup, ground_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
