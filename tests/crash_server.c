#include "tests/crash_server.h"

#include "base/date.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READY_S = 30, GONE_S = 30, LOG_MAX = 1 << 20 };

const char *const victim_names[VICTIMS_] = {
    [KILL_ALL] = "all three processes", [KILL_SERVER] = "the server",   [KILL_SIGNER] = "the signer",
    [KILL_GENTLY] = "SIGTERM",          [KILL_POSTGRES] = "PostgreSQL",
};

static void wait_ms(int ms)
{
    nanosleep(&(struct timespec) { ms / 1000, (long)(ms % 1000) * 1000000 }, NULL);
}

static int free_port(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0), port = 0;
    if (fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && getsockname(fd, (struct sockaddr *)&at, &n) == 0)
        port = ntohs(at.sin_port);
    close(fd);
    return port;
}

bool place_prepare(struct place *p, const char *db)
{
    char port[16];
    p->port = free_port();
    snprintf(port, sizeof(port), "%d", p->port);
    snprintf(p->log, sizeof(p->log), "%s/bon.log", p->dir);
    return p->port > 0 && setenv("BON_DATA_DIR", p->dir, 1) == 0 && setenv("BON_PORT", port, 1) == 0 &&
           setenv("BON_HOST", "127.0.0.1", 1) == 0 && (db == NULL || setenv("BON_DB", db, 1) == 0);
}

/* ---- starting ---- */

static _Noreturn void become_bon(const struct place *p, const char *const *args, bool own_group)
{
    char *argv[12] = { (char *)(uintptr_t)p->bon };
    int log = open(p->log, O_WRONLY | O_CREAT | O_APPEND, 0600), none = open("/dev/null", O_RDONLY);
    for (size_t i = 0; args[i] && i + 2 < sizeof(argv) / sizeof(argv[0]); i++)
        argv[i + 1] = (char *)(uintptr_t)args[i];
    if (own_group)
        setpgid(0, 0);
    if (log < 0 || none < 0 || dup2(none, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0)
        _exit(126);
    execv(p->bon, argv);
    _exit(127);
}

int bon_run(const struct place *p, const char *const *args)
{
    int status;
    pid_t pid = fork();
    if (pid == 0)
        become_bon(p, args, false);
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The last "serve.ready" of this start, with the number of the server's process in it; 0: not yet. */
static pid_t ready_server(const struct place *p)
{
    static const char event[] = "\"serve.ready\"", key[] = "\"server\":\"";
    char *text = malloc(LOG_MAX), *last = NULL;
    int fd = open(p->log, O_RDONLY);
    ssize_t n = text && fd >= 0 ? pread(fd, text, LOG_MAX - 1, p->log_from) : -1;
    pid_t pid = 0;
    if (n > 0) {
        text[n] = '\0';
        for (char *at = text; (at = strstr(at, event)) != NULL; at++)
            last = at;
        last = last ? strstr(last, key) : NULL;
        pid = last ? (pid_t)strtol(last + sizeof(key) - 1, NULL, 10) : 0;
    }
    if (fd >= 0)
        close(fd);
    free(text);
    return pid;
}

bool server_start(struct place *p, int64_t *ready_us)
{
    static const char *const args[] = { "serve", NULL };
    struct stat s;
    int64_t began = monotonic_us();
    p->log_from = stat(p->log, &s) == 0 ? s.st_size : 0;
    p->group = fork();
    if (p->group == 0)
        become_bon(p, args, true);
    if (p->group < 0)
        return false;
    setpgid(p->group, p->group);
    while (ready_server(p) == 0) {
        if (waitpid(p->group, NULL, WNOHANG) == p->group || monotonic_us() - began > READY_S * US_PER_SECOND) {
            fprintf(stderr, "crash: bon serve did not become ready; see %s\n", p->log);
            return false;
        }
        wait_ms(3);
    }
    *ready_us = monotonic_us() - began;
    return true;
}

/* ---- killing ---- */

static bool is_called(pid_t pid, const char *name)
{
    char path[64], comm[32] = "";
    snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
    int fd = open(path, O_RDONLY);
    ssize_t n = fd >= 0 ? read(fd, comm, sizeof(comm) - 1) : -1;
    if (fd >= 0)
        close(fd);
    if (n > 0)
        comm[strcspn(comm, "\n")] = '\0';
    return strcmp(comm, name) == 0;
}

static pid_t signer_of(const struct place *p)
{
    char path[64], list[256] = "";
    snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)p->group, (int)p->group);
    int fd = open(path, O_RDONLY);
    ssize_t n = fd >= 0 ? read(fd, list, sizeof(list) - 1) : -1;
    if (fd >= 0)
        close(fd);
    for (char *at = list, *end; n > 0 && *at; at = end) {
        pid_t pid = (pid_t)strtol(at, &end, 10);
        if (end == at)
            break;
        if (is_called(pid, "bon-signer"))
            return pid;
    }
    return 0;
}

/* Children of a killed supervisor are init's; they are gone when the group has no process any more. */
static bool wait_until_gone(struct place *p)
{
    int64_t began = monotonic_us();
    int status;
    waitpid(p->group, &status, 0);
    while (kill(-p->group, 0) == 0 || errno != ESRCH) {
        if (monotonic_us() - began > GONE_S * US_PER_SECOND) {
            fprintf(stderr, "crash: processes of group %d do not end\n", (int)p->group);
            return false;
        }
        wait_ms(2);
    }
    p->group = 0;
    return true;
}

static bool kill_one(pid_t pid, const char *what)
{
    if (pid > 1 && kill(pid, SIGKILL) == 0)
        return true;
    fprintf(stderr, "crash: there was no %s to kill\n", what);
    return false;
}

/* The postmaster at once; its backends notice and end. Started again as soon as they have. */
static bool kill_postgres(const struct place *p)
{
    char path[256], line[32] = "", command[512];
    snprintf(path, sizeof(path), "%s/data/postmaster.pid", p->pg_dir);
    FILE *f = fopen(path, "r");
    bool known = f && fgets(line, sizeof(line), f);
    if (f)
        fclose(f);
    if (!known || !kill_one((pid_t)strtol(line, NULL, 10), "postmaster"))
        return false;
    snprintf(command, sizeof(command), "sh '%s' start '%s' >>'%s' 2>&1", p->pg_script, p->pg_dir, p->log);
    for (int tries = 0; tries < 50; tries++) {
        wait_ms(200);
        if (system(command) == 0)
            return true;
    }
    fprintf(stderr, "crash: PostgreSQL did not come back\n");
    return false;
}

bool server_kill(struct place *p, enum victim who)
{
    switch (who) {
    case KILL_SERVER:
        return kill_one(ready_server(p), "server");
    case KILL_SIGNER:
        return kill_one(signer_of(p), "signer");
    case KILL_POSTGRES:
        return kill_postgres(p);
    case KILL_GENTLY:
        return kill(p->group, SIGTERM) == 0 && wait_until_gone(p);
    default:
        return kill(-p->group, SIGKILL) == 0 && wait_until_gone(p);
    }
}
