#include "app/serve.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, SYSTEMD_FIRST_FD = 3 };

/* A socket that systemd opened for us (sd_listen_fds(3)): one, or none. */
static int from_systemd(void)
{
    const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");
    int64_t for_pid, count;
    if (!pid || !n || !str_to_i64(str_of(pid), &for_pid) || !str_to_i64(str_of(n), &count))
        return -1;
    return for_pid == getpid() && count >= 1 ? SYSTEMD_FIRST_FD : -1;
}

static int bind_to(const struct addrinfo *at)
{
    int yes = 1;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

int listen_open(struct program *p, int *fd, struct err *e)
{
    char port[8];
    struct addrinfo hints = { .ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM }, *found;
    *fd = from_systemd();
    if (*fd >= 0)
        return 0;
    snprintf(port, sizeof port, "%d", (int)p->serving.port);
    int failed = getaddrinfo(p->serving.host, port, &hints, &found);
    if (failed)
        return ERR(e, ERR_INPUT, "host %s: %s", p->serving.host, gai_strerror(failed));
    *fd = bind_to(found);
    freeaddrinfo(found);
    return *fd >= 0 ? 0
                    : ERR_SAY(e, ERR_BUSY, MSGS("Không mở được cổng để phục vụ."), "%s port %s: %s", p->serving.host, port,
                              strerror(errno));
}

int listen_port(int fd)
{
    struct sockaddr_storage at;
    socklen_t n = sizeof at;
    if (getsockname(fd, (struct sockaddr *)&at, &n))
        return 0;
    const void *p = &at; /* storage is aligned for both */
    return at.ss_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)p)->sin6_port)
                                    : ntohs(((const struct sockaddr_in *)p)->sin_port);
}
