/* seccomp. A refused call raises SIGSYS, whose handler names it on standard error: an administrator sees what was tried, not
 * only that something broke. The handler may run inside malloc, so it uses write(2) and constant tables only. */
#include "platform/sandbox/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* Calls that the server never makes; the names also serve the handler. */
/* clang-format off */
#define REFUSED(X)                                                                                                            \
    X(execve) X(execveat) X(fork) X(vfork) X(ptrace) X(process_vm_readv) X(process_vm_writev) X(kcmp) X(pidfd_getfd)          \
    X(mount) X(umount2) X(pivot_root) X(chroot) X(setns) X(unshare) X(move_mount) X(open_tree) X(fsopen) X(fsmount)           \
    X(init_module) X(finit_module) X(delete_module) X(kexec_load) X(kexec_file_load) X(reboot) X(swapon) X(swapoff)           \
    X(bpf) X(perf_event_open) X(userfaultfd) X(io_uring_setup) X(keyctl) X(add_key) X(request_key)                            \
    X(settimeofday) X(clock_settime) X(adjtimex) X(clock_adjtime) X(sethostname) X(setdomainname)                             \
    X(setuid) X(setgid) X(setreuid) X(setregid) X(setresuid) X(setresgid) X(setgroups) X(capset)                              \
    X(personality) X(acct) X(quotactl) X(open_by_handle_at) X(name_to_handle_at) X(mknodat) X(syslog) X(vhangup)              \
    X(kill) X(pidfd_send_signal)
/* clang-format on */

/* Calls that someone who broke into the signer would try: for their names only. */
#define TRIED(X) X(clone) X(clone3) X(socket) X(connect) X(bind) X(listen) X(open) X(openat) X(unlink) X(unlinkat) X(rename)

struct named_call {
    int number;
    const char *name;
};

/* libseccomp gives calls that this architecture lacks (fork on arm64) a negative number. */
#define X(name) { SCMP_SYS(name), #name },
static const struct named_call refused[] = { REFUSED(X) };
static const struct named_call tried[] = { TRIED(X) };
#undef X
enum { N_REFUSED = sizeof refused / sizeof *refused, N_TRIED = sizeof tried / sizeof *tried };

static const char *name_in(const struct named_call *calls, size_t n, int number)
{
    for (size_t i = 0; i < n; i++)
        if (calls[i].number == number)
            return calls[i].name;
    return NULL;
}

static size_t append(char *to, size_t n, const char *text)
{
    size_t add = strlen(text);
    memcpy(to + n, text, add);
    return n + add;
}

/* {"event":"sandbox.refused","call":"execve"} or "call":"59" */
static void name_call(int number)
{
    char line[128];
    char digits[12] = { 0 };
    const char *name = name_in(refused, N_REFUSED, number);
    if (!name)
        name = name_in(tried, N_TRIED, number);
    if (!name) {
        char *at = digits + sizeof digits - 1;
        for (unsigned v = (unsigned)number; v || !*at; v /= 10)
            *--at = (char)('0' + v % 10);
        name = at;
    }
    size_t n = append(line, 0, "{\"level\":\"error\",\"event\":\"sandbox.refused\",\"call\":\"");
    n = append(line, n, name);
    n = append(line, n, "\"}\n");
    if (write(STDERR_FILENO, line, n) < 0)
        return; /* nowhere to complain to */
}

static void on_refused_end(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)context;
    name_call(info->si_syscall);
    syscall(SYS_exit_group, SANDBOX_EXIT); /* not _exit: sanitizers hang a sigaltstack call before it */
}

/* The call did not happen; its result is written where the kernel would have put it. */
static void on_refused_eperm(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    int kept = errno;
    name_call(info->si_syscall);
    ucontext_t *c = context;
#if defined(__x86_64__)
    c->uc_mcontext.gregs[REG_RAX] = -EPERM;
#elif defined(__aarch64__)
    c->uc_mcontext.regs[0] = (unsigned long long)-EPERM;
#else
    (void)c;
    syscall(SYS_exit_group, SANDBOX_EXIT);
#endif
    errno = kept;
}

static int handle_refusals(void (*handler)(int, siginfo_t *, void *), struct err *e)
{
    struct sigaction act = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
    sigemptyset(&act.sa_mask);
    return sigaction(SIGSYS, &act, NULL) ? ERR(e, ERR_INTERNAL, "SIGSYS: %s", strerror(errno)) : 0;
}

static int load(scmp_filter_ctx filter, int failed, struct err *e)
{
    /* All threads of the process, also those a library may have started. */
    if (!failed)
        failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (!failed)
        failed = seccomp_load(filter);
    seccomp_release(filter);
    return failed ? ERR(e, ERR_INTERNAL, "seccomp: %s", strerror(-failed)) : 0;
}

int sandbox_calls_only(const int *calls, size_t n, struct err *e)
{
    if (handle_refusals(on_refused_end, e))
        return -1;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (!filter)
        return ERR(e, ERR_INTERNAL, "seccomp has no memory");
    int failed = 0;
    for (size_t i = 0; i < n && !failed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    return load(filter, failed, e);
}

/* clone3 keeps its flags in memory, where seccomp cannot look: the C library is told that there is none and uses clone. */
static int refuse_processes(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp not_a_thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
    int failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return failed ? failed : seccomp_rule_add_array(filter, SCMP_ACT_TRAP, SCMP_SYS(clone), 1, &not_a_thread);
}

int sandbox_calls_server(struct err *e)
{
    if (handle_refusals(on_refused_eperm, e))
        return -1;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return ERR(e, ERR_INTERNAL, "seccomp has no memory");
    int failed = refuse_processes(filter);
    for (size_t i = 0; i < N_REFUSED && !failed; i++)
        if (refused[i].number >= 0)
            failed = seccomp_rule_add(filter, SCMP_ACT_TRAP, refused[i].number, 0);
    return load(filter, failed, e);
}
