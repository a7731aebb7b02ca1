/* Against a server of our own on loopback, and one that keeps to no rules (raw.c). */
#include "base/test/full.h"
#include "platform/ask/asks.h"
#include "platform/ask/inside.h"
#include "platform/ask/test/raw.h"
#include "platform/sim/sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

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

/* What of the question's head has arrived. */
static int head(struct req *q, struct res *s, struct err *e)
{
    static const char *const names[] = { "host", "content-type", "authorization", "x-word", NULL };
    struct buf b;
    (void)e;
    buf_init(&b, q->arena, 2048);
    for (const char *const *name = names; *name; name++)
        buf_fmt(&b, "%s=%.*s\n", *name, STR_ARG(req_header(q, *name)));
    return sim_answer(s, 200, buf_str(&b));
}

static int marked(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    res_header(q, s, STR("X-Mark"), STR("a: b"));
    s->type = STR("Application/JWT; charset=utf-8");
    res_body(q, s, STR("x"));
    return 0;
}

static const struct form echo_form = { .name = "echo", .max_body = 4096 };
static const struct route routes[] = {
    POST("/echo", .open = "a test", .form = &echo_form, .reply = echo, .json = true, .no_idempotency = true),
    GET("/head", head, .open = "a test"),
    POST("/head", .open = "a test", .form = &echo_form, .reply = head, .json = true, .no_idempotency = true),
    GET("/marked", marked, .open = "a test"),
    GET("/long", long_answer, .open = "a test"),
    GET("/elsewhere", elsewhere, .open = "a test"),
    ROUTE_END,
};
static const struct module answering = { .name = "answering", .title = STR_INIT("Trả lời"), .routes = routes };

struct world {
    struct sim sim;
    struct raw raw;
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
    raw_open(&w.raw);
    return sim_open(&w.sim, &(struct sim_options) { .module = &answering, .site_name = "thử" }, &w.e);
}

static int world_close(void **state)
{
    struct world *w = *state;
    sim_close(&w->sim);
    raw_close(&w->raw);
    arena_release(&w->arena);
    return 0;
}

static struct str url(struct world *w, const char *path)
{
    return str_fmt(&w->arena, "http://127.0.0.1:%d%s", sim_port(&w->sim), path);
}

static struct str raw_url(struct world *w, const char *path)
{
    return str_fmt(&w->arena, "http://127.0.0.1:%d%s", w->raw.port, path);
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

/* ---- what is said, and what is heard ---- */

static void test_ask__type_token_and_further_lines_arrive(void **state)
{
    struct world *w = *state;
    const struct ask_header more[] = { { STR_INIT("X-Word"), STR_INIT("một") }, { STR_INIT("X-None"), { NULL, 0 } } };
    const struct ask in = {
        .url = url(w, "/head"), .body = STR("{}"), .bearer = STR("abc"), .headers = more, .n_headers = 2
    };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_true(str_find(w->out.body, STR("content-type=application/json\nauthorization=Bearer abc\nx-word=một\n")) > 0);
    const struct ask basic = { .url = url(w, "/head"), .basic = STR("a:b") };
    assert_int_equal(ask_over_http(&w->arena, &basic, &w->out, &w->e), 0);
    assert_true(str_find(w->out.body, STR("content-type=\nauthorization=Basic YTpi\n")) > 0);
}

static void test_ask__an_empty_body_is_posted_under_its_type(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = raw_url(w, "/echo"), .body = STR(""), .type = ASK_FORM };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_true(str_starts(w->out.body, STR("POST /echo HTTP/1.1\r\n")));
    assert_true(str_find(w->out.body, STR("\r\nContent-Type: application/x-www-form-urlencoded\r\n")) > 0);
    assert_true(str_find(w->out.body, STR("\r\nContent-Length: 0\r\n")) > 0);
}

static void test_ask__a_line_with_an_end_in_it_is_never_sent(void **state)
{
    struct world *w = *state;
    const struct ask_header more = { STR("X-Word"), STR("a\r\nX-Device: 7") };
    const struct ask in = { .url = url(w, "/head"), .headers = &more, .n_headers = 1 };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_INTERNAL);
    const struct ask token = { .url = url(w, "/head"), .bearer = STR("a\nX-Device: 7") };
    assert_int_equal(ask_over_http(&w->arena, &token, &w->out, &w->e), -1);
}

static struct str header_of(const struct ask_answer *x, const char *name)
{
    for (size_t i = 0; i < x->n_headers; i++)
        if (str_eq(x->headers[i].name, str_of(name)))
            return x->headers[i].value;
    return STR_NONE;
}

