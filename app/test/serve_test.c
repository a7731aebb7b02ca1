/* The program as its administrator meets it: real processes, real files, a real socket. argv: the bon to run and the pack that it loads. */
#include "base/date.h"
#include "base/str.h"
#include "base/test/directory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAIT_US = 20 * 1000 * 1000, TEXT = 64 * 1024 };

static char bon[4096];

struct place {
    char dir[64];
    char data[80];
    pid_t pid;  /* of bon serve, 0: not running */
    int log_fd; /* its standard error */
    char log[TEXT];
    size_t log_n, log_read; /* bytes taken, bytes already looked through */
};

/* ---- commands ---- */

/* Runs a shell line in the place with $BON set; returns the exit status. out may be NULL. */
static int run(struct place *p, const char *line, char *out)
{
    char text[8192];
    snprintf(text, sizeof text, "cd %s && BON_DATA_DIR=%s BON=%s && export BON_DATA_DIR && %s", p->dir, p->data, bon, line);
    FILE *f = popen(text, "r");
    assert_non_null(f);
    char kept[TEXT] = { 0 };
    size_t n = fread(kept, 1, sizeof kept - 1, f);
    kept[n] = '\0';
    if (out)
        memcpy(out, kept, n + 1);
    int status = pclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    if (!test_directory(p->dir, "serve"))
        return -1;
    snprintf(p->data, sizeof p->data, "%s/var", p->dir);
    p->log_fd = -1;
    *state = p;
    return run(p, "$BON init >/dev/null", NULL);
}

static int teardown(void **state)
{
    struct place *p = *state;
    char text[128];
    if (p->pid > 0) {
        kill(p->pid, SIGTERM);
        waitpid(p->pid, NULL, 0);
    }
    if (p->log_fd >= 0)
        close(p->log_fd);
    snprintf(text, sizeof text, "rm -rf '%s'", p->dir);
    int status = system(text);
    free(p);
    return status;
}

/* ---- the running server ---- */

static void serve(struct place *p, const char *notify)
{
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    p->pid = fork();
    if (p->pid == 0) {
        dup2(fds[1], STDERR_FILENO);
        close(fds[0]);
        close(fds[1]);
        setenv("BON_DATA_DIR", p->data, 1);
        if (notify)
            setenv("NOTIFY_SOCKET", notify, 1);
        execl(bon, "bon", "serve", "--port", "0", (char *)NULL);
        _exit(127);
    }
    close(fds[1]);
    p->log_fd = fds[0];
}

/* Takes more of the log within the time left; false when there is no more. */
static bool more_log(struct place *p, int64_t until_us)
{
    struct pollfd f = { p->log_fd, POLLIN, 0 };
    int64_t left = until_us - monotonic_us();
    if (left <= 0 || p->log_n == sizeof p->log || poll(&f, 1, (int)(left / 1000) + 1) != 1)
        return false;
    ssize_t n = read(p->log_fd, p->log + p->log_n, sizeof p->log - p->log_n);
    p->log_n += n > 0 ? (size_t)n : 0;
    return n > 0;
}

/* The next log line that holds `event`; earlier lines are passed over. Fails the test when none comes in time. */
static struct str await(struct place *p, const char *event)
{
    int64_t until_us = monotonic_us() + WAIT_US;
    do {
        struct str rest = { p->log + p->log_read, p->log_n - p->log_read };
        for (ptrdiff_t end; (end = str_find_char(rest, '\n')) >= 0; rest = str_from(rest, (size_t)end + 1)) {
            struct str line = str_head(rest, (size_t)end);
            p->log_read += line.n + 1;
            if (str_find(line, str_of(event)) >= 0)
                return line;
        }
    } while (more_log(p, until_us));
    print_error("no %s in: %.*s\n", event, (int)p->log_n, p->log);
    fail();
    return STR_NONE;
}

