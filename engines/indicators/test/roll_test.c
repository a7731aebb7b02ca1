/* roll_test.c: from stays to numbers, in an SQLite store of its own with a clock that only the test moves. */
#include "engines/audit/audit.h"
#include "engines/indicators/indicators_internal.h"
#include "gen/stays_queries.h"

#include "base/rng.h"
#include "base/test/directory.h"
#include "base/vec.h"
#include "engines/stays/stays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a world ---- */

struct world {
    struct app app;
    struct arena arena;
    struct instant now;
    char dir[64];
};

static const struct role roles[] = { { .name = "administrator", .title = STR_INIT("Quản trị"), .function = "system.admin" },
                                     { .name = "citizen", .title = STR_INIT("Công dân"), .function = "citizen" },
                                     { .name = NULL } };

static int nobody(struct req *q, struct actor *out, struct err *e)
{
    (void)q, (void)out, (void)e;
    return 0;
}

static const struct module test_accounts = { .name = "accounts", .title = STR_INIT("Tài khoản"), .roles = roles, .authenticate = nobody };
static const struct module *const modules[] = { &platform_module, &audit_module, &test_accounts, &people_module, &identity_module,
                                                &stays_module, &indicators_module, NULL };

static void must(int result, const struct err *e)
{
    if (result != 0)
        fail_msg("%s: %s (%s:%d)", err_name(e->code), e->detail, e->file, e->line);
}

static struct instant at(const char *text)
{
    struct instant t;
    assert_true(instant_parse(str_of(text), &t));
    return t;
}

static struct day on(const char *text)
{
    struct day d;
    assert_true(day_parse_iso(str_of(text), &d));
    return d;
}

static struct instant test_clock(void *ctx)
{
    return ((struct world *)ctx)->now;
}

static const struct db_migration *all_migrations(struct arena *a)
{
    VEC(struct db_migration) all = { 0 };
    for (size_t i = 0; modules[i]; i++)
        for (const struct db_migration *m = modules[i]->migrations; m && m->module; m++)
            *vec_push(a, &all) = *m;
    *vec_push(a, &all) = (struct db_migration){ .module = NULL };
    return all.v;
}

static int world_open(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    struct err e = { 0 };
    arena_init(&w->arena, 256u << 20);
    arena_init(&w->app.arena, 64u << 20);
    assert_non_null(test_directory(w->dir, "indicators"));
    w->now = at("2026-11-23T20:00:00+07:00");
    w->app.modules = modules;
    w->app.settings = (struct settings){ .base_url = "http://bon.test", .mode = "MÔ PHỎNG",
                                         .pack_dir = access("packs/dak_nong/pack.conf", R_OK) == 0
                                                         ? "packs/dak_nong"
                                                         : "../packs/dak_nong" };
    w->app.log = (struct log){ .fd = 2, .least = LOG_ERROR + 1 };
    w->app.clock = test_clock;
    w->app.clock_ctx = w;
    struct db_options o = { .address = str_cstr(&w->arena, str_fmt(&w->arena, "%s/t.db", w->dir)),
                            .migrations = all_migrations(&w->app.arena), .create = true, .clock = test_clock, .clock_ctx = w };
    must(db_open(&o, &w->app.db, &e), &e);
    must(app_build(&w->app, &e), &e);
    for (size_t i = 0; modules[i]; i++)
        if (modules[i]->start && modules[i] != &stays_module)
            must(modules[i]->start(&w->app, &e), &e);
    *state = w;
    return 0;
}

static int world_close(void **state)
{
    struct world *w = *state;
    char command[128];
    app_unbuild(&w->app);
    db_close(w->app.db);
    snprintf(command, sizeof(command), "rm -rf %s", w->dir);
    int rc = system(command);
    arena_release(&w->app.arena);
    arena_release(&w->arena);
    free(w);
    return rc;
}

/* ---- rows ---- */

struct stay {
    int64_t facility;
    const char *unit;
    int64_t guests, late;
    enum stay_state state;
    struct instant declared, arrives, left;
    struct day leaves;
    bool has_left;
};

static int put_facility(struct tx *tx, void *arg, struct err *e)
{
    int64_t id;
    struct facility_insert_in in = { .code = str_of(arg), .name = STR("Nhà nghỉ"), .name_key = STR("nha nghi"), .kind = STR("nha_nghi"),
                                     .address = STR(""), .phone = STR(""), .rooms = 9, .open = true };
    tx_unaudited(tx, "a test's ground");
    unit_code_parse(str_of(arg), &in.unit);
    return facility_insert(tx, &in, &id, e);
}

