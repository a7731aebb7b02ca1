/* What another register knows of a person, in the grants of an account: given, followed, ended, and given again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "engines/accounts/accounts_internal.h"

static const struct role roles[] = {
    { .name = "agent", .title = STR_INIT("Được cử"), .function = "citizen", .held_for = HELD_FOR_ORGANISATION },
    { .name = "police", .title = STR_INIT("Công an"), .function = "stay.receive" },
    { .name = NULL },
};
static const struct module role_module = { .name = "roles", .title = STR_INIT("Vai trò"), .roles = roles };
static const struct module *const modules[] = { &audit_module, &accounts_module, &role_module, NULL };
static struct arena arena;
static struct app app;
static char dir[40];
static struct err e;
static int64_t account;

static void must(int result)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(e.code), e.detail, e.file, e.line);
}

static struct day day(const char *text)
{
    struct day d = { 0 };
    assert_true(day_parse_iso(str_of(text), &d));
    return d;
}

static struct instant noon(void *ctx)
{
    (void)ctx;
    return day_at(day("2026-11-23"), 12, 0);
}

static int account_write(struct tx *tx, void *arg, struct err *err)
{
    struct account_new in = { .login = STR("nguoi.thu"), .name = STR("Người Thử") };
    (void)arg;
    tx_unaudited(tx, "a test makes an account");
    return account_create(tx, &arena, &in, &account, err);
}

static int setup(void **state)
{
    (void)state;
    struct db_migration all[64] = { 0 };
    size_t n = 0;
    arena_init(&arena, 16 << 20);
    snprintf(dir, sizeof(dir), "/tmp/bon-capacity-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            all[n++] = *m;
    struct db_options o = { .address = str_cstr(&arena, str_fmt(&arena, "%s/bon.db", dir)), .migrations = all, .create = true,
                            .clock = noon };
    app.modules = modules;
    must(db_open(&o, &app.db, &e));
    must(db_write(app.db, account_write, NULL, &e));
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

struct telling {
    const char *source;
    const struct capacity *v;
    size_t n;
};

static int tell_write(struct tx *tx, void *arg, struct err *err)
{
    const struct telling *t = arg;
    tx_unaudited(tx, "a test tells an account");
    return capacities_set(tx, &arena, account, str_of(t->source), t->v, t->n, err);
}

static void tell(const char *source, const struct capacity *v, size_t n)
{
    struct telling t = { source, v, n };
    must(db_write(app.db, tell_write, &t, &e));
}

/* "Hợp tác xã (file) until 2026-12-31" for each grant in force, in order of their numbers. */
static void expect_held(const char *what)
{
    struct dbr *r;
    struct grants_in_force_rows rows;
    struct buf b;
    buf_init(&b, &arena, 1024);
    must(db_read_begin(app.db, &r, &e));
    must(grants_in_force(r, &arena, &(struct grants_in_force_in){ .account = account, .today = day("2026-11-23") }, &rows, &e));
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(&b, "%s%.*s (%.*s) until %.*s", i ? ", " : "", STR_ARG(rows.v[i].behalf), STR_ARG(rows.v[i].scope),
                STR_ARG(day_iso(&arena, rows.v[i].until_day)));
    db_read_end(r);
    assert_string_equal(str_cstr(&arena, buf_str(&b)), what);
}

static struct capacity agent(const char *source, const char *name, const char *scope, const char *until)
{
    return (struct capacity){ .role = STR("agent"), .source = str_of(source), .behalf = str_of(name), .scope = str_of(scope),
                              .organisation = 7, .from = day("2026-11-01"), .until = day(until) };
}

static void test_capacities_set__the_grants_become_what_the_register_says(void **state)
{
    (void)state;
    struct capacity said[] = { agent("companies.part/1", "HTX Một", "file", "2027-01-01"),
                               agent("companies.part/2", "HTX Hai", "see", "2027-01-01") };
    tell("companies", said, 2);
    expect_held("HTX Một (file) until 2027-01-01, HTX Hai (see) until 2027-01-01");
    tell("companies", said, 2);
    expect_held("HTX Một (file) until 2027-01-01, HTX Hai (see) until 2027-01-01");
    said[1] = agent("companies.part/2", "HTX Hai Mới", "see pay", "2026-12-01");
    tell("companies", said, 2);
    expect_held("HTX Một (file) until 2027-01-01, HTX Hai Mới (see pay) until 2026-12-01");
    tell("companies", &said[1], 1);
    expect_held("HTX Hai Mới (see pay) until 2026-12-01");
    tell("companies", said, 2);
    expect_held("HTX Hai Mới (see pay) until 2026-12-01, HTX Một (file) until 2027-01-01");
}

static void test_capacities_set__one_register_does_not_touch_what_another_gave(void **state)
{
    (void)state;
    const struct capacity other = agent("company.part/1", "Sổ Khác", "see", "2027-01-01");
    tell("company", &other, 1);
    tell("companies", NULL, 0);
    expect_held("Sổ Khác (see) until 2027-01-01");
    tell("company", NULL, 0);
    expect_held("");
}

static void test_capacities_set__what_is_over_already_is_not_given(void **state)
{
    (void)state;
    const struct capacity over = agent("companies.part/9", "HTX Cũ", "see", "2026-11-23");
    tell("companies", &over, 1);
    expect_held("");
}

static void test_hat_of_grant__says_of_which_kind_and_for_whom(void **state)
{
    (void)state;
    const struct grant police = { .id = 1, .role = STR("police") };
    const struct grant sent = { .id = 2, .role = STR("agent"), .organisation = 7, .behalf = STR("HTX Một"), .scope = STR("see file") };
    struct hat officer = hat_of_grant(&app, &police, 5, STR("Chị Lan")), agent_hat = hat_of_grant(&app, &sent, 5, STR("Chị Lan"));
    struct hat none = hat_of_grant(&app, NULL, 5, STR("Chị Lan"));
    assert_int_equal(officer.kind, HAT_OFFICER);
    assert_int_equal(officer.person, 5);
    assert_true(str_eq(officer.function, STR("stay.receive")) && str_eq(officer.behalf, STR("Chị Lan")));
    assert_true(hat_covers(&officer, "pay"));
    assert_int_equal(agent_hat.kind, HAT_AGENT);
    assert_int_equal(agent_hat.person, 0);
    assert_int_equal(agent_hat.organisation, 7);
    assert_true(hat_covers(&agent_hat, "file"));
    assert_false(hat_covers(&agent_hat, "pay"));
    assert_false(hat_covers(&agent_hat, "fil"));
    assert_int_equal(none.kind, HAT_NONE);
    assert_false(hat_covers(&none, "see"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_capacities_set__the_grants_become_what_the_register_says),
        cmocka_unit_test(test_capacities_set__one_register_does_not_touch_what_another_gave),
        cmocka_unit_test(test_capacities_set__what_is_over_already_is_not_given),
        cmocka_unit_test(test_hat_of_grant__says_of_which_kind_and_for_whom),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
