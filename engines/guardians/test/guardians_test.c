/* Who may act for whom, on which day; and that a death ends it. */
#include "engines/accounts/accounts.h"
#include "engines/guardians/inside.h"
#include "engines/people/test/seeded.h"

static const struct module *const modules[] = { &audit_module, &accounts_module, &people_module, &guardians_module, NULL };

static int setup(void **state)
{
    (void)state;
    ground_open_seeded("guardians", modules);
    return 0;
}

#define FATHER "067085000201" /* Trần Văn Mẫu */
#define MOTHER "067188000202" /* Lê Thị Ví Dụ */
#define CHILD  "067212000203" /* Trần Minh Thử, born 5/11/2012 */
#define OTHER  "067090000123" /* Nguyễn Văn Demo */
#define DEAD   "067160000401" /* Phạm Thị Đã Khuất, died 3/10/2022 */

static enum guardian_kind kind_on(const char *guardian, const char *ward, const char *on)
{
    enum guardian_kind kind = GUARDIAN_NOT;
    must(guardian_on(ground.r, &ground.arena, person(guardian), person(ward), day(on), &kind, &ground.e));
    return kind;
}

static void test_guardian_on__both_parents_until_the_day_before_the_eighteenth_birthday(void **state)
{
    (void)state;
    assert_int_equal(kind_on(FATHER, CHILD, "2026-11-23"), GUARDIAN_PARENT);
    assert_int_equal(kind_on(MOTHER, CHILD, "2030-11-04"), GUARDIAN_PARENT);
    assert_int_equal(kind_on(FATHER, CHILD, "2030-11-05"), GUARDIAN_NOT);
    assert_int_equal(kind_on(OTHER, CHILD, "2026-11-23"), GUARDIAN_NOT);
    assert_int_equal(kind_on(CHILD, FATHER, "2026-11-23"), GUARDIAN_NOT);
}

struct paper {
    const char *guardian, *ward, *from, *until;
    int64_t id;
};

static int paper_write(struct tx *tx, void *arg, struct err *err)
{
    struct paper *p = arg;
    struct guardianship_insert_in in = { .guardian = person(p->guardian), .guardian_name = STR("Người Thử"), .ward = person(p->ward),
                                         .ward_name = STR("Người Thử"), .kind = STR("incapacity"), .from_day = day(p->from),
                                         .until_day = day(p->until), .basis = STR("QĐ 1"), .made_name = STR("thử"),
                                         .made_at = tx_now(tx) };
    unit_code_parse(STR("24612"), &in.unit);
    tx_unaudited(tx, "a test records a guardianship");
    return guardianship_insert(tx, &in, &p->id, err) || guardians_tell_accounts(tx, &ground.arena, in.guardian, err) ? -1 : 0;
}

static void test_guardian_on__a_paper_holds_on_its_days(void **state)
{
    (void)state;
    struct paper p = { OTHER, CHILD, "2026-11-20", "2026-12-01", 0 };
    must(db_write(ground.app.db, paper_write, &p, &ground.e));
    look_again();
    assert_int_equal(kind_on(OTHER, CHILD, "2026-11-19"), GUARDIAN_NOT);
    assert_int_equal(kind_on(OTHER, CHILD, "2026-11-30"), GUARDIAN_BY_PAPER);
    assert_int_equal(kind_on(OTHER, CHILD, "2026-12-01"), GUARDIAN_NOT);
}

/* ---- deaths ---- */

static int account_write(struct tx *tx, void *arg, struct err *err)
{
    struct account_new in = { .login = STR("nguoigiamho"), .name = STR("Nguyễn Văn Demo"), .pid = { OTHER } };
    tx_unaudited(tx, "a test makes an account");
    in.person = person(OTHER);
    return account_create(tx, &ground.arena, &in, arg, err) || guardians_tell_accounts(tx, &ground.arena, in.person, err) ? -1 : 0;
}

/* What an account was told before the register of people heard of the death. */
static int old_capacity_write(struct tx *tx, void *arg, struct err *err)
{
    const struct capacity c = { .role = STR("guardian"), .source = STR("guardians.child/1"), .behalf = STR("Phạm Thị Đã Khuất"),
                                .ward = person(DEAD), .from = day("2026-11-01"), .until = day("2027-01-01") };
    tx_unaudited(tx, "a test tells an account");
    return capacities_set(tx, &ground.arena, *(int64_t *)arg, STR("guardians"), &c, 1, err);
}

static size_t roles_of(int64_t account)
{
    struct str roles[8];
    size_t n;
    look_again();
    must(account_roles(ground.r, &ground.arena, account, day("2026-11-23"), roles, 8, &n, &ground.e));
    return n;
}

static void test_guardians_review__a_death_ends_the_paper_on_its_day_and_the_hat_at_once(void **state)
{
    (void)state;
    struct paper p = { OTHER, DEAD, "2020-01-01", "2028-01-01", 0 };
    struct guardianship_by_id_row row;
    struct job_run job = { .app = &ground.app, .db = ground.app.db, .arena = &ground.arena, .now = day_at(day("2026-11-23"), 12, 0) };
    int64_t account;
    must(db_write(ground.app.db, account_write, &account, &ground.e));
    assert_int_equal(roles_of(account), 1); /* the living ward of the paper before */
    must(db_write(ground.app.db, paper_write, &p, &ground.e));
    must(db_write(ground.app.db, old_capacity_write, &account, &ground.e));
    assert_int_equal(roles_of(account), 1); /* the register's list replaced the other */
    must(guardians_review_job(&job, &ground.e));
    look_again();
    assert_int_equal(guardianship_by_id(ground.r, &ground.arena, &(struct guardianship_by_id_in){ .id = p.id }, &row, &ground.e), 1);
    assert_int_equal(row.until_day.n, day("2022-10-03").n);
    assert_int_equal(roles_of(account), 1); /* the living ward is back, the dead one is not */
    assert_int_equal(kind_on(OTHER, DEAD, "2026-11-23"), GUARDIAN_NOT);
    must(guardians_review_job(&job, &ground.e));
    assert_int_equal(roles_of(account), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guardian_on__both_parents_until_the_day_before_the_eighteenth_birthday),
        cmocka_unit_test(test_guardian_on__a_paper_holds_on_its_days),
        cmocka_unit_test(test_guardians_review__a_death_ends_the_paper_on_its_day_and_the_hat_at_once),
    };
    return cmocka_run_group_tests(tests, setup, ground_close);
}
