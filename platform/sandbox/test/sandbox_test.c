/* What a locked-down process can no longer do. Each test locks a child of its own. */
#include "platform/sandbox/sandbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs fn in a child whose standard error is kept in said; returns its wait status. */
static int in_child(int (*fn)(void), char *said, size_t n)
{
    int fds[2], status;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fds[1], STDERR_FILENO);
        close(fds[0]);
        close(fds[1]);
        _exit(fn());
    }
    close(fds[1]);
    ssize_t got = read(fds[0], said, n - 1);
    said[got > 0 ? got : 0] = '\0';
    close(fds[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static int try_exec_then_thread_exit(void)
{
    struct err e = { 0 };
    if (sandbox_harden(&e) || sandbox_calls_server(&e))
        return 100;
    execl("/bin/true", "true", (char *)NULL);
    return errno == EPERM ? 42 : 101; /* exec came back */
}

static void test_sandbox_server__exec_is_refused_named_and_survived(void **state)
{
    (void)state;
    char said[512];
    int status = in_child(try_exec_then_thread_exit, said, sizeof said);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
    assert_non_null(strstr(said, "\"event\":\"sandbox.refused\",\"call\":\"execve\""));
}

static void *set_seven(void *arg)
{
    *(int *)arg = 7;
    return NULL;
}

static int try_thread_and_fork(void)
{
    struct err e = { 0 };
    pthread_t thread;
    int n = 0;
    if (sandbox_harden(&e) || sandbox_calls_server(&e))
        return 100;
    if (pthread_create(&thread, NULL, set_seven, &n) || pthread_join(thread, NULL) || n != 7)
        return 101;
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid == 0)
        _exit(0);
    return pid < 0 && errno == EPERM && kill(getppid(), 0) < 0 && errno == EPERM ? 42 : 102;
}

static void test_sandbox_server__threads_may_start_but_processes_and_signals_may_not(void **state)
{
    (void)state;
    char said[512];
    int status = in_child(try_thread_and_fork, said, sizeof said);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
    assert_non_null(strstr(said, "\"clone\""));
}

static int try_open_outside_the_list(void)
{
    static const int calls[] = { SCMP_SYS(write), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn) };
    struct err e = { 0 };
    if (sandbox_harden(&e) || sandbox_calls_only(calls, 3, &e))
        return 100;
    open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    return 101;
}

static void test_sandbox_only__a_call_outside_the_list_is_named_and_ends_the_process(void **state)
{
    (void)state;
    char said[512];
    int status = in_child(try_open_outside_the_list, said, sizeof said);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), SANDBOX_EXIT);
    assert_non_null(strstr(said, "\"openat\""));
}

static int try_files(void)
{
    static const char *const readable[] = { "/usr", "/nothing/such", NULL };
    static const char *const writable[] = { "/tmp", "/dev/null", NULL };
    struct err e = { 0 };
    if (sandbox_harden(&e))
        return 100;
    int on = sandbox_files(readable, writable, &e);
    if (on <= 0)
        return on == 0 ? 7 : 101;
    if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 || open("/usr/bon-was-here", O_CREAT | O_WRONLY, 0600) >= 0)
        return 102;
    int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return open("/usr/bin/env", O_RDONLY | O_CLOEXEC) >= 0 && (fd >= 0 || errno == EOPNOTSUPP) &&
                   open("/dev/null", O_WRONLY | O_CLOEXEC) >= 0
               ? 42
               : 103;
}

static void test_sandbox_files__only_what_was_named_can_be_read_and_written(void **state)
{
    (void)state;
    char said[512];
    int status = in_child(try_files, said, sizeof said);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 7) {
        print_message("this kernel has no Landlock\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 42);
}

static int say_dumpable(void)
{
    struct err e = { 0 };
    if (sandbox_harden(&e))
        return 100;
    return prctl(PR_GET_DUMPABLE) == 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 42 : 101;
}

static void test_sandbox_harden__no_dump_no_new_privileges(void **state)
{
    (void)state;
    char said[64];
    assert_int_equal(WEXITSTATUS(in_child(say_dumpable, said, sizeof said)), 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sandbox_server__exec_is_refused_named_and_survived),
        cmocka_unit_test(test_sandbox_server__threads_may_start_but_processes_and_signals_may_not),
        cmocka_unit_test(test_sandbox_only__a_call_outside_the_list_is_named_and_ends_the_process),
        cmocka_unit_test(test_sandbox_files__only_what_was_named_can_be_read_and_written),
        cmocka_unit_test(test_sandbox_harden__no_dump_no_new_privileges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
