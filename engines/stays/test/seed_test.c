/* seed_test.c: the synthetic history: the same everywhere, and about as full as a province. */
#include "engines/stays/test/world.h"

#include "engines/people/people.h"

#include <stdlib.h>
#include <string.h>

enum { NIGHTS = 30, TODAY = 20780 /* 2026-11-23 */ };

struct seen {
    struct buf text;
    struct arena row;
    int64_t guests, late, refused, by_night[NIGHTS];
    struct measure_count declaring; /* open places that declared somebody in the last thirty days, of all */
    uint8_t digest[32];
};

static int look(void *ctx, const struct stay_rows_each_row *row)
{
    struct seen *s = ctx;
    arena_clear(&s->row);
    struct hash32 h;
    struct str line =
        str_fmt(&s->row, "%lld|%.*s|%s|%.*s|%lld|%d|%lld|%d|%.*s|%.*s|%.*s", (long long)row->id, STR_ARG(row->name),
                row->pid.v, STR_ARG(row->room), (long long)row->arrives_at.us, row->leaves_on.n, (long long)row->state,
                row->late, STR_ARG(row->facility_name), STR_ARG(row->phone), STR_ARG(row->address));
    h = sha256(str_fmt(&s->row, "%.*s%.*s", STR_ARG(buf_str(&s->text)), STR_ARG(line)));
    buf_clear(&s->text);
    buf_put_bytes(&s->text, h.b, sizeof(h.b));
    s->guests++;
    s->late += row->late;
    s->refused += row->state == STAY_REFUSED;
    for (int i = 0; i < NIGHTS; i++) {
        struct day night = { TODAY - 1 - i };
        s->by_night[i] += instant_day(row->arrives_at).n <= night.n && row->leaves_on.n > night.n;
    }
    return 0;
}

static void seed_and_look(uint64_t seed, struct seen *out)
{
    void *state;
    struct err e = { 0 };
    struct dbr *r;
    assert_int_equal(world_open_empty(&state), 0);
    struct world *w = state;
    struct seed_options o = { .people = 30000, .seed = 511, .pack_dir = w->app.settings.pack_dir };
    struct seed_result result;
    day_from_ymd(2023, 8, 7, &o.as_of);
    must(people_seed(w->app.db, &o, &result, &e), &e);
    must(stays_seed(w->app.db, seed, (struct day) { TODAY }, w->app.settings.pack_dir, &e), &e);
    assert_int_equal(stays_seed(w->app.db, seed, (struct day) { TODAY }, w->app.settings.pack_dir, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
    memset(out, 0, sizeof(*out));
    arena_init(&out->row, 1 << 20);
    buf_init(&out->text, &w->arena, 64);
    must(db_read_begin(w->app.db, &r, &e), &e);
    must(stay_rows_each(r, &w->arena, look, out, &e), &e);
    const struct stay_kinds kinds = { { STR_INIT("hotel"), STR_INIT("nha_nghi"), STR_INIT("homestay") } };
    assert_int_equal(stays_count_declaring(r, &w->arena, &kinds, (struct day) { TODAY - 1 }, &out->declaring, &e), 1);
    db_read_end(r);
    struct facility first = place(w, 1);
    assert_true(str_eq(first.kind, STR("nha_nghi")));
    assert_true(str_eq(unit_code_str(&first.unit), STR("24763")));
    memcpy(out->digest, out->text.p, 32);
    arena_release(&out->row);
    world_close(&state);
}

static void test_seed__same_seed_same_rows_another_seed_others(void **state)
{
    struct seen *a = calloc(1, sizeof(*a)), *b = calloc(1, sizeof(*b)), *c = calloc(1, sizeof(*c));
    (void)state;
    seed_and_look(511, a);
    seed_and_look(511, b);
    seed_and_look(512, c);
    assert_memory_equal(a->digest, b->digest, 32);
    assert_memory_not_equal(a->digest, c->digest, 32);
    free(a);
    free(b);
    free(c);
}

static void test_seed__nights_hold_fifteen_hundred_to_twenty_five_hundred_guests_and_one_in_twenty_is_late(void **state)
{
    struct seen *s = calloc(1, sizeof(*s));
    (void)state;
    seed_and_look(7, s);
    for (int i = 0; i < NIGHTS; i++)
        assert_in_range(s->by_night[i], 1500, 2500);
    assert_in_range(s->late, s->guests * 3 / 100, s->guests * 7 / 100);
    assert_in_range(s->refused, 1, s->guests * 2 / 100);
    free(s);
}

static void test_seed__some_places_never_declare_so_a_claim_of_all_is_not_what_is_counted(void **state)
{
    struct seen *s = calloc(1, sizeof(*s));
    (void)state;
    seed_and_look(511, s);
    assert_in_range(s->declaring.numerator, s->declaring.denominator * 80 / 100, s->declaring.denominator * 96 / 100);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seed__same_seed_same_rows_another_seed_others),
        cmocka_unit_test(test_seed__nights_hold_fifteen_hundred_to_twenty_five_hundred_guests_and_one_in_twenty_is_late),
        cmocka_unit_test(test_seed__some_places_never_declare_so_a_claim_of_all_is_not_what_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
