/* server_test.c: the server itself, over real sockets on a port of the system's choice. */
#include "platform/http/test/world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define WAIT_MS 10000

static struct http *server;

static int open_all(void **state)
{
    if (world_open(state) != 0)
        return -1;
    struct world *w = *state;
    struct err e = { 0 };
    const struct http_options o = { .host = "127.0.0.1", .timeout_s = 1, .listen_fd = -1 };
    return http_start(&w->app, &o, &server, &e);
}

static int close_all(void **state)
{
    http_stop(server);
    return world_close(state);
}

/* ---- a small client ---- */
static int dial(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(server)) };
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_return_code(connect(fd, (struct sockaddr *)&at, sizeof(at)), errno);
    return fd;
}

/* False when the server has closed. */
static bool say(int fd, struct str text)
{
    while (text.n > 0) {
        ssize_t n = send(fd, text.p, text.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        text = str_from(text, (size_t)n);
    }
    return true;
}

/* Reads until `until` has come, the server closes, or ten seconds have passed. */
static struct str hear(struct world *w, int fd, const char *until)
{
    struct buf b;
    buf_init(&b, &w->arena, 1 << 20);
    char block[4096];
    while (!until || str_find(buf_str(&b), str_of(until)) < 0) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (poll(&p, 1, WAIT_MS) != 1)
            break;
        ssize_t n = recv(fd, block, sizeof(block), 0);
        if (n <= 0)
            break;
        buf_put_bytes(&b, block, (size_t)n);
    }
    return buf_str(&b);
}

static bool is_closed(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    char c;
    return poll(&p, 1, WAIT_MS) == 1 && recv(fd, &c, 1, 0) <= 0;
}

static struct str form_post(struct world *w, const char *path, const char *fields)
{
    struct str body = str_fmt(&w->arena, "_csrf=%.*s&%s", STR_ARG(token_for(w, "abc")), fields);
    return str_fmt(&w->arena,
                   "POST %s HTTP/1.1\r\nHost: bon.test\r\nCookie: bon_pre=abc\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
                   path, body.n, STR_ARG(body));
}

static int64_t now_ms(void)
{
    return monotonic_us() / 1000;
}

/* ---- requests ---- */
static void test_server__two_requests_share_a_connection(void **state)
{
    struct world *w = *state;
    int fd = dial();
    say(fd, STR("GET /echo?x=1 HTTP/1.1\r\nHost: bon.test\r\n\r\n"));
    assert_has(hear(w, fd, "x=1||"), "HTTP/1.1 200 OK");
    say(fd, STR("GET /echo?x=2 HTTP/1.1\r\nHost: bon.test\r\n\r\n"));
    struct str reply = hear(w, fd, "x=2||");
    assert_has(reply, "Content-Security-Policy: default-src 'none'");
    assert_has(reply, "X-Content-Type-Options: nosniff");
    close(fd);
}

static void test_server__pipelined_requests_are_answered_in_order(void **state)
{
    struct world *w = *state;
    int fd = dial();
    struct str write = form_post(w, "/notes", "name=An");
    struct str all = str_fmt(&w->arena,
                             "GET /echo?x=1 HTTP/1.1\r\nHost: b\r\n\r\n%.*sGET /echo?x=3 HTTP/1.1\r\nHost: b\r\n"
                             "Connection: close\r\n\r\n",
                             STR_ARG(write));
    say(fd, all);
    struct str reply = hear(w, fd, NULL);
    ptrdiff_t first = str_find(reply, STR("x=1||")), second = str_find(reply, STR("303 See Other")),
              third = str_find(reply, STR("x=3||"));
    assert_true(first > 0 && second > first && third > second);
    close(fd);
}

static void test_server__a_write_is_durable_before_its_reply(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    int fd = dial();
    say(fd, form_post(w, "/notes", "name=An"));
    assert_has(hear(w, fd, "\r\n\r\n"), "303 See Other");
    assert_int_equal(notes(w), before + 1);
    close(fd);
}

/* ---- pages that strangers share ---- */

