#include "platform/http/conns.h"

#include "base/map.h"
#include "base/rng.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void conns_init(struct conns *c)
{
    *c = (struct conns) { 0 };
    pthread_mutex_init(&c->lock, NULL);
    random_bytes(c->key, sizeof(c->key));
}

void conns_release(struct conns *c)
{
    ASSERT(c->first == NULL);
    pthread_mutex_destroy(&c->lock);
}

/* The bytes that tell one client from another: an IPv6 network is handed out by the /64. */
static struct str address_bytes(const struct sockaddr *from)
{
    if (from->sa_family == AF_INET)
        return (struct str) { (const char *)&((const struct sockaddr_in *)(const void *)from)->sin_addr, 4 };
    if (from->sa_family == AF_INET6)
        return (struct str) { (const char *)&((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 8 };
    return STR("");
}

static bool is_local(const struct sockaddr *from)
{
    if (from->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)from)->sin_addr.s_addr) >> 24 == 127;
    if (from->sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)from)->sin6_addr);
    return true; /* a Unix socket */
}

static uint32_t bucket_of(const struct conns *c, const struct sockaddr *from)
{
    struct str bytes = address_bytes(from);
    return (uint32_t)(siphash24(c->key[0], c->key[1], bytes.p, bytes.n) % CONNS_BUCKETS);
}

bool conns_may_open(struct conns *c, const struct sockaddr *from)
{
    if (is_local(from))
        return true;
    pthread_mutex_lock(&c->lock);
    bool may = c->from[bucket_of(c, from)] < CONNS_PER_ADDRESS;
    pthread_mutex_unlock(&c->lock);
    return may;
}

struct conn *conns_open(struct conns *c, const struct sockaddr *from, int fd, int64_t deadline_us)
{
    struct conn *conn = calloc(1, sizeof(*conn));
    if (!conn)
        return NULL;
    conn->fd = fd;
    conn->local = is_local(from);
    conn->bucket = bucket_of(c, from);
    conn_due(conn, deadline_us);
    const void *address = from->sa_family == AF_INET
                              ? (const void *)&((const struct sockaddr_in *)(const void *)from)->sin_addr
                              : (const void *)&((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
    if (from->sa_family == AF_INET || from->sa_family == AF_INET6)
        inet_ntop(from->sa_family, address, conn->address, sizeof(conn->address));
    pthread_mutex_lock(&c->lock);
    conn->next = c->first;
    if (c->first)
        c->first->prev = conn;
    c->first = conn;
    c->n++;
    c->from[conn->bucket]++;
    pthread_mutex_unlock(&c->lock);
    return conn;
}

void conns_close(struct conns *c, struct conn *conn)
{
    if (!conn)
        return;
    pthread_mutex_lock(&c->lock);
    if (conn->prev)
        conn->prev->next = conn->next;
    else
        c->first = conn->next;
    if (conn->next)
        conn->next->prev = conn->prev;
    c->n--;
    c->from[conn->bucket]--;
    pthread_mutex_unlock(&c->lock);
    free(conn);
}

int conns_shut_late(struct conns *c, int64_t now_us)
{
    int shut = 0;
    /* The lock is held while shutting: a connection leaves the list before its descriptor can be another's. */
    pthread_mutex_lock(&c->lock);
    for (struct conn *conn = c->first; conn; conn = conn->next) {
        int64_t due = atomic_load_explicit(&conn->deadline_us, memory_order_relaxed);
        if (due == 0 || now_us <= due)
            continue;
        shutdown(conn->fd, SHUT_RDWR);
        conn_due(conn, 0);
        shut++;
    }
    pthread_mutex_unlock(&c->lock);
    return shut;
}

/* ---- the listening socket ---- */
static int bind_one(const struct addrinfo *at)
{
    int fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol);
    if (fd < 0)
        return -1;
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

int listen_on(const char *host, int port, int *fd, struct err *e)
{
    char service[8];
    struct addrinfo *found = NULL, hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE };
    snprintf(service, sizeof(service), "%d", port);
    int failed = getaddrinfo(host && *host ? host : "127.0.0.1", service, &hints, &found);
    if (failed)
        return ERR(e, ERR_INPUT, "the address %s: %s", host, gai_strerror(failed));
    int got = -1;
    for (struct addrinfo *at = found; at && got < 0; at = at->ai_next)
        got = bind_one(at);
    int why = errno;
    freeaddrinfo(found);
    if (got < 0)
        return ERR(e, ERR_INPUT, "cannot listen on %s port %d: %s", host ? host : "127.0.0.1", port, strerror(why));
    *fd = got;
    return 0;
}

int port_of(int fd)
{
    struct sockaddr_storage at;
    socklen_t n = sizeof(at);
    if (getsockname(fd, (struct sockaddr *)&at, &n) < 0)
        return -1;
    if (at.ss_family == AF_INET)
        return ntohs(((struct sockaddr_in *)&at)->sin_port);
    return at.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)&at)->sin6_port) : -1;
}
