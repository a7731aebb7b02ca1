/* Against a server of our own on loopback. */
#include "platform/ask/ask.h"
#include "platform/sim/sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int echo(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return sim_answer(s, 200, str_dup(q->arena, q->body));
}

static int long_answer(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    char *p = arena_alloc(q->arena, 4096);
    for (size_t i = 0; i < 4096; i++)
        p[i] = '7';
    return sim_answer(s, 200, (struct str) { p, 4096 });
}

static int elsewhere(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    (void)q;
    return res_redirect(s, STR("/long"));
}

static const struct form echo_form = { .name = "echo", .max_body = 4096 };
static const struct route routes[] = {
    POST("/echo", .open = "a test", .form = &echo_form, .reply = echo, .json = true, .no_idempotency = true),
    GET("/long", long_answer, .open = "a test"),
    GET("/elsewhere", elsewhere, .open = "a test"),
    ROUTE_END,
};
static const struct module answering = { .name = "answering", .title = STR_INIT("Trả lời"), .routes = routes };

struct world {
    struct sim sim;
    struct arena arena;
    struct ask_answer out;
    struct err e;
};

static int world_open(void **state)
{
    static struct world w;
    w = (struct world) { .out = { .status = 0 } };
    arena_init(&w.arena, 1 << 20);
    *state = &w;
    return sim_open(&w.sim, &(struct sim_options) { .module = &answering, .site_name = "thử" }, &w.e);
}

static int world_close(void **state)
{
    struct world *w = *state;
    sim_close(&w->sim);
    arena_release(&w->arena);
    return 0;
}

static struct str url(struct world *w, const char *path)
{
    return str_fmt(&w->arena, "http://127.0.0.1:%d%s", sim_port(&w->sim), path);
}

static void test_ask__posts_json_and_gives_status_and_body(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = url(w, "/echo"), .body = STR("{\"a\":1}") };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_int_equal(w->out.status, 200);
    assert_true(str_eq(w->out.body, STR("{\"a\":1}")));
}

static void test_ask__an_answer_that_is_too_long_is_none(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = url(w, "/long"), .most = 4095 };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_SOURCE);
    assert_int_equal(w->out.status, 0);
    const struct ask fits = { .url = url(w, "/long"), .most = 4096 };
    assert_int_equal(ask_over_http(&w->arena, &fits, &w->out, &w->e), 0);
}

static void test_ask__a_redirect_is_not_followed(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = url(w, "/elsewhere") };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_int_equal(w->out.status, 303);
}

static void test_ask__nobody_there_is_a_refusal_with_a_reason(void **state)
{
    struct world *w = *state;
    struct str gone = url(w, "/long");
    sim_close(&w->sim);
    w->sim = (struct sim) { .http = NULL };
    const struct ask in = { .url = gone };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_SOURCE);
    assert_true(w->e.detail[0] != 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_ask__posts_json_and_gives_status_and_body),
        CASE(test_ask__an_answer_that_is_too_long_is_none),
        CASE(test_ask__a_redirect_is_not_followed),
        CASE(test_ask__nobody_there_is_a_refusal_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
