/* users.c: a thousand people signed in at once, citizens and officers, for a minute: how long each page takes, and whether any fails.
 *
 *     bench/users PORT FILE [SECONDS]      FILE: lines "login,password,role,unit", as users_make prints them
 *
 * Everybody signs in first, a few at a time: each costs the server one password hash. Then each goes through a script of pages
 * (script.c), one request at a time, and thinks for a third of a second to a second and two thirds in between. Prints a line of JSON for
 * each kind of page.
 */
#include "bench/users/users.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { KINDS_MOST = 40, SIGNING_MOST = 8, THINK_LEAST_US = 333000, THINK_RANGE_US = 1333000, WAIT_MS = 2, SAMPLES_MOST = 1 << 20 };

struct kind {
    const char *page;
    uint32_t *us;
    size_t n, errors;
};

struct crowd {
    int port, epoll, seconds;
    struct user users[USERS_MOST];
    size_t n, signing, signed_in;
    struct kind kinds[KINDS_MOST];
    size_t n_kinds;
    uint64_t errors;
    bool measuring;
};

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static _Noreturn void refuse(const char *why)
{
    fprintf(stderr, "users: %s\n", why);
    exit(2);
}

static struct kind *kind_of(struct crowd *c, const char *page)
{
    for (size_t i = 0; i < c->n_kinds; i++)
        if (strcmp(c->kinds[i].page, page) == 0)
            return &c->kinds[i];
    if (c->n_kinds == KINDS_MOST)
        refuse("too many kinds of pages");
    struct kind *k = &c->kinds[c->n_kinds++];
    *k = (struct kind) { .page = page, .us = malloc(SAMPLES_MOST * sizeof(uint32_t)) };
    if (!k->us)
        refuse("no memory");
    return k;
}

/* ---- one step ---- */

static uint64_t draw(struct user *u)
{
    u->chance ^= u->chance << 13;
    u->chance ^= u->chance >> 7;
    u->chance ^= u->chance << 17;
    return u->chance;
}

static void fail(struct crowd *c, struct user *u, const char *why)
{
    const struct step *s = &u->script[u->at];
    c->errors++;
    if (kind_of(c, s->page)->errors++ == 0) /* the first of each kind is shown */
        fprintf(stderr, "users: %s, %s: %s, status %d: %.600s\n", u->login, s->page, why, u->status, u->answer);
}

static void watch(struct crowd *c, struct user *u)
{
    struct epoll_event ev = { .events = EPOLLIN, .data.ptr = u };
    epoll_ctl(c->epoll, EPOLL_CTL_ADD, u->fd, &ev);
}

static void connect_again(struct crowd *c, struct user *u)
{
    close(u->fd);
    user_connect(u, c->port);
    watch(c, u);
    u->fresh = true;
}

/* The server closes a connection that was idle for long; a request that crossed with that was not heard, and goes again on a new one, as a
 * browser does it. */
static bool ask_again(struct crowd *c, struct user *u)
{
    bool crossed = u->waiting && u->got == 0 && !u->fresh;
    connect_again(c, u);
    u->sent = 0;
    return crossed && user_push(u);
}

static void go_on(struct user *u, int64_t now, bool thinks)
{
    u->at++;
    if (!u->script[u->at].page)
        u->at = STEPS_ONCE;
    u->next_us = now + (thinks ? THINK_LEAST_US + (int64_t)(draw(u) % THINK_RANGE_US) : 0);
}

/* Asks for the next page that there is something to ask for. */
static void ask(struct crowd *c, struct user *u, int64_t now)
{
    while (!u->script[u->at].ask(u))
        go_on(u, now, false);
    u->began_us = now_us();
    u->waiting = true;
    if (!user_push(u)) {
        connect_again(c, u);
        user_push(u);
    }
}

static void answered(struct crowd *c, struct user *u)
{
    const struct step *s = &u->script[u->at];
    struct kind *k = kind_of(c, s->page);
    int64_t now = now_us();
    bool was_signed_in = u->signed_in;
    u->waiting = u->fresh = false;
    if (u->status != s->expect)
        fail(c, u, "not the status that it should be");
    else if (!s->took(u))
        fail(c, u, "not the page that it should be");
    else if ((c->measuring || u->at < STEPS_SIGN_IN) && k->n < SAMPLES_MOST)
        k->us[k->n++] = (uint32_t)(now - u->began_us);
    c->signing -= !was_signed_in && (u->signed_in || u->at == STEPS_SIGN_IN - 1);
    c->signed_in += !was_signed_in && u->signed_in;
    go_on(u, now, u->at >= STEPS_SIGN_IN - 1);
}

