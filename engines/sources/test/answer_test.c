/* What a source says is read as what it is: bytes from elsewhere. */
#include "engines/sources/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char good[] = "{\"about\":{\"born\":\"1990-02-01\",\"name\":\"Nguyễn Văn Demo\",\"pid\":\"067090000123\"},"
                           "\"as_of\":\"2026-11-20T01:00:00Z\",\"mode\":\"THỬ\",\"system\":\"datdai\","
                           "\"values\":{\"plot_no\":\"12\",\"map_no\":\"7\",\"owner_phone\":\"0912\"}}";

struct world {
    struct arena arena;
    struct source_question q;
    struct source_answer out;
    struct instant now;
    struct err e;
};

static int world_open(void **state)
{
    static struct world w;
    w = (struct world) { .out = { .as_of = { 0 } } };
    arena_init(&w.arena, 4 << 20);
    assert_true(source_question_read(
        &w.arena,
        STR("{\"about\":{\"born\":\"1990-02-01\",\"name\":\"Nguyễn Văn Demo\",\"pid\":\"067090000123\"},"
            "\"members\":[\"plot_no\",\"map_no\",\"plot_no\"],\"paper\":\"own_home\",\"service\":\"DVC04\","
            "\"system\":\"datdai\"}"),
        &w.q));
    assert_true(instant_parse(STR("2026-11-23T13:00:00Z"), &w.now));
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    arena_release(&((struct world *)*state)->arena);
    return 0;
}

static struct str replaced(struct world *w, const char *what, const char *by)
{
    struct str s = str_of(good), old = str_of(what);
    ptrdiff_t at = str_find(s, old);
    assert_true(at >= 0);
    return str_fmt(&w->arena, "%.*s%s%.*s", (int)at, s.p, by, STR_ARG(str_from(s, (size_t)at + old.n)));
}

static void refused(struct world *w, struct str bytes, enum err_code code, const char *detail)
{
    assert_int_equal(source_answer_read(&w->arena, bytes, &w->q, w->now, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, code);
    if (str_find(str_of(w->e.detail), str_of(detail)) < 0)
        fail_msg("%s", w->e.detail);
    assert_int_equal(w->out.body.n, 0);
}

static void test_answer__what_was_not_asked_for_is_not_kept(void **state)
{
    struct world *w = *state;
    assert_int_equal(source_answer_read(&w->arena, str_of(good), &w->q, w->now, &w->out, &w->e), 0);
    assert_string_equal(
        str_cstr(&w->arena, w->out.body),
        "{\"about\":{\"born\":\"1990-02-01\",\"name\":\"Nguyễn Văn Demo\",\"pid\":\"067090000123\"},"
        "\"as_of\":\"2026-11-20T01:00:00.000000Z\",\"mode\":\"THỬ\",\"paper\":\"own_home\",\"system\":\"datdai\","
        "\"values\":{\"map_no\":\"7\",\"plot_no\":\"12\"}}");
    assert_true(str_eq(w->out.mode, STR("THỬ")));
}

static void test_answer__about_another_person_is_a_conflict_of_its_own(void **state)
{
    struct world *w = *state;
    refused(w, replaced(w, "067090000123", "067090000124"), ERR_CONFLICT, "datdai speaks of another person");
    refused(w, replaced(w, "Văn Demo", "Thị Demo"), ERR_CONFLICT, "another person");
    refused(w, replaced(w, "1990-02-01", "1990"), ERR_CONFLICT, "another person");
}

static void test_answer__a_name_without_tones_is_still_that_name(void **state)
{
    struct world *w = *state;
    struct str bare = replaced(w, "Nguyễn Văn Demo", "NGUYEN VAN DEMO");
    assert_int_equal(source_answer_read(&w->arena, bare, &w->q, w->now, &w->out, &w->e), 0);
}

static void test_answer__every_other_fault_is_named(void **state)
{
    struct world *w = *state;
    refused(w, STR("<html>"), ERR_SOURCE, "no JSON");
    refused(w, STR("[1]"), ERR_SOURCE, "no object");
    refused(w, replaced(w, "\"datdai\"", "\"hotich\""), ERR_SOURCE, "another system");
    refused(w, replaced(w, "THỬ", "CHẮC CHẮN"), ERR_SOURCE, "mode is none of the three");
    refused(w, replaced(w, "2026-11-20T01:00:00Z", "hôm qua"), ERR_SOURCE, "as_of is no moment");
    refused(w, replaced(w, "2026-11-20", "2026-11-24"), ERR_SOURCE, "lies in the future");
    refused(w, replaced(w, "\"12\"", "12"), ERR_SOURCE, "values.plot_no is no line of text");
    refused(w, replaced(w, "\"12\"", "\"1\\u00002\""), ERR_SOURCE, "");
    refused(w, replaced(w, "\"born\":\"1990-02-01\",", ""), ERR_SOURCE, "about whom");
}

static void test_question__members_are_asked_for_once_and_in_order(void **state)
{
    struct world *w = *state;
    assert_true(str_eq(source_question_members(&w->arena, &w->q), STR("map_no,plot_no")));
    struct source_question again;
    assert_true(source_question_read(&w->arena, source_question_json(&w->arena, &w->q), &again));
    assert_true(str_eq(source_question_json(&w->arena, &again), source_question_json(&w->arena, &w->q)));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_answer__what_was_not_asked_for_is_not_kept),
        CASE(test_answer__about_another_person_is_a_conflict_of_its_own),
        CASE(test_answer__a_name_without_tones_is_still_that_name),
        CASE(test_answer__every_other_fault_is_named),
        CASE(test_question__members_are_asked_for_once_and_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
