/* Who may act for an organisation, on which day, in what; and what accounts hear of it. */
#include "engines/organisations/inside.h"
#include "engines/people/seed.h"
#include "engines/people/test/seeded.h"

static const struct module *const modules[] = { &audit_module, &accounts_module, &people_module, &organisations_module, NULL };

static int setup(void **state)
{
    (void)state;
    ground_open_seeded("organisations", modules);
    return 0;
}

/* ---- parts ---- */

#define HEAD  "067188000202" /* Lê Thị Ví Dụ: the demo's organisation is hers */
#define AGENT "067090000123" /* Nguyễn Văn Demo */

struct giving {
    struct part_new in;
    int64_t id;
};

static int give_write(struct tx *tx, void *arg, struct err *err)
{
    struct giving *g = arg;
    tx_unaudited(tx, "a test gives a part");
    return organisation_part_give(tx, &ground.arena, &g->in, &g->id, err);
}

static int give(enum organisation_part part, const char *who, const char *scope, const char *from, const char *until, int64_t *id)
{
    struct giving g = { .in = { .organisation = 1, .person = person(who), .name = STR("Người Thử"), .part = part,
                                .scope = str_of(scope), .basis = STR("GUQ 1"), .given_name = STR("thử"), .from = day(from),
                                .until = day(until) } };
    int result = db_write(ground.app.db, give_write, &g, &ground.e);
    look_again();
    *id = g.id;
    return result;
}

static enum organisation_part part_on(const char *who, const char *on, const char *work)
{
    enum organisation_part part = PART_NONE;
    must(organisation_part_on(ground.r, &ground.arena, 1, person(who), day(on), work, &part, &ground.e));
    return part;
}

static void test_organisations_seed__the_same_organisations_each_with_a_living_head_of_age(void **state)
{
    (void)state;
    struct arena a;
    struct seed_world world;
    struct organisations_count_row n;
    struct organisation o;
    arena_init(&a, 16 << 20);
    must(seed_world_load(&a, ground.app.settings.pack_dir, 511, day("2023-08-07"), &world, &ground.e));
    must(organisations_seed(&ground.app, &world, &ground.e));
    assert_int_equal(organisations_seed(&ground.app, &world, &ground.e), -1);
    assert_int_equal(ground.e.code, ERR_CONFLICT);
    arena_release(&a);
    look_again();
    assert_int_equal(organisations_count(ground.r, &ground.arena, &n, &ground.e), 1);
    assert_int_equal(n.n, 9); /* 2000 / 350 + 3, and the demo's */
    for (int64_t id = 1; id <= n.n; id++) {
        struct tax_code code;
        struct parts_of_organisation_rows parts;
        struct person head;
        assert_int_equal(organisation_by_id(ground.r, &ground.arena, id, &o, &ground.e), 1);
        must(tax_code_parse(o.code, &code, &ground.e));
        struct parts_of_organisation_in in = { .organisation = id, .since = day("2026-01-01") };
        must(parts_of_organisation(ground.r, &ground.arena, &in, &parts, &ground.e));
        assert_int_equal(parts.n, 1);
        assert_int_equal(person_by_id(ground.r, &ground.arena, parts.v[0].person, &head, &ground.e), 1);
        assert_false(head.has_died);
        assert_true(majority_day(head.born).n <= parts.v[0].from_day.n);
    }
    assert_int_equal(organisation_by_code(ground.r, &ground.arena, STR("6400119969"), &o, &ground.e), 0);
    assert_int_equal(organisation_by_id(ground.r, &ground.arena, 1, &o, &ground.e), 1);
    assert_true(str_eq(o.name, STR("Hợp tác xã Cà phê Mẫu")));
}

static void test_part_on__a_representative_may_do_everything_from_the_first_day_on(void **state)
{
    (void)state;
    assert_int_equal(part_on(HEAD, "2026-11-23", NULL), PART_REPRESENTATIVE);
    assert_int_equal(part_on(HEAD, "2026-11-23", "pay"), PART_REPRESENTATIVE);
    assert_int_equal(part_on(HEAD, "1990-01-01", NULL), PART_NONE);
    assert_int_equal(part_on(AGENT, "2026-11-23", NULL), PART_NONE);
}