static void test_ask__the_answers_head_is_there_in_small_letters(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = url(w, "/marked") };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_true(str_eq(header_of(&w->out, "x-mark"), STR("a: b")));
    assert_true(str_eq(w->out.type, STR("application/jwt")));
}

static void test_ask__only_the_last_of_several_heads_counts(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = raw_url(w, "/interim") };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_int_equal(w->out.status, 200);
    assert_false(header_of(&w->out, "link").p);
    assert_true(str_eq(header_of(&w->out, "x-last"), STR("yes")));
}

static void test_ask__a_head_without_end_is_none(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = raw_url(w, "/long-head") };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_SOURCE);
    assert_true(strstr(w->e.detail, "head") != NULL);
}

static void test_ask__where_only_the_status_counts_the_rest_may_be_long(void **state)
{
    struct world *w = *state;
    const struct ask in = { .url = url(w, "/long"), .most = 10, .status_only = true };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_int_equal(w->out.status, 200);
    assert_int_equal(w->out.body.n, 0);
}

/* ---- addresses that somebody else has named ---- */

static void test_foreign__an_address_that_leads_inside_is_refused_however_it_is_spelled(void **state)
{
    static const char *const inside[] = { "127.0.0.1", "localhost",          "2130706433", "0x7f.1",   "0177.0.0.1",
                                          "[::1]",     "[::ffff:127.0.0.1]", "0.0.0.0",    "10.0.0.1", "169.254.169.254",
                                          "127.1",     "[fd00::1]" };
    struct world *w = *state;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        const struct ask in = { .url = str_fmt(&w->arena, "http://%s:%d/head", inside[i], sim_port(&w->sim)), .foreign = true };
        if (ask_over_http(&w->arena, &in, &w->out, &w->e) != -1)
            fail_msg("%s passes", inside[i]);
        if (w->e.code != ERR_FORBIDDEN && w->e.code != ERR_SOURCE)
            fail_msg("%s: %s", inside[i], w->e.detail);
    }
    const struct ask user = { .url = str_fmt(&w->arena, "http://1.1.1.1@127.0.0.1:%d/head", sim_port(&w->sim)), .foreign = true };
    assert_int_equal(ask_over_http(&w->arena, &user, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_INPUT);
    const struct ask file = { .url = STR("file:///etc/hostname"), .foreign = true };
    assert_int_equal(ask_over_http(&w->arena, &file, &w->out, &w->e), -1);
    assert_int_equal(w->out.status, 0);
}

static void test_foreign__one_that_is_listed_is_asked_and_its_failure_tells_no_address(void **state)
{
    struct world *w = *state;
    struct ask in = { .url = url(w, "/head"), .foreign = true };
    in.inner_hosts = str_cstr(&w->arena, str_fmt(&w->arena, "app.lan, 127.0.0.1:%d", sim_port(&w->sim)));
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), 0);
    assert_int_equal(w->out.status, 200);
    sim_close(&w->sim);
    w->sim = (struct sim) { .http = NULL };
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_SOURCE);
    assert_null(strstr(w->e.detail, "127.0.0.1"));
    in.foreign = false;
    assert_int_equal(ask_over_http(&w->arena, &in, &w->out, &w->e), -1);
    assert_non_null(strstr(w->e.detail, "127.0.0.1"));
}

/* The name leads nowhere: only a connection that does not look it up again arrives. */
static void test_foreign__the_connection_goes_where_was_looked_and_the_name_is_only_said(void **state)
{
    struct world *w = *state;
    struct ask_ready x;
    long status = 0;
    const struct ask in = { .url = STR("http://app.invalid:81/head") };
    assert_int_equal(ask_prepare(&w->arena, &in, &x, &w->e), 0);
    x.pin = str_cstr(&w->arena, str_fmt(&w->arena, "::127.0.0.1:%d", sim_port(&w->sim)));
    assert_true(ask_handle(&x));
    assert_int_equal(ask_outcome(&x, curl_easy_perform(x.easy), &status, &w->e), 0);
    ask_release(&x);
    assert_int_equal(status, 200);
    assert_true(str_starts(ask_read(&w->arena, &x, status).body, STR("host=app.invalid:81\n")));
}

/* ---- side by side ---- */

