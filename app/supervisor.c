/* The supervisor: one pair of processes at a time, signer and server. When one of them ends, so does the other, and a new pair
 * is made, at once the first time, then ever later up to ten seconds. It opens no store and parses nothing from outside, so that it
 * has little to die of. */
#include "app/privileges.h"
#include "app/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define RESTART_FIRST_US (100 * 1000)
#define RESTART_MOST_US  (10 * US_PER_SECOND)
#define STEADY_US        (60 * US_PER_SECOND) /* a pair that lived this long starts a new count */

struct supervisor {
    struct program *p;
    const struct log *log;
    int listen_fd, signal_fd;
    int ready_fd;         /* -1 once the server has said that it serves, or has ended */
    pid_t server, signer; /* 0: has ended */
    int server_status;
    bool stopping, ever_ready;
    int64_t started_us, restart_us, restart_delay_us, kill_us; /* monotonic; 0: not set */
};

/* ---- making a pair ---- */

struct pair_ends {
    int signer[2], ready[2];
};

static void close_pair(int fds[2])
{
    close(fds[0]);
    close(fds[1]);
}

static int open_ends(struct pair_ends *ends, struct err *e)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends->signer))
        return ERR(e, ERR_BUSY, "socket pair: %s", strerror(errno));
    if (pipe(ends->ready) == 0)
        return 0;
    close_pair(ends->signer);
    return ERR(e, ERR_BUSY, "pipe: %s", strerror(errno));
}

/* The keys' process never sees the listening socket, nor anything else of the supervisor's. */
static _Noreturn void run_signer(struct supervisor *s, const struct pair_ends *ends)
{
    struct err e = { 0 };
    if (become_signer_user(s->p, &e)) {
        log_err(s->log, LOG_ERROR, "signer.failed", STR_NONE, &e);
        _exit(err_exit_status(e.code));
    }
    prctl(PR_SET_NAME, "bon-signer");
    _exit(signer_main(ends->signer[1], s->p->app.settings.key_dir));
}

static _Noreturn void run_server(struct supervisor *s, const struct pair_ends *ends)
{
    struct server_ends own = { s->listen_fd, ends->signer[0], ends->ready[1] };
    close(s->signal_fd);
    close(ends->signer[1]);
    close(ends->ready[0]);
    _exit(server_main(s->p, &own));
}

static int start_pair(struct supervisor *s, struct err *e)
{
    struct pair_ends ends;
    if (open_ends(&ends, e))
        return -1;
    fflush(NULL); /* or each child would print it again */
    s->signer = fork();
    if (s->signer == 0)
        run_signer(s, &ends);
    s->server = s->signer > 0 ? fork() : -1;
    if (s->server == 0)
        run_server(s, &ends);
    close_pair(ends.signer);
    close(ends.ready[1]);
    s->ready_fd = ends.ready[0];
    s->started_us = monotonic_us();
    s->restart_us = s->kill_us = 0;
    if (s->server > 0)
        return 0;
    close(s->ready_fd);
    s->ready_fd = -1;
    s->server = 0;
    s->signer = s->signer > 0 ? s->signer : 0; /* it ends by itself: its socket has no other end */
    return ERR(e, ERR_BUSY, "fork: %s", strerror(errno));
}

/* ---- what happens to it ---- */

static void say_pid(const struct supervisor *s, enum log_level level, const char *event, pid_t pid, int status)
{
    char pid_text[16], how[32];
    snprintf(pid_text, sizeof pid_text, "%d", (int)pid);
    if (WIFSIGNALED(status))
        snprintf(how, sizeof how, "signal %d", WTERMSIG(status));
    else
        snprintf(how, sizeof how, "status %d", WEXITSTATUS(status));
    LOG(s->log, level, event, LF("pid", str_of(pid_text)), LF("ended", str_of(how)));
}

/* Asks the server to drain; if it does not, both are killed. */
static void end_pair(struct supervisor *s)
{
    if (s->server > 0)
        kill(s->server, SIGTERM);
    if (s->kill_us == 0)
        s->kill_us = monotonic_us() + KILL_AFTER_S * US_PER_SECOND;
}

static void take_end(struct supervisor *s, pid_t pid, int status)
{
    bool expected = s->stopping || s->kill_us != 0;
    if (pid == s->server) {
        s->server = 0;
        s->server_status = WIFEXITED(status) ? WEXITSTATUS(status) : 70;
        say_pid(s, expected ? LOG_INFO : LOG_ERROR, "server.ended", pid, status);
    } else if (pid == s->signer) {
        s->signer = 0;
        say_pid(s, s->server && !expected ? LOG_ERROR : LOG_INFO, "signer.ended", pid, status);
    } else {
        return;
    }
    end_pair(s); /* neither is of use without the other */
}

