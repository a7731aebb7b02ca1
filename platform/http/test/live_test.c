/* live_test.c: topics and listeners, with a clock of the test's own. */
#include "platform/http/live.h"
#include "platform/http/module.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct line {
    int parked, woken;
    struct listener *who;
    struct live *live;
    char text[8192];
};

static void park(void *line)
{
    ((struct line *)line)->parked++;
}

static void wake(void *line)
{
    ((struct line *)line)->woken++;
}

struct fixture {
    struct app app;
    struct http_stats stats;
    struct line a, b;
};

static void listen_to(struct fixture *f, struct line *line, const char *topic)
{
    struct err e = { 0 };
    const struct live_wire wire = { park, wake, line };
    line->live = f->app.live;
    assert_int_equal(live_listen(f->app.live, str_of(topic), &wire, &line->who, &e), 0);
}

/* All that is due, in pieces of `most` bytes; parks at the end. */
static const char *take(struct line *line, size_t most)
{
    size_t n = 0;
    ptrdiff_t got;
    while ((got = live_take(line->live, line->who, line->text + n, most)) > 0)
        n += (size_t)got;
    line->text[n] = 0;
    return got < 0 ? "over" : line->text;
}

static int open_live(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct err e = { 0 };
    *state = f;
    return live_open(&f->app.live, &f->stats, &e);
}

static int close_live(void **state)
{
    struct fixture *f = *state;
    live_leave(f->app.live, f->a.who);
    live_leave(f->app.live, f->b.who);
    live_close(f->app.live);
    free(f);
    return 0;
}

static void test_live__a_listener_is_greeted_then_parked(void **state)
{
    struct fixture *f = *state;
    listen_to(f, &f->a, "x");
    assert_string_equal(take(&f->a, 4096), "retry: 3000\n\n");
    assert_int_equal(f->a.parked, 1);
}

static void test_live__an_event_wakes_only_its_topic(void **state)
{
    struct fixture *f = *state;
    int64_t now = monotonic_us();
    listen_to(f, &f->a, "x");
    listen_to(f, &f->b, "y");
    take(&f->a, 4096);
    take(&f->b, 4096);
    live_publish(&f->app, STR("x"), STR("{\"n\":1}"));
    live_turn(f->app.live, now, 0);
    assert_int_equal(f->a.woken, 1);
    assert_int_equal(f->b.woken, 0);
    assert_string_equal(take(&f->a, 3), "data: {\"n\":1}\n\n");
}

static void test_live__a_burst_sends_its_newest_once_in_a_tenth_of_a_second(void **state)
{
    struct fixture *f = *state;
    int64_t now = monotonic_us();
    listen_to(f, &f->a, "x");
    take(&f->a, 4096);
    live_publish(&f->app, STR("x"), STR("1"));
    live_turn(f->app.live, now, 0);
    assert_string_equal(take(&f->a, 4096), "data: 1\n\n");
    for (int i = 0; i < 1000; i++)
        live_publish(&f->app, STR("x"), STR("2"));
    live_publish(&f->app, STR("x"), STR("3"));
    live_turn(f->app.live, now + LIVE_QUIET_US - 1, 0);
    assert_int_equal(f->a.woken, 1);
    live_turn(f->app.live, now + LIVE_QUIET_US, 0);
    assert_int_equal(f->a.woken, 2);
    assert_string_equal(take(&f->a, 4096), "data: 3\n\n");
}

static void test_live__a_quiet_line_gets_a_comment_after_fifteen_seconds(void **state)
{
    struct fixture *f = *state;
    listen_to(f, &f->a, "x");
    take(&f->a, 4096);
    int64_t now = monotonic_us();
    live_turn(f->app.live, now + LIVE_PING_US / 2, 0);
    assert_int_equal(f->a.woken, 0);
    live_turn(f->app.live, now + LIVE_PING_US, 0);
    assert_string_equal(take(&f->a, 4096), ":\n\n");
}

static void test_live__a_line_end_in_the_data_begins_no_field_of_its_own(void **state)
{
    struct fixture *f = *state;
    listen_to(f, &f->a, "x");
    take(&f->a, 4096);
    live_publish(&f->app, STR("x"), STR("1\nevent: y\r"));
    live_turn(f->app.live, monotonic_us(), 0);
    assert_string_equal(take(&f->a, 4096), "data: 1 event: y \n\n");
}

static void test_live__what_is_published_to_nobody_or_too_long_is_dropped(void **state)
{
    struct fixture *f = *state;
    static char long_text[LIVE_DATA_MOST + 1];
    listen_to(f, &f->a, "x");
    take(&f->a, 4096);
    live_publish(&f->app, STR("y"), STR("1"));
    live_publish(&f->app, STR("x"), (struct str) { long_text, sizeof(long_text) });
    live_turn(f->app.live, monotonic_us(), 0);
    assert_int_equal(f->a.woken, 0);
}

static void test_live__the_two_thousand_and_first_is_refused(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    struct listener *all[LIVE_LISTENERS_MOST], *more;
    const struct live_wire wire = { park, wake, &f->a };
    for (int i = 0; i < LIVE_LISTENERS_MOST; i++)
        assert_int_equal(live_listen(f->app.live, STR("x"), &wire, &all[i], &e), 0);
    assert_int_equal(live_listen(f->app.live, STR("x"), &wire, &more, &e), -1);
    assert_int_equal(e.code, ERR_BUSY);
    for (int i = 0; i < LIVE_LISTENERS_MOST; i++)
        live_leave(f->app.live, all[i]);
}

static void test_live__the_end_wakes_all_and_takes_no_more(void **state)
{
    struct fixture *f = *state;
    struct err e = { 0 };
    struct listener *more;
    const struct live_wire wire = { park, wake, &f->b };
    listen_to(f, &f->a, "x");
    take(&f->a, 4096);
    live_end(f->app.live);
    assert_int_equal(f->a.woken, 1);
    assert_string_equal(take(&f->a, 4096), "over");
    assert_int_equal(live_listen(f->app.live, STR("x"), &wire, &more, &e), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_live__a_listener_is_greeted_then_parked, open_live, close_live),
        cmocka_unit_test_setup_teardown(test_live__an_event_wakes_only_its_topic, open_live, close_live),
        cmocka_unit_test_setup_teardown(test_live__a_burst_sends_its_newest_once_in_a_tenth_of_a_second, open_live,
                                        close_live),
        cmocka_unit_test_setup_teardown(test_live__a_quiet_line_gets_a_comment_after_fifteen_seconds, open_live, close_live),
        cmocka_unit_test_setup_teardown(test_live__a_line_end_in_the_data_begins_no_field_of_its_own, open_live, close_live),
        cmocka_unit_test_setup_teardown(test_live__what_is_published_to_nobody_or_too_long_is_dropped, open_live,
                                        close_live),
        cmocka_unit_test_setup_teardown(test_live__the_two_thousand_and_first_is_refused, open_live, close_live),
        cmocka_unit_test_setup_teardown(test_live__the_end_wakes_all_and_takes_no_more, open_live, close_live),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