static void test_asks__one_that_is_slow_keeps_no_other_from_coming(void **state)
{
    struct world *w = *state;
    struct asks *all;
    struct ask_under_way *slow, *fast, *dropped;
    const struct ask silent = { .url = raw_url(w, "/silent"), .timeout_ms = 300 };
    const struct ask never_taken = { .url = raw_url(w, "/silent") };
    const struct ask echo = { .url = url(w, "/echo"), .body = STR("{\"a\":1}") };
    assert_int_equal(asks_open(&w->arena, &all, &w->e), 0);
    assert_int_equal(asks_start(all, &w->arena, &silent, &slow, &w->e), 0);
    assert_int_equal(asks_start(all, &w->arena, &echo, &fast, &w->e), 0);
    assert_int_equal(asks_start(all, &w->arena, &never_taken, &dropped, &w->e), 0);
    while (!ask_came(fast))
        assert_int_equal(asks_turn(all, 10, &w->e), 0);
    assert_int_equal(ask_take(fast, &w->out, &w->e), 0);
    assert_true(str_eq(w->out.body, STR("{\"a\":1}")));
    ask_drop(dropped);
    ask_drop(fast);
    ask_drop(NULL);
    assert_int_equal(asks_turn(all, 5000, &w->e), 0);
    assert_true(ask_came(slow) && ask_was_slow(slow));
    assert_int_equal(ask_take(slow, &w->out, &w->e), -1);
    assert_int_equal(w->e.code, ERR_SOURCE);
    asks_close(all);
    asks_close(NULL);
}

static void test_asks__what_leads_inside_does_not_set_out(void **state)
{
    struct world *w = *state;
    struct asks *all;
    struct ask_under_way *way = NULL;
    const struct ask in = { .url = url(w, "/head"), .foreign = true };
    assert_int_equal(asks_open(&w->arena, &all, &w->e), 0);
    assert_int_equal(asks_start(all, &w->arena, &in, &way, &w->e), -1);
    assert_int_equal(w->e.code, ERR_FORBIDDEN);
    assert_null(way);
    assert_int_equal(asks_turn(all, 5000, &w->e), 0);
    asks_close(all);
}

static void set_out_with_two(struct arena *a, void *ctx)
{
    struct world *w = ctx;
    struct asks *all;
    struct ask_under_way *one, *two;
    const struct ask in = { .url = url(w, "/long") };
    assert_int_equal(asks_open(a, &all, &w->e), 0);
    assert_int_equal(asks_start(all, a, &in, &one, &w->e), 0);
    assert_int_equal(asks_turn(all, 0, &w->e), 0);
    assert_int_equal(asks_start(all, arena_child(a), &in, &two, &w->e), 0);
}

static void test_asks__a_full_arena_in_the_middle_of_several_leaves_nothing_behind(void **state)
{
    assert_true(full_at_each(set_out_with_two, *state) > 10);
}

static void test_asks__whichever_arena_goes_first_the_other_finds_nothing_of_it(void **state)
{
    struct world *w = *state;
    struct arena of_asks, of_question;
    struct asks *all;
    struct ask_under_way *one, *two;
    const struct ask in = { .url = raw_url(w, "/silent") };
    arena_init(&of_asks, 1 << 20);
    arena_init(&of_question, 1 << 20);
    assert_int_equal(asks_open(&of_asks, &all, &w->e), 0);
    assert_int_equal(asks_start(all, &of_question, &in, &one, &w->e), 0);
    assert_int_equal(asks_start(all, &w->arena, &in, &two, &w->e), 0);
    assert_int_equal(asks_turn(all, 0, &w->e), 0);
    arena_release(&of_question);
    assert_int_equal(asks_turn(all, 0, &w->e), 0);
    asks_close(all);
    arena_release(&of_asks);
    ask_drop(two);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_ask__posts_json_and_gives_status_and_body),
        CASE(test_ask__an_answer_that_is_too_long_is_none),
        CASE(test_ask__a_redirect_is_not_followed),
        CASE(test_ask__nobody_there_is_a_refusal_with_a_reason),
        CASE(test_ask__type_token_and_further_lines_arrive),
        CASE(test_ask__an_empty_body_is_posted_under_its_type),
        CASE(test_ask__a_line_with_an_end_in_it_is_never_sent),
        CASE(test_ask__the_answers_head_is_there_in_small_letters),
        CASE(test_ask__only_the_last_of_several_heads_counts),
        CASE(test_ask__a_head_without_end_is_none),
        CASE(test_ask__where_only_the_status_counts_the_rest_may_be_long),
        CASE(test_foreign__an_address_that_leads_inside_is_refused_however_it_is_spelled),
        CASE(test_foreign__one_that_is_listed_is_asked_and_its_failure_tells_no_address),
        CASE(test_foreign__the_connection_goes_where_was_looked_and_the_name_is_only_said),
        CASE(test_asks__one_that_is_slow_keeps_no_other_from_coming),
        CASE(test_asks__what_leads_inside_does_not_set_out),
        CASE(test_asks__a_full_arena_in_the_middle_of_several_leaves_nothing_behind),
        CASE(test_asks__whichever_arena_goes_first_the_other_finds_nothing_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
