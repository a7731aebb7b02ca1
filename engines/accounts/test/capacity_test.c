/* What another register knows of a person, in the grants of an account: given, followed, ended, and given again. */
#include "engines/accounts/accounts_internal.h"
#include "platform/http/test/ground.h"

static const struct role roles[] = {
    { .name = "agent", .title = STR_INIT("Được cử"), .function = "citizen", .held_for = HELD_FOR_ORGANISATION },
    { .name = "police", .title = STR_INIT("Công an"), .function = "stay.receive" },
    { .name = NULL },
};
static const struct module role_module = { .name = "roles", .title = STR_INIT("Vai trò"), .roles = roles };
static const struct module *const modules[] = { &audit_module, &accounts_module, &role_module, NULL };
static int64_t account;

static int account_write(struct tx *tx, void *arg, struct err *err)
{
    struct account_new in = { .login = STR("nguoi.thu"), .name = STR("Người Thử") };
    (void)arg;
    tx_unaudited(tx, "a test makes an account");
    return account_create(tx, &ground.arena, &in, &account, err);
}

static int setup(void **state)
{
    (void)state;
    ground_open("capacity", modules);
    must(db_write(ground.app.db, account_write, NULL, &ground.e));
    return 0;
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
    return capacities_set(tx, &ground.arena, account, str_of(t->source), t->v, t->n, err);
}

static void tell(const char *source, const struct capacity *v, size_t n)
{
    struct telling t = { source, v, n };
    must(db_write(ground.app.db, tell_write, &t, &ground.e));
}

/* "Hợp tác xã (file) until 2026-12-31" for each grant in force, in order of their numbers. */
static void expect_held(const char *what)
{
    struct grants_in_force_rows rows;
    struct buf b;
    buf_init(&b, &ground.arena, 1024);
    look_again();
    struct grants_in_force_in in = { .account = account, .today = day("2026-11-23") };
    must(grants_in_force(ground.r, &ground.arena, &in, &rows, &ground.e));
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(&b, "%s%.*s (%.*s) until %.*s", i ? ", " : "", STR_ARG(rows.v[i].behalf), STR_ARG(rows.v[i].scope),
                STR_ARG(day_iso(&ground.arena, rows.v[i].until_day)));
    assert_string_equal(str_cstr(&ground.arena, buf_str(&b)), what);
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
    struct hat officer = hat_of_grant(&ground.app, &police, 5, STR("Chị Lan"));
    struct hat agent_hat = hat_of_grant(&ground.app, &sent, 5, STR("Chị Lan"));
    struct hat none = hat_of_grant(&ground.app, NULL, 5, STR("Chị Lan"));
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
    return cmocka_run_group_tests(tests, setup, ground_close);
}