/* On one connection, so that one thread answers all: each keeps pages of its own. */
static int drawn(struct world *w, int fd, const char *path, const char *headers, const char *name)
{
    say(fd, str_fmt(&w->arena, "GET %s HTTP/1.1\r\nHost: b\r\n%s\r\n", path, headers));
    struct str reply = hear(w, fd, str_cstr(&w->arena, str_fmt(&w->arena, "|%s|", name)));
    assert_has(reply, "HTTP/1.1 200 OK");
    assert_has(reply, "Content-Security-Policy: default-src 'none'");
    struct str rest = str_from(reply, (size_t)str_find(reply, STR("drawn=")) + 6), number;
    int64_t n = 0;
    assert_true(str_cut(&rest, '|', &number) && str_to_i64(number, &n));
    return (int)n;
}

static void test_shared__strangers_get_the_page_that_was_drawn_for_another(void **state)
{
    struct world *w = *state;
    int fd = dial();
    int first = drawn(w, fd, "/shared/ours", "", ""), again = drawn(w, fd, "/shared/ours", "User-Agent: x\r\n", "");
    if (again == first + 1) /* a second passed between them */
        first = again, again = drawn(w, fd, "/shared/ours", "", "");
    assert_int_equal(again, first);
    assert_int_equal(drawn(w, fd, "/shared/ours", "Cookie: bon_session=guest\r\n", "Anh Khách"), first + 1);
    assert_int_equal(drawn(w, fd, "/shared/ours", "Cookie: bon_lang=en\r\n", ""), first + 2);
    assert_int_equal(drawn(w, fd, "/shared/ours", "Authorization: Bearer keeper\r\n", "Chị Giữ"), first + 3);
    assert_int_equal(drawn(w, fd, "/shared/ours?a", "", ""), first + 4);
    say(fd, STR("HEAD /shared/ours HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n"));
    assert_has(hear(w, fd, NULL), "\r\n\r\n");
    close(fd);
}

static void test_shared__a_page_is_drawn_anew_after_a_write(void **state)
{
    struct world *w = *state;
    int fd = dial();
    int before = drawn(w, fd, "/shared/ours", "", "");
    say(fd, form_post(w, "/notes", "name=An"));
    assert_has(hear(w, fd, "\r\n\r\n"), "303 See Other");
    assert_true(drawn(w, fd, "/shared/ours", "", "") > before);
    close(fd);
}

static void test_shared__what_one_sends_is_not_in_the_page_of_others(void **state)
{
    struct world *w = *state;
    int fd = dial();
    say(fd, STR("GET /shared/poisoned HTTP/1.1\r\nHost: b\r\nX-Probe: poison\r\n\r\n"));
    assert_has_not(hear(w, fd, "||"), "poisondrawn");
    say(fd, STR("GET /shared/own HTTP/1.1\r\nHost: b\r\nX-Probe: poison\r\nCookie: a=b\r\n\r\n"));
    assert_has(hear(w, fd, "||"), "poisondrawn");
    say(fd, STR("GET /shared/own HTTP/1.1\r\nHost: b\r\n\r\n"));
    assert_has_not(hear(w, fd, "||"), "poisondrawn");
    close(fd);
}

static void test_shared__a_page_that_sets_a_cookie_is_nobody_elses(void **state)
{
    struct world *w = *state;
    int fd = dial();
    int first = drawn(w, fd, "/shared/mine", "", "");
    assert_int_equal(drawn(w, fd, "/shared/mine", "", ""), first + 1);
    close(fd);
}

static void *write_many(void *arg)
{
    const struct str *text = arg;
    int fd = dial();
    char block[4096];
    for (int i = 0; i < 50; i++) {
        say(fd, *text);
        size_t got = 0;
        while (got < 4 || memcmp(block + got - 4, "\r\n\r\n", 4) != 0) {
            ssize_t n = recv(fd, block + got, sizeof(block) - got, 0);
            if (n <= 0)
                return NULL;
            got += (size_t)n;
        }
        if (memcmp(block, "HTTP/1.1 303", 12) != 0)
            return NULL;
    }
    close(fd);
    return arg;
}

static void test_server__many_writers_at_once_all_get_their_reply(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    struct str text = form_post(w, "/notes", "name=An");
    pthread_t threads[16];
    for (int i = 0; i < 16; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, &text), 0);
    for (int i = 0; i < 16; i++) {
        void *well;
        pthread_join(threads[i], &well);
        assert_non_null(well);
    }
    assert_int_equal(notes(w), before + 16 * 50);
}

static void test_server__a_write_whose_client_has_left_is_kept_and_harms_nobody(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    for (int i = 0; i < 20; i++) {
        int fd = dial();
        say(fd, form_post(w, "/notes", "name=An"));
        close(fd);
    }
    int64_t until = now_ms() + WAIT_MS;
    while (notes(w) < before + 20 && now_ms() < until)
        usleep(1000);
    assert_int_equal(notes(w), before + 20);
}