static int put_stay(struct tx *tx, void *arg, struct err *e)
{
    const struct stay *s = arg;
    static int64_t serial = 0;
    int64_t id, guest;
    struct stay_declaration_insert_in d = { .facility = s->facility, .month = 202611, .n = ++serial, .made_at = s->declared, .account = 1,
                                            .guests = s->guests, .late = s->late, .audit = 1, .mode = STR("MÔ PHỎNG") };
    tx_unaudited(tx, "a test's ground");
    if (stay_declaration_insert(tx, &d, &id, e) != 0)
        return -1;
    for (int64_t i = 0; i < s->guests; i++) {
        struct stay_guest_insert_in g = { .has_declaration = true, .declaration = id, .facility = s->facility, .state = s->state,
                                          .document = STR("C1234567"), .name = STR("A"), .name_key = STR("a"), .born = { 1990, 1, 1 },
                                          .nationality = STR("VNM"), .address = STR(""), .guardian = STR(""), .room = STR("1"),
                                          .reason = STR(""), .arrives_at = s->arrives, .leaves_on = s->leaves, .due_at = s->declared,
                                          .has_declared_at = true, .declared_at = s->declared, .late_cause = STR(""), .account = 1,
                                          .made_at = s->declared };
        unit_code_parse(str_of(s->unit), &g.unit);
        if (stay_guest_insert(tx, &g, &guest, e) != 0)
            return -1;
    }
    return 0;
}

static void declare(struct world *w, struct stay s)
{
    struct err e = { 0 };
    if (s.declared.us == 0)
        s.declared = w->now;
    if (s.arrives.us == 0)
        s.arrives = w->now;
    if (s.leaves.n == 0)
        s.leaves.n = instant_day(s.arrives).n + 1;
    must(db_write(w->app.db, put_stay, &s, &e), &e);
}

static void add_facilities(struct world *w)
{
    static char codes[][6] = { "24763", "24760", "24611" }; /* Đắk Ru and Đắk Sin lie in Quảng Tín now, Nghĩa Đức in Bắc Gia Nghĩa */
    struct err e = { 0 };
    for (size_t i = 0; i < 3; i++)
        must(db_write(w->app.db, put_facility, codes[i], &e), &e);
}

/* ---- looking ---- */

static bool roll(struct world *w)
{
    struct err e = { 0 };
    bool changed = false;
    must(indicators_roll(&w->app, &w->arena, w->now, &changed, &e), &e);
    return changed;
}

static struct indicator_table look(struct world *w, enum indicator m, struct day d)
{
    struct err e = { 0 };
    struct dbr *r;
    struct indicator_table *t;
    must(db_read_begin(w->app.db, &r, &e), &e);
    must(indicator_tables(&w->app, r, &w->arena, m, d, d, &t, &e), &e);
    db_read_end(r);
    return *t;
}

static struct cell cell_of(const struct indicator_table *t, enum geography g, const char *code)
{
    for (size_t i = 0; i < t->areas[g].n; i++)
        if (str_eq(unit_code_str(&t->areas[g].v[i].code), str_of(code)))
            return t->areas[g].v[i].cell;
    fail_msg("no commune %s", code);
    return (struct cell){ 0, false };
}

#define assert_cell(t, g, code, want)                    \
    do {                                                 \
        struct cell c_ = cell_of(&(t), (g), (code));     \
        assert_false(c_.hidden);                         \
        assert_int_equal(c_.n, (want));                  \
    } while (0)

/* ---- nights ---- */

static void nights(const char *want, const char *arrives, const char *leaves, const char *left)
{
    struct arena a;
    struct counts c;
    struct place place = { 0 };
    struct places p = { .v = { &place, NULL }, .n = { 1, 0 } };
    struct instant gone = { 0 };
    char got[32] = "";
    arena_init(&a, 1 << 16);
    unit_code_parse(STR("24763"), &place.code);
    counts_init(&c, &a, &p, on("2026-11-20"), on("2026-11-25"));
    if (left)
        gone = at(left);
    count_nights(&c, &place.code, at(arrives), on(leaves), left ? &gone : NULL);
    for (size_t i = 0; i < c.days; i++)
        got[i] = *count_at(&c, GUESTS_TONIGHT, i, 0) ? (char)('0' + i) : '.';
    got[c.days] = '\0';
    assert_string_equal(got, want);
    arena_release(&a);
}

static void test_nights__two_nights_count_twice(void **state)
{
    (void)state;
    nights("..23..", "2026-11-22T20:00:00+07:00", "2026-11-24", NULL);
}

