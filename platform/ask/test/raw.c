#include "platform/ask/test/raw.h"

#include "base/err.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void say(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        text += sent;
        n -= (size_t)sent;
    }
}

static void say_text(int fd, const char *text)
{
    say(fd, text, strlen(text));
}

/* false: it went away before its head was whole. */
static bool hear(int fd, char *head, size_t room)
{
    size_t n = 0;
    head[0] = 0;
    while (!strstr(head, "\r\n\r\n")) {
        ssize_t got = n + 1 < room ? recv(fd, head + n, room - n - 1, 0) : 0;
        if (got <= 0)
            return false;
        n += (size_t)got;
        head[n] = 0;
    }
    return true;
}

static void echo(int fd, const char *head)
{
    char line[100];
    snprintf(line, sizeof line, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", strlen(head));
    say_text(fd, line);
    say_text(fd, head);
}

static void long_head(int fd)
{
    say_text(fd, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 1024; i++)
        say_text(fd, "X-More: 01234567890123456789012345678901234567890123456789012\r\n");
    say_text(fd, "Content-Length: 0\r\n\r\n");
}

static void answer(struct raw *r, int fd)
{
    char head[4096];
    bool heard = hear(fd, head, sizeof head);
    if (heard && strstr(head, " /silent ") && r->n_silent < RAW_SILENT_MAX) {
        r->silent[r->n_silent++] = fd;
        return;
    }
    if (heard && strstr(head, " /echo "))
        echo(fd, head);
    if (heard && strstr(head, " /interim "))
        say_text(fd, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                     "HTTP/1.1 200 OK\r\nX-Last: yes\r\nContent-Length: 0\r\n\r\n");
    if (heard && strstr(head, " /long-head "))
        long_head(fd);
    close(fd);
}

static void *serve(void *arg)
{
    struct raw *r = arg;
    int fd;
    while ((fd = accept(r->listens, NULL, NULL)) >= 0)
        answer(r, fd);
    return NULL;
}

void raw_open(struct raw *r)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    *r = (struct raw) { .listens = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
    ASSERT(bind(r->listens, (const struct sockaddr *)&at, sizeof at) == 0 && listen(r->listens, 8) == 0);
    ASSERT(getsockname(r->listens, (struct sockaddr *)&at, &n) == 0);
    r->port = ntohs(at.sin_port);
    ASSERT(pthread_create(&r->thread, NULL, serve, r) == 0);
}

void raw_close(struct raw *r)
{
    shutdown(r->listens, SHUT_RDWR);
    pthread_join(r->thread, NULL);
    for (size_t i = 0; i < r->n_silent; i++)
        close(r->silent[i]);
    close(r->listens);
}
