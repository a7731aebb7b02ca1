#include "tests/crash_client.h"

#include "base/rng.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_MAX = 16 * 1024, ANSWER_MAX = 256 * 1024, PATIENCE_S = 10, TRIES_AGAIN = 500 };

/* ---- one line to the server ---- */

static int connect_to(int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct timeval patience = { .tv_sec = PATIENCE_S };
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
        return fd;
    close(fd);
    return -1;
}

static bool send_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* The whole answer, NUL-ended; its status, 0 when the line broke first. *body points into answer. */
static int receive(int fd, char *answer, size_t room, char **body)
{
    size_t got = 0, want = 0;
    while (want == 0 || got < want) {
        ssize_t n = got + 1 < room ? recv(fd, answer + got, room - 1 - got, 0) : 0;
        if (n <= 0)
            return 0;
        got += (size_t)n;
        answer[got] = '\0';
        char *end = want ? NULL : strstr(answer, "\r\n\r\n");
        if (!end)
            continue;
        const char *length = strcasestr(answer, "\r\nContent-Length:");
        *body = end + 4;
        want = (size_t)(*body - answer) + (length && length < end ? strtoul(length + 17, NULL, 10) : 0);
    }
    return (int)strtol(answer + 9, NULL, 10);
}

int crash_get(int port, const char *cookie, const char *path, char *body, size_t room)
{
    char request[1024], *at = NULL;
    char *answer = malloc(ANSWER_MAX);
    int fd = connect_to(port), status = 0;
    int n = snprintf(request, sizeof(request),
                     "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\nConnection: close\r\n\r\n", path, cookie);
    body[0] = '\0';
    if (answer && fd >= 0 && send_all(fd, request, (size_t)n))
        status = receive(fd, answer, ANSWER_MAX, &at);
    if (status != 0)
        snprintf(body, room, "%s", at);
    if (fd >= 0)
        close(fd);
    free(answer);
    return status;
}

/* ---- one declaration ---- */

struct scratch {
    char guests[REQUEST_MAX / 2];
    char request[REQUEST_MAX];
    char answer[ANSWER_MAX];
};

static size_t put_guests(char *out, size_t room, const struct attempt *a)
{
    size_t n = (size_t)snprintf(out, room, "{\"guests\":[");
    for (int i = 0; i < a->guests; i++)
        n += (size_t)snprintf(
            out + n, room - n,
            "%s{\"number\":\"0670900%05d\",\"name\":\"Nguyễn Văn Khách\",\"born\":\"01/02/1990\",\"sex\":\"Nam\","
            "\"nationality\":\"VNM\",\"room\":\"%d\"}",
            i ? "," : "", i, 101 + i);
    return n + (size_t)snprintf(out + n, room - n, "]}");
}

static bool send_attempt(int fd, const struct crowd *c, const struct attempt *a, struct scratch *s)
{
    size_t body_n = put_guests(s->guests, sizeof(s->guests), a);
    int n = snprintf(s->request, sizeof(s->request),
                     "POST /api/v1/stays HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\nContent-Type: application/json\r\n"
                     "Idempotency-Key: %s\r\nContent-Length: %zu\r\n\r\n%s",
                     c->cookie, a->key, body_n, s->guests);
    return n > 0 && n < REQUEST_MAX && send_all(fd, s->request, (size_t)n);
}

static void read_answer(struct attempt *a, const char *body)
{
    const char *number = strstr(body, "\"number\":\"");
    a->replayed = strstr(body, "\"replayed\":true") != NULL;
    if (number)
        snprintf(a->number, sizeof(a->number), "%.*s", (int)strcspn(number + 10, "\""), number + 10);
}

static void declare(int fd, const struct crowd *c, struct attempt *a, struct scratch *scratch)
{
    char *body = NULL;
    a->status = 0;
    a->number[0] = '\0';
    if (!send_attempt(fd, c, a, scratch))
        return;
    a->status = receive(fd, scratch->answer, sizeof(scratch->answer), &body);
    if (a->status == 201)
        read_answer(a, body);
}

static struct attempt *attempt_new(struct attempts *all)
{
    if (all->n == all->room) {
        all->room = all->room ? 2 * all->room : 256;
        all->v = realloc(all->v, all->room * sizeof(*all->v));
        if (!all->v)
            abort();
    }
    memset(&all->v[all->n], 0, sizeof(*all->v));
    return &all->v[all->n++];
}

