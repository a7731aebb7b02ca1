/* generate_test.c: made-up cases on the real catalogue: repeatable, lawful, countable; and a real form that becomes a case. */
#include "engines/cases/generate.h"
#include "engines/cases/replay.h"
#include "engines/cases/test/world.h"
#include "engines/services/services.h"

static struct case_generating generated(struct world *w, int64_t count, const char *from)
{
    struct case_generating g = { .app = &w->app, .count = count, .seed = 511, .until = instant_day(w->now) };
    assert_true(day_parse_iso(str_of(from), &g.from));
    db_read_end(w->r);
    w->r = NULL;
    must(case_generate(&g, &w->e), &w->e);
    return g;
}

static struct case_replay replayed(struct world *w)
{
    struct case_replay p = { .app = &w->app };
    db_read_end(w->r);
    w->r = NULL;
    must(case_replay_all(&p, &w->e), &w->e);
    return p;
}

/* From July 2023 on: two times Tết, exchanged days, six editions of the calendar, services that changed meanwhile. */
static void test_generate__ten_thousand_cases_have_the_days_that_follow_from_their_events(void **state)
{
    struct world *w = *state;
    struct case_generating g = generated(w, 10400, "2023-07-02");
    struct case_replay p = replayed(w);
    assert_true(g.made > 10000);
    assert_true(g.open > 0 && g.open < g.made / 4);
    assert_int_equal(p.cases, g.made);
    assert_int_equal(p.wrong, 0);
}

/* One hash over what is in the rows, in order. */
static struct hash32 digest(struct world *w)
{
    struct case_clock_stored_rows rows;
    struct buf b;
    must(case_clock_stored(reader(w), &w->arena, &(struct case_clock_stored_in) { .after = 0, .most = 1000 }, &rows, &w->e),
         &w->e);
    buf_init(&b, &w->arena, 1 << 20);
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(&b, "%.*s %d %lld %lld %lld\n", STR_ARG(rows.v[i].organ), rows.v[i].day.n, (long long)rows.v[i].n,
                (long long)rows.v[i].due_at.us, (long long)rows.v[i].clock);
    assert_true(rows.n > 100);
    return sha256(buf_str(&b));
}

static void test_generate__same_seed_same_rows(void **state)
{
    struct world *w = *state;
    void *other = NULL;
    generated(w, 300, "2026-09-01");
    struct hash32 first = digest(w);
    assert_int_equal(world_open_whole(&other), 0);
    generated(other, 300, "2026-09-01");
    struct hash32 second = digest(other);
    assert_int_equal(world_close(&other), 0);
    assert_true(hash32_eq(&first, &second));
}

static void test_generate__days_that_have_cases_are_refused_others_are_added(void **state)
{
    struct world *w = *state;
    struct case_generating g = generated(w, 200, "2026-11-01"), earlier = g, again = g;
    w->e = (struct err) { 0 };
    db_read_end(w->r);
    w->r = NULL;
    refused_with(w, case_generate(&again, &w->e), ERR_CONFLICT, "đã có hồ sơ");
    earlier.from = (struct day) { g.from.n - 60 };
    earlier.until = (struct day) { g.from.n - 1 };
    must(case_generate(&earlier, &w->e), &w->e);
    struct case_replay p = replayed(w);
    assert_int_equal(p.cases, g.made + earlier.made);
    assert_int_equal(p.wrong, 0);
}

/* ---- they have what a real case has ---- */

struct codes {
    struct arena *arena;
    int64_t n;
    struct str number, code; /* of the eighth */
};

static void keep_code(void *ctx, struct str number, struct str code)
{
    struct codes *c = ctx;
    if (++c->n != 8)
        return;
    c->number = str_dup(c->arena, number);
    c->code = str_dup(c->arena, code);
}

static void test_generate__who_has_number_and_code_follows_a_made_up_case(void **state)
{
    struct world *w = *state;
    struct codes c = { .arena = &w->arena };
    struct case_generating g = { .app = &w->app, .count = 40, .seed = 511, .until = instant_day(w->now), .code = keep_code, .ctx = &c };
    struct case_number number;
    struct case_view seen;
    assert_true(day_parse_iso(STR("2026-11-01"), &g.from));
    db_read_end(w->r);
    w->r = NULL;
    must(case_generate(&g, &w->e), &w->e);
    assert_int_equal(c.n, g.made);
    assert_true(case_number_parse(&w->arena, c.number, &number));
    assert_int_equal(case_follow(&w->app, reader(w), &w->arena, &number, c.code, &seen, &w->e), 1);
    assert_int_equal(case_follow(&w->app, reader(w), &w->arena, &number, STR("2222-2222-22"), &seen, &w->e), 0);
}

/* The register keeps Đắk Ru (24763), which is Quảng Tín since July 2025: 24760, as Đắk Sin was before. */
static void test_generate__a_case_lies_in_the_commune_that_there_is_when_it_is_filed(void **state)
{
    struct world *w = *state;
    struct case_generating g = { .app = &w->app, .count = 240, .seed = 511 };
    struct day change;
    int64_t before = 0, since = 0;
    day_from_ymd(2025, 7, 1, &change);
    g.from = (struct day) { change.n - 14 };
    g.until = (struct day) { change.n + 14 };
    db_read_end(w->r);
    w->r = NULL;
    must(case_generate(&g, &w->e), &w->e);
    for (int64_t id = 1; id <= g.made; id++) {
        struct case_view c = case_now(w, id);
        bool old = instant_day(c.made_at).n < change.n;
        before += old && str_eq(unit_code_str(&c.unit), STR("24763"));
        since += !old && str_eq(unit_code_str(&c.unit), STR("24760"));
        assert_true(old || !str_eq(unit_code_str(&c.unit), STR("24763")));
    }
    assert_true(before > 0 && since > 0);
}