static void test_nights__who_comes_after_midnight_comes_in_the_night_before(void **state)
{
    (void)state;
    nights(".1....", "2026-11-22T01:30:00+07:00", "2026-11-22", NULL);
    nights(".12...", "2026-11-22T07:59:59+07:00", "2026-11-23", NULL);
    nights("..2...", "2026-11-22T08:00:00+07:00", "2026-11-23", NULL);
}

static void test_nights__a_rest_by_the_hour_is_no_night(void **state)
{
    (void)state;
    nights("......", "2026-11-22T13:00:00+07:00", "2026-11-22", NULL);
}

static void test_nights__who_left_early_is_not_there_any_more(void **state)
{
    (void)state;
    nights("..2...", "2026-11-22T20:00:00+07:00", "2026-11-25", "2026-11-23T11:00:00+07:00");
    nights("......", "2026-11-22T20:00:00+07:00", "2026-11-25", "2026-11-22T23:30:00+07:00");
    nights("..2...", "2026-11-22T20:00:00+07:00", "2026-11-25", "2026-11-23T00:30:00+07:00");
}

static void test_nights__a_long_stay_is_cut_to_the_days_that_are_counted(void **state)
{
    (void)state;
    nights("012345", "2026-10-01T20:00:00+07:00", "2027-01-01", NULL);
}

/* ---- rolling ---- */

static void test_roll__tonight_is_counted_and_drafts_and_voids_are_not(void **state)
{
    struct world *w = *state;
    add_facilities(w);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 12, .state = STAY_ACCEPTED });
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 6, .state = STAY_REFUSED });
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 5, .state = STAY_DRAFT });
    declare(w, (struct stay){ .facility = 2, .unit = "24760", .guests = 7, .state = STAY_VOID });
    declare(w, (struct stay){ .facility = 3, .unit = "24611", .guests = 9, .state = STAY_QUEUED });
    assert_true(roll(w));
    struct indicator_table t = look(w, GUESTS_TONIGHT, on("2026-11-23"));
    assert_true(t.known);
    assert_false(t.closed);
    assert_cell(t, GEO_2023, "24763", 18);
    assert_cell(t, GEO_2023, "24760", 0);
    assert_cell(t, GEO_2023, "24611", 9);
    assert_int_equal(t.total.n, 27);
}

static void test_roll__a_commune_of_2025_is_the_sum_of_the_old_ones(void **state)
{
    struct world *w = *state;
    add_facilities(w);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 12, .state = STAY_ACCEPTED });
    declare(w, (struct stay){ .facility = 2, .unit = "24760", .guests = 8, .state = STAY_ACCEPTED });
    roll(w);
    struct indicator_table t = look(w, GUESTS_TONIGHT, on("2026-11-23"));
    assert_int_equal(t.areas[GEO_2023].n, 71);
    assert_int_equal(t.areas[GEO_2025].n, 28);
    assert_cell(t, GEO_2025, "24760", 20); /* the code of Đắk Sin is Quảng Tín's now */
}

static void test_roll__a_single_guest_in_the_province_is_shown_nowhere(void **state)
{
    struct world *w = *state;
    add_facilities(w);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 1, .state = STAY_ACCEPTED });
    roll(w);
    struct indicator_table t = look(w, GUESTS_TONIGHT, on("2026-11-23"));
    assert_true(t.total.hidden);
    assert_int_equal(t.total.n, 0);
    assert_true(cell_of(&t, GEO_2023, "24763").hidden);
    assert_true(cell_of(&t, GEO_2025, "24760").hidden);
    assert_int_equal(cell_of(&t, GEO_2025, "24760").n, 0);
}

static void test_roll__nothing_new_writes_nothing(void **state)
{
    struct world *w = *state;
    struct db_stats before, after;
    add_facilities(w);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 12, .state = STAY_ACCEPTED });
    assert_true(roll(w));
    db_stats(w->app.db, &before);
    w->now.us += 2 * US_PER_SECOND;
    assert_false(roll(w));
    db_stats(w->app.db, &after);
    assert_int_equal(after.writes, before.writes);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 1, .state = STAY_ACCEPTED });
    assert_true(roll(w));
}

static int void_all(struct tx *tx, void *arg, struct err *e)
{
    struct world *w = arg;
    struct stay_guest_for_change_row was;
    tx_unaudited(tx, "a test's ground");
    for (int64_t id = 1; stay_guest_for_change(tx_reader(tx), &w->arena, &(struct stay_guest_for_change_in){ .id = id, .facility = 1 },
                                               &was, e) == 1; id++) {
        struct stay_guest_change_in now = { .id = id, .state = STAY_VOID, .state_note = STR("x"), .room = was.room,
                                            .leaves_on = was.leaves_on, .revision = was.revision };
        struct stay_change_insert_in row = { .guest = id, .revision = 1, .at = tx_now(tx), .kind = STAY_CANCEL, .was = STR(""),
                                             .is_now = STR("void"), .reason = STR("nhập nhầm"), .account = 1 };
        if (stay_guest_change(tx, &now, NULL, e) != 0 || stay_change_insert(tx, &row, NULL, e) != 0)
            return -1;
    }
    return 0;
}