/* ---- a client ---- */

struct client {
    struct crowd *c;
    int i;
    struct attempts *again; /* set: repeat what was sent */
    pthread_t thread;
};

static void wait_a_little(void)
{
    nanosleep(&(struct timespec) { .tv_nsec = 5 * 1000 * 1000 }, NULL);
}

/* A line that works, or -1 when it is time to end. */
static int keep_connected(struct crowd *c, int fd, bool broken)
{
    if (broken && fd >= 0)
        close(fd);
    fd = broken ? -1 : fd;
    while (fd < 0 && !atomic_load(&c->stop) && (!broken || c->stubborn)) {
        fd = connect_to(c->port);
        if (fd < 0 && !c->stubborn)
            return -1;
        if (fd < 0)
            wait_a_little();
    }
    return fd;
}

static void declare_on(struct client *me, struct scratch *scratch)
{
    struct crowd *c = me->c;
    struct rng rng;
    bool broken = false;
    int fd = -1;
    rng_seed(&rng, c->seed * 1000 + (uint64_t)me->i);
    while (!atomic_load(&c->stop) && (fd = keep_connected(c, fd, broken)) >= 0) {
        struct attempt *a = attempt_new(&c->of[me->i]);
        a->guests = 1 + (int)rng_below(&rng, 4);
        snprintf(a->key, sizeof(a->key), "r%d-c%d-%zu", c->round, me->i, c->of[me->i].n);
        declare(fd, c, a, scratch);
        broken = a->status == 0;
        if (a->status == 201)
            atomic_fetch_add(&c->answered, 1);
        else if (!broken)
            wait_a_little(); /* refused: busy, or the disk or the database is away */
    }
    if (fd >= 0)
        close(fd);
}

/* "Busy, try again" is an answer that a client has to follow. */
static int declare_until_done(int fd, const struct crowd *c, struct attempt *a, struct scratch *scratch)
{
    a->status = 503;
    for (int tries = 0; tries < TRIES_AGAIN && (a->status == 503 || a->status == 0); tries++) {
        if (tries > 0)
            wait_a_little();
        if (a->status == 0 && fd >= 0)
            close(fd);
        fd = a->status == 0 || fd < 0 ? connect_to(c->port) : fd;
        if (fd >= 0)
            declare(fd, c, a, scratch);
    }
    return fd;
}

static void declare_again(struct client *me, struct scratch *scratch)
{
    struct crowd *c = me->c;
    int fd = -1;
    for (size_t k = 0; k < c->of[me->i].n; k++) {
        struct attempt *a = attempt_new(me->again);
        *a = c->of[me->i].v[k];
        fd = declare_until_done(fd, c, a, scratch);
    }
    if (fd >= 0)
        close(fd);
}

static void *client_run(void *arg)
{
    struct client *me = arg;
    struct scratch *scratch = malloc(sizeof(*scratch));
    if (!scratch)
        abort();
    if (me->again)
        declare_again(me, scratch);
    else
        declare_on(me, scratch);
    free(scratch);
    return NULL;
}

static struct client *clients_start(struct crowd *c, struct attempts *again)
{
    struct client *all = calloc((size_t)c->clients, sizeof(*all));
    if (!all)
        abort();
    for (int i = 0; i < c->clients; i++) {
        all[i] = (struct client) { .c = c, .i = i, .again = again ? &again[i] : NULL };
        if (pthread_create(&all[i].thread, NULL, client_run, &all[i]) != 0)
            abort();
    }
    return all;
}

static void clients_join(struct crowd *c, struct client *all)
{
    for (int i = 0; i < c->clients; i++)
        pthread_join(all[i].thread, NULL);
    free(all);
}

void crowd_start(struct crowd *c)
{
    atomic_store(&c->stop, false);
    atomic_store(&c->answered, 0);
    c->running = clients_start(c, NULL);
}

void crowd_join(struct crowd *c)
{
    clients_join(c, c->running);
    c->running = NULL;
}

void crowd_repeat(struct crowd *c, struct attempts again[CLIENTS_MAX])
{
    clients_join(c, clients_start(c, again));
}

void crowd_free(struct crowd *c)
{
    for (int i = 0; i < CLIENTS_MAX; i++) {
        free(c->of[i].v);
        c->of[i] = (struct attempts) { 0 };
    }
}