/* As many as its steps say. */
static size_t papers_given(struct world *w, const struct case_view *c)
{
    struct case_steps steps;
    size_t n = 0;
    must(case_steps_of(&w->app, reader(w), &w->arena, c, 0, &steps, &w->e), &w->e);
    for (size_t i = 0; i < steps.n; i++)
        for (size_t k = 0; k < c->flow->n_moves; k++)
            n += str_eq(c->flow->move[k].id, steps.v[i].move) && c->flow->move[k].paper != PAPER_NONE;
    return n;
}

static void test_generate__each_paper_of_the_flow_is_there_and_what_costs_has_its_fee(void **state)
{
    struct world *w = *state;
    struct case_generating g = generated(w, 400, "2026-09-01");
    int64_t papers = 0, costly = 0, paid = 0;
    for (int64_t id = 1; id <= g.made; id++) {
        struct case_view c = case_now(w, id);
        struct case_letters letters;
        struct case_fee_line *fees;
        size_t n;
        must(case_letters_of(reader(w), &w->arena, id, &letters, &w->e), &w->e);
        must(case_fees_of(reader(w), &w->arena, id, &fees, &n, &w->e), &w->e);
        papers += (int64_t)letters.n;
        costly += c.fee.dong > 0;
        paid += c.payment == CASE_PAID;
        if (letters.n != papers_given(w, &c))
            fail_msg("case %lld has %zu papers", (long long)id, letters.n);
        if ((c.fee.dong > 0) != (c.payment != CASE_FREE) || (c.fee.dong > 0 && n == 0) || c.paid.dong > c.fee.dong)
            fail_msg("case %lld costs %lld and its lines say otherwise", (long long)id, (long long)c.fee.dong);
    }
    assert_true(papers > 300 && costly > 20 && paid > 0 && paid <= costly);
}

/* ---- a form becomes a case ---- */

static const struct service_def *in_force(struct world *w, const char *code)
{
    const struct service_def *def = NULL;
    assert_int_equal(services_in_force(&w->app, reader(w), str_of(code), instant_day(w->now), &def, &w->e), 1);
    return def;
}

static void answer(struct service_answers *s, const char *field, const char *value)
{
    size_t at = service_field_named(s->def, str_of(field));
    struct str *v = arena_new(s->arena, struct str);
    assert_true(at != SERVICE_NO_FIELD);
    *v = str_of(value);
    services_answer_set(s, at, 0, v, 1);
}

static struct case_new birth_of(struct world *w, const char *child, const char *phone)
{
    struct service_answers s;
    struct case_new in = an_application(w);
    services_answers_init(&s, &w->arena, in_force(w, "DVC12"), instant_day(w->now));
    answer(&s, "child_name", child);
    answer(&s, "child_birth", "2026-11-20");
    in.phone = str_of(phone);
    must(case_from_answers(&s, &in, &w->e), &w->e);
    return in;
}

static void test_intake__two_parents_with_one_child_are_found(void **state)
{
    struct world *w = *state;
    struct case_new father = birth_of(w, "Nguyễn Thị Mới", "0912000001"),
                    mother = birth_of(w, "NGUYEN THI MOI", "0912000002");
    struct case_made made;
    must(pid_parse(STR("067190000456"), instant_day(w->now), &mother.pid, &w->e), &w->e);
    must(submit(w, "citizen-7", &father, &made), &w->e);
    refused_with(w, submit(w, "citizen-8", &mother, &made), ERR_CONFLICT, "24763.H16-261124-0001");
    struct case_new sister = birth_of(w, "Nguyễn Thị Khác", "0912000001");
    must(submit(w, "citizen-7", &sister, &made), &w->e);
}

static void test_intake__a_case_keeps_the_version_it_was_filed_with(void **state)
{
    struct world *w = *state;
    struct case_new in = birth_of(w, "Nguyễn Thị Mới", "0912000001");
    struct case_made made;
    must(submit(w, "citizen-7", &in, &made), &w->e);
    struct case_view c = case_now(w, made.id);
    const struct service_def *def = in_force(w, "DVC12");
    assert_int_equal(c.service.version_id, def->id);
    assert_true(str_eq(c.flow->name, def->flow));
    assert_true(c.state == &c.flow->state[0]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open_whole, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_generate__a_case_lies_in_the_commune_that_there_is_when_it_is_filed),
        CASE(test_generate__ten_thousand_cases_have_the_days_that_follow_from_their_events),
        CASE(test_generate__same_seed_same_rows),
        CASE(test_generate__who_has_number_and_code_follows_a_made_up_case),
        CASE(test_generate__each_paper_of_the_flow_is_there_and_what_costs_has_its_fee),
        CASE(test_generate__days_that_have_cases_are_refused_others_are_added),
        CASE(test_intake__two_parents_with_one_child_are_found),
        CASE(test_intake__a_case_keeps_the_version_it_was_filed_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
