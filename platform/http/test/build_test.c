/* build_test.c: a program whose tables are wrong does not boot, and says which module and what. */
#include "platform/http/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int page(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)s, (void)e;
    return 0;
}

static int write(struct req *q, struct tx *tx, struct err *e)
{
    (void)q, (void)tx, (void)e;
    return 0;
}

static int authenticate(struct req *q, struct actor *out, struct err *e)
{
    (void)q, (void)out, (void)e;
    return 0;
}

static bool covers(struct req *q, const struct unit_code *outer, const struct unit_code *inner)
{
    (void)q;
    return strncmp(outer->v, inner->v, 2) == 0;
}


#define ROUTES(...)                  \
    .routes = (const struct route[]) \
    {                                \
        __VA_ARGS__, ROUTE_END       \
    }

/* Builds a program of these modules; what it says on failure, or "built". */
static const char *built(const struct module *first, const struct module *second)
{
    static struct err e;
    static struct app app;
    const struct module *const list[] = { first, second, NULL };
    e = (struct err) { 0 };
    app = (struct app) { .modules = list };
    arena_init(&app.arena, 1 << 20);
    int rc = app_build(&app, &e);
    app_unbuild(&app);
    arena_release(&app.arena);
    return rc == 0 ? "built" : e.detail;
}

#define assert_says(module, text)                                   \
    do {                                                            \
        const char *said = built((module), NULL);                   \
        if (!strstr(said, (text)))                                  \
            fail_msg("said \"%s\", expected \"%s\"", said, (text)); \
    } while (0)

static const struct module good = {
    .name = "good",
    ROUTES(GET("/good", page, .may = "good.see"), GET("/open", page, .open = "a test"),
           POST("/good", .may = "good.see", .form = &empty_form, .write = write, .reply = page),
           GET_RECORDED("/good/{id}", .may = "good.see", .write = write, .reply = page)),
    .permissions = (const struct permission[]) { { "good.see", ROLES("good_reader") }, { NULL } },
    .roles = (const struct role[]) { { .name = "good_reader", .function = "good" }, { .name = NULL } },
    .menu = (const struct menu_entry[]) { { MENU_ADMIN, 1, MSG("Tốt"), "/good", "good.see" }, { .label = { NULL, 0 } } },
};

static void test_boot__a_well_declared_module_is_built(void **state)
{
    (void)state;
    assert_says(&good, "built");
}

static void test_boot__a_route_without_may_or_open_is_refused(void **state)
{
    (void)state;
    const struct module m = { .name = "m", ROUTES(GET("/a", page)) };
    assert_says(&m, "module m: route /a says neither who may call it");
    const struct module both = { .name = "m", ROUTES(GET("/a", page, .may = "x", .open = "y")) };
    assert_says(&both, "module m: route /a says both .may and .open");
    const struct module sure = { .name = "m", ROUTES(GET("/a", page, .open = "x", .assurance = 2)) };
    assert_says(&sure, "module m: route /a is open to all, so it cannot ask how they signed in");
}

static void test_boot__a_permission_or_role_nobody_declares_is_refused(void **state)
{
    (void)state;
    const struct module m = { .name = "m", ROUTES(GET("/a", page, .may = "m.read")) };
    assert_says(&m, "asks for permission m.read, which nobody declares");
    const struct module r = {
        .name = "m",
        .permissions = (const struct permission[]) { { "m.read", ROLES("ghost") }, { NULL } },
    };
    assert_says(&r, "permission m.read names role ghost, which nobody declares");
    const struct module again = { .name = "again", .permissions = good.permissions };
    assert_non_null(strstr(built(&good, &again), "module again: permission good.see is declared by module good already"));
}

static void test_boot__a_post_without_form_or_reply_is_refused(void **state)
{
    (void)state;
    const struct module m = { .name = "m", ROUTES(POST("/a", .open = "x", .write = write, .reply = page)) };
    assert_says(&m, "module m: POST /a has no form");
    const struct module r = { .name = "m", ROUTES(POST("/a", .open = "x", .form = &empty_form, .write = write)) };
    assert_says(&r, "module m: POST /a has no reply");
    const struct module g = { .name = "m", ROUTES(GET("/a", page, .open = "x", .form = &empty_form)) };
    assert_says(&g, "only a POST has one");
    const struct module u = { .name = "m", ROUTES(PUT("/a", .open = "x", .form = &empty_form, .reply = page)) };
    assert_says(&u, "module m: PUT /a: only programs send that, say .machine");
    const struct module k = { .name = "m", ROUTES(GET("/a", page, .open = "x", .own_key = true)) };
    assert_says(&k, "module m: GET /a has .own_key without .open and .machine");
    const struct module l = { .name = "m", ROUTES(GET("/api/a", page, .open = "x", .shared = true)) };
    assert_says(&l, "module m: GET /api/a has .shared and is not an open page");
    const struct module n = { .name = "m", ROUTES(GET_RECORDED("/a", .open = "x", .write = write)) };
    assert_says(&n, "has neither a read function nor write and reply");
}