static int number_in(struct str line, const char *name)
{
    char key[64];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    ptrdiff_t at = str_find(line, str_of(key));
    assert_true(at >= 0);
    struct str rest = str_from(line, (size_t)at + strlen(key)), digits;
    int64_t n = 0;
    str_cut(&rest, '"', &digits);
    assert_true(str_to_i64(digits, &n));
    return (int)n;
}

/* Status of GET path, 0 when nobody answers. */
static int get(int port, const char *path)
{
    char text[512];
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct timeval wait = { 15, 0 };
    int fd = socket(AF_INET, SOCK_STREAM, 0), status = 0;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (connect(fd, (const struct sockaddr *)&to, sizeof to) == 0) {
        int n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
        if (send(fd, text, (size_t)n, MSG_NOSIGNAL) == n && recv(fd, text, 12, MSG_WAITALL) == 12)
            status = (text[9] - '0') * 100 + (text[10] - '0') * 10 + (text[11] - '0');
    }
    close(fd);
    return status;
}

/* The child of the supervisor that is not the server. */
static pid_t signer_of(struct place *p, int server)
{
    char path[64], text[128] = { 0 };
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)p->pid, (int)p->pid);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(text, sizeof text, f));
    fclose(f);
    struct str rest = str_trim(str_of(text)), word;
    while (str_cut(&rest, ' ', &word)) {
        int64_t pid;
        if (str_to_i64(word, &pid) && pid != server)
            return (pid_t)pid;
    }
    fail_msg("no signer among %s", text);
    return 0;
}

