/* wire.c: one person's connection: HTTP/1.1, kept alive, cookies as a browser keeps them. */
#include "bench/users/users.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(2);
}

/* ---- asking ---- */

static int put_cookies(const struct user *u, char *out, size_t room)
{
    int n = 0;
    for (size_t i = 0; i < u->n_cookies; i++)
        n += snprintf(out + n, room - (size_t)n, "%s%s", i ? "; " : "Cookie: ", u->cookies[i]);
    return n + snprintf(out + n, room - (size_t)n, "%s", u->n_cookies ? "\r\n" : "");
}

static void put_request(struct user *u, const char *method, const char *path, const char *body, size_t body_n)
{
    char cookies[COOKIES_MOST * (COOKIE_ROOM + 2) + 16];
    put_cookies(u, cookies, sizeof cookies);
    int n = snprintf(u->request, REQUEST_ROOM, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s", method, path, cookies);
    if (body)
        n += snprintf(u->request + n, REQUEST_ROOM - (size_t)n,
                      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", body_n);
    n += snprintf(u->request + n, REQUEST_ROOM - (size_t)n, "\r\n");
    if ((size_t)n + body_n > REQUEST_ROOM)
        die("a request is too long");
    if (body)
        memcpy(u->request + n, body, body_n);
    u->request_n = (size_t)n + body_n;
    u->sent = u->got = u->want = 0;
}

void user_get(struct user *u, const char *path)
{
    put_request(u, "GET", path, NULL, 0);
}

bool user_post(struct user *u, const char *action, const struct given *given)
{
    char body[REQUEST_ROOM / 2];
    long n = form_body(u, action, given, body, sizeof body);
    if (n >= 0)
        put_request(u, "POST", action, body, (size_t)n);
    return n >= 0;
}

/* ---- the connection ---- */

void user_connect(struct user *u, int port)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;
    u->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (u->fd < 0 || connect(u->fd, (struct sockaddr *)&a, sizeof a) != 0)
        die("connect");
    setsockopt(u->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(u->fd, F_SETFL, O_NONBLOCK);
}

bool user_push(struct user *u)
{
    while (u->sent < u->request_n) {
        ssize_t n = send(u->fd, u->request + u->sent, u->request_n - u->sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN)
            return true;
        if (n <= 0)
            return false;
        u->sent += (size_t)n;
    }
    return true;
}

/* ---- the answer ---- */

static void keep_cookie(struct user *u, const char *line)
{
    size_t n = strcspn(line, ";\r"), name = strcspn(line, "=") + 1;
    if (n >= COOKIE_ROOM)
        die("a cookie is too long");
    size_t i = 0;
    while (i < u->n_cookies && strncmp(u->cookies[i], line, name) != 0)
        i++;
    if (i == COOKIES_MOST)
        die("too many cookies");
    memcpy(u->cookies[i], line, n);
    u->cookies[i][n] = '\0';
    u->n_cookies += i == u->n_cookies;
}

static void read_head(struct user *u)
{
    static const char cookie[] = "set-cookie: ", length[] = "content-length: ";
    const char *end = strstr(u->answer, "\r\n\r\n");
    size_t body = 0;
    if (!end)
        return;
    for (const char *line = strstr(u->answer, "\r\n"); line && line < end; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, cookie, sizeof cookie - 1) == 0)
            keep_cookie(u, line + 2 + sizeof cookie - 1);
        if (strncasecmp(line + 2, length, sizeof length - 1) == 0)
            body = strtoul(line + 2 + sizeof length - 1, NULL, 10);
    }
    u->status = (int)strtol(u->answer + 9, NULL, 10);
    u->want = (size_t)(end - u->answer) + 4 + body;
}

static void make_room(struct user *u, size_t n)
{
    if (n < u->room)
        return;
    if (n >= ANSWER_MOST)
        die("an answer is too long");
    u->room = n + 1;
    u->answer = realloc(u->answer, u->room);
    if (!u->answer)
        die("realloc");
}

int user_pull(struct user *u)
{
    for (;;) {
        make_room(u, u->want ? u->want : u->got + 1);
        ssize_t n = recv(u->fd, u->answer + u->got, u->room - 1 - u->got, 0);
        if (n < 0 && errno == EAGAIN)
            return 0;
        if (n <= 0)
            return -1;
        u->got += (size_t)n;
        u->answer[u->got] = '\0';
        if (u->want == 0)
            read_head(u);
        if (u->want > 0 && u->got >= u->want)
            return 1;
    }
}
