/* The register in a real SQLite file: units, matching, and a small synthetic province loaded into it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/test/directory.h"
#include "engines/audit/audit.h"
#include "engines/people/load.h"
#include "engines/people/pack.h"
#include "engines/people/people.h"
#include "gen/people_queries.h"

enum { PEOPLE = 2000 };

static struct arena arena;
static char dir[TEST_DIRECTORY];
static char truth_path[TEST_DIRECTORY + 16];
static struct db *db;
static struct dbr *r;
static struct seed_result result;
static struct err e;

static const char *pack(void)
{
    return access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong";
}

static struct day day(int y, int m, int d)
{
    struct day out;
    assert_true(day_from_ymd(y, m, d, &out));
    return out;
}

static struct seed_options options(void)
{
    struct seed_options o = { .people = PEOPLE, .seed = 511, .pack_dir = pack(), .truth_path = truth_path };
    o.as_of = day(2023, 8, 7);
    return o;
}

static int open_store(void)
{
    struct db_migration all[32];
    size_t n = 0;
    for (const struct db_migration *m = audit_module.migrations; m->module; m++)
        all[n++] = *m;
    for (const struct db_migration *m = people_module.migrations; m->module; m++)
        all[n++] = *m;
    all[n] = (struct db_migration) { 0 };
    struct str path = str_fmt(&arena, "%s/bon.db", dir);
    return db_open(&(struct db_options) { .address = str_cstr(&arena, path), .migrations = all, .create = true }, &db, &e);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 64 * 1024 * 1024);
    if (!test_directory(dir, "people"))
        return -1;
    snprintf(truth_path, sizeof truth_path, "%s/truth.csv", dir);
    struct seed_options o = options();
    if (open_store() || people_seed(db, &o, &result, &e) || db_read_begin(db, &r, &e)) {
        print_error("%s %s\n", err_name(e.code), e.detail);
        return -1;
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_read_end(r);
    db_close(db);
    struct str rm = str_fmt(&arena, "rm -rf %s", dir);
    int left = system(str_cstr(&arena, rm));
    arena_release(&arena);
    return left;
}

static struct unit_code code(const char *s)
{
    struct unit_code c;
    assert_true(unit_code_parse(str_of(s), &c));
    return c;
}

static bool within(const char *unit, const char *territory, struct day on)
{
    bool yes = false;
    assert_int_equal(unit_within(r, code(unit), code(territory), on, &yes, &e), 0);
    return yes;
}

/* ---- units ---- */

static void test_units__both_geographies_are_complete(void **state)
{
    (void)state;
    static const size_t wanted[2][3] = { { 63, 8, 71 }, { 34, 0, 28 } };
    for (enum geography g = GEO_2023; g <= GEO_2025; g++) {
        for (int level = 1; level <= 3; level++) {
            struct unit *units;
            size_t n;
            assert_int_equal(units_list(r, &arena, g, level, &units, &n, &e), 0);
            assert_int_equal(n, wanted[g][level - 1]);
        }
    }
}

static void test_unit_by_code__a_code_means_another_unit_after_the_change(void **state)
{
    (void)state;
    struct unit u;
    assert_int_equal(unit_by_code(r, &arena, code("24760"), day(2025, 6, 30), &u, &e), 1);
    assert_true(str_eq(u.name, STR("Xã Đắk Sin")));
    assert_int_equal(unit_by_code(r, &arena, code("24760"), day(2025, 7, 1), &u, &e), 1);
    assert_true(str_eq(u.name, STR("Xã Quảng Tín")));
    assert_string_equal(u.parent.v, "68");
    assert_int_equal(unit_by_code(r, &arena, code("666"), day(2025, 7, 1), &u, &e), 0);
}

static void test_unit_successor__dak_ru_became_part_of_quang_tin(void **state)
{
    (void)state;
    struct unit old, now;
    size_t n;
    assert_int_equal(unit_by_code(r, &arena, code("24763"), day(2023, 8, 7), &old, &e), 1);
    assert_int_equal(unit_successor(r, &arena, old.id, &now, &n, &e), 0);
    assert_int_equal(n, 1);
    assert_true(str_eq(now.name, STR("Xã Quảng Tín")));
    assert_int_equal(unit_successor(r, &arena, now.id, &now, &n, &e), 0);
    assert_int_equal(n, 0);
}

static void test_unit_within__commune_district_province_on_the_day(void **state)
{
    (void)state;
    struct day then = day(2023, 8, 7);
    assert_true(within("24763", "24763", then));
    assert_true(within("24763", "666", then));
    assert_true(within("24763", "67", then));
    assert_false(within("24763", "667", then));
    assert_false(within("24763", "24760", then)); /* Đắk Sin is its neighbour */
    assert_false(within("666", "24763", then));
    assert_false(within("67", "01", then));
    assert_false(within("99999", "67", then));
}

