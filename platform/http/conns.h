/* conns.h: the open connections: how many from one address, and until when each must have made progress. */
#ifndef BON_PLATFORM_HTTP_CONNS_H
#define BON_PLATFORM_HTTP_CONNS_H

#include "base/err.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

/* A village office behind one address has dozens of browsers with six connections each. Our own machine (a proxy, a load
 * client) is not limited. */
#define CONNS_PER_ADDRESS 256
#define CONNS_BUCKETS     8192
/* Slowest line that is still served: 2G in a remote bon carries about this. */
#define SLOWEST_BYTES_PER_S 2048

struct conn {
    struct conn *prev, *next;
    int fd;
    bool local; /* from this machine: its X-Forwarded-For is a proxy's word */
    uint32_t bucket;
    _Atomic int64_t deadline_us; /* 0: none */
    char address[INET6_ADDRSTRLEN];
};

struct conns {
    pthread_mutex_t lock;
    struct conn *first;
    uint64_t key[2];
    int n;
    uint16_t from[CONNS_BUCKETS]; /* open ones by hash of their address */
};

void conns_init(struct conns *c);
void conns_release(struct conns *c);
bool conns_may_open(struct conns *c, const struct sockaddr *from);
struct conn *conns_open(struct conns *c, const struct sockaddr *from, int fd, int64_t deadline_us); /* NULL: no memory */
void conns_close(struct conns *c, struct conn *conn);
/* Shuts the sockets that are past their deadline; their owner notices and closes them. Returns how many. */
int conns_shut_late(struct conns *c, int64_t now_us);

static inline void conn_due(struct conn *c, int64_t deadline_us)
{
    atomic_store_explicit(&c->deadline_us, deadline_us, memory_order_relaxed);
}

/* A bound and listening socket, or -1. */
int listen_on(const char *host, int port, int *fd, struct err *e);
int port_of(int fd);

#endif