static void test_boot__two_modules_with_one_path_are_refused(void **state)
{
    (void)state;
    const struct module a = { .name = "a", ROUTES(GET("/x/{id}", page, .open = "x")) };
    const struct module b = { .name = "b", ROUTES(GET("/x/{number}", page, .open = "x")) };
    assert_non_null(strstr(built(&a, &b), "module b: GET /x/{number} is already a route of module a (/x/{id})"));
    const struct module c = { .name = "c", ROUTES(POST("/x/{id}", .open = "x", .form = &empty_form, .reply = page)) };
    assert_string_equal(built(&a, &c), "built");
}

static void test_boot__malformed_paths_are_refused(void **state)
{
    (void)state;
    const char *bad[] = { "a", "", "/a/", "//", "/A", "/a b", "/{}", "/a{id}", "/a/../b/%" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const struct module m = { .name = "m", ROUTES(GET(bad[i], page, .open = "x")) };
        assert_string_not_equal(built(&m, NULL), "built");
    }
}

static void test_boot__a_module_before_its_needs_is_refused(void **state)
{
    (void)state;
    const struct module needy = { .name = "needy", .needs = NEEDS("good") };
    assert_non_null(strstr(built(&needy, &good), "module needy needs good"));
    assert_string_equal(built(&good, &needy), "built");
    assert_non_null(strstr(built(&good, &good), "two modules are named good"));
}

static void test_boot__only_one_module_authenticates_and_one_knows_the_map(void **state)
{
    (void)state;
    const struct module a = { .name = "a", .authenticate = authenticate, .unit_covers = covers };
    const struct module b = { .name = "b", .authenticate = authenticate };
    const struct module c = { .name = "c", .unit_covers = covers };
    assert_non_null(strstr(built(&a, &b), "modules a and b both authenticate"));
    assert_non_null(strstr(built(&a, &c), "modules a and c both say which unit covers which"));
}

static void test_boot__a_menu_entry_to_nowhere_is_refused(void **state)
{
    (void)state;
    const struct module m = {
        .name = "m",
        .menu = (const struct menu_entry[]) { { MENU_ADMIN, 1, MSG("Đâu"), "/nowhere", NULL }, { .label = { NULL, 0 } } },
    };
    assert_says(&m, "menu entry /nowhere leads to no page");
}

static void test_boot__fields_that_cannot_be_filled_in_are_refused(void **state)
{
    (void)state;
    const struct {
        struct field fields[3];
        const char *says;
    } cases[] = {
        { { { "a", FIELD_CHOICE }, { NULL } }, "field a offers no choices" },
        { { { "a", FIELD_FILE }, { NULL } }, "field a is a file, but the form is not multipart" },
        { { { "a", FIELD_TEXT }, { "a", FIELD_TEXT }, { NULL } }, "field \"a\" stands there twice" },
        { { { "_csrf", FIELD_TEXT }, { NULL } }, "field name \"_csrf\"" },
        { { { "Name", FIELD_TEXT }, { NULL } }, "field name \"Name\"" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct form form = { .name = "f", .fields = cases[i].fields };
        const struct module m = { .name = "m", ROUTES(POST("/a", .open = "x", .form = &form, .reply = page)) };
        assert_says(&m, cases[i].says);
    }
}

/* ---- what a grant reaches ---- */
static const struct module rights = {
    .name = "rights",
    .permissions = (const struct permission[]) { { "desk", ROLES("clerk") }, { "area", ROLES("police") }, { NULL } },
    .roles = (const struct role[]) { { .name = "clerk", .facility = true },
                                     { .name = "police", .territorial = true },
                                     { .name = NULL } },
    .unit_covers = covers,
};

static int count_nothing(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out, struct err *e)
{
    (void)app, (void)r, (void)a, (void)on, (void)out, (void)e;
    return 0;
}

static void test_boot__a_measure_that_nobody_counts_is_refused(void **state)
{
    (void)state;
    const struct measure alone[] = { { .name = "m.alone" }, { .name = "m.late", .count = count_nothing }, { .name = NULL } };
    const struct module m = { .name = "m", .measures = alone };
    assert_says(&m, "module m: measure m.alone has no .count, and none above it counts it");
}

static void test_measure__rows_without_count_belong_to_the_row_above(void **state)
{
    (void)state;
    const struct measure rows[] = {
        { .name = "m.a", .count = count_nothing }, { .name = "m.b" }, { .name = "m.c" },
        { .name = "m.d", .count = count_nothing }, { .name = NULL },
    };
    assert_int_equal(measures_together(&rows[0]), 3);
    assert_int_equal(measures_together(&rows[3]), 1);
}

static void test_app__each_module_has_a_place_however_many_there_are(void **state)
{
    (void)state;
    enum { MANY = 70 };
    struct module made[MANY];
    const struct module *list[MANY + 1];
    char names[MANY][8];
    struct app app = { .modules = list };
    arena_init(&app.arena, 1 << 20);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "m%zu", i);
        made[i] = (struct module) { .name = names[i] };
        list[i] = &made[i];
    }
    list[MANY] = NULL;
    assert_null(app_engine(&app, "m69"));
    for (size_t i = 0; i < MANY; i++)
        *app_engine_slot(&app, names[i]) = names[i];
    for (size_t i = 0; i < MANY; i++)
        assert_ptr_equal(app_engine(&app, names[i]), names[i]);
    arena_release(&app.arena);
}

