/* succession_test.c: an agency's queue goes along with its duties, and comes back when that is undone. */
#include "engines/agencies/agencies.h"
#include "engines/cases/test/world.h"

static const struct audit_record somebody = { .action = STR_INIT("agencies.succeeded"),
                                              .account_name = STR_INIT("Thử"),
                                              .mode = STR_INIT("MÔ PHỎNG") };

struct acting {
    struct world *w;
    struct succession_new in;
    int64_t id;
};

static int succeed_write(struct tx *tx, void *arg, struct err *e)
{
    struct acting *a = arg;
    return agencies_succeed(&a->w->app, tx, &a->w->arena, &a->in, &somebody, &a->id, e);
}

static int undo_write(struct tx *tx, void *arg, struct err *e)
{
    struct acting *a = arg;
    return agencies_undo(&a->w->app, tx, &a->w->arena, a->id, &somebody, e);
}

static int64_t case_of_the_department(struct world *w)
{
    struct case_new in = an_application(w);
    in.service.function = STR("criminal_record.issue");
    in.service.unit_level = STR("province");
    unit_code_parse(STR("67"), &in.unit);
    in.receive = true;
    return submitted(w, &in).id;
}

static int64_t waiting_at(struct world *w, const char *agency)
{
    struct case_list list;
    struct case_queue_ask ask = { .agency = str_of(agency), .owner = OWNER_SPECIALIST, .most = 50 };
    must(case_queue(&w->app, reader(w), &w->arena, &ask, w->now, &list, &w->e), &w->e);
    return (int64_t)list.n;
}

static void test_succession__open_cases_follow_the_function_and_come_back(void **state)
{
    struct world *w = *state;
    int64_t id = case_of_the_department(w);
    struct acting a = { .w = w, .in = { .from = STR("so-tp"), .to = STR("ca-tinh"), .decree = STR("Quyết định 1/QĐ") } };
    assert_true(day_parse_iso(STR("2024-03-10"), &a.in.on));
    a.in.covers = STR("function/criminal_record.issue");
    assert_true(str_eq(case_now(w, id).agency, STR("so-tp")));
    assert_int_equal(waiting_at(w, "so-tp"), 1);
    must(db_write(w->app.db, succeed_write, &a, &w->e), &w->e);
    assert_true(str_eq(case_now(w, id).agency, STR("ca-tinh")));
    assert_int_equal(waiting_at(w, "so-tp"), 0);
    assert_int_equal(waiting_at(w, "ca-tinh"), 1);
    due_is(w, id, "17:00 11/03/2024"); /* the law counts days, not offices */
    refused_with(w, move(w, "dept-so-tp", id, "propose", ""), ERR_NOT_FOUND, "Không tìm thấy");
    must(db_write(w->app.db, undo_write, &a, &w->e), &w->e);
    assert_true(str_eq(case_now(w, id).agency, STR("so-tp")));
    moved(w, "dept-so-tp", id, "propose", "");
}

static void test_succession__what_has_moved_on_since_is_not_taken_back(void **state)
{
    struct world *w = *state;
    int64_t id = case_of_the_department(w);
    struct acting a = { .w = w, .in = { .from = STR("so-tp"), .to = STR("ca-tinh"), .decree = STR("Quyết định 1/QĐ") } };
    assert_true(day_parse_iso(STR("2024-03-10"), &a.in.on));
    a.in.covers = STR("function/criminal_record.issue");
    must(db_write(w->app.db, succeed_write, &a, &w->e), &w->e);
    moved(w, "dept-ca-tinh", id, "propose", "");
    w->e = (struct err) { 0 };
    assert_int_equal(db_write(w->app.db, undo_write, &a, &w->e), -1);
    assert_int_equal(w->e.code, ERR_CONFLICT);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_succession__open_cases_follow_the_function_and_come_back),
        CASE(test_succession__what_has_moved_on_since_is_not_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