static void test_unit_within__holds_across_the_change_by_successors(void **state)
{
    (void)state;
    struct day now = day(2026, 11, 23);
    assert_true(within("24763", "24760", now)); /* Đắk Ru lies in Quảng Tín now */
    assert_true(within("24763", "68", now));
    assert_true(within("24763", "666", now)); /* an old district still names its land */
    assert_true(within("24760", "67", now));  /* all parts of Quảng Tín were in Đắk Nông */
    assert_true(within("24760", "666", now));
    assert_false(within("24760", "667", now));
    assert_false(within("24611", "660", now)); /* Bắc Gia Nghĩa has a part from Đăk Glong */
    assert_true(within("24611", "67", now));
    assert_false(within("68", "67", now)); /* Lâm Đồng is more than Đắk Nông */
    assert_true(within("67", "68", now));
}

static void test_units_load__twice_is_once(void **state)
{
    (void)state;
    struct units_count_row before, after;
    assert_int_equal(units_count(r, &arena, &before, &e), 1);
    assert_int_equal(units_load(db, pack(), &e), 0);
    struct dbr *again;
    assert_int_equal(db_read_begin(db, &again, &e), 0);
    assert_int_equal(units_count(again, &arena, &after, &e), 1);
    db_read_end(again);
    assert_int_equal(before.n, after.n);
    assert_int_equal(before.n, 63 + 8 + 71 + 34 + 28);
}

/* ---- the pack ---- */

static void test_pack_value_on__the_agency_of_the_day_carries_the_function(void **state)
{
    (void)state;
    struct pack_conf conf;
    assert_int_equal(pack_conf_read(&arena, pack(), &conf, &e), 0);
    assert_true(str_eq(pack_value(&conf, "people.id_code"), STR("067")));
    assert_true(str_eq(pack_value(&conf, "organisations.tax_prefix"), STR("64"))); /* the remark after it is no part */
    assert_true(str_eq(pack_value_on(&conf, "function.criminal_record.issue", day(2023, 8, 7)), STR("Sở Tư pháp")));
    assert_true(str_eq(pack_value_on(&conf, "function.criminal_record.issue", day(2026, 1, 1)), STR("Công an tỉnh")));
    assert_null(pack_value_on(&conf, "function.criminal_record.issue", day(2000, 1, 1)).p);
    assert_null(pack_value(&conf, "no.such.key").p);
}

/* ---- persons ---- */

static enum person_match match(const char *number, const char *name, struct birth born, int64_t *person)
{
    struct person_claim c = { .name = str_of(name), .born = born };
    snprintf(c.pid.v, sizeof c.pid.v, "%s", number);
    enum person_match m = PERSON_NO_MATCH;
    assert_int_equal(person_match(r, &arena, &c, &m, person, &e), 0);
    return m;
}

static void test_person_match__number_folded_name_and_birth_must_agree(void **state)
{
    (void)state;
    int64_t person = -1;
    const struct birth born = { 1990, 2, 1 };
    assert_int_equal(match("067090000123", "Nguyễn Văn Demo", born, &person), PERSON_MATCH);
    assert_true(person > 0);
    assert_int_equal(match("067090000123", "NGUYEN VAN DEMO", born, &person), PERSON_MATCH);
    assert_int_equal(match("067090000123", "Nguyễn Văn Demo", (struct birth) { 1990, 0, 0 }, &person), PERSON_MATCH);
    assert_int_equal(match("067090000123", "Nguyễn Văn Demo", (struct birth) { 1990, 2, 2 }, &person), PERSON_NO_MATCH);
    assert_int_equal(person, 0);
    assert_int_equal(match("067090000123", "Nguyễn Văn Dêm", born, &person), PERSON_NO_MATCH);
    assert_int_equal(match("067090999999", "Nguyễn Văn Demo", born, &person), PERSON_NO_MATCH);
    assert_int_equal(match("067160000401", "Phạm Thị Đã Khuất", (struct birth) { 1960, 7, 7 }, &person), PERSON_DEAD);
}

static void test_person_by_pid__the_demo_citizens_entry(void **state)
{
    (void)state;
    struct pid pid = { "067090000123" };
    struct person p, same;
    assert_int_equal(person_by_pid(r, &arena, &pid, &p, &e), 1);
    assert_true(str_eq(p.name, STR("Nguyễn Văn Demo")));
    assert_true(str_eq(p.address, STR("Thôn 3, Đắk Ru, Đắk R'Lấp, Đắk Nông")));
    assert_string_equal(p.unit.v, "24763");
    assert_true(str_eq(p.ethnic, STR("Kinh")));
    assert_false(p.has_died);
    assert_int_equal(person_by_id(r, &arena, p.id, &same, &e), 1);
    assert_true(pid_eq(&p.pid, &same.pid));
    assert_int_equal(person_by_id(r, &arena, 987654321, &same, &e), 0);
}

/* ---- family ---- */

