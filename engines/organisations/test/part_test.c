/* Who may act for an organisation, on which day, in what; and what accounts hear of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engines/organisations/inside.h"
#include "engines/people/people.h"
#include "engines/people/seed.h"

/* ---- the store ---- */

static const struct module *const modules[] = { &audit_module, &accounts_module, &people_module, &organisations_module, NULL };
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
    snprintf(dir, sizeof(dir), "/tmp/bon-organisations-XXXXXX");
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
    return organisation_part_give(tx, &arena, &g->in, &g->id, err);
}

static int give(enum organisation_part part, const char *who, const char *scope, const char *from, const char *until, int64_t *id)
{
    struct giving g = { .in = { .organisation = 1, .person = person(who), .name = STR("Người Thử"), .part = part,
                                .scope = str_of(scope), .basis = STR("GUQ 1"), .given_name = STR("thử"), .from = day(from),
                                .until = day(until) } };
    int result = db_write(app.db, give_write, &g, &e);
    look_again();
    *id = g.id;
    return result;
}

static enum organisation_part part_on(const char *who, const char *on, const char *work)
{
    enum organisation_part part = PART_NONE;
    must(organisation_part_on(r, &arena, 1, person(who), day(on), work, &part, &e));
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
    must(seed_world_load(&a, app.settings.pack_dir, 511, day("2023-08-07"), &world, &e));
    must(organisations_seed(&app, &world, &e));
    assert_int_equal(organisations_seed(&app, &world, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    arena_release(&a);
    look_again();
    assert_int_equal(organisations_count(r, &arena, &n, &e), 1);
    assert_int_equal(n.n, 9); /* 2000 / 350 + 3, and the demo's */
    for (int64_t id = 1; id <= n.n; id++) {
        struct tax_code code;
        struct parts_of_organisation_rows parts;
        struct person head;
        assert_int_equal(organisation_by_id(r, &arena, id, &o, &e), 1);
        must(tax_code_parse(o.code, &code, &e));
        must(parts_of_organisation(r, &arena, &(struct parts_of_organisation_in){ .organisation = id, .since = day("2026-01-01") },
                                   &parts, &e));
        assert_int_equal(parts.n, 1);
        assert_int_equal(person_by_id(r, &arena, parts.v[0].person, &head, &e), 1);
        assert_false(head.has_died);
        assert_true(majority_day(head.born).n <= parts.v[0].from_day.n);
    }
    assert_int_equal(organisation_by_code(r, &arena, STR("6400119969"), &o, &e), 0);
    assert_int_equal(organisation_by_id(r, &arena, 1, &o, &e), 1);
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
    assert_int_equal(e.code, ERR_CONFLICT);
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
        must(db_write(app.db, give_write, &g, &e));
    }
    assert_int_equal(give(PART_AGENT, busy, "see", "2026-12-01", "2026-12-11", &id), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_true(str_find(err_sentence(&e), STR("100 tổ chức")) >= 0);
}

/* ---- told to accounts ---- */

static int account_write(struct tx *tx, void *arg, struct err *err)
{
    struct account_new in = { .login = STR("nguoidaidien"), .name = STR("Lê Thị Ví Dụ"), .pid = { HEAD } };
    tx_unaudited(tx, "a test makes an account");
    in.person = *(int64_t *)arg;
    return account_create(tx, &arena, &in, arg, err) || organisations_tell_accounts(tx, &arena, in.person, err) ? -1 : 0;
}

static int close_write(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    tx_unaudited(tx, "a test closes an organisation");
    return organisation_close(tx, &arena, 1, err);
}

static size_t roles_on(int64_t account, const char *on, struct str *out)
{
    size_t n;
    must(account_roles(r, &arena, account, day(on), out, 8, &n, &e));
    return n;
}

static void test_tell_accounts__an_account_made_later_has_the_part_and_loses_it_with_the_organisation(void **state)
{
    (void)state;
    struct str roles[8];
    int64_t account = person(HEAD);
    must(db_write(app.db, account_write, &account, &e));
    look_again();
    assert_int_equal(roles_on(account, "2026-11-23", roles), 1);
    assert_true(str_eq(roles[0], STR("organisation_head")));
    must(db_write(app.db, close_write, NULL, &e));
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
    return cmocka_run_group_tests(tests, setup, teardown);
}