static void test_right__a_facility_role_reaches_its_own_facility_only(void **state)
{
    (void)state;
    const struct module *const list[] = { &rights, NULL };
    struct app app = { .modules = list };
    struct err e = { 0 };
    arena_init(&app.arena, 1 << 20);
    assert_int_equal(app_build(&app, &e), 0);
    struct grant bound = { .role = STR("clerk"), .facility = 7 }, loose = { .role = STR("clerk") };
    struct actor actor = { .account = 1, .grants = &bound, .n_grants = 1 };
    struct req q = { .app = &app, .actor = &actor };
    assert_ptr_equal(req_may(&q, "desk", NULL, 7), &bound);
    assert_null(req_may(&q, "desk", NULL, 8));
    assert_ptr_equal(req_may(&q, "desk", NULL, 0), &bound);
    assert_null(req_may(&q, "area", NULL, 0));
    actor.grants = &loose;
    assert_null(req_may(&q, "desk", NULL, 8));
    app_unbuild(&app);
    arena_release(&app.arena);
}

static void test_right__a_territory_reaches_the_units_within_it(void **state)
{
    (void)state;
    const struct module *const list[] = { &rights, NULL };
    struct app app = { .modules = list };
    struct err e = { 0 };
    arena_init(&app.arena, 1 << 20);
    assert_int_equal(app_build(&app, &e), 0);
    struct grant of[] = { { .role = STR("police"), .territory = { "67" } } };
    struct actor actor = { .account = 1, .grants = of, .n_grants = 1 };
    struct req q = { .app = &app, .actor = &actor };
    const struct unit_code inside = { "67100" }, outside = { "24640" };
    assert_ptr_equal(req_may(&q, "area", &inside, 0), &of[0]);
    assert_null(req_may(&q, "area", &outside, 0));
    app_unbuild(&app);
    arena_release(&app.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_boot__a_well_declared_module_is_built),
        cmocka_unit_test(test_boot__a_route_without_may_or_open_is_refused),
        cmocka_unit_test(test_boot__a_permission_or_role_nobody_declares_is_refused),
        cmocka_unit_test(test_boot__a_post_without_form_or_reply_is_refused),
        cmocka_unit_test(test_boot__two_modules_with_one_path_are_refused),
        cmocka_unit_test(test_boot__malformed_paths_are_refused),
        cmocka_unit_test(test_boot__a_module_before_its_needs_is_refused),
        cmocka_unit_test(test_boot__only_one_module_authenticates_and_one_knows_the_map),
        cmocka_unit_test(test_boot__a_menu_entry_to_nowhere_is_refused),
        cmocka_unit_test(test_boot__fields_that_cannot_be_filled_in_are_refused),
        cmocka_unit_test(test_boot__a_measure_that_nobody_counts_is_refused),
        cmocka_unit_test(test_measure__rows_without_count_belong_to_the_row_above),
        cmocka_unit_test(test_app__each_module_has_a_place_however_many_there_are),
        cmocka_unit_test(test_right__a_facility_role_reaches_its_own_facility_only),
        cmocka_unit_test(test_right__a_territory_reaches_the_units_within_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
