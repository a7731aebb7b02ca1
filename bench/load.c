/* load.c: one HTTP/1.1 load client for every server that is measured, so that no server is favoured by its client.
 *
 *   load --port P --connections N --seconds S --requests FILE [--expect STATUS] [--flow N] [--rest US]
 *
 * FILE holds one or more whole requests, one after another; a body is as long as its Content-Length says. They are sent in
 * turn. In them @COUNT@..... becomes a running number of twelve digits, so that every request differs, also from those of earlier
 * runs. Keep-alive, one request in flight a connection. Prints one JSON line: requests, errors, seconds, rate, p50_us, p95_us,
 * p99_us. An answer of another status than expected is an error and is counted apart.
 *
 * With --flow N the first N requests of FILE are one act, sent in order on each connection, and acts are counted and timed; --expect
 * then takes a status for each, with commas. @CODE@..... in a request becomes the value of `code` in the Location of the answer
 * before it; the mark is as long as that value.
 *
 * With --rest US the client, having taken all answers that are there, sleeps so long before it looks again: it shares the processors with
 * what it measures, and being woken for each answer costs both of them more than the answer. Only sensible with so many connections
 * that the server has work meanwhile; latencies are longer by up to that time.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    REQUEST_MAX = 16 * 1024,
    REQUESTS_MAX = 4096,
    ANSWER_MAX = 256 * 1024,
    CONNECTIONS_MAX = 2048,
    LATENCIES_MAX = 4 << 20,
    COUNT_PLACES_MAX = 4,
    FLOW_MAX = 4,
    CODE_MAX = 128
};

struct request {
    const char *bytes;
    size_t n, n_places;
    size_t places[COUNT_PLACES_MAX]; /* of the running number */
    size_t code_at, code_n;          /* of the code; code_n 0: none */
};

struct client {
    int fd;
    size_t request_n, sent, got, want; /* want: whole answer once its head is read, 0 before */
    int64_t began_us;
    int step; /* of the act */
    bool closes;
    char code[CODE_MAX];
    size_t code_n;
    char *request;
    char *answer;
};

struct load {
    int port, connections, seconds, flow;
    long rest_ns;         /* between two looks */
    int expect[FLOW_MAX]; /* status of each step */
    struct request requests[REQUESTS_MAX];
    size_t n_requests, turn;
    uint64_t count, done, errors;
    uint32_t *latencies;
    size_t n_latencies;
    int epoll;
    struct client clients[CONNECTIONS_MAX];
};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* The value of a header line in the head [at, end), or NULL. */
static const char *header(const char *at, const char *end, const char *name)
{
    size_t n = strlen(name);
    for (const char *line = memchr(at, '\n', (size_t)(end - at)); line; line = memchr(line, '\n', (size_t)(end - line))) {
        line++;
        if ((size_t)(end - line) > n && line[n] == ':' && strncasecmp(line, name, n) == 0)
            return line + n + 1;
    }
    return NULL;
}

/* Head and body together; 0: not a whole request or answer. */
static size_t message_length(const char *at, size_t n)
{
    const char *end = memmem(at, n, "\r\n\r\n", 4);
    if (!end)
        return 0;
    const char *length = header(at, end, "content-length");
    return (size_t)(end - at) + 4 + (length ? strtoul(length, NULL, 10) : 0);
}

static void find_code_place(struct request *r)
{
    static const char mark[] = "@CODE@";
    const char *at = memmem(r->bytes, r->n, mark, sizeof(mark) - 1);
    if (!at)
        return;
    r->code_at = (size_t)(at - r->bytes);
    r->code_n = sizeof(mark) - 1;
    while (r->code_at + r->code_n < r->n && r->bytes[r->code_at + r->code_n] == '.')
        r->code_n++;
}

static void take_request(struct load *l, const char *at, size_t n)
{
    static const char mark[] = "@COUNT@.....";
    struct request *r = &l->requests[l->n_requests++];
    *r = (struct request) { .bytes = at, .n = n };
    const char *end = at + n, *p = at;
    while ((p = memmem(p, (size_t)(end - p), mark, sizeof(mark) - 1)) != NULL && r->n_places < COUNT_PLACES_MAX) {
        r->places[r->n_places++] = (size_t)(p - at);
        p += sizeof(mark) - 1;
    }
    find_code_place(r);
}

