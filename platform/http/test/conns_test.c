/* conns_test.c: how many connections one address may hold, and who is shut for being late. */
#include "platform/http/conns.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static struct sockaddr_in address(const char *text)
{
    struct sockaddr_in at = { .sin_family = AF_INET };
    inet_pton(AF_INET, text, &at.sin_addr);
    return at;
}

#define SOCKADDR(a) ((const struct sockaddr *)&(a))

static void test_conns__one_address_holds_256_and_this_machine_any_number(void **state)
{
    (void)state;
    struct conns c;
    struct conn *open[CONNS_PER_ADDRESS];
    struct sockaddr_in far = address("203.0.113.9"), other = address("198.51.100.7"), local = address("127.0.0.1");
    conns_init(&c);
    for (int i = 0; i < CONNS_PER_ADDRESS; i++) {
        assert_true(conns_may_open(&c, SOCKADDR(far)));
        open[i] = conns_open(&c, SOCKADDR(far), -1, 0);
    }
    assert_false(conns_may_open(&c, SOCKADDR(far)));
    assert_true(conns_may_open(&c, SOCKADDR(other)));
    assert_true(conns_may_open(&c, SOCKADDR(local)));
    assert_string_equal(open[0]->address, "203.0.113.9");
    assert_false(open[0]->local);
    conns_close(&c, open[7]);
    assert_true(conns_may_open(&c, SOCKADDR(far)));
    for (int i = 0; i < CONNS_PER_ADDRESS; i++)
        if (i != 7)
            conns_close(&c, open[i]);
    conns_release(&c);
}

static void test_conns__who_is_past_the_deadline_is_shut_once(void **state)
{
    (void)state;
    struct conns c;
    int late[2], calm[2];
    char byte;
    struct sockaddr_in local = address("127.0.0.1");
    conns_init(&c);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, late), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, calm), 0);
    struct conn *a = conns_open(&c, SOCKADDR(local), late[0], 1000);
    struct conn *b = conns_open(&c, SOCKADDR(local), calm[0], 0);
    assert_int_equal(conns_shut_late(&c, 1000), 0);
    assert_int_equal(conns_shut_late(&c, 1001), 1);
    assert_int_equal(recv(late[1], &byte, 1, MSG_DONTWAIT), 0);
    assert_int_equal(recv(calm[1], &byte, 1, MSG_DONTWAIT), -1);
    assert_int_equal(conns_shut_late(&c, 2000), 0);
    conns_close(&c, a);
    conns_close(&c, b);
    conns_release(&c);
    for (int i = 0; i < 2; i++) {
        close(late[i]);
        close(calm[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conns__one_address_holds_256_and_this_machine_any_number),
        cmocka_unit_test(test_conns__who_is_past_the_deadline_is_shut_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