static void test_roll__a_void_takes_its_guests_out_of_tonight(void **state)
{
    struct world *w = *state;
    struct err e = { 0 };
    add_facilities(w);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 12, .state = STAY_ACCEPTED });
    roll(w);
    must(db_write(w->app.db, void_all, w, &e), &e);
    assert_true(roll(w));
    struct indicator_table t = look(w, GUESTS_TONIGHT, on("2026-11-23"));
    assert_cell(t, GEO_2023, "24763", 0);
    assert_int_equal(look(w, GUESTS_DECLARED, on("2026-11-23")).total.n, 12); /* they were declared all the same */
}

static void test_roll__a_day_closes_at_eight_and_then_stays_until_it_is_rebuilt(void **state)
{
    struct world *w = *state;
    struct err e = { 0 };
    add_facilities(w);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 12, .state = STAY_ACCEPTED });
    roll(w);
    w->now = at("2026-11-24T07:30:00+07:00");
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 6, .late = 6, .state = STAY_ACCEPTED });
    w->now = at("2026-11-24T08:01:01+07:00");
    roll(w);
    struct indicator_table t = look(w, GUESTS_TONIGHT, on("2026-11-23"));
    assert_true(t.closed);
    assert_int_equal(t.total.n, 18);
    assert_int_equal(look(w, GUESTS_DECLARED, on("2026-11-23")).total.n, 18);
    assert_int_equal(look(w, GUESTS_LATE, on("2026-11-23")).total.n, 6);
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 7,
                             .arrives = at("2026-11-23T22:00:00+07:00"), .state = STAY_ACCEPTED });
    roll(w);
    assert_int_equal(look(w, GUESTS_TONIGHT, on("2026-11-23")).total.n, 18);
    must(indicators_rebuild(&w->app, 3, &e), &e);
    assert_int_equal(look(w, GUESTS_TONIGHT, on("2026-11-23")).total.n, 25);
}

static void test_roll__a_store_that_already_has_stays_gets_its_past_days(void **state)
{
    struct world *w = *state;
    add_facilities(w);
    w->now = at("2026-11-10T20:00:00+07:00");
    declare(w, (struct stay){ .facility = 1, .unit = "24763", .guests = 11, .leaves = on("2026-11-12"), .state = STAY_ACCEPTED });
    w->now = at("2026-11-23T20:00:00+07:00");
    roll(w);
    assert_false(look(w, GUESTS_TONIGHT, on("2026-11-09")).known);
    assert_int_equal(look(w, GUESTS_TONIGHT, on("2026-11-10")).total.n, 11);
    assert_int_equal(look(w, GUESTS_TONIGHT, on("2026-11-11")).total.n, 11);
    assert_int_equal(look(w, GUESTS_TONIGHT, on("2026-11-12")).total.n, 0);
    assert_true(look(w, GUESTS_TONIGHT, on("2026-11-22")).closed);
    assert_false(look(w, GUESTS_TONIGHT, on("2026-11-23")).closed);
}

static void test_roll__both_geographies_add_up_to_the_province(void **state)
{
    struct world *w = *state;
    struct rng r;
    const struct places *p = &indicators_state(&w->app)->places;
    struct err e = { 0 };
    rng_seed(&r, 511);
    for (size_t i = 0; i < p->n[GEO_2023]; i++) {
        char code[12];
        memcpy(code, p->v[GEO_2023][i].code.v, sizeof(code));
        must(db_write(w->app.db, put_facility, code, &e), &e);
        declare(w, (struct stay){ .facility = (int64_t)i + 1, .unit = code, .guests = 5 + rng_below(&r, 20), .state = STAY_ACCEPTED });
    }
    roll(w);
    struct indicator_table t = look(w, GUESTS_TONIGHT, on("2026-11-23"));
    for (enum geography g = GEO_2023; g <= GEO_2025; g++) {
        int64_t sum = 0;
        for (size_t i = 0; i < t.areas[g].n; i++) {
            assert_false(t.areas[g].v[i].cell.hidden);
            sum += t.areas[g].v[i].cell.n;
        }
        assert_int_equal(sum, t.total.n);
    }
    /* One place in each of 71 communes: 71 over 71 cells that are not 0 would say what each of them is. */
    assert_true(look(w, FACILITIES_OPEN, on("2026-11-23")).total.hidden);
}