static void test_server__a_slow_route_does_not_hold_up_quick_ones(void **state)
{
    struct world *w = *state;
    int slow[3];
    for (int i = 0; i < 3; i++) {
        slow[i] = dial();
        say(slow[i], STR("GET /slow HTTP/1.1\r\nHost: b\r\n\r\n"));
    }
    int64_t from = now_ms();
    int fd = dial();
    say(fd, STR("GET / HTTP/1.1\r\nHost: b\r\n\r\n"));
    assert_has(hear(w, fd, "home||"), "200 OK");
    assert_true(now_ms() - from < 150);
    for (int i = 0; i < 3; i++) {
        assert_has(hear(w, slow[i], "slow||"), "200 OK");
        close(slow[i]);
    }
    close(fd);
}

static void test_server__a_slow_write_goes_through_the_door_too(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    int fd = dial();
    say(fd, form_post(w, "/slow-notes", "name=An"));
    assert_has(hear(w, fd, "\r\n\r\n"), "303 See Other");
    assert_int_equal(notes(w), before + 1);
    close(fd);
}

/* Both are written once, and the waiting one does not hold up whoever need not wait. */
static void test_server__what_finds_out_that_it_must_wait_is_moved_and_prepared_again(void **state)
{
    struct world *w = *state;
    int64_t before = notes(w);
    int far[6];
    for (int i = 0; i < 6; i++) {
        far[i] = dial();
        say(far[i], form_post(w, "/perhaps-far-notes", "name=Xa"));
    }
    int fd = dial();
    say(fd, form_post(w, "/perhaps-far-notes", "name=Gan"));
    assert_has(hear(w, fd, "\r\n\r\n"), "303 See Other");
    for (int i = 0; i < 6; i++) {
        assert_has(hear(w, far[i], "\r\n\r\n"), "303 See Other");
        close(far[i]);
    }
    assert_int_equal(notes(w), before + 7);
    close(fd);
}

/* Two threads and 64 places: of ninety at once some are told to come back, none waits for ever. */
static void test_server__a_full_slow_pool_says_busy(void **state)
{
    struct world *w = *state;
    int fds[90], busy = 0, well = 0;
    for (int i = 0; i < 90; i++) {
        fds[i] = dial();
        say(fds[i], STR("GET /slow HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n"));
    }
    for (int i = 0; i < 90; i++) {
        struct str reply = hear(w, fds[i], NULL);
        well += str_find(reply, STR("200 OK")) > 0;
        if (str_find(reply, STR("503 Service Unavailable")) > 0) {
            assert_has(reply, "Retry-After: 2");
            busy++;
        }
        close(fds[i]);
    }
    assert_int_equal(well + busy, 90);
    assert_true(busy > 0);
}

/* ---- limits ---- */
static void test_limits__a_200_mb_body_is_refused_unread(void **state)
{
    struct world *w = *state;
    int64_t from = now_ms();
    int fd = dial();
    say(fd, STR("POST /notes HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 200000000\r\n\r\nname=An"));
    struct str reply = hear(w, fd, NULL);
    assert_has(reply, "HTTP/1.1 413 ");
    assert_has(reply, "Connection: close");
    assert_has(reply, "Nội dung gửi lên quá lớn.");
    assert_true(now_ms() - from < 2000);
    close(fd);
}

/* As a browser on a line of its own does: it reads when it has sent everything. */
static void test_limits__who_sends_all_200_mb_first_still_reads_why_not(void **state)
{
    struct world *w = *state;
    enum { BODY = 200 * 1000 * 1000, PIECE = 1 << 16 };
    char *piece = arena_alloc(&w->arena, PIECE);
    memset(piece, 'a', PIECE);
    int fd = dial();
    say(fd, str_fmt(&w->arena,
                    "POST /notes HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    "Content-Length: %d\r\n\r\n",
                    BODY));
    for (int sent = 0; sent < BODY; sent += PIECE)
        assert_true(say(fd, (struct str) { piece, (size_t)(BODY - sent < PIECE ? BODY - sent : PIECE) }));
    struct str reply = hear(w, fd, NULL);
    assert_has(reply, "HTTP/1.1 413 ");
    assert_has(reply, "xin chọn tệp nhỏ hơn rồi gửi lại");
    close(fd);
}

