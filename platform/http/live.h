/* live.h: topics, and the connections that listen to them. Knows nothing of sockets: a listener brings two functions, to
 * park its connection and to wake it.
 */
#ifndef BON_PLATFORM_HTTP_LIVE_H
#define BON_PLATFORM_HTTP_LIVE_H

#include "base/err.h"
#include "platform/http/stats.h"

#define LIVE_LISTENERS_MOST 2000
#define LIVE_TOPIC_MOST     100  /* bytes */
#define LIVE_DATA_MOST      4096 /* bytes of one event */
#define LIVE_PING_US        (15 * INT64_C(1000000))
#define LIVE_QUIET_US       INT64_C(100000) /* events of one topic go out at most ten times a second; the newest wins */

struct live;
struct listener;

/* What a listener's transport can do. Both are called with the topics locked, so that no wake is lost between
 * "nothing to send" and "parked"; they must not call back. */
struct live_wire {
    void (*park)(void *connection);
    void (*wake)(void *connection);
    void *connection;
};

int live_open(struct live **out, struct http_stats *stats, struct err *e);
void live_close(struct live *l); /* after the last listener has left; NULL-safe */

/* ERR_BUSY when there are LIVE_LISTENERS_MOST. The first bytes (a retry time) are ready at once. */
int live_listen(struct live *l, struct str topic, const struct live_wire *wire, struct listener **out, struct err *e);
/* Copies what is due, at most `most` bytes. 0: nothing, and the connection has been parked. -1: the stream is over. */
ptrdiff_t live_take(struct live *l, struct listener *who, char *to, size_t most);
void live_leave(struct live *l, struct listener *who);

/* Called by one thread in a loop: wakes listeners of changed topics and those due for a comment line. Returns after something
 * changed, or after wait_us. */
void live_turn(struct live *l, int64_t now_us, int64_t wait_us);
/* Ends every stream, and every one that is opened afterwards. */
void live_end(struct live *l);

#endif