static int stop(struct place *p, int sig)
{
    int status;
    kill(p->pid, sig);
    assert_int_equal(waitpid(p->pid, &status, 0), p->pid);
    p->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void test_serve__answers_and_on_sigterm_drains_and_exits_0(void **state)
{
    struct place *p = *state;
    serve(p, NULL);
    int port = number_in(await(p, "serve.ready"), "port");
    assert_int_equal(get(port, "/healthz"), 200);
    assert_int_equal(get(port, "/nothing-such"), 404);
    assert_int_equal(stop(p, SIGTERM), 0);
    await(p, "serve.drained");
    assert_int_equal(get(port, "/healthz"), 0);
}

static void test_serve__a_server_killed_with_9_is_replaced_and_serves_again(void **state)
{
    struct place *p = *state;
    serve(p, NULL);
    struct str ready = await(p, "serve.ready");
    int port = number_in(ready, "port"), first = number_in(ready, "server");
    assert_int_equal(kill(first, SIGKILL), 0);
    await(p, "\"ended\":\"signal 9\"");
    /* The supervisor holds the listening socket: this connection waits for the new server. */
    assert_int_equal(get(port, "/healthz"), 200);
    assert_int_not_equal(number_in(await(p, "serve.ready"), "server"), first);
    assert_int_equal(stop(p, SIGTERM), 0);
}

static void test_serve__a_killed_signer_brings_a_new_pair(void **state)
{
    struct place *p = *state;
    serve(p, NULL);
    struct str ready = await(p, "serve.ready");
    int port = number_in(ready, "port"), server = number_in(ready, "server");
    assert_int_equal(kill(signer_of(p, server), SIGKILL), 0);
    await(p, "signer.ended");
    assert_int_not_equal(number_in(await(p, "serve.ready"), "server"), server);
    assert_int_equal(get(port, "/healthz"), 200);
    assert_int_equal(stop(p, SIGTERM), 0);
}

static void test_serve__sighup_replaces_the_server_without_refusing_anyone(void **state)
{
    struct place *p = *state;
    serve(p, NULL);
    struct str ready = await(p, "serve.ready");
    int port = number_in(ready, "port"), first = number_in(ready, "server");
    kill(p->pid, SIGHUP);
    await(p, "serve.draining");
    assert_int_equal(get(port, "/healthz"), 200);
    assert_int_not_equal(number_in(await(p, "serve.ready"), "server"), first);
    assert_int_equal(stop(p, SIGINT), 0);
}

static void test_serve__a_second_one_on_the_same_data_is_refused_with_6(void **state)
{
    struct place *p = *state;
    serve(p, NULL);
    await(p, "serve.ready");
    assert_int_equal(run(p, "$BON serve --port 0 2>/dev/null", NULL), 6);
    assert_int_equal(run(p, "echo | $BON http-once - 2>/dev/null", NULL), 6);
    assert_int_equal(stop(p, SIGTERM), 0);
}

static void test_serve__without_data_says_so_with_4(void **state)
{
    struct place *p = *state;
    assert_int_equal(run(p, "BON_DATA_DIR=$PWD/nowhere $BON serve --port 0 2>/dev/null", NULL), 4);
}

static void test_serve__a_store_that_cannot_be_opened_ends_it_at_once_with_7(void **state)
{
    struct place *p = *state;
    char text[TEXT];
    assert_int_equal(run(p, "printf 'no database at all' > $BON_DATA_DIR/bon.db; $BON serve --port 0 2>&1", text), 7);
    assert_non_null(strstr(text, "serve.failed"));
    assert_null(strstr(text, "serve.ready"));
}

static void test_serve__tells_systemd_when_it_is_ready_and_when_it_stops(void **state)
{
    struct place *p = *state;
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    char text[64] = { 0 };
    snprintf(at.sun_path, sizeof at.sun_path, "%s/notify", p->dir);
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct timeval wait = { 20, 0 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
    serve(p, at.sun_path);
    assert_int_equal(recv(fd, text, sizeof text, 0), 7);
    assert_string_equal(text, "READY=1");
    assert_int_equal(stop(p, SIGTERM), 0);
    memset(text, 0, sizeof text);
    assert_int_equal(recv(fd, text, sizeof text, 0), 10);
    assert_string_equal(text, "STOPPING=1");
    close(fd);
}

static void test_serve__the_server_is_under_seccomp_and_cannot_be_traced(void **state)
{
    struct place *p = *state;
    char text[TEXT], line[128];
    serve(p, NULL);
    int server = number_in(await(p, "serve.ready"), "server");
    snprintf(line, sizeof line, "tr '\\t' ' ' < /proc/%d/status", server);
    assert_int_equal(run(p, line, text), 0);
    assert_non_null(strstr(text, "NoNewPrivs: 1"));
    assert_non_null(strstr(text, "Seccomp: 2"));
    assert_int_equal(stop(p, SIGTERM), 0);
    for (size_t i = 0; i < p->log_n; i++) /* serving needs nothing that is refused */
        assert_false(str_starts((struct str) { p->log + i, p->log_n - i }, STR("sandbox.refused")));
}

/* ---- init ---- */

static void test_init__prints_a_one_time_link_and_never_overwrites(void **state)
{
    struct place *p = *state;
    char text[TEXT];
    struct stat s;
    assert_int_equal(run(p, "BON_DATA_DIR=$PWD/other $BON init --login quantri --json", text), 0);
    assert_non_null(strstr(text, "\"link\":\"http://127.0.0.1:8006/invite/"));
    assert_non_null(strstr(text, "\"login\":\"quantri\""));
    assert_int_equal(run(p, "BON_DATA_DIR=$PWD/other $BON init 2>/dev/null", NULL), 5);
    char path[128];
    snprintf(path, sizeof path, "%s/other", p->dir);
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0700);
}

/* ---- backup and restore ---- */

static void test_backup__by_another_path_to_the_same_directory(void **state)
{
    struct place *p = *state;
    serve(p, NULL);
    await(p, "serve.ready");
    assert_int_equal(run(p, "ln -s \"$BON_DATA_DIR\" beside && BON_DATA_DIR=beside $BON backup b.tar >/dev/null", NULL), 0);
    assert_int_equal(run(p, "tar tf b.tar | grep -qx bon.db", NULL), 0);
    assert_int_equal(stop(p, SIGTERM), 0);
}

static void test_backup__while_serving_then_restored_byte_for_byte(void **state)
{
    struct place *p = *state;
    char text[TEXT], in_archive[TEXT], restored[TEXT];
    serve(p, NULL);
    await(p, "serve.ready");
    assert_int_equal(run(p, "$BON backup b.tar --json", text), 0);
    assert_non_null(strstr(text, "\"format\":\"bon-backup-1\""));
    assert_int_equal(run(p, "$BON restore b.tar 2>/dev/null", NULL), 6);
    assert_int_equal(stop(p, SIGTERM), 0);
    assert_int_equal(run(p, "tar xOf b.tar bon.db | sha256sum | cut -c1-64", in_archive), 0);
    assert_int_equal(run(p, "$BON restore b.tar --json", text), 0);
    assert_int_equal(run(p, "sha256sum < $BON_DATA_DIR/bon.db | cut -c1-64", restored), 0);
    assert_string_equal(in_archive, restored);
    assert_int_equal(run(p, "ls $BON_DATA_DIR | grep -q 'bon.db.before-'", NULL), 0);
    assert_int_equal(run(p, "ls $BON_DATA_DIR/tmp | wc -l | grep -qx 0", NULL), 0);
    serve(p, NULL);
    assert_int_equal(get(number_in(await(p, "serve.ready"), "port"), "/healthz"), 200);
}

static void test_restore__one_changed_byte_anywhere_is_refused_and_nothing_is_touched(void **state)
{
    struct place *p = *state;
    char before[TEXT], after[TEXT];
    assert_int_equal(run(p, "$BON backup b.tar >/dev/null && sha256sum $BON_DATA_DIR/bon.db", before), 0);
    /* in the manifest, in its signature, in the store, in a key list */
    static const char *const damage[] = { "600", "2080", "40000", "-4000" };
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        char line[512];
        snprintf(line, sizeof line,
                 "cp b.tar c.tar; n=%s; [ $n -gt 0 ] || n=$(grep -abo '\"x\":\"' c.tar | tail -1 | cut -d: -f1); [ %s -gt 0 "
                 "] || n=$((n + 8));"
                 "c=$(dd if=c.tar bs=1 skip=$n count=1 2>/dev/null); [ \"$c\" = X ] && x=Y || x=X;"
                 "printf $x | dd of=c.tar bs=1 seek=$n conv=notrunc 2>/dev/null; $BON restore c.tar 2>/dev/null",
                 damage[i], damage[i]);
        assert_int_equal(run(p, line, NULL), 2);
    }
    assert_int_equal(run(p, "head -c 60000 b.tar > c.tar; $BON restore c.tar 2>/dev/null", NULL), 2);
    assert_int_equal(run(p, "printf x > c.tar; $BON restore c.tar 2>/dev/null", NULL), 2);
    assert_int_equal(run(p, "sha256sum $BON_DATA_DIR/bon.db", after), 0);
    assert_string_equal(before, after);
    assert_int_equal(run(p, "ls $BON_DATA_DIR/tmp | wc -l | grep -qx 0", NULL), 0);
}

