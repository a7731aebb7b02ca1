/* The generator without a database: two thousand synthetic people, looked at one family at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/text.h"
#include "engines/people/seed_generate.h"

enum { PEOPLE = 2000 };

/* Same pack and seed, same bytes on any machine. A change of the generator or of the pack changes this on purpose. */
#define DIGEST_OF_2000 "a36c46ef9d19e337c44be9e4027149f49e93b78211c74fdd8254737a595def46"

static struct arena arena;
static struct seed_world world;

/* Every family of the small province with the id of its first person. */
static struct family *families;
static int64_t *first_ids;
static size_t n_families;

/* Tests run in the build directory or beside it. */
static const char *pack(void)
{
    return access("packs/dak_nong/pack.conf", R_OK) == 0 ? "packs/dak_nong" : "../packs/dak_nong";
}

static void keep_family(struct family *f, int64_t *next)
{
    papers_make(&world, f, *next);
    families[n_families] = *f;
    first_ids[n_families++] = *next;
    *next += f->n;
}

static int setup(void **state)
{
    (void)state;
    struct err e = { 0 };
    struct day as_of;
    arena_init(&arena, 64 * 1024 * 1024);
    day_from_ymd(2023, 8, 7, &as_of);
    if (seed_world_load(&arena, pack(), 511, as_of, &world, &e)) {
        print_error("%s %s\n", err_name(e.code), e.detail);
        return -1;
    }
    families = arena_new_array(&arena, struct family, PEOPLE);
    first_ids = arena_new_array(&arena, int64_t, PEOPLE);
    int64_t next = 1;
    for (size_t i = 0; i < world.n_demo; i++)
        keep_family(&world.demo[i], &next);
    int64_t people = PEOPLE - (next - 1);
    for (size_t c = 0; c < world.n_communes; c++) {
        int64_t left = seed_share(&world, people, c);
        for (uint32_t k = 0; left > 0; k++) {
            struct family f;
            family_make(&world, c, k, left < FAMILY_MAX ? (int)left : FAMILY_MAX, &f);
            left -= f.n;
            keep_family(&f, &next);
        }
    }
    return next - 1 == PEOPLE ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

#define each_kin(f, k)                                       \
    for (size_t fi_ = 0; fi_ < n_families; fi_++)            \
        for (struct family *f = &families[fi_]; f; f = NULL) \
            for (struct kin *k = f->m; k < f->m + f->n; k++)

static struct str digest_of(uint64_t seed, bool truth)
{
    struct seed_world w;
    struct err e = { 0 };
    assert_int_equal(seed_world_load(&arena, pack(), seed, world.as_of, &w, &e), 0);
    struct seed_generation g;
    struct seed_block b = { 0 };
    seed_generation_begin(&g, &w, PEOPLE, truth);
    do
        assert_true(seed_generation_next(&g, &b));
    while (!b.last);
    seed_block_release(&b);
    return str_hex(&arena, g.digest.b, sizeof g.digest.b);
}

static void test_seed__the_same_seed_gives_the_pinned_digest(void **state)
{
    (void)state;
    assert_string_equal(str_cstr(&arena, digest_of(511, false)), DIGEST_OF_2000);
    assert_string_equal(str_cstr(&arena, digest_of(511, true)), DIGEST_OF_2000); /* the truth file changes no row */
}

static void test_seed__another_seed_gives_another_province(void **state)
{
    (void)state;
    assert_string_not_equal(str_cstr(&arena, digest_of(512, false)), DIGEST_OF_2000);
}

static void test_seed__a_family_made_again_is_the_same(void **state)
{
    (void)state;
    struct family once, again;
    memset(&once, 0, sizeof once);
    memset(&again, 0, sizeof again);
    family_make(&world, 3, 7, FAMILY_MAX, &once);
    family_make(&world, 5, 1, FAMILY_MAX, &again);
    family_make(&world, 3, 7, FAMILY_MAX, &again);
    assert_int_equal(once.n, again.n);
    for (int i = 0; i < once.n; i++) {
        assert_string_equal(once.m[i].name.text, again.m[i].name.text);
        assert_int_equal(once.m[i].born.n, again.m[i].born.n);
    }
}

static void test_seed__numbers_are_unique_and_agree_with_sex_and_year(void **state)
{
    (void)state;
    struct map seen;
    map_init(&seen, &arena, 1, 2);
    struct day today = world.as_of;
    each_kin(f, k)
    {
        struct pid p;
        struct err e = { 0 };
        assert_int_equal(pid_parse(pid_str(&k->pid), today, &p, &e), 0);
        assert_null(map_set(&seen, pid_str(&k->pid), k));
        assert_int_equal(pid_sex(&p), k->sex);
        assert_int_equal(pid_birth_year(&p), year_of(k->born));
        assert_memory_equal(p.v, world.provinces[k->registered].id_code, 3);
    }
}

static void test_seed__old_numbers_are_unique_too(void **state)
{
    (void)state;
    struct map seen;
    map_init(&seen, &arena, 1, 2);
    size_t n = 0;
    each_kin(f, k)
    {
        if (!k->cmnd9[0])
            continue;
        n++;
        assert_int_equal(strlen(k->cmnd9), 9);
        assert_null(map_set(&seen, str_of(k->cmnd9), k));
    }
    assert_in_range(n, PEOPLE / 2, PEOPLE);
}

static void test_seed__parents_are_at_least_fifteen_years_older(void **state)
{
    (void)state;
    size_t links = 0;
    each_kin(f, k)
    {
        const int parents[] = { k->mother, k->father };
        for (int i = 0; i < 2; i++) {
            if (parents[i] == NOBODY)
                continue;
            links++;
            const struct kin *parent = &f->m[parents[i]];
            assert_true(parent < k); /* rows name only earlier rows */
            assert_true(age_on(parent->born, k->born) >= 15);
            assert_int_equal(parent->sex, i == 0 ? SEX_FEMALE : SEX_MALE);
            if (parent->dead)
                assert_true(parent->died.n > k->born.n);
        }
    }
    assert_true(links > 500);
}

static void test_seed__children_bear_the_fathers_family_name(void **state)
{
    (void)state;
    size_t n = 0;
    each_kin(f, k)
    {
        if (k->father == NOBODY || k->people->naming != NAMING_KINH || fi_ < world.n_demo)
            continue;
        n++;
        assert_ptr_equal(k->name.family, f->m[k->father].name.family);
    }
    assert_true(n > 300);
}

static void test_seed__cards_follow_the_laws_ages(void **state)
{
    (void)state;
    size_t cards = 0;
    each_kin(f, k)
    {
        for (int i = 0; i < CARDS_MAX; i++) {
            const struct paper *card = &k->cards[i];
            if (!card->kind)
                continue;
            cards++;
            assert_true(age_on(k->born, card->issued) >= 14);
            assert_true(card->issued.n <= world.as_of.n);
            if (k->dead)
                assert_true(card->issued.n <= k->died.n);
            if (card->kind == 1)
                continue;
            int at = age_on(k->born, card->issued);
            if (card->no_term) {
                assert_true(at >= 58);
                continue;
            }
            int until = age_on(k->born, card->expires);
            assert_true(until == 25 || until == 40 || until == 60);
            assert_int_equal(birthday(k->born, until).n, card->expires.n);
            assert_true(card->expires.n - card->issued.n > 2 * 365);
        }
        if (age_on(k->born, world.as_of) < 14)
            assert_int_equal(k->cards[0].kind, 0);
    }
    assert_true(cards > PEOPLE / 2);
}

static void test_paper_expiry__within_two_years_before_an_age_the_next_counts(void **state)
{
    (void)state;
    struct day born, issued, expires;
    day_from_ymd(1990, 2, 1, &born);
    day_from_ymd(2021, 6, 15, &issued);
    assert_true(paper_expiry(born, issued, &expires));
    assert_string_equal(str_cstr(&arena, day_iso(&arena, expires)), "2030-02-01");
    day_from_ymd(2028, 2, 1, &issued); /* 38: within two years of 40 */
    assert_true(paper_expiry(born, issued, &expires));
    assert_string_equal(str_cstr(&arena, day_iso(&arena, expires)), "2050-02-01");
    day_from_ymd(2048, 3, 1, &issued); /* 58 */
    assert_false(paper_expiry(born, issued, &expires));
}

static void test_seed__a_third_belongs_to_minority_peoples(void **state)
{
    (void)state;
    size_t minority = 0;
    each_kin(f, k) minority += k->people != &world.peoples[0];
    assert_in_range(minority, PEOPLE * 303 / 1000, PEOPLE * 363 / 1000);
}

static void test_seed__keys_are_the_folded_names(void **state)
{
    (void)state;
    each_kin(f, k)
    {
        assert_string_equal(str_cstr(&arena, text_fold(&arena, str_of(k->name.text))), k->name.key);
        struct err e = { 0 };
        struct str clean;
        assert_int_equal(text_clean(&arena, str_of(k->name.text), TEXT_ONE_LINE, 100, &clean, &e), 0);
        assert_true(str_eq(clean, str_of(k->name.text))); /* NFC, no double spaces */
    }
}

static void test_seed__names_of_the_highlands_are_there(void **state)
{
    (void)state;
    bool h = false, y = false, kk = false, ka = false, dieu = false;
    each_kin(f, k)
    {
        struct str name = str_of(k->name.text);
        h = h || str_starts(name, STR("H'"));
        y = y || str_starts(name, STR("Y "));
        kk = kk || str_starts(name, STR("K'"));
        ka = ka || str_starts(name, STR("Ka "));
        dieu = dieu || str_starts(name, STR("Điểu "));
    }
    assert_true(h && y && kk && ka && dieu);
}

static void test_seed__the_demo_citizen_is_as_the_acceptance_check_pastes_him(void **state)
{
    (void)state;
    const struct kin *k = &families[0].m[0];
    assert_string_equal(k->pid.v, "067090000123");
    assert_string_equal(k->name.text, "Nguyễn Văn Demo");
    assert_string_equal(str_cstr(&arena, day_iso(&arena, k->born)), "1990-02-01");
    assert_string_equal(str_cstr(&arena, day_iso(&arena, k->cards[0].issued)), "2021-06-15");
    const struct seed_commune *c = &world.communes[families[0].commune];
    assert_string_equal(c->code.v, "24763");
    assert_true(str_eq(c->hamlets[families[0].hamlet].name, STR("Thôn 3")));
    assert_true(str_eq(c->path, STR("Đắk Ru, Đắk R'Lấp, Đắk Nông")));
}

static void test_seed__all_communes_get_their_share(void **state)
{
    (void)state;
    int64_t sum = 0;
    for (size_t c = 0; c < world.n_communes; c++) {
        int64_t share = seed_share(&world, 700000, c);
        assert_in_range(share, 2000, 30000);
        sum += share;
    }
    assert_int_equal(world.n_communes, 71);
    assert_int_equal(sum, 700000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seed__the_same_seed_gives_the_pinned_digest),
        cmocka_unit_test(test_seed__another_seed_gives_another_province),
        cmocka_unit_test(test_seed__a_family_made_again_is_the_same),
        cmocka_unit_test(test_seed__numbers_are_unique_and_agree_with_sex_and_year),
        cmocka_unit_test(test_seed__old_numbers_are_unique_too),
        cmocka_unit_test(test_seed__parents_are_at_least_fifteen_years_older),
        cmocka_unit_test(test_seed__children_bear_the_fathers_family_name),
        cmocka_unit_test(test_seed__cards_follow_the_laws_ages),
        cmocka_unit_test(test_paper_expiry__within_two_years_before_an_age_the_next_counts),
        cmocka_unit_test(test_seed__a_third_belongs_to_minority_peoples),
        cmocka_unit_test(test_seed__keys_are_the_folded_names),
        cmocka_unit_test(test_seed__names_of_the_highlands_are_there),
        cmocka_unit_test(test_seed__the_demo_citizen_is_as_the_acceptance_check_pastes_him),
        cmocka_unit_test(test_seed__all_communes_get_their_share),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