static void read_requests(struct load *l, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0)
        die(path);
    size_t left = (size_t)st.st_size;
    char *at = malloc(left + 1);
    if (!at || read(fd, at, left) != st.st_size)
        die(path);
    close(fd);
    at[left] = '\0';
    while (left > 0 && l->n_requests < REQUESTS_MAX) {
        size_t n = message_length(at, left);
        if (n == 0 || n > left || n > REQUEST_MAX) {
            fprintf(stderr, "load: %s: request %zu is not whole\n", path, l->n_requests + 1);
            exit(2);
        }
        take_request(l, at, n);
        at += n;
        left -= n;
    }
}

static void put_count(char *at, uint64_t n)
{
    for (int i = 11; i >= 0; i--) {
        at[i] = (char)('0' + n % 10);
        n /= 10;
    }
}

/* What the next step needs of the answer to this one. */
static void keep_code(struct client *c)
{
    const char *end = memmem(c->answer, c->got, "\r\n\r\n", 4);
    const char *location = header(c->answer, end, "location");
    const char *code = location ? memmem(location, (size_t)(end - location), "code=", 5) : NULL;
    c->code_n = code ? strcspn(code + 5, "&\r\n") : 0;
    if (c->code_n == 0 || c->code_n > CODE_MAX) {
        fprintf(stderr, "load: no code in: %.400s\n", c->answer);
        exit(1);
    }
    memcpy(c->code, code + 5, c->code_n);
}

static void put_code(const struct request *r, struct client *c)
{
    if (r->code_n != c->code_n) {
        fprintf(stderr, "load: the code has %zu characters, its mark %zu\n", c->code_n, r->code_n);
        exit(2);
    }
    memcpy(c->request + r->code_at, c->code, c->code_n);
}

static const struct request *next_request(struct load *l, const struct client *c)
{
    return l->flow > 1 ? &l->requests[c->step] : &l->requests[l->turn++ % l->n_requests];
}

static void arm(struct load *l, struct client *c)
{
    const struct request *r = next_request(l, c);
    memcpy(c->request, r->bytes, r->n);
    if (r->code_n > 0)
        put_code(r, c);
    for (size_t i = 0; i < r->n_places; i++)
        put_count(c->request + r->places[i], l->count);
    l->count++;
    c->request_n = r->n;
    c->sent = c->got = c->want = 0;
    c->closes = false;
    if (c->step == 0)
        c->began_us = now_us();
}

static void push(struct client *c)
{
    while (c->sent < c->request_n) {
        ssize_t n = send(c->fd, c->request + c->sent, c->request_n - c->sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            die("send");
        c->sent += (size_t)n;
    }
}

static void open_client(struct load *l, struct client *c)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons((uint16_t)l->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&a, sizeof(a)) != 0)
        die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c };
    epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &ev);
}

/* Whole length of the answer once the head is in; the servers measured here all send Content-Length. */
static void read_head(struct client *c)
{
    c->want = message_length(c->answer, c->got);
    if (c->want == 0)
        return;
    const char *end = memmem(c->answer, c->got, "\r\n\r\n", 4);
    const char *connection = header(c->answer, end, "connection");
    c->closes = connection && strncasecmp(connection, " close", 6) == 0;
}

static void count_act(struct load *l, const struct client *c)
{
    l->done++;
    if (l->n_latencies < LATENCIES_MAX)
        l->latencies[l->n_latencies++] = (uint32_t)(now_us() - c->began_us);
}

/* The step was answered as expected: the act goes on or is done. */
static void step_on(struct load *l, struct client *c)
{
    c->step++;
    if (c->step < l->flow) {
        keep_code(c);
        return;
    }
    count_act(l, c);
    c->step = 0;
}

static void finish(struct load *l, struct client *c)
{
    c->answer[c->got] = '\0';
    int status = (int)strtol(c->answer + 9, NULL, 10);
    if (status == l->expect[c->step]) {
        step_on(l, c);
    } else {
        if (l->errors++ == 0)
            fprintf(stderr, "load: first unexpected answer: %.400s\n", c->answer);
        c->step = 0;
    }
    if (c->closes) {
        close(c->fd);
        open_client(l, c);
    }
    arm(l, c);
    push(c);
}