static void hear(struct crowd *c, struct user *u)
{
    int got = user_pull(u);
    if (got == 0)
        return;
    if (got < 0) {
        bool asked = u->waiting;
        if (!ask_again(c, u)) {
            if (asked)
                fail(c, u, "the connection was closed");
            u->waiting = false;
        }
        return;
    }
    answered(c, u);
}

/* ---- all ---- */

static bool may_go_on(struct crowd *c, struct user *u, int64_t now)
{
    if (u->waiting || u->next_us > now)
        return false;
    if (u->at > 0 && !u->signed_in && u->at >= STEPS_SIGN_IN)
        return false; /* was not let in: told already */
    if (u->at >= STEPS_SIGN_IN)
        return c->measuring;
    if (u->at == 0 && c->signing >= SIGNING_MOST)
        return false;
    c->signing += u->at == 0;
    return true;
}

static void turn(struct crowd *c)
{
    struct epoll_event events[256];
    int n = epoll_wait(c->epoll, events, sizeof events / sizeof *events, WAIT_MS);
    for (int i = 0; i < n; i++)
        hear(c, events[i].data.ptr);
    int64_t now = now_us();
    for (size_t i = 0; i < c->n; i++)
        if (may_go_on(c, &c->users[i], now))
            ask(c, &c->users[i], now);
}

static void run(struct crowd *c)
{
    int64_t began = now_us(), most = 120 * 1000000LL;
    while (c->signed_in + c->errors < c->n && now_us() - began < most)
        turn(c);
    printf("{\"signed_in\":%zu,\"of\":%zu,\"seconds\":%.1f}\n", c->signed_in, c->n, (double)(now_us() - began) / 1e6);
    c->measuring = true;
    for (size_t i = 0; i < c->n; i++) /* not all at the same moment */
        c->users[i].next_us = now_us() + (int64_t)(draw(&c->users[i]) % (THINK_LEAST_US + THINK_RANGE_US));
    int64_t until = now_us() + c->seconds * 1000000LL;
    while (now_us() < until)
        turn(c);
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void report(struct crowd *c)
{
    uint64_t requests = 0;
    for (size_t i = 0; i < c->n_kinds; i++) {
        struct kind *k = &c->kinds[i];
        qsort(k->us, k->n, sizeof *k->us, by_size);
        requests += k->n;
        uint32_t p50 = k->n ? k->us[k->n / 2] : 0, p95 = k->n ? k->us[k->n * 95 / 100] : 0, p99 = k->n ? k->us[k->n * 99 / 100] : 0;
        printf("{\"page\":\"%s\",\"n\":%zu,\"errors\":%zu,\"p50_us\":%u,\"p95_us\":%u,\"p99_us\":%u}\n", k->page, k->n, k->errors, p50, p95,
               p99);
    }
    printf("{\"requests\":%llu,\"errors\":%llu}\n", (unsigned long long)requests, (unsigned long long)c->errors);
}

static bool read_user(struct crowd *c, char *line)
{
    struct user *u = &c->users[c->n];
    char *fields[4] = { NULL }, *rest = line;
    for (size_t i = 0; i < 4 && rest; i++)
        fields[i] = strsep(&rest, ",\n");
    if (!fields[3] || c->n == USERS_MOST)
        return false;
    snprintf(u->login, sizeof u->login, "%s", fields[0]);
    snprintf(u->password, sizeof u->password, "%s", fields[1]);
    snprintf(u->unit, sizeof u->unit, "%s", fields[3]);
    u->script = strcmp(fields[2], "citizen") == 0 ? citizen_script : officer_script;
    u->chance = 511 + c->n * 2654435761u;
    u->request = malloc(REQUEST_ROOM);
    u->room = ANSWER_ROOM;
    u->answer = calloc(1, u->room);
    if (!u->request || !u->answer)
        refuse("no memory");
    c->n++;
    return true;
}

static void read_users(struct crowd *c, const char *path)
{
    char line[256];
    FILE *f = fopen(path, "re");
    if (!f)
        refuse("the file of people cannot be read");
    while (fgets(line, sizeof line, f))
        if (!read_user(c, line))
            refuse("a line of the file is none, or there are too many");
    fclose(f);
}

int main(int argc, char **argv)
{
    static struct crowd c;
    if (argc < 3)
        refuse("PORT FILE [SECONDS]");
    c.port = (int)strtol(argv[1], NULL, 10);
    c.seconds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 60;
    read_users(&c, argv[2]);
    c.epoll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < c.n; i++) {
        user_connect(&c.users[i], c.port);
        c.users[i].fresh = true;
        watch(&c, &c.users[i]);
    }
    run(&c);
    report(&c);
    return c.errors ? 1 : 0;
}