static void test_restore__elsewhere_needs_the_name_of_the_key(void **state)
{
    struct place *p = *state;
    char kid[TEXT];
    assert_int_equal(run(p, "$BON backup b.tar >/dev/null; $BON keys | sed -n 's/^backup *\\([^ ]*\\) .*/\\1/p'", kid), 0);
    kid[strcspn(kid, "\n")] = '\0';
    assert_int_equal(strlen(kid), 43);
    assert_int_equal(run(p, "BON_DATA_DIR=$PWD/other $BON restore b.tar 2>/dev/null", NULL), 3);
    assert_int_equal(run(p, "BON_DATA_DIR=$PWD/other $BON restore b.tar --key wrong 2>/dev/null", NULL), 3);
    assert_int_equal(run(p, "test ! -e other", NULL), 0); /* no directory with locks in it, as if there were a store */
    assert_int_equal(run(p, "mkdir mine && touch mine/note && BON_DATA_DIR=$PWD/mine $BON restore b.tar 2>/dev/null", NULL), 3);
    assert_int_equal(run(p, "ls -A mine | grep -vqx note", NULL), 1); /* what was there stays, and stays alone */
    char line[256];
    snprintf(line, sizeof line, "BON_DATA_DIR=$PWD/other $BON restore b.tar --key %.64s >/dev/null", kid);
    assert_int_equal(run(p, line, NULL), 0);
    /* The new place has keys of its own and still knows the old ones. */
    snprintf(line, sizeof line, "BON_DATA_DIR=$PWD/other $BON keys | grep -q '^backup *%.64s EdDSA$'", kid);
    assert_int_equal(run(p, line, NULL), 0);
}

