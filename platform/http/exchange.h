/* exchange.h: one request on one connection of the server, from its first line to its last byte, and the shelf on which
 * finished ones wait with their first arena chunk for the next. Knows nothing of libmicrohttpd: the two pointers of
 * its types are only carried.
 */
#ifndef BON_PLATFORM_HTTP_EXCHANGE_H
#define BON_PLATFORM_HTTP_EXCHANGE_H

#include "platform/http/conns.h"
#include "platform/http/inside.h"
#include "platform/http/live.h"
#include "platform/http/shared.h"

#include <pthread.h>

#define SHELF_MOST 512 /* kept idle exchanges a shard: 8 KiB of arena each */
#define DISCARD_MOST \
    ((size_t)1024 * 1024) /* of a body nobody wants: read and thrown away, so that its sender can read why */
/* Of a body that was refused aloud: so that its sender, who may read only at the end, finds the answer. One that says no length is given
 * less. */
#define DRAIN_MOST         ((size_t)256 * 1024 * 1024)
#define DRAIN_ENDLESS_MOST (8 * DISCARD_MOST)
#define LIMIT_HEADER_BYTES ((size_t)16 * 1024)

/* Where it stands between two calls of the transport. */
enum stage {
    STAGE_NEW,      /* request line and headers are there, nothing done */
    STAGE_STRANGER, /* the same: a page that strangers share may do */
    STAGE_BODY,     /* admitted, the body comes */
    STAGE_DISCARD,  /* refused, the reply waits until the body has passed */
    STAGE_DRAIN,    /* the reply is out on the bare socket; what still comes is thrown away, then the connection ends */
    STAGE_PARKED,   /* in the slow pool or at the door */
    STAGE_WRITTEN,  /* the door has answered */
    STAGE_READY,    /* the reply is complete */
    STAGE_SENT,     /* handed to the transport */
};

struct MHD_Connection;
struct MHD_Response;

struct exchange {
    struct exchange *next; /* on the shelf */
    struct http *server;
    struct MHD_Connection *line;
    struct MHD_Response *response; /* while its headers are put on */
    struct conn *conn;
    enum stage stage;
    struct arena arena;
    struct req q;
    struct res s;
    struct passage p;
    struct db_ticket ticket;
    struct err door_err;
    int written;
    struct str target; /* as sent; p NULL: it did not fit */
    struct shared_moment came; /* its first line */
    struct str method;
    bool head, expects, chunked, close, head_cut;
    bool is_stranger; /* gets a page that strangers share, where there is one */
    uint64_t length; /* Content-Length */
    char *body;
    size_t room_headers, head_bytes, body_n, body_room, body_limit, discarded;
    int64_t sent_us;
    struct listener *listener;
    bool opened; /* q is set up: dispatch_close is due */
};

/* One for each few threads (stats.h), so that they do not wait for each other. */
struct shelf_shard {
    pthread_mutex_t lock;
    struct exchange *first;
    int n;
    _Atomic int out; /* taken here less put here; the sum over all is the exchanges in use */
    char gap[128];
};

struct shelf {
    struct shelf_shard shards[SHARDS];
    size_t arena_cap;
};

void shelf_init(struct shelf *s, size_t arena_cap);
void shelf_release(struct shelf *s);
struct exchange *shelf_take(struct shelf *s); /* NULL: no memory */
void shelf_put(struct shelf *s, struct exchange *x);
int shelf_out(const struct shelf *s); /* exchanges in use */

/* Keeps body bytes; false when they run over the limit (nothing is kept then) or memory is out. */
bool exchange_take_body(struct exchange *x, const char *p, size_t n);

/* Headers are in x->q.headers: what the transport needs of them. Refuses an address or header that is too long. */
void exchange_read_headers(struct exchange *x);

#endif