/* ---- cost ---- */

static void assert_plan(struct world *w, const char *name, const char *part)
{
    struct err e = { 0 };
    struct str plan;
    for (const struct db_stmt *const *s = indicators_statements; *s; s++)
        if (strcmp((*s)->name, name) == 0) {
            must(db_explain(w->app.db, *s, &w->arena, &plan, &e), &e);
            if (str_find(plan, str_of(part)) < 0)
                fail_msg("%s: %.*s", name, STR_ARG(plan));
            return;
        }
    fail_msg("no statement %s", name);
}

static void test_roll__tonight_is_found_by_index_and_not_by_reading_all_stays(void **state)
{
    struct world *w = *state;
    assert_plan(w, "nights_of_guests", "indicator_stay_guest_leaves");
    assert_plan(w, "declared_by_unit", "indicator_stay_declaration_made");
    assert_plan(w, "declared_first", "indicator_stay_declaration_made");
    assert_plan(w, "values_of_days", "sqlite_autoindex_indicator_value_1");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

/* ---- shares of other modules ---- */

static void test_indicator_share__no_hidden_number_follows_from_the_other_two(void **state)
{
    struct world *w = *state;
    struct indicator_share_count counts[71];
    struct indicator_share share;
    struct err e = { 0 };
    struct rng rng;
    const struct places *p = &indicators_state(&w->app)->places;
    rng_seed(&rng, 22);
    for (size_t i = 0; i < 71; i++) {
        counts[i] = (struct indicator_share_count){ .unit = p->v[GEO_2023][i].code, .all = 5 + rng_below(&rng, 400) };
        counts[i].with = i % 3 == 0 ? rng_below(&rng, 5) : counts[i].all - rng_below(&rng, 5);
    }
    must(indicator_share_publish(&w->app, &w->arena, counts, 71, &share, &e), &e);
    for (int g = 0; g < 2; g++)
        for (size_t i = 0; i < share.all.areas[g].n; i++) {
            struct cell with = share.with.areas[g].v[i].cell, without = share.without.areas[g].v[i].cell;
            struct cell all = share.all.areas[g].v[i].cell;
            assert_int_not_equal(with.hidden + without.hidden + all.hidden, 1);
            assert_true(with.hidden || with.n == 0 || with.n >= 5);
            assert_true(without.hidden || without.n == 0 || without.n >= 5);
        }
}

static void test_indicator_share__large_numbers_are_told_as_they_are(void **state)
{
    struct world *w = *state;
    const struct places *p = &indicators_state(&w->app)->places;
    struct indicator_share_count counts[71];
    struct indicator_share share;
    struct err e = { 0 };
    for (size_t i = 0; i < 71; i++)
        counts[i] = (struct indicator_share_count){ .unit = p->v[GEO_2023][i].code, .with = 60, .all = 100 };
    must(indicator_share_publish(&w->app, &w->arena, counts, 71, &share, &e), &e);
    assert_int_equal(share.with.total.n, 60 * 71);
    assert_int_equal(share.without.total.n, 40 * 71);
    assert_int_equal(share.all.areas[GEO_2023].v[70].cell.n, 100);
    assert_false(share.all.total.hidden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nights__two_nights_count_twice),
        cmocka_unit_test(test_nights__who_comes_after_midnight_comes_in_the_night_before),
        cmocka_unit_test(test_nights__a_rest_by_the_hour_is_no_night),
        cmocka_unit_test(test_nights__who_left_early_is_not_there_any_more),
        cmocka_unit_test(test_nights__a_long_stay_is_cut_to_the_days_that_are_counted),
        TEST(test_roll__tonight_is_counted_and_drafts_and_voids_are_not),
        TEST(test_roll__a_commune_of_2025_is_the_sum_of_the_old_ones),
        TEST(test_roll__a_single_guest_in_the_province_is_shown_nowhere),
        TEST(test_roll__nothing_new_writes_nothing),
        TEST(test_roll__a_void_takes_its_guests_out_of_tonight),
        TEST(test_roll__a_day_closes_at_eight_and_then_stays_until_it_is_rebuilt),
        TEST(test_roll__a_store_that_already_has_stays_gets_its_past_days),
        TEST(test_roll__both_geographies_add_up_to_the_province),
        TEST(test_roll__tonight_is_found_by_index_and_not_by_reading_all_stays),
        TEST(test_indicator_share__no_hidden_number_follows_from_the_other_two),
        TEST(test_indicator_share__large_numbers_are_told_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