/* ---- other commands ---- */

static void test_http_once__answers_as_the_server_would(void **state)
{
    struct place *p = *state;
    char text[TEXT];
    assert_int_equal(run(p, "printf 'GET /healthz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' | $BON http-once -", text), 0);
    assert_int_equal(strncmp(text, "HTTP/1.1 200 OK\r\n", 17), 0);
}

static void test_settings__a_wrong_line_is_named_and_the_environment_wins(void **state)
{
    struct place *p = *state;
    char text[TEXT];
    assert_int_equal(run(p, "echo 'prot = 80' >> $BON_DATA_DIR/bon.conf; $BON serve 2>&1", text), 2);
    assert_non_null(strstr(text, "bon.conf line 4: prot = 80"));
    assert_int_equal(run(p, "printf 'port = 70000\\n' > $BON_DATA_DIR/bon.conf; $BON serve 2>&1", text), 2);
    assert_int_equal(run(p, "printf 'mode = THẬT\\ndemo = yes\\n' > $BON_DATA_DIR/bon.conf; $BON serve 2>&1", text), 2);
    assert_int_equal(
        run(p, "printf 'port = 1\\nhost = 127.0.0.1\\n' > $BON_DATA_DIR/bon.conf; BON_PORT=2 $BON health 2>&1", text), 7);
    assert_non_null(strstr(text, "127.0.0.1 port 2:"));
}

static void test_routes__every_route_says_who_may(void **state)
{
    struct place *p = *state;
    char text[TEXT];
    assert_int_equal(run(p, "$BON routes", text), 0);
    assert_non_null(strstr(text, "GET  /healthz"));
    assert_null(strstr(text, "open: ?"));
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        T(test_serve__answers_and_on_sigterm_drains_and_exits_0),
        T(test_serve__a_server_killed_with_9_is_replaced_and_serves_again),
        T(test_serve__a_killed_signer_brings_a_new_pair),
        T(test_serve__sighup_replaces_the_server_without_refusing_anyone),
        T(test_serve__a_second_one_on_the_same_data_is_refused_with_6),
        T(test_serve__without_data_says_so_with_4),
        T(test_serve__a_store_that_cannot_be_opened_ends_it_at_once_with_7),
        T(test_serve__tells_systemd_when_it_is_ready_and_when_it_stops),
        T(test_serve__the_server_is_under_seccomp_and_cannot_be_traced),
        T(test_init__prints_a_one_time_link_and_never_overwrites),
        T(test_backup__by_another_path_to_the_same_directory),
        T(test_backup__while_serving_then_restored_byte_for_byte),
        T(test_restore__one_changed_byte_anywhere_is_refused_and_nothing_is_touched),
        T(test_restore__elsewhere_needs_the_name_of_the_key),
        T(test_http_once__answers_as_the_server_would),
        T(test_settings__a_wrong_line_is_named_and_the_environment_wins),
        T(test_routes__every_route_says_who_may),
    };
    if (argc < 3 || !realpath(argv[1], bon) || setenv("BON_PACK_DIR", argv[2], 1)) {
        fprintf(stderr, "usage: serve_test BON PACK\n");
        return 2;
    }
    unsetenv("BON_DATA_DIR");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
