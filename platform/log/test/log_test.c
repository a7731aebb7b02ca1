/* Log lines: one JSON object each, whatever bytes come in. */
#include "platform/log/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pipe_log {
    struct log log;
    int read_fd;
    char text[8192];
};

static int setup(void **state)
{
    struct pipe_log *p = calloc(1, sizeof *p);
    int fds[2];
    if (!p || pipe(fds))
        return -1;
    p->log = (struct log) { fds[1], LOG_INFO };
    p->read_fd = fds[0];
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct pipe_log *p = *state;
    close(p->read_fd);
    close(p->log.fd);
    free(p);
    return 0;
}

/* The one line that was written, parsed. */
static json_t *line_of(struct pipe_log *p)
{
    ssize_t n = read(p->read_fd, p->text, sizeof p->text - 1);
    assert_true(n > 0);
    assert_int_equal(p->text[n - 1], '\n');
    assert_ptr_equal(memchr(p->text, '\n', (size_t)n), p->text + n - 1);
    json_t *j = json_loadb(p->text, (size_t)n, 0, NULL);
    assert_non_null(j);
    return j;
}

static const char *text_of(const json_t *j, const char *name)
{
    const char *s = json_string_value(json_object_get(j, name));
    return s ? s : "(absent)";
}

static void test_log__a_line_is_one_json_object_with_moment_level_and_event(void **state)
{
    struct pipe_log *p = *state;
    LOG(&p->log, LOG_WARN, "serve.slow", LF("route", STR("/lưu-trú")), LF("ms", STR("120")));
    json_t *j = line_of(p);
    assert_string_equal(text_of(j, "level"), "warn");
    assert_string_equal(text_of(j, "event"), "serve.slow");
    assert_string_equal(text_of(j, "route"), "/lưu-trú");
    assert_string_equal(text_of(j, "ms"), "120");
    assert_int_equal(strlen(text_of(j, "at")), strlen("2026-11-23T00:00:00.000000Z"));
    json_decref(j);
}

static void test_log__line_breaks_quotes_and_broken_utf8_cannot_forge_a_line(void **state)
{
    struct pipe_log *p = *state;
    LOG(&p->log, LOG_INFO, "x.y", LF("agent", STR("a\"}\n{\"event\":\"forged\"\xff\xc3\x1b[2J")));
    json_t *j = line_of(p);
    assert_string_equal(text_of(j, "event"), "x.y");
    assert_string_equal(text_of(j, "agent"), "a\"}\n{\"event\":\"forged\"??\x1b[2J");
    json_decref(j);
}

static void test_log__a_line_never_exceeds_one_atomic_write_and_says_that_it_was_cut(void **state)
{
    struct pipe_log *p = *state;
    char large[5000];
    memset(large, 'x', sizeof large);
    LOG(&p->log, LOG_INFO, "x.y", LF("first", STR("1")), LF("large", ((struct str) { large, sizeof large })));
    json_t *j = line_of(p);
    assert_true(strlen(p->text) <= 4096);
    assert_true(json_is_true(json_object_get(j, "cut")));
    assert_string_equal(text_of(j, "first"), "1");
    assert_string_equal(text_of(j, "large"), "(absent)");
    json_decref(j);
}

static void test_log__what_is_below_the_least_level_is_not_written(void **state)
{
    struct pipe_log *p = *state;
    LOG(&p->log, LOG_DEBUG, "not.this", LF("a", STR("1")));
    LOG(&p->log, LOG_INFO, "but.this", LF("a", STR("1")));
    json_t *j = line_of(p);
    assert_string_equal(text_of(j, "event"), "but.this");
    json_decref(j);
}

static void test_log_err__names_code_place_and_detail(void **state)
{
    struct pipe_log *p = *state;
    struct err e = { 0 };
    ERR(&e, ERR_DISK_FULL, "wrote %d of %d", 1, 2);
    log_err(&p->log, LOG_ERROR, "request.failed", STR("abc"), &e);
    json_t *j = line_of(p);
    assert_string_equal(text_of(j, "id"), "abc");
    assert_string_equal(text_of(j, "code"), "ERR_DISK_FULL");
    assert_string_equal(text_of(j, "detail"), "wrote 1 of 2");
    assert_non_null(strstr(text_of(j, "where"), "log_test.c:"));
    json_decref(j);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_log__a_line_is_one_json_object_with_moment_level_and_event),
        T(test_log__line_breaks_quotes_and_broken_utf8_cannot_forge_a_line),
        T(test_log__a_line_never_exceeds_one_atomic_write_and_says_that_it_was_cut),
        T(test_log__what_is_below_the_least_level_is_not_written),
        T(test_log_err__names_code_place_and_detail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