static void reap(struct supervisor *s)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        take_end(s, pid, status);
}

static void take_signal(struct supervisor *s)
{
    struct signalfd_siginfo info;
    if (read(s->signal_fd, &info, sizeof info) != sizeof info)
        return;
    switch (info.ssi_signo) {
    case SIGCHLD:
        reap(s);
        break;
    case SIGHUP: /* a new server with the same listening socket: no connection is refused */
        notify_systemd("RELOADING=1");
        end_pair(s);
        break;
    default:
        s->stopping = true;
        notify_systemd("STOPPING=1");
        end_pair(s);
    }
}

static void say_ready(struct supervisor *s)
{
    char pid[16], port[8];
    snprintf(pid, sizeof pid, "%d", (int)s->server);
    snprintf(port, sizeof port, "%d", listen_port(s->listen_fd));
    LOG(s->log, LOG_INFO, "serve.ready", LF("host", str_of(s->p->serving.host)), LF("port", str_of(port)),
        LF("mode", str_of(s->p->app.settings.mode)), LF("server", str_of(pid)));
    notify_systemd("READY=1");
    s->ever_ready = true;
}

static void take_ready(struct supervisor *s)
{
    char byte;
    if (read(s->ready_fd, &byte, 1) == 1)
        say_ready(s);
    close(s->ready_fd);
    s->ready_fd = -1;
}

/* ---- the loop ---- */

static void plan_restart(struct supervisor *s)
{
    bool steady = monotonic_us() - s->started_us >= STEADY_US;
    s->restart_delay_us = steady || s->restart_delay_us == 0 ? RESTART_FIRST_US : s->restart_delay_us * 2;
    if (s->restart_delay_us > RESTART_MOST_US)
        s->restart_delay_us = RESTART_MOST_US;
    s->restart_us = monotonic_us() + s->restart_delay_us;
}

static void kill_both(struct supervisor *s)
{
    LOG(s->log, LOG_ERROR, "serve.killed", LF("why", STR("it did not end in time")));
    if (s->server > 0)
        kill(s->server, SIGKILL);
    if (s->signer > 0)
        kill(s->signer, SIGKILL);
    s->kill_us = 0;
}

static void restart(struct supervisor *s)
{
    struct err e = { 0 };
    if (start_pair(s, &e)) {
        log_err(s->log, LOG_ERROR, "serve.failed", STR_NONE, &e);
        plan_restart(s);
    }
}

static void wait_for_events(struct supervisor *s)
{
    struct pollfd p[2] = { { s->signal_fd, POLLIN, 0 }, { s->ready_fd, POLLIN, 0 } };
    int64_t until = s->restart_us ? s->restart_us : s->kill_us;
    int64_t left_us = until - monotonic_us();
    poll(p, 2, until == 0 ? -1 : left_us <= 0 ? 0 : (int)(left_us / 1000) + 1);
    if (p[1].revents)
        take_ready(s); /* before the signal: a server may say ready and end at once */
    if (p[0].revents)
        take_signal(s);
}

/* Both have ended: true when that is all. A server that never served (no store, wrong settings) is not tried again. */
static bool take_pair_end(struct supervisor *s)
{
    if (s->ready_fd >= 0)
        take_ready(s);
    if (s->stopping || !s->ever_ready)
        return true;
    s->kill_us = 0;
    if (s->restart_us == 0)
        plan_restart(s);
    return false;
}

static void take_deadlines(struct supervisor *s)
{
    int64_t now = monotonic_us();
    if (s->kill_us && now >= s->kill_us)
        kill_both(s);
    if (s->restart_us && now >= s->restart_us)
        restart(s);
}

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return sigprocmask(SIG_BLOCK, &set, NULL) ? -1 : signalfd(-1, &set, SFD_CLOEXEC);
}

int supervise(struct program *p, int listen_fd)
{
    struct err e = { 0 };
    struct supervisor s = {
        .p = p, .log = &p->app.log, .listen_fd = listen_fd, .ready_fd = -1, .signal_fd = open_signals()
    };
    if (s.signal_fd < 0 || start_pair(&s, &e)) {
        log_err(s.log, LOG_ERROR, "serve.failed", STR_NONE, &e);
        return err_exit_status(ERR_BUSY);
    }
    for (;;) {
        wait_for_events(&s);
        if (s.server == 0 && s.signer == 0 && take_pair_end(&s))
            break;
        take_deadlines(&s);
    }
    close(s.signal_fd);
    return s.server_status;
}
