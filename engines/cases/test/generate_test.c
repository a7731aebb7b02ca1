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

static void test_generate__a_store_with_cases_is_refused(void **state)
{
    struct world *w = *state;
    struct case_generating g = generated(w, 20, "2026-11-01");
    w->e = (struct err) { 0 };
    db_read_end(w->r);
    w->r = NULL;
    refused_with(w, case_generate(&g, &w->e), ERR_CONFLICT, "Đã có hồ sơ");
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
        CASE(test_generate__ten_thousand_cases_have_the_days_that_follow_from_their_events),
        CASE(test_generate__same_seed_same_rows),
        CASE(test_generate__a_store_with_cases_is_refused),
        CASE(test_intake__two_parents_with_one_child_are_found),
        CASE(test_intake__a_case_keeps_the_version_it_was_filed_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
