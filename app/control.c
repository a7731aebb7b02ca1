/* One line each way: "snapshot", then "progress DONE TOTAL" … and at last "done PATH" or "failed DETAIL". */
#include "app/control.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINE_ROOM = 512, QUESTION_WAIT_MS = 2000 };

struct control {
    struct program *p;
    int listen_fd;
    int stop[2]; /* closing the writing end ends the thread */
    pthread_t thread;
};

static int address_of(struct program *p, struct sockaddr_un *to, struct err *e)
{
    const char *path = program_path(p, "bon.sock");
    memset(to, 0, sizeof *to);
    to->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof to->sun_path)
        return ERR(e, ERR_INPUT, "%s is too long for a socket; choose a shorter data_dir", path);
    memcpy(to->sun_path, path, strlen(path));
    return 0;
}

/* ---- the server's side ---- */

static void tell(int fd, const char *line)
{
    if (send(fd, line, strlen(line), MSG_NOSIGNAL) < 0)
        return; /* it went away; the copy is removed below */
}

static void tell_progress(void *ctx, int done, int total)
{
    char line[64];
    snprintf(line, sizeof line, "progress %d %d\n", done, total);
    tell(*(int *)ctx, line);
}

static void make_copy(struct control *c, int fd)
{
    char path[LINE_ROOM], line[LINE_ROOM + 320];
    struct err e = { 0 };
    snprintf(path, sizeof path, "%s/tmp/copy-%lld.db", c->p->app.settings.data_dir, (long long)monotonic_us());
    if (db_backup(c->p->app.db, path, tell_progress, &fd, &e)) {
        unlink(path);
        log_err(&c->p->app.log, LOG_ERROR, "control.copy_failed", STR_NONE, &e);
        snprintf(line, sizeof line, "failed %s\n", e.detail);
        tell(fd, line);
        return;
    }
    snprintf(line, sizeof line, "done %s\n", path);
    if (send(fd, line, strlen(line), MSG_NOSIGNAL) < 0)
        unlink(path);
}

/* The socket file is 0600 already; this also holds where its directory was given away. */
static bool is_allowed(int fd)
{
    struct ucred peer;
    socklen_t n = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 && (peer.uid == geteuid() || peer.uid == 0);
}

static void serve_question(struct control *c, int fd)
{
    char line[LINE_ROOM];
    struct pollfd p = { fd, POLLIN, 0 };
    if (!is_allowed(fd) || poll(&p, 1, QUESTION_WAIT_MS) <= 0)
        return;
    ssize_t n = recv(fd, line, sizeof line, 0);
    if (n == (ssize_t)strlen("snapshot\n") && memcmp(line, "snapshot\n", (size_t)n) == 0)
        make_copy(c, fd);
    else
        tell(fd, "failed unknown question\n");
}

static void *control_thread(void *arg)
{
    struct control *c = arg;
    struct pollfd p[2] = { { c->listen_fd, POLLIN, 0 }, { c->stop[0], POLLIN, 0 } };
    while (poll(p, 2, -1) >= 0 || errno == EINTR) {
        if (p[1].revents)
            break;
        int fd = p[0].revents ? accept4(c->listen_fd, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0) {
            serve_question(c, fd);
            close(fd);
        }
    }
    return NULL;
}

static int listen_at(const struct sockaddr_un *at, struct err *e)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(at->sun_path); /* of a server that was killed; the store's lock says that there is no other */
    if (fd >= 0 && bind(fd, (const struct sockaddr *)at, sizeof *at) == 0 && listen(fd, 4) == 0)
        return fd;
    ERR(e, ERR_INTERNAL, "%s: %s", at->sun_path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

static void control_free(struct control *c)
{
    close(c->listen_fd);
    close(c->stop[0]);
    free(c);
}

int control_start(struct program *p, struct control **out, struct err *e)
{
    struct sockaddr_un at;
    if (address_of(p, &at, e))
        return -1;
    struct control *c = calloc(1, sizeof *c);
    if (!c || pipe(c->stop)) {
        free(c);
        return ERR(e, ERR_BUSY, "no memory or pipe for the control socket");
    }
    c->p = p;
    c->listen_fd = listen_at(&at, e);
    if (c->listen_fd >= 0 && pthread_create(&c->thread, NULL, control_thread, c) == 0) {
        *out = c;
        return 0;
    }
    close(c->stop[1]);
    control_free(c);
    return -1;
}

void control_stop(struct control *c)
{
    struct sockaddr_un at;
    if (!c)
        return;
    close(c->stop[1]);
    pthread_join(c->thread, NULL);
    if (address_of(c->p, &at, NULL) == 0)
        unlink(at.sun_path);
    control_free(c);
}

/* ---- a command's side ---- */

static int connect_to(struct program *p, struct err *e)
{
    struct sockaddr_un to;
    if (address_of(p, &to, e))
        return -1;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    ERR_SAY(e, ERR_BUSY, MSGS("Một tiến trình khác đang giữ cơ sở dữ liệu và không trả lời. Xin chờ nó xong hoặc dừng nó."),
            "%s: %s", to.sun_path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

struct asking {
    struct program *p;
    void (*progress)(void *, int, int);
    void *ctx;
    const char **path;
};

/* The server is trusted less than whoever asks, who may be root: only a copy where copies lie is read and later removed. Of its
 * answer the file's name counts alone, since it may call the same directory by another path (var, /srv/bon/var). */
static int take_path(const struct asking *q, struct str path, struct err *e)
{
    struct str name = path, rest = path;
    while (str_cut(&rest, '/', &name))
        continue;
    if (!str_starts(name, STR("copy-")))
        return ERR(e, ERR_DB, "the server named %.*s, which is no copy", STR_ARG(path));
    *q->path = str_cstr(&q->p->app.arena,
                        str_fmt(&q->p->app.arena, "%s/tmp/%.*s", q->p->app.settings.data_dir, STR_ARG(name)));
    return 1;
}

/* 1 the last line, 0 more to come, -1 failed. */
static int take_line(const struct asking *q, struct str line, struct err *e)
{
    struct str word, rest = line;
    int64_t done, total;
    str_cut(&rest, ' ', &word);
    if (str_eq(word, STR("done")))
        return take_path(q, rest, e);
    if (!str_eq(word, STR("progress")))
        return ERR(e, ERR_DB, "the server said: %.*s", STR_ARG(line));
    if (q->progress && str_cut(&rest, ' ', &word) && str_to_i64(word, &done) && str_to_i64(rest, &total))
        q->progress(q->ctx, (int)done, (int)total);
    return 0;
}

static int take_lines(const struct asking *q, int fd, struct err *e)
{
    char text[LINE_ROOM * 2];
    FILE *from = fdopen(fd, "r");
    if (!from) {
        close(fd);
        return ERR(e, ERR_BUSY, "no memory");
    }
    int result = 0;
    while (result == 0 && fgets(text, sizeof text, from))
        result = take_line(q, str_trim(str_of(text)), e);
    fclose(from);
    return result == 1 ? 0 : result < 0 ? -1 : ERR(e, ERR_DB, "the server went away before the copy was whole");
}

int control_snapshot(struct program *p, void (*progress)(void *, int, int), void *ctx, const char **path, struct err *e)
{
    struct asking q = { p, progress, ctx, path };
    int fd = connect_to(p, e);
    if (fd < 0)
        return -1;
    if (send(fd, "snapshot\n", 9, MSG_NOSIGNAL) != 9) {
        close(fd);
        return ERR(e, ERR_DB, "the server does not listen");
    }
    return take_lines(&q, fd, e);
}