static size_t children(const char *parent, struct day on, struct minor out[CHILDREN_MOST])
{
    struct pid pid = { 0 };
    struct person p;
    size_t n;
    memcpy(pid.v, parent, 12);
    assert_int_equal(person_by_pid(r, &arena, &pid, &p, &e), 1);
    assert_int_equal(children_under_age(r, &arena, p.id, on, out, &n, &e), 0);
    return n;
}

static void test_children_under_age__both_parents_have_them_until_the_eighteenth_birthday(void **state)
{
    (void)state;
    struct minor of[CHILDREN_MOST];
    assert_int_equal(children("067085000201", day(2026, 11, 23), of), 2);
    assert_true(str_eq(of[0].name, STR("Trần Minh Thử")));
    assert_true(str_eq(of[1].name, STR("Trần Ngọc Thử")));
    assert_int_equal(children("067188000202", day(2026, 11, 23), of), 2);
    assert_int_equal(children("067085000201", day(2030, 11, 4), of), 2);
    assert_int_equal(children("067085000201", day(2030, 11, 5), of), 1);
    assert_true(str_eq(of[0].name, STR("Trần Ngọc Thử")));
    assert_int_equal(children("067090000123", day(2026, 11, 23), of), 0);
}

static void test_majority_day__a_year_alone_counts_from_its_first_day_and_february_29_from_march(void **state)
{
    (void)state;
    assert_int_equal(majority_day((struct birth) { 2012, 11, 5 }).n, day(2030, 11, 5).n);
    assert_int_equal(majority_day((struct birth) { 2010, 0, 0 }).n, day(2028, 1, 1).n);
    assert_int_equal(majority_day((struct birth) { 2010, 6, 0 }).n, day(2028, 6, 1).n);
    assert_int_equal(majority_day((struct birth) { 2012, 2, 29 }).n, day(2030, 3, 1).n);
}

/* ---- the load ---- */

static void test_people_seed__every_row_is_in_the_store(void **state)
{
    (void)state;
    struct people_count_row people;
    struct people_synthetic_row made;
    assert_int_equal(people_count(r, &arena, &people, &e), 1);
    assert_int_equal(people.n, PEOPLE);
    assert_int_equal(result.people, PEOPLE);
    assert_int_equal(people_synthetic(r, &arena, &made, &e), 1);
    assert_int_equal(made.people, PEOPLE);
    assert_int_equal(made.households, result.households);
    assert_true(hash32_eq(&made.digest, &result.digest));
    assert_int_equal(db_integrity(db, &e), 0); /* foreign keys too: every unit, household and parent is there */
}

static void test_people_seed__a_store_with_people_is_refused(void **state)
{
    (void)state;
    struct seed_options o = options();
    struct seed_result again = { 0 };
    o.truth_path = NULL;
    assert_int_equal(people_seed(db, &o, &again, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_int_equal(again.people, 0);
    o.people = 0;
    assert_int_equal(people_seed(db, &o, &again, &e), -1);
    assert_int_equal(e.code, ERR_INPUT);
}

static void test_people_seed__the_truth_file_knows_each_person_and_each_planted_mistake(void **state)
{
    (void)state;
    FILE *f = fopen(truth_path, "re");
    assert_non_null(f);
    char line[1024];
    size_t persons = 0, records = 0, header = 0;
    while (fgets(line, sizeof line, f)) {
        persons += strncmp(line, "person,", 7) == 0;
        records += strncmp(line, "old_record,", 11) == 0;
        header += strncmp(line, "kind,", 5) == 0;
    }
    fclose(f);
    assert_int_equal(header, 1);
    assert_int_equal(persons, PEOPLE);
    assert_in_range(records, PEOPLE / 60, PEOPLE / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units__both_geographies_are_complete),
        cmocka_unit_test(test_unit_by_code__a_code_means_another_unit_after_the_change),
        cmocka_unit_test(test_unit_successor__dak_ru_became_part_of_quang_tin),
        cmocka_unit_test(test_unit_within__commune_district_province_on_the_day),
        cmocka_unit_test(test_unit_within__holds_across_the_change_by_successors),
        cmocka_unit_test(test_units_load__twice_is_once),
        cmocka_unit_test(test_pack_value_on__the_agency_of_the_day_carries_the_function),
        cmocka_unit_test(test_person_match__number_folded_name_and_birth_must_agree),
        cmocka_unit_test(test_person_by_pid__the_demo_citizens_entry),
        cmocka_unit_test(test_children_under_age__both_parents_have_them_until_the_eighteenth_birthday),
        cmocka_unit_test(test_majority_day__a_year_alone_counts_from_its_first_day_and_february_29_from_march),
        cmocka_unit_test(test_people_seed__every_row_is_in_the_store),
        cmocka_unit_test(test_people_seed__a_store_with_people_is_refused),
        cmocka_unit_test(test_people_seed__the_truth_file_knows_each_person_and_each_planted_mistake),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