static void pull(struct load *l, struct client *c)
{
    ssize_t n = recv(c->fd, c->answer + c->got, ANSWER_MAX - 1 - c->got, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        l->errors++;
        c->step = 0;
        close(c->fd);
        open_client(l, c);
        arm(l, c);
        push(c);
        return;
    }
    c->got += (size_t)n;
    if (c->want == 0)
        read_head(c);
    if (c->want > 0 && c->got >= c->want)
        finish(l, c);
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void report(struct load *l, double seconds)
{
    qsort(l->latencies, l->n_latencies, sizeof(*l->latencies), by_size);
    uint32_t p50 = l->n_latencies ? l->latencies[l->n_latencies / 2] : 0;
    uint32_t p95 = l->n_latencies ? l->latencies[l->n_latencies * 95 / 100] : 0;
    uint32_t p99 = l->n_latencies ? l->latencies[l->n_latencies * 99 / 100] : 0;
    printf("{\"requests\":%llu,\"errors\":%llu,\"seconds\":%.3f,\"rate\":%.0f,\"p50_us\":%u,\"p95_us\":%u,"
           "\"p99_us\":%u}\n",
           (unsigned long long)l->done, (unsigned long long)l->errors, seconds, (double)l->done / seconds, p50, p95, p99);
}

static void run(struct load *l)
{
    struct epoll_event events[1024];
    l->epoll = epoll_create1(0);
    for (int i = 0; i < l->connections; i++) {
        struct client *c = &l->clients[i];
        c->request = malloc(REQUEST_MAX);
        c->answer = malloc(ANSWER_MAX);
        open_client(l, c);
        arm(l, c);
        push(c);
    }
    int64_t began = now_us(), until = began + (int64_t)l->seconds * 1000000;
    while (now_us() < until) {
        int n = epoll_wait(l->epoll, events, sizeof(events) / sizeof(events[0]), 100);
        for (int i = 0; i < n; i++)
            pull(l, events[i].data.ptr);
        if (l->rest_ns > 0)
            nanosleep(&(struct timespec) { .tv_nsec = l->rest_ns }, NULL);
    }
    report(l, (double)(now_us() - began) / 1e6);
}

/* "303,200" */
static void read_expected(struct load *l, const char *text)
{
    char *end = NULL;
    for (int i = 0; i < FLOW_MAX && *text; i++, text = *end == ',' ? end + 1 : end)
        l->expect[i] = (int)strtol(text, &end, 10);
}

int main(int argc, char **argv)
{
    static struct load l = { .connections = 64, .seconds = 5, .flow = 1, .expect = { 200 } };
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--port") == 0)
            l.port = (int)strtol(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--connections") == 0)
            l.connections = (int)strtol(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seconds") == 0)
            l.seconds = (int)strtol(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--rest") == 0)
            l.rest_ns = strtol(argv[i + 1], NULL, 10) * 1000;
        else if (strcmp(argv[i], "--expect") == 0)
            read_expected(&l, argv[i + 1]);
        else if (strcmp(argv[i], "--flow") == 0)
            l.flow = (int)strtol(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--requests") == 0)
            read_requests(&l, argv[i + 1]);
    }
    if (l.port == 0 || l.n_requests == 0 || l.connections < 1 || l.connections > CONNECTIONS_MAX || l.seconds > 120 ||
        l.flow < 1 || l.flow > FLOW_MAX || (size_t)l.flow > l.n_requests) {
        fprintf(stderr, "load --port P --requests FILE [--connections N] [--seconds S] [--expect STATUS[,STATUS…]]\n"
                        "     [--flow N]\n");
        return 2;
    }
    l.count = (uint64_t)now_us(); /* no run counts one a microsecond: beyond what those before have reached */
    l.latencies = malloc(sizeof(*l.latencies) * LATENCIES_MAX);
    if (!l.latencies)
        die("malloc");
    run(&l);
    return l.errors > l.done / 100 ? 1 : 0;
}