/* Draining has an end in time too: twice the second that this server gives. */
static void test_limits__who_was_refused_and_goes_on_byte_by_byte_is_closed(void **state)
{
    struct world *w = *state;
    int fd = dial();
    say(fd, STR("POST /notes HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 200000000\r\n\r\n"));
    assert_has(hear(w, fd, NULL), "HTTP/1.1 413 ");
    int64_t from = now_ms();
    while (say(fd, STR("a")) && now_ms() - from < WAIT_MS)
        poll(NULL, 0, 50);
    assert_true(now_ms() - from < WAIT_MS);
    close(fd);
}

static void test_limits__a_body_a_little_too_long_gets_its_page_and_keeps_the_connection(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 200000);
    buf_lit(&b, "POST /notes HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 100000\r\n\r\n");
    for (int i = 0; i < 100000; i++)
        buf_put_char(&b, 'a');
    int fd = dial();
    assert_true(say(fd, buf_str(&b)));
    assert_has(hear(w, fd, "</html>"), "HTTP/1.1 413 ");
    say(fd, STR("GET / HTTP/1.1\r\nHost: b\r\n\r\n"));
    assert_has(hear(w, fd, "home||"), "200 OK");
    close(fd);
}

static void say_chunk(struct world *w, struct buf *b, size_t n)
{
    (void)w;
    buf_fmt(b, "%zx\r\n", n);
    for (size_t i = 0; i < n; i++)
        buf_put_char(b, 'a');
    buf_lit(b, "\r\n");
}

static void test_limits__a_chunked_body_is_taken_up_to_the_limit(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 200000);
    struct str csrf = str_fmt(&w->arena, "_csrf=%.*s&name=", STR_ARG(token_for(w, "abc")));
    buf_lit(&b, "POST /notes HTTP/1.1\r\nHost: b\r\nCookie: bon_pre=abc\r\nTransfer-Encoding: chunked\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
    buf_fmt(&b, "%zx\r\n%.*s\r\n", csrf.n, STR_ARG(csrf));
    say_chunk(w, &b, 5);
    say_chunk(w, &b, 5);
    buf_lit(&b, "0\r\n\r\n");
    int fd = dial();
    say(fd, buf_str(&b));
    assert_has(hear(w, fd, "\r\n\r\n"), "303 See Other");
    close(fd);
}

static void test_limits__a_chunked_body_without_end_is_told_413_and_closed(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 200000);
    say_chunk(w, &b, 64000);
    int fd = dial();
    say(fd, STR("POST /notes HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n"));
    size_t sent = 0;
    while (sent < (size_t)50 << 20 && say(fd, buf_str(&b)))
        sent += b.n;
    assert_true(sent < (size_t)20 << 20); /* socket buffers hold some; the server took about one megabyte */
    close(fd);
}

static void test_limits__headers_of_twenty_kilobytes_are_refused(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 100000);
    buf_lit(&b, "GET / HTTP/1.1\r\nHost: b\r\nX-Long: ");
    for (int i = 0; i < 20000; i++)
        buf_put_char(&b, 'a');
    buf_lit(&b, "\r\n\r\n");
    int fd = dial();
    say(fd, buf_str(&b));
    assert_has(hear(w, fd, "</html>"), "HTTP/1.1 4");
    close(fd);
}

static void test_limits__an_address_of_ten_kilobytes_is_refused(void **state)
{
    struct world *w = *state;
    struct buf b;
    buf_init(&b, &w->arena, 100000);
    buf_lit(&b, "GET /echo?x=");
    for (int i = 0; i < 10000; i++)
        buf_put_char(&b, 'a');
    buf_lit(&b, " HTTP/1.1\r\nHost: b\r\n\r\n");
    int fd = dial();
    say(fd, buf_str(&b));
    assert_has(hear(w, fd, "</html>"), "HTTP/1.1 413 ");
    close(fd);
}

