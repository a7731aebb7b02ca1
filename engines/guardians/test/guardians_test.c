/* Who may act for whom, on which day; and that a death ends it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engines/accounts/accounts.h"
#include "engines/guardians/inside.h"
#include "engines/people/people.h"

/* ---- the store ---- */

static const struct module *const modules[] = { &audit_module, &accounts_module, &people_module, &guardians_module, NULL };
static struct arena arena;
static struct app app;
static char dir[40];
static struct err e;
static struct dbr *r;

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

static int64_t person(const char *number)
{
    struct pid pid = { 0 };
    struct person p;
    memcpy(pid.v, number, 12);
    assert_int_equal(person_by_pid(r, &arena, &pid, &p, &e), 1);
    return p.id;
}

static void look_again(void)
{
    db_read_end(r);
    must(db_read_begin(app.db, &r, &e));
}

static int setup(void **state)
{
    (void)state;
    struct db_migration all[64] = { 0 };
    struct seed_result made;
    size_t n = 0;
    arena_init(&arena, 64 << 20);
    snprintf(dir, sizeof(dir), "/tmp/bon-guardians-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            all[n++] = *m;
    struct db_options o = { .address = str_cstr(&arena, str_fmt(&arena, "%s/bon.db", dir)), .migrations = all, .create = true,
                            .clock = noon };
    app.modules = modules;
    app.settings.mode = "MÔ PHỎNG";
    app.settings.pack_dir = access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong";
    struct seed_options people = { .people = 2000, .seed = 511, .as_of = day("2023-08-07"), .pack_dir = app.settings.pack_dir };
    must(db_open(&o, &app.db, &e));
    must(people_seed(app.db, &people, &made, &e));
    must(db_read_begin(app.db, &r, &e));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_read_end(r);
    db_close(app.db);
    int left = system(str_cstr(&arena, str_fmt(&arena, "rm -rf %s", dir)));
    arena_release(&arena);
    return left;
}

#define FATHER "067085000201" /* Trần Văn Mẫu */
#define MOTHER "067188000202" /* Lê Thị Ví Dụ */
#define CHILD  "067212000203" /* Trần Minh Thử, born 5/11/2012 */
#define OTHER  "067090000123" /* Nguyễn Văn Demo */
#define DEAD   "067160000401" /* Phạm Thị Đã Khuất, died 3/10/2022 */

static enum guardian_kind kind_on(const char *guardian, const char *ward, const char *on)
{
    enum guardian_kind kind = GUARDIAN_NOT;
    must(guardian_on(r, &arena, person(guardian), person(ward), day(on), &kind, &e));
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
    return guardianship_insert(tx, &in, &p->id, err) || guardians_tell_accounts(tx, &arena, in.guardian, err) ? -1 : 0;
}

static void test_guardian_on__a_paper_holds_on_its_days(void **state)
{
    (void)state;
    struct paper p = { OTHER, CHILD, "2026-11-20", "2026-12-01", 0 };
    must(db_write(app.db, paper_write, &p, &e));
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
    return account_create(tx, &arena, &in, arg, err) || guardians_tell_accounts(tx, &arena, in.person, err) ? -1 : 0;
}

/* What an account was told before the register of people heard of the death. */
static int old_capacity_write(struct tx *tx, void *arg, struct err *err)
{
    const struct capacity c = { .role = STR("guardian"), .source = STR("guardians.child/1"), .behalf = STR("Phạm Thị Đã Khuất"),
                                .ward = person(DEAD), .from = day("2026-11-01"), .until = day("2027-01-01") };
    tx_unaudited(tx, "a test tells an account");
    return capacities_set(tx, &arena, *(int64_t *)arg, STR("guardians"), &c, 1, err);
}

static size_t roles_of(int64_t account)
{
    struct str roles[8];
    size_t n;
    look_again();
    must(account_roles(r, &arena, account, day("2026-11-23"), roles, 8, &n, &e));
    return n;
}

static void test_guardians_review__a_death_ends_the_paper_on_its_day_and_the_hat_at_once(void **state)
{
    (void)state;
    struct paper p = { OTHER, DEAD, "2020-01-01", "2028-01-01", 0 };
    struct guardianship_by_id_row row;
    struct job_run job = { .app = &app, .db = app.db, .arena = &arena, .now = noon(NULL) };
    int64_t account;
    must(db_write(app.db, account_write, &account, &e));
    assert_int_equal(roles_of(account), 1); /* the living ward of the paper before */
    must(db_write(app.db, paper_write, &p, &e));
    must(db_write(app.db, old_capacity_write, &account, &e));
    assert_int_equal(roles_of(account), 1); /* the register's list replaced the other */
    must(guardians_review_job(&job, &e));
    look_again();
    assert_int_equal(guardianship_by_id(r, &arena, &(struct guardianship_by_id_in){ .id = p.id }, &row, &e), 1);
    assert_int_equal(row.until_day.n, day("2022-10-03").n);
    assert_int_equal(roles_of(account), 1); /* the living ward is back, the dead one is not */
    assert_int_equal(kind_on(OTHER, DEAD, "2026-11-23"), GUARDIAN_NOT);
    must(guardians_review_job(&job, &e));
    assert_int_equal(roles_of(account), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guardian_on__both_parents_until_the_day_before_the_eighteenth_birthday),
        cmocka_unit_test(test_guardian_on__a_paper_holds_on_its_days),
        cmocka_unit_test(test_guardians_review__a_death_ends_the_paper_on_its_day_and_the_hat_at_once),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
