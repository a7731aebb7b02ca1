/* The server process: gives up what it will not need, opens the store, serves, drains. */
#include "app/control.h"
#include "app/privileges.h"
#include "app/serve.h"
#include "platform/sandbox/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

struct server {
    struct program *p;
    struct http *http;
    struct control *control;
};

/* ---- before anything is open ---- */

/* Copies that a killed server or command left behind. */
static void empty_tmp(struct program *p)
{
    const char *path = program_path(p, "tmp");
    DIR *dir = opendir(path);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (strncmp(entry->d_name, "copy-", 5) == 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
}

/* What the C library, OpenSSL and name look-ups read while serving; and the data. Where the key directory lies outside
 * data_dir, the server cannot read it even as the same user. */
static int lock_files(struct program *p, struct err *e)
{
    const char *const readable[] = {
        "/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/dev", "/run", p->app.settings.pack_dir, NULL
    };
    const char *const writable[] = { p->app.settings.data_dir, "/dev/null", NULL };
    int on = sandbox_files(readable, writable, e);
    if (on == 0)
        LOG(&p->app.log, LOG_WARN, "sandbox.no_landlock",
            LF("why", STR("this kernel has none; files are guarded by their owner only")));
    return on < 0 ? -1 : 0;
}

static int give_up(struct program *p, struct err *e)
{
    if (geteuid() == 0 && !p->serving.user[0])
        LOG(&p->app.log, LOG_WARN, "serve.runs_as_root", LF("why", STR("no user is set")));
    if (become_server_user(p, e))
        return -1;
    /* Cleared by the change of user, so it comes after it: no server without its supervisor. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    prctl(PR_SET_NAME, "bon-server");
    setenv("SQLITE_TMPDIR", program_path(p, "tmp"), 1);
    setenv("TMPDIR", program_path(p, "tmp"), 1);
    empty_tmp(p);
    return sandbox_harden(e) || lock_files(p, e) || sandbox_calls_server(e) ? -1 : 0;
}

/* ---- opening and closing ---- */

static int open_all(struct server *s, const struct server_ends *ends, struct err *e)
{
    struct program *p = s->p;
    struct http_options o = { .host = p->serving.host,
                              .threads = (int)p->serving.threads,
                              .connections = (int)p->serving.connections,
                              .listen_fd = ends->listen_fd };
    p->app.serves = true;
    if (give_up(p, e) || signer_connect(ends->signer_fd, &p->app.signer, e))
        return -1;
    if (program_open_store(p, p->app.settings.db_address, false, e) || jobs_start(&p->app, &p->app.jobs, e))
        return -1;
    if (program_on_sqlite(p) && control_start(p, &s->control, e))
        return -1;
    return http_start(&p->app, &o, &s->http, e);
}

/* In the order in which things lean on each other: no request without store, no seal without signer. */
static void close_all(struct server *s)
{
    if (s->http) {
        http_drain(s->http, DRAIN_S);
        http_stop(s->http);
    }
    control_stop(s->control);
    jobs_stop(s->p->app.jobs);
    s->p->app.jobs = NULL;
    program_release(s->p);
}

static void wait_for_the_end(void)
{
    sigset_t end;
    int sig;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigaddset(&end, SIGINT);
    while (sigwait(&end, &sig) != 0)
        ;
}

int server_main(struct program *p, const struct server_ends *ends)
{
    struct server s = { .p = p };
    struct err e = { 0 };
    signal(SIGPIPE, SIG_IGN);
    if (open_all(&s, ends, &e)) {
        log_err(&p->app.log, LOG_ERROR, "serve.failed", STR_NONE, &e);
        close_all(&s);
        return err_exit_status(e.code);
    }
    if (write(ends->ready_fd, "r", 1) != 1)
        LOG(&p->app.log, LOG_WARN, "serve.nobody_waits", LF("why", STR("the supervisor is gone")));
    close(ends->ready_fd);
    wait_for_the_end();
    LOG(&p->app.log, LOG_INFO, "serve.draining", LF("within", STR("10 s")));
    struct log log = p->app.log;
    close_all(&s);
    LOG(&log, LOG_INFO, "serve.drained", LF("clean", STR("yes")));
    return 0;
}