static void test_part_on__an_agent_may_do_what_was_given_on_its_days(void **state)
{
    (void)state;
    int64_t id;
    must(give(PART_AGENT, AGENT, "see file", "2026-12-01", "2026-12-11", &id));
    assert_int_equal(part_on(AGENT, "2026-11-30", "file"), PART_NONE);
    assert_int_equal(part_on(AGENT, "2026-12-01", "file"), PART_AGENT);
    assert_int_equal(part_on(AGENT, "2026-12-10", "see"), PART_AGENT);
    assert_int_equal(part_on(AGENT, "2026-12-10", "pay"), PART_NONE);
    assert_int_equal(part_on(AGENT, "2026-12-10", NULL), PART_AGENT);
    assert_int_equal(part_on(AGENT, "2026-12-11", "file"), PART_NONE);
}

static void test_part_give__days_that_meet_are_refused_and_days_that_touch_are_not(void **state)
{
    (void)state;
    int64_t id;
    assert_int_equal(give(PART_AGENT, AGENT, "see", "2026-12-10", "2026-12-20", &id), -1);
    assert_int_equal(ground.e.code, ERR_CONFLICT);
    must(give(PART_AGENT, AGENT, "see", "2026-12-11", "2026-12-20", &id));
}

static void test_part_give__a_hundred_at_a_time_are_the_most(void **state)
{
    (void)state;
    static const char busy[] = "067095000301"; /* Y Demo Niê */
    int64_t id, first = day("2026-12-01").n;
    for (int64_t i = 0; i < 100; i++) {
        struct giving g = { .in = { .organisation = 2, .person = person(busy), .name = STR("Y Demo Niê"), .part = PART_AGENT,
                                    .scope = STR("see"), .basis = STR("GUQ 1"), .given_name = STR("thử"),
                                    .from = { (int32_t)(first + i) }, .until = { (int32_t)(first + i + 1) } } };
        must(db_write(ground.app.db, give_write, &g, &ground.e));
    }
    assert_int_equal(give(PART_AGENT, busy, "see", "2026-12-01", "2026-12-11", &id), -1);
    assert_int_equal(ground.e.code, ERR_CONFLICT);
    assert_true(str_find(err_sentence(&ground.e), STR("100 tổ chức")) >= 0);
}

/* ---- told to accounts ---- */

static int account_write(struct tx *tx, void *arg, struct err *err)
{
    struct account_new in = { .login = STR("nguoidaidien"), .name = STR("Lê Thị Ví Dụ"), .pid = { HEAD } };
    tx_unaudited(tx, "a test makes an account");
    in.person = *(int64_t *)arg;
    return account_create(tx, &ground.arena, &in, arg, err) || organisations_tell_accounts(tx, &ground.arena, in.person, err) ? -1 : 0;
}

static int close_write(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    tx_unaudited(tx, "a test closes an organisation");
    return organisation_close(tx, &ground.arena, 1, err);
}

static size_t roles_on(int64_t account, const char *on, struct str *out)
{
    size_t n;
    must(account_roles(ground.r, &ground.arena, account, day(on), out, 8, &n, &ground.e));
    return n;
}

static void test_tell_accounts__an_account_made_later_has_the_part_and_loses_it_with_the_organisation(void **state)
{
    (void)state;
    struct str roles[8];
    int64_t account = person(HEAD);
    must(db_write(ground.app.db, account_write, &account, &ground.e));
    look_again();
    assert_int_equal(roles_on(account, "2026-11-23", roles), 1);
    assert_true(str_eq(roles[0], STR("organisation_head")));
    must(db_write(ground.app.db, close_write, NULL, &ground.e));
    look_again();
    assert_int_equal(roles_on(account, "2026-11-23", roles), 0);
    assert_int_equal(part_on(HEAD, "2026-11-23", NULL), PART_NONE);
    assert_int_equal(part_on(AGENT, "2026-12-12", NULL), PART_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_organisations_seed__the_same_organisations_each_with_a_living_head_of_age),
        cmocka_unit_test(test_part_on__a_representative_may_do_everything_from_the_first_day_on),
        cmocka_unit_test(test_part_on__an_agent_may_do_what_was_given_on_its_days),
        cmocka_unit_test(test_part_give__days_that_meet_are_refused_and_days_that_touch_are_not),
        cmocka_unit_test(test_part_give__a_hundred_at_a_time_are_the_most),
        cmocka_unit_test(test_tell_accounts__an_account_made_later_has_the_part_and_loses_it_with_the_organisation),
    };
    return cmocka_run_group_tests(tests, setup, ground_close);
}