static void test_limits__a_client_that_sends_a_byte_now_and_then_is_closed(void **state)
{
    (void)state;
    int fd = dial();
    int64_t from = now_ms();
    struct str text = STR("GET /echo?x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    for (size_t i = 0; i < text.n && say(fd, str_head(str_from(text, i), 1)); i++)
        usleep(200 * 1000);
    assert_true(is_closed(fd));
    assert_true(now_ms() - from < 6000);
    close(fd);
}

static void test_limits__a_body_that_trickles_is_closed(void **state)
{
    (void)state;
    int fd = dial();
    int64_t from = now_ms();
    say(fd, STR("POST /notes HTTP/1.1\r\nHost: b\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                "60\r\n\r\n"));
    for (int i = 0; i < 59 && say(fd, STR("a")); i++)
        usleep(200 * 1000);
    assert_true(is_closed(fd));
    assert_true(now_ms() - from < 6000);
    close(fd);
}

/* ---- live ---- */
static void test_live__an_event_reaches_the_stream(void **state)
{
    struct world *w = *state;
    int fd = dial();
    say(fd, STR("GET /live HTTP/1.1\r\nHost: b\r\n\r\n"));
    struct str hello = hear(w, fd, "retry: 3000");
    assert_has(hello, "Content-Type: text/event-stream");
    assert_has(hello, "X-Content-Type-Options: nosniff");
    live_publish(&w->app, STR("probe"), STR("{\"n\":1}"));
    assert_has(hear(w, fd, "}\n\n"), "data: {\"n\":1}\n\n");
    live_publish(&w->app, STR("other"), STR("{\"n\":2}"));
    live_publish(&w->app, STR("probe"), STR("{\"n\":3}"));
    struct str next = hear(w, fd, "}\n\n");
    assert_has(next, "data: {\"n\":3}\n\n");
    assert_has_not(next, "{\"n\":2}");
    close(fd);
}

static void test_drain__ends_streams_and_takes_no_more_connections(void **state)
{
    struct world *w = *state;
    int live = dial(), slow = dial();
    say(live, STR("GET /live HTTP/1.1\r\nHost: b\r\n\r\n"));
    hear(w, live, "retry: 3000");
    say(slow, STR("GET /slow HTTP/1.1\r\nHost: b\r\n\r\n"));
    usleep(50 * 1000);
    http_drain(server, 5);
    assert_has(hear(w, slow, NULL), "slow||");
    struct str end = hear(w, live, NULL);
    assert_has(end, "0\r\n\r\n");
    close(live);
    close(slow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_server__two_requests_share_a_connection),
        cmocka_unit_test(test_server__pipelined_requests_are_answered_in_order),
        cmocka_unit_test(test_server__a_write_is_durable_before_its_reply),
        cmocka_unit_test(test_shared__strangers_get_the_page_that_was_drawn_for_another),
        cmocka_unit_test(test_shared__a_page_is_drawn_anew_after_a_write),
        cmocka_unit_test(test_shared__what_one_sends_is_not_in_the_page_of_others),
        cmocka_unit_test(test_shared__a_page_that_sets_a_cookie_is_nobody_elses),
        cmocka_unit_test(test_server__many_writers_at_once_all_get_their_reply),
        cmocka_unit_test(test_server__a_write_whose_client_has_left_is_kept_and_harms_nobody),
        cmocka_unit_test(test_server__a_slow_route_does_not_hold_up_quick_ones),
        cmocka_unit_test(test_server__a_slow_write_goes_through_the_door_too),
        cmocka_unit_test(test_server__what_finds_out_that_it_must_wait_is_moved_and_prepared_again),
        cmocka_unit_test(test_server__a_full_slow_pool_says_busy),
        cmocka_unit_test(test_limits__a_200_mb_body_is_refused_unread),
        cmocka_unit_test(test_limits__who_sends_all_200_mb_first_still_reads_why_not),
        cmocka_unit_test(test_limits__who_was_refused_and_goes_on_byte_by_byte_is_closed),
        cmocka_unit_test(test_limits__a_body_a_little_too_long_gets_its_page_and_keeps_the_connection),
        cmocka_unit_test(test_limits__a_chunked_body_is_taken_up_to_the_limit),
        cmocka_unit_test(test_limits__a_chunked_body_without_end_is_told_413_and_closed),
        cmocka_unit_test(test_limits__headers_of_twenty_kilobytes_are_refused),
        cmocka_unit_test(test_limits__an_address_of_ten_kilobytes_is_refused),
        cmocka_unit_test(test_limits__a_client_that_sends_a_byte_now_and_then_is_closed),
        cmocka_unit_test(test_limits__a_body_that_trickles_is_closed),
        cmocka_unit_test(test_live__an_event_reaches_the_stream),
        cmocka_unit_test(test_drain__ends_streams_and_takes_no_more_connections),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
