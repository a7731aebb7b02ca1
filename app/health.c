/* bon health: asks the running server the way a load balancer would; for scripts and container health checks. */
#include "app/program.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { ANSWER_MAX = 16 * 1024, WAIT_S = 5 };

/* A server that listens on every address is asked at this machine's own. */
static const char *host_to_ask(const struct program *p)
{
    const char *host = p->serving.host;
    if (strcmp(host, "0.0.0.0") == 0)
        return "127.0.0.1";
    return strcmp(host, "::") == 0 ? "::1" : host;
}

static int dial(const struct program *p, struct err *e)
{
    char port[8];
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *at;
    struct timeval wait = { WAIT_S, 0 };
    snprintf(port, sizeof port, "%d", (int)p->serving.port);
    if (getaddrinfo(host_to_ask(p), port, &hints, &at))
        return ERR(e, ERR_SOURCE, "no host %s", p->serving.host);
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    }
    int failed = fd < 0 || connect(fd, at->ai_addr, at->ai_addrlen);
    int why = errno;
    freeaddrinfo(at);
    if (!failed)
        return fd;
    if (fd >= 0)
        close(fd);
    return ERR_SAY(e, ERR_SOURCE, MSGS("Máy chủ không trả lời."), "%s port %s: %s", host_to_ask(p), port, strerror(why));
}

static struct str take_answer(int fd, struct arena *a)
{
    char *p = arena_alloc(a, ANSWER_MAX);
    size_t n = 0;
    ssize_t got;
    while (n < ANSWER_MAX && (got = recv(fd, p + n, ANSWER_MAX - n, 0)) > 0)
        n += (size_t)got;
    return (struct str) { p, n };
}

static int ask(const struct program *p, struct arena *a, struct str *answer, struct err *e)
{
    int fd = dial(p, e);
    if (fd < 0)
        return -1;
    struct str question = str_fmt(
        a, "GET /healthz HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\nConnection: close\r\n\r\n", host_to_ask(p));
    bool sent = send(fd, question.p, question.n, MSG_NOSIGNAL) == (ssize_t)question.n;
    if (sent)
        *answer = take_answer(fd, a);
    close(fd);
    return sent && answer->n > 0 ? 0
                                 : ERR_SAY(e, ERR_SOURCE, MSGS("Máy chủ không trả lời."), "no answer within %d s", WAIT_S);
}

int cmd_health(struct cli *c, struct err *e)
{
    struct program *p = program_of(c->app);
    struct str answer = STR_NONE;
    if (program_settings(p, e) || (cli_has(c, "port") && cli_opt_i64(c, "port", 1, 65535, &p->serving.port, e)) ||
        ask(p, c->arena, &answer, e))
        return -1;
    ptrdiff_t at = str_find(answer, STR("\r\n\r\n"));
    struct str body = str_trim(at < 0 ? STR("") : str_from(answer, (size_t)at + 4));
    printf("%.*s\n", STR_ARG(body));
    if (str_starts(answer, STR("HTTP/1.1 200 ")))
        return 0;
    return ERR_SAY(e, ERR_SOURCE, MSGS("Máy chủ chạy nhưng không khoẻ."), "%.*s", STR_ARG(str_head(answer, 15)));
}
